package site

import (
	"bytes"
	"encoding/csv"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/figure"
)

// csvFile is a table as CSV, exact, and once more for spreadsheet programs where they would run a cell of it as a
// formula, or would not take it for UTF-8.
type csvFile struct {
	exact, guarded []byte // nil where exact does
}

// write writes a table with that head.
func write(head []string, rows iter.Seq[[]figure.Value]) (csvFile, error) {
	exact, same, err := toCSV(head, rows, func(text string) string { return text })
	if err != nil || same && isASCII(exact) {
		return csvFile{exact: exact}, err
	}
	guarded, _, err := toCSV(head, rows, guard)
	return csvFile{exact, slices.Concat([]byte("\ufeff"), guarded)}, err // Excel reads letters whole by this mark alone
}

// toCSV writes a table, with the texts in it and in its head as text makes them. Numbers and days are no texts. It says
// too whether guard would leave all texts as they are.
func toCSV(head []string, rows iter.Seq[[]figure.Value], text func(string) string) (file []byte, same bool, err error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	same = true
	record := make([]string, len(head))
	put := func() error {
		if len(record) == 1 && record[0] == "" { // a blank line is no row to those who read CSV
			w.Flush()
			b.WriteString("\"\"\n")
			return nil
		}
		return w.Write(record)
	}
	for i, name := range head {
		record[i], same = text(name), same && guard(name) == name
	}
	if err := put(); err != nil {
		return nil, false, err
	}
	for row := range rows {
		for i, v := range row {
			if record[i] = v.Raw(); v.Kind == figure.Text {
				same = same && guard(record[i]) == record[i]
				record[i] = text(record[i])
			}
		}
		if err := put(); err != nil {
			return nil, false, err
		}
	}
	w.Flush()
	return b.Bytes(), same, w.Error()
}

// formula are the characters with which a formula begins, and what OWASP names beside them
// (https://owasp.org/www-community/attacks/CSV_Injection).
const formula = "=+-@\uff1d\uff0b\uff0d\uff20"

// guard keeps a spreadsheet program from running a text as a formula: an apostrophe stands in front, also behind
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
