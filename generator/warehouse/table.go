package warehouse

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/limit"
)

// cell is a value as text.
type cell struct {
	text   string
	isNull bool
}

// table writes rows as CSV.
type table struct {
	of      *extract.Extract
	limits  limit.Limits
	to      *bufio.Writer
	csv     *csv.Writer
	hash    hash.Hash
	columns []column
	record  []string
	rows    int
	bytes   int64
}

// column is one of the result.
type column struct {
	name        string
	marks       []string // cells that mean a value is missing
	null, value bool     // whether some row has NULL, and some a value that reads as a mark
}

// writeError is of this machine.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }

func newTable(e *extract.Extract, to io.Writer, limits limit.Limits) *table {
	t := &table{of: e, limits: limits, hash: sha256.New(), to: bufio.NewWriterSize(to, 1<<16)}
	t.csv = csv.NewWriter(t)
	return t
}

// Write takes what the CSV writer gives.
func (t *table) Write(data []byte) (int, error) {
	t.hash.Write(data)
	t.bytes += int64(len(data))
	return t.to.Write(data)
}

// start takes the names of the columns.
func (t *table) start(names []string) error {
	s := &session{Extract: t.of}
	var described []string
	for _, f := range t.of.Table.Schema.Fields {
		described = append(described, f.Name)
	}
	if gone := lacking(described, names); len(gone) > 0 {
		return s.columnFault("the result has no column "+diag.Quote(gone[0]), gone[0], names, "name it with AS in the SELECT")
	}
	if more := lacking(names, described); len(more) > 0 {
		return s.columnFault("the result has a column "+diag.Quote(more[0])+", which "+dataset.File+" does not describe", more[0], described, "describe it, or leave it out of the SELECT")
	}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return fails("the result has two columns "+diag.Quote(name), "name one of them otherwise with AS")
		}
		at := slices.Index(described, name)
		t.columns = append(t.columns, column{name: name, marks: t.of.Table.Missing(t.of.Table.Schema.Fields[at])})
	}
	t.record = make([]string, len(names))
	return t.write(names)
}

// add takes a row.
func (t *table) add(cells []cell) error {
	if t.columns == nil || len(cells) != len(t.columns) {
		return fails("the server broke off in the middle of the result", "the table is as it was; try again later")
	}
	if t.rows++; t.rows > t.limits.Get(limit.Rows) {
		return (&session{Extract: t.of, rows: t.limits.Get(limit.Rows)}).tooMany()
	}
	blank := true
	for i, c := range cells {
		if err := t.cell(&t.columns[i], &t.record[i], c); err != nil {
			return err
		}
		blank = blank && t.record[i] == ""
	}
	if blank {
		return fails(fmt.Sprintf("row %d of the result has no value", t.rows), "leave such rows out of the SELECT with WHERE")
	}
	if t.bytes > t.limits.Bytes(limit.FileSize) {
		f := fails("", "")
		f.Problem = t.limits.Exceeded(limit.FileSize, "a result of more")
		return f
	}
	return t.write(t.record)
}

func (t *table) cell(c *column, to *string, value cell) error {
	*to = value.text
	switch {
	case value.isNull && len(c.marks) == 0:
		return fails("column "+diag.Quote(c.name)+" has a value that is missing (NULL)", `"missingValues" of the column lists no mark for it`)
	case value.isNull:
		*to, c.null = c.marks[0], true
	case !utf8.ValidString(value.text):
		return fails("column "+diag.Quote(c.name)+" has a text that is not UTF-8", "convert it in the SELECT")
	case len(value.text) > t.limits.Get(limit.Cell):
		return fails("column "+diag.Quote(c.name)+" has a very long text", fmt.Sprintf("at most %s; shorten it in the SELECT, or raise the limit: --limit %s=NUMBER", diag.Count(t.limits.Get(limit.Cell), "character"), limit.Cell))
	case slices.Contains(c.marks, value.text):
		c.value = true
	}
	if c.null && c.value {
		what := "a blank text"
		if c.marks[0] != "" || !slices.Contains(c.marks, "") {
			what = "the text " + diag.Quote(strings.Join(c.marks, `", "`))
		}
		return fails("column "+diag.Quote(c.name)+" has both NULL and "+what+", which would both read as missing", `write nullif(…, '') in the SELECT if they are the same, or else declare another mark, such as "missingValues": ["NULL"], for the column`)
	}
	return nil
}

func (t *table) write(record []string) error {
	if err := t.csv.Write(record); err != nil {
		return &writeError{err}
	}
	return nil
}

// end looks at the whole.
func (t *table) end() error {
	t.csv.Flush()
	err := t.csv.Error()
	if err == nil {
		err = t.to.Flush()
	}
	switch {
	case err != nil:
		return &writeError{err}
	case t.rows == 0:
		f := fails("the result has no rows", "look at the conditions of the SELECT")
		return f
	case t.rows > 1 && !t.of.Ordered:
		return fails("the rows come in another order each time", "name one with ORDER BY, so that a change of the file is a change of the data")
	}
	return nil
}

func (t *table) digest() string { return hex.EncodeToString(t.hash.Sum(nil)) }
