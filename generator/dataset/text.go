package dataset

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	bomUTF8 = []byte("\xef\xbb\xbf")
)

// text makes UTF-8 without a byte-order mark of a file's bytes. Bytes that are
// not in the declared encoding are a problem; they are then read as the
// encoding that they look like, so that other problems show in the same run.
func (t *loading) text(ctx context.Context, data []byte, found *finder) ([]byte, error) {
	declared, _ := t.encoding()
	if declared != nil {
		decoded, err := decode(ctx, declared, data)
		sound := decoded != nil && !bytes.ContainsRune(decoded, utf8.RuneError)
		switch plain := bytes.TrimPrefix(data, bomUTF8); {
		case err != nil:
			return nil, err
		case strings.HasPrefix(strings.ToLower(t.Encoding), "utf-16"), sound && (!utf8.Valid(plain) || isASCII(plain)):
		default:
			sound = false
		}
		if sound {
			return bytes.TrimPrefix(decoded, bomUTF8), nil
		}
		p := diag.Problem{Message: "the file is not " + t.Encoding, Hint: "save it in that encoding, or change \"encoding\" in " + File}
		if looks := GuessEncoding(data); looks == "" {
			p.Message, p.Hint = "the file is UTF-8, and not "+t.Encoding, "declare \"encoding\": \"utf-8\" in "+File
		} else if !strings.EqualFold(looks, t.Encoding) {
			p.Hint = "it looks like " + looks + ": declare that as its \"encoding\" in " + File
		}
		found.add("encoding", p)
		return nil, nil
	}
	looks := GuessEncoding(data)
	switch looks {
	case "":
		return bytes.TrimPrefix(data, bomUTF8), nil
	case "utf-16le", "utf-16be":
		found.add("encoding", diag.Problem{
			Message: "the file is UTF-16, as Excel writes \"Unicode text\"", Expected: "UTF-8",
			Hint: "save it as \"CSV UTF-8\", or declare \"encoding\": \"" + looks + "\" in " + File,
		})
		order := unicode.LittleEndian
		if looks == "utf-16be" {
			order = unicode.BigEndian
		}
		return decode(ctx, unicode.UTF16(order, unicode.UseBOM), data)
	}
	known, err := htmlindex.Get(looks)
	if err != nil {
		return nil, err
	}
	text, err := decode(ctx, known, bytes.TrimPrefix(data, bomUTF8))
	if err != nil {
		return nil, err
	}
	row, column, cell := t.invalidAt(bytes.TrimPrefix(data, bomUTF8))
	read, err := decode(ctx, known, cell)
	found.add("encoding", diag.Problem{
		Line: row, Column: column, Field: t.fieldAt(column), Found: found.value(t.fieldAt(column), string(read)),
		Message: "the file is not UTF-8, it looks like " + encodingNames[looks], Expected: "UTF-8",
		Hint: "save it as \"CSV UTF-8\", or, if this text is right, declare \"encoding\": \"" + looks + "\" in " + File,
	})
	return text, err
}

// encodingNames are what people call the encodings that are guessed.
var encodingNames = map[string]string{"windows-1252": "Windows-1252", "macintosh": "Mac Roman, as old Macs and Excel for Mac write it"}

func isASCII(data []byte) bool {
	return !slices.ContainsFunc(data, func(b byte) bool { return b >= utf8.RuneSelf })
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

// invalidAt is the first cell that is not UTF-8, with its row and its column.
func (t *loading) invalidAt(data []byte) (row, column int, found []byte) {
	s := t.Dialect.scanner(data)
	for s.next() {
		for i, cell := range s.cells {
			if !utf8.Valid(cell) {
				return s.row, i + 1, cell
			}
		}
	}
	return 0, 0, nil
}

// fieldAt names the column of the file where it follows the schema's order; it
// is only used where the header itself may be unreadable.
func (t *loading) fieldAt(column int) string {
	if column < 1 || column > len(t.Schema.Fields) {
		return ""
	}
	return t.Schema.Fields[column-1].Name
}
