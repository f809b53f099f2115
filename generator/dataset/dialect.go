package dataset

import (
	"fmt"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/tabular"
)

// Dialect is how the file is written.
type Dialect struct {
	ProfileOf        string   `json:"$schema,omitzero"`
	Delimiter        string   `json:"delimiter,omitzero"`  // defaults to ","
	QuoteChar        *string  `json:"quoteChar,omitzero"`  // defaults to a quotation mark; "" for none
	Header           *bool    `json:"header,omitzero"`     // false: the first row holds values
	HeaderRows       []int    `json:"headerRows,omitzero"` // defaults to [1]; what is above is not read
	HeaderJoin       *string  `json:"headerJoin,omitzero"` // between the cells of several header rows; defaults to a space
	CommentRows      []int    `json:"commentRows,omitzero"`
	CommentChar      string   `json:"commentChar,omitzero"`
	SkipInitialSpace bool     `json:"skipInitialSpace,omitzero"`
	NullSequence     *string  `json:"nullSequence,omitzero"`
	LineTerminator   string   `json:"lineTerminator,omitzero"` // any of them is read
	DoubleQuote      *bool    `json:"doubleQuote,omitzero"`    // only true
	EscapeChar       string   `json:"escapeChar,omitzero"`     // not read
	SheetName        string   `json:"sheetName,omitzero"`      // of a workbook; defaults to its only sheet
	SheetNumber      int      `json:"sheetNumber,omitzero"`    // from 1
	Property         string   `json:"property,omitzero"`       // of JSON, that which holds the rows, such as "data.rows"
	Widths           []int    `json:"widths,omitzero"`         // of columns of fixed width, in characters; ours, as the standard has none
	CSV              *Dialect `json:"csv,omitzero"`            // the same, as `frictionless describe` writes it
}

// checkDialect checks how the file is written.
func (r *Resource) checkDialect(at adder) {
	path := []any{"dialect"}
	if inner := r.Dialect.CSV; inner != nil {
		outer := r.Dialect
		r.Dialect, path = *inner, []any{"dialect", "csv"}
		r.Dialect.Header, r.Dialect.HeaderRows, r.Dialect.CommentChar = outer.Header, outer.HeaderRows, outer.CommentChar
	}
	d := &r.Dialect
	fail := func(p diag.Problem, key string) { at(p, append(slices.Clone(path), key)...) }
	workbook, isJSON := tabular.IsWorkbook(r.Path), tabular.Extension(r.Path) == ".json"
	for _, of := range []struct {
		key, found, expected string
		fits                 bool
	}{
		{"sheetName", d.SheetName, "the path of an .xlsx or .ods workbook", workbook || d.SheetName == ""},
		{"sheetNumber", fmt.Sprint(d.SheetNumber), "the path of an .xlsx or .ods workbook, and a number from 1", d.SheetNumber == 0 || workbook && d.SheetNumber > 0 && d.SheetName == ""},
		{"property", d.Property, "the path of a .json file", isJSON || d.Property == ""},
		{"widths", fmt.Sprint(d.Widths), "the path of a .txt, .dat or .csv file, no delimiter or quotation mark, and numbers from 1", len(d.Widths) == 0 || tabular.IsText(r.Path) && d.Delimiter == "" && d.QuoteChar == nil && slices.Min(d.Widths) > 0},
		{"delimiter", d.Delimiter, "the path of a .csv, .txt or .dat file", tabular.IsText(r.Path) || d.Delimiter == ""},
	} {
		if !of.fits {
			fail(diag.Problem{Found: diag.Quote(of.found), Expected: of.expected}, of.key)
		}
	}
	if len(d.Widths) > 0 && slices.Min(d.Widths) < 1 {
		d.Widths = nil
	}
	oneByte := func(text string) bool { return len(text) == 1 && text != "\n" && text != "\r" && text < "\x80" }
	if text := d.Delimiter; text != "" && (!oneByte(text) || text == `"`) {
		fail(diag.Problem{Message: "the delimiter", Found: diag.Quote(text), Expected: `one character, such as "," or ";"`}, "delimiter")
		d.Delimiter = ""
	}
	if q := d.QuoteChar; q != nil && *q != "" && (!oneByte(*q) || (*q)[0] == d.delimiter()) {
		fail(diag.Problem{Message: "the quotation mark", Found: diag.Quote(*q), Expected: "one character that is not the delimiter"}, "quoteChar")
		d.QuoteChar = nil
	}
	if d.DoubleQuote != nil && !*d.DoubleQuote {
		fail(diag.Problem{Message: "\"doubleQuote\": false is not read", Hint: "save the file with quotation marks doubled, as spreadsheets do"}, "doubleQuote")
	}
	if d.EscapeChar != "" {
		fail(diag.Problem{Message: "\"escapeChar\" is not read", Hint: "save the file with quotation marks doubled, as spreadsheets do"}, "escapeChar")
	}
	for _, list := range []struct {
		key  string
		rows *[]int
	}{{"headerRows", &d.HeaderRows}, {"commentRows", &d.CommentRows}} {
		if i := slices.IndexFunc(*list.rows, func(n int) bool { return n < 1 || n > lastNamedRow }); i >= 0 {
			fail(diag.Problem{Found: fmt.Sprint((*list.rows)[i]), Expected: fmt.Sprint("the number of a row, from 1 to ", lastNamedRow)}, list.key)
			*list.rows = nil
		}
	}
	if t := d.LineTerminator; t != "" && t != "\n" && t != "\r\n" && t != "\r" {
		fail(diag.Problem{Message: "the end of a line", Found: diag.Quote(t), Expected: `"\n" or "\r\n"`}, "lineTerminator")
	}
}

// lastNamedRow is the last row that a dialect can name, as of a header or a comment.
const lastNamedRow = 1000

func (d *Dialect) delimiter() byte {
	if d.Delimiter == "" {
		return ','
	}
	return d.Delimiter[0]
}

// hasHeader reports whether some row names the columns.
func (d *Dialect) hasHeader() bool { return d.Header == nil || *d.Header }

// headerRows are the rows whose cells name the columns, in order; without any, it is the
// first that is not a comment.
func (d *Dialect) headerRows() []int {
	return slices.Compact(slices.Sorted(slices.Values(d.HeaderRows)))
}

// headerJoin is between the cells of several header rows.
func (d *Dialect) headerJoin() string {
	if d.HeaderJoin != nil {
		return *d.HeaderJoin
	}
	return " "
}

// Named adds a header row to the names that the rows above it gave the columns. A name that both have, as where their cells are merged, is
// there once.
func (d *Dialect) Named(names []string, row [][]byte) []string {
	for i, cell := range row {
		name := ColumnName(cell)
		switch {
		case i == len(names):
			names = append(names, name)
		case name == "" || name == names[i]:
		case names[i] == "":
			names[i] = name
		default:
			names[i] += d.headerJoin() + name
		}
	}
	return names
}

// scanner reads a text that is written so.
func (d *Dialect) scanner(text []byte) *scanner {
	s := &scanner{text: text, delimiter: d.delimiter(), quote: '"', comment: d.CommentChar, comments: d.CommentRows, trims: d.SkipInitialSpace}
	if d.QuoteChar != nil {
		if s.quote = 0; *d.QuoteChar != "" {
			s.quote = (*d.QuoteChar)[0]
		}
	}
	return s
}
