package site

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/quantity"
)

// csvFile is a table as CSV, exact, and once more for spreadsheet programs where they would run a cell of it as a
// formula, or would not take it for UTF-8.
type csvFile struct {
	exact, guarded []byte // nil where exact does
}

// csvRow is a row of a table, as texts. It is valid until the next.
type csvRow struct {
	cells  []string
	isText []bool // the others are numbers and days
}

// valueRows makes rows of values.
func valueRows(rows iter.Seq[[]quantity.Value]) iter.Seq2[csvRow, error] {
	return func(yield func(csvRow, error) bool) {
		var r csvRow
		for values := range rows {
			r.cells, r.isText = r.cells[:0], r.isText[:0]
			for _, v := range values {
				r.cells, r.isText = append(r.cells, v.Raw()), append(r.isText, v.Kind == quantity.Text)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// bom is by what Excel reads letters whole.
const bom = "\ufeff"

// write writes a table with that head, of about so many bytes. It goes through the rows again where texts have to change.
func write(head []string, rows iter.Seq2[csvRow, error], size int) (csvFile, error) {
	var b bytes.Buffer
	b.Grow(size + len(bom))
	b.WriteString(bom)
	same, err := toCSV(&b, head, rows, func(text string) string { return text })
	if err != nil {
		return csvFile{}, err
	}
	whole := b.Bytes()
	f := csvFile{exact: whole[len(bom):]}
	switch {
	case same && isASCII(f.exact):
	case same:
		f.guarded = whole
	default:
		var b bytes.Buffer
		b.Grow(len(whole))
		b.WriteString(bom)
		_, err = toCSV(&b, head, rows, guard)
		f.guarded = b.Bytes()
	}
	return f, err
}

// compress writes a table compressed, and never the whole of it before. Spreadsheet programs do not open such a file.
func compress(head []string, rows iter.Seq2[csvRow, error]) (csvFile, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b) // without a name or a time
	if _, err := toCSV(z, head, rows, func(text string) string { return text }); err != nil {
		return csvFile{}, err
	}
	err := z.Close()
	return csvFile{exact: b.Bytes()}, err
}

// toCSV writes a table, with the texts in it and in its head as change makes them. It says too whether guard would leave
// all texts as they are.
func toCSV(to io.Writer, head []string, rows iter.Seq2[csvRow, error], change func(string) string) (same bool, err error) {
	w := csv.NewWriter(to)
	same = true
	record := make([]string, len(head))
	put := func(i int, text string) {
		same = same && guard(text) == text
		record[i] = change(text)
	}
	end := func() error {
		if len(record) == 1 && record[0] == "" { // a blank line is not a row to those who read CSV
			w.Flush()
			_, err := io.WriteString(to, "\"\"\n")
			return err
		}
		return w.Write(record)
	}
	for i, name := range head {
		put(i, name)
	}
	if err := end(); err != nil {
		return false, err
	}
	for row, err := range rows {
		if err != nil {
			return false, err
		}
		for i, cell := range row.cells {
			if record[i] = cell; row.isText[i] {
				put(i, cell)
			}
		}
		if err := end(); err != nil {
			return false, err
		}
	}
	w.Flush()
	return same, w.Error()
}

// formula are the characters with which a formula begins, and what OWASP names beside them
// (https://owasp.org/www-community/attacks/CSV_Injection).
const formula = "=+-@\uff1d\uff0b\uff0d\uff20"

// guard keeps a spreadsheet program from running a text as a formula: an apostrophe comes first, also after
// blanks that a program skips, and in the middle where it may take a new cell to begin: with the separator of another
// country, or on a new line.
func guard(text string) string {
	if !strings.ContainsAny(text, formula+"\t\r\n") {
		return text
	}
	var b strings.Builder
	if strings.ContainsAny(text[:1], "\t\r\n") {
		b.WriteByte('\'')
	}
	for text != "" {
		end := strings.IndexAny(text, ";\t\r\n") + 1
		if end == 0 {
			end = len(text)
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[:end], isSkipped))
		if strings.ContainsRune(formula, first) && first != utf8.RuneError {
			b.WriteByte('\'')
		}
		b.WriteString(text[:end])
		text = text[end:]
	}
	return b.String()
}

// isSkipped reports whether programs take a rune in front of a formula for nothing.
func isSkipped(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '"' }

func isASCII(text []byte) bool {
	return !slices.ContainsFunc(text, func(c byte) bool { return c >= utf8.RuneSelf })
}
