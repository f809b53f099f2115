package dataset

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// text makes UTF-8 without a byte-order mark of a file's bytes. Bytes that are
// not in the declared encoding are a problem; they are then read as the
// encoding that they look like, so that other problems show in the same run.
func (t *loading) text(ctx context.Context, data []byte, found *finder) ([]byte, error) {
	declared, _ := t.encoding()
	if declared != nil {
		decoded, err := decode(ctx, declared, data)
		if err != nil || decoded != nil && !bytes.ContainsRune(decoded, utf8.RuneError) {
			return bytes.TrimPrefix(decoded, bomUTF8), err
		}
		found.add("encoding", diag.Problem{Message: "the file is not " + t.Encoding, Hint: "save it in that encoding, or change \"encoding\" in " + File})
		return nil, nil
	}
	if bytes.HasPrefix(data, bomUTF16LE) || bytes.HasPrefix(data, bomUTF16BE) {
		name := "utf-16le"
		if data[0] == bomUTF16BE[0] {
			name = "utf-16be"
		}
		found.add("encoding", diag.Problem{
			Message: "the file is UTF-16, as Excel writes \"Unicode text\"", Expected: "UTF-8",
			Hint: "save it as \"CSV UTF-8\", or declare \"encoding\": \"" + name + "\" in " + File,
		})
		return decode(ctx, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	}
	data = bytes.TrimPrefix(data, bomUTF8)
	if utf8.Valid(data) {
		return data, nil
	}
	row, column := t.invalidAt(data)
	found.add("encoding", diag.Problem{
		Line: row, Column: column, Field: t.fieldAt(column),
		Message: "the file is not UTF-8, it looks like Windows-1252", Expected: "UTF-8",
		Hint: "save it as \"CSV UTF-8\", or declare \"encoding\": \"windows-1252\" in " + File,
	})
	return decode(ctx, charmap.Windows1252, data)
}

// decode makes UTF-8 of data, part by part, so that it ends soon after ctx. What
// cannot be decoded is nothing.
func decode(ctx context.Context, from encoding.Encoding, data []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(data))
	in := transform.NewReader(bytes.NewReader(data), from.NewDecoder())
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		switch _, err := io.CopyN(&out, in, 1<<20); {
		case err == io.EOF:
			return out.Bytes(), nil
		case err != nil:
			return nil, nil
		}
	}
}

// invalidAt is the row and the column of the first cell that is not UTF-8.
func (t *loading) invalidAt(data []byte) (row, column int) {
	s := t.Dialect.scanner(data)
	for s.next() {
		for i, cell := range s.cells {
			if !utf8.Valid(cell) {
				return s.row, i + 1
			}
		}
	}
	return 0, 0
}

// fieldAt names the column of the file where it follows the schema's order; it
// is only used where the header itself may be unreadable.
func (t *loading) fieldAt(column int) string {
	if column < 1 || column > len(t.Schema.Fields) {
		return ""
	}
	return t.Schema.Fields[column-1].Name
}
