package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/engine"
)

// rowsCopy is the sound rows of a table as the engine reads them: a line for each
// row, its number in a spreadsheet first.
//
// It is written so that no reader of CSV can take it for anything else. Nothing is
// quoted: cells end with a control character, rows with a line feed, and where
// these are in a cell, they are escaped. The engine undoes that in those columns
// that have any.
//
// On quoted files, DuckDB's reader of CSV depends on where its buffers end, and its
// appender calls C several times for each cell.
//
// It may hold private columns, so it is kept in memory where the system can do that,
// and otherwise in a temporary file, until the table is loaded.
type rowsCopy struct {
	file *os.File
	name string // by which the engine opens it
	out  *bufio.Writer
	line []byte

	temporary bool // is a file to be removed
	private   bool // some column is

	columns []*column // of the file; nil where no field describes it
	escaped []bool    // of each column: some cell is
	longest int       // row, in bytes
	size    int       // in bytes
}

// newRowsCopy makes a copy of a file with these columns.
func newRowsCopy(columns []*column) (*rowsCopy, error) {
	c := &rowsCopy{columns: columns, escaped: make([]bool, len(columns))}
	c.private = slices.ContainsFunc(columns, func(column *column) bool { return column != nil && column.Private })
	var err error
	if c.file, c.name, err = memoryFile(); err != nil {
		if c.file, err = os.CreateTemp("", "broadsheet-"); err != nil {
			return nil, err
		}
		c.name, c.temporary = c.file.Name(), true
	}
	c.out = bufio.NewWriterSize(c.file, 1<<18)
	return c, nil
}

const (
	cellEnd = '\x1f' // the unit separator of ASCII
	escape  = '\x10' // its data link escape
)

// escapes are the letters that follow escape, and what for. The one for escape
// itself comes last, as they are undone in this order.
var escapes = []struct {
	letter byte
	stands string
}{{'e', ""}, {'u', string(cellEnd)}, {'n', "\n"}, {'r', "\r"}, {'x', string(escape)}}

// add writes a row. A cell that is missing, that no field describes, or that is not a value
// of its type, is written as nothing at all, which reads as NULL; a text that is empty is
// escaped.
func (c *rowsCopy) add(number int, cells [][]byte) error {
	line := strconv.AppendInt(c.line[:0], int64(number), 10)
	for i, cell := range cells {
		line = append(line, cellEnd)
		column, start := c.columns[i], len(line)
		switch {
		case column == nil || column.isMissing(cell):
		case column.value != nil:
			var ok bool
			if line, ok = column.value(line, cell); !ok {
				line = line[:start]
				column.refuse(number, cell)
				break
			}
			if column.sample == "" {
				column.sample = string(cell)
			}
			if column.exponent == 0 && column.Type == "integer" && bytes.Contains(cell, []byte("E+")) {
				column.exponent = int64(number)
			}
		case column.form != nil && !column.form(cell):
			column.refuse(number, cell)
		case len(cell) == 0:
			c.escaped[i] = true
			line = append(line, escape, 'e')
		case slices.ContainsFunc(cell, isEscaped):
			c.escaped[i] = true
			line = appendEscaped(line, cell)
		default:
			line = append(line, cell...)
		}
		if column != nil && column.isKey && !column.repeat && len(line) > start {
			column.follow(line[start:])
		}
	}
	c.line = append(line, '\n')
	c.longest = max(c.longest, len(c.line))
	c.size += len(c.line)
	_, err := c.out.Write(c.line)
	return err
}

func isEscaped(b byte) bool { return b == '\n' || b == '\r' || b == cellEnd || b == escape }

func appendEscaped(line, cell []byte) []byte {
	for _, b := range cell {
		if !isEscaped(b) {
			line = append(line, b)
			continue
		}
		for _, e := range escapes {
			if e.stands == string(rune(b)) {
				line = append(line, escape, e.letter)
			}
		}
	}
	return line
}

// The engine reads large files with several threads, a part of this size each; of
// a small file it would otherwise take as much for one line.
const (
	maxBuffer   = 8 << 20
	leastBuffer = 1 << 16
)

// source is the SQL of all rows: _row, and each column of the file, c0, c1 and so on, NULL
// where it is missing.
func (c *rowsCopy) source() string {
	types, values := []string{"'_row': 'BIGINT'"}, []string{"_row"}
	for place, column := range c.columns {
		name := fmt.Sprintf("c%d", place)
		value, kind := name, "VARCHAR"
		switch {
		case column == nil, c.size == 0 && column.isText():
			value = "NULL::VARCHAR"
		case c.size == 0:
			value = "NULL::" + column.sqlType()
		case c.escaped[place]:
			for _, e := range escapes {
				value = fmt.Sprintf("replace(%s, chr(%d) || '%c', %s)", value, escape, e.letter, chr(e.stands))
			}
		case !column.isText():
			if kind = column.narrowType(); kind != column.sqlType() {
				value += "::" + column.sqlType()
			}
		}
		types, values = append(types, fmt.Sprintf("'%s': '%s'", name, kind)), append(values, value+" AS "+name)
	}
	if c.size == 0 {
		return "(SELECT " + strings.Join(values[1:], ", ") + ", 0::BIGINT AS _row WHERE false)"
	}
	return fmt.Sprintf(`(SELECT %s FROM read_csv(%s, auto_detect = false, header = false, delim = chr(%d), quote = '', escape = '', new_line = '\n', nullstr = '', max_line_size = %d, buffer_size = %d, parallel = %t, columns = {%s}))`,
		strings.Join(values, ", "), engine.Text(c.name), cellEnd, c.longest+1, max(2*c.longest, leastBuffer, min(c.size, maxBuffer)), c.size > largeFile, strings.Join(types, ", "))
}

func chr(text string) string {
	if text == "" {
		return "''"
	}
	return fmt.Sprintf("chr(%d)", text[0])
}

// finish makes all rows readable.
func (c *rowsCopy) finish() error { return c.out.Flush() }

// close gives the memory back.
func (c *rowsCopy) close() error {
	err := c.file.Close()
	if c.temporary {
		err = errors.Join(err, os.Remove(c.name))
	}
	return err
}
