package tabular

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

// odsBook is a spreadsheet of LibreOffice (OpenDocument 1.3, part 3, chapter 9): content.xml in an archive.
//
// It is read here, by encoding/xml, in one pass over the sheet that is asked for, without trees, and with a bound on how often a row
// or a cell is repeated: the last row of a sheet is there a million times.
type odsBook struct {
	content []byte
	list    []sheetName
}

const (
	nsTable  = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
	nsOffice = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
	nsText   = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
	nsStyle  = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
)

func openODS(data []byte, most int64) (workbook, *diag.Problem) {
	broken := &diag.Problem{Message: "the file is no .ods workbook, or not all of one", Hint: "open it in a spreadsheet, and save it as .ods or .xlsx"}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken
	}
	part := func(name string) ([]byte, *diag.Problem) {
		f, err := z.Open(name)
		if err != nil {
			return nil, broken
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, most+1))
		if int64(len(text)) > most {
			return nil, tooLarge(most)
		}
		if err != nil {
			return nil, broken
		}
		return text, nil
	}
	if manifest, problem := part("META-INF/manifest.xml"); problem == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, &diag.Problem{Message: "the workbook has a password", Hint: "save it without one: what a report publishes is not secret"}
	}
	b := &odsBook{}
	var problem *diag.Problem
	if b.content, problem = part("content.xml"); problem != nil {
		return nil, problem
	}
	if b.findSheets() != nil {
		return nil, broken
	}
	return b, nil
}

func (b *odsBook) Close() error { return nil }

func (b *odsBook) sheets() []sheetName { return b.list }

// findSheets lists the tables of the document, and which styles hide one.
func (b *odsBook) findSheets() error {
	d := xml.NewDecoder(bytes.NewReader(b.content))
	style, hides := "", map[string]bool{}
	depth := 0 // of tables: one in a cell is none of the workbook
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch {
			case is(e.Name, nsStyle, "style"):
				style = attr(e, nsStyle, "name")
			case is(e.Name, nsStyle, "table-properties") && attr(e, nsTable, "display") == "false":
				hides[style] = true
			case is(e.Name, nsTable, "table"):
				if depth++; depth == 1 {
					b.list = append(b.list, sheetName{attr(e, nsTable, "name"), hides[attr(e, nsTable, "style-name")]})
				}
			}
		case xml.EndElement:
			if is(e.Name, nsTable, "table") {
				depth--
			}
		}
	}
}

func is(name xml.Name, space, local string) bool { return name.Space == space && name.Local == local }

func attr(e xml.StartElement, space, local string) string {
	for _, a := range e.Attr {
		if is(a.Name, space, local) {
			return a.Value
		}
	}
	return ""
}

// times is how often a row, a column or a cell is there.
func times(e xml.StartElement, of string) int {
	n, err := strconv.Atoi(attr(e, nsTable, of))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// odsReading is a sheet while it is read. Blank rows and cells are counted, and made only where something follows: a sheet ends with
// a million of them.
type odsReading struct {
	*grid
	d         *xml.Decoder
	blankRows int
	columns   int // that are described
}

// errTooLarge ends the reading of a sheet that repeats too much.
var errTooLarge = errors.New("too large")

func (b *odsBook) read(ctx context.Context, name string, most int64) (*grid, *diag.Problem) {
	r := &odsReading{grid: newGrid(most), d: xml.NewDecoder(bytes.NewReader(b.content))}
	for {
		token, err := r.d.Token()
		if err != nil {
			return nil, unreadable(name)
		}
		e, ok := token.(xml.StartElement)
		if !ok || !is(e.Name, nsTable, "table") {
			continue
		}
		if attr(e, nsTable, "name") != name {
			if r.d.Skip() != nil {
				return nil, unreadable(name)
			}
			continue
		}
		switch err := r.table(ctx); {
		case errors.Is(err, errTooLarge):
			return nil, tooLarge(most)
		case err != nil:
			return nil, unreadable(name)
		}
		return r.grid, nil
	}
}

// table reads to the end of the sheet. Rows may be in groups and headers.
func (r *odsReading) table(ctx context.Context) error {
	for ctx.Err() == nil {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.EndElement:
			if is(e.Name, nsTable, "table") {
				return nil
			}
		case xml.StartElement:
			switch {
			case is(e.Name, nsTable, "table-column"):
				r.column(e)
			case is(e.Name, nsTable, "table-row"):
				err = r.row(e)
			case is(e.Name, nsTable, "table-row-group"), is(e.Name, nsTable, "table-rows"), is(e.Name, nsTable, "table-header-rows"),
				is(e.Name, nsTable, "table-column-group"), is(e.Name, nsTable, "table-columns"), is(e.Name, nsTable, "table-header-columns"):
			default: // shapes, forms, sources of a link
				err = r.d.Skip()
			}
			if err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func hiddenBy(e xml.StartElement) bool {
	visibility := attr(e, nsTable, "visibility")
	return visibility == "collapse" || visibility == "filter"
}

// mostColumns is how many a sheet of a spreadsheet has.
const mostColumns = 1 << 14

func (r *odsReading) column(e xml.StartElement) {
	n := min(times(e, "number-columns-repeated"), mostColumns)
	if hiddenBy(e) {
		for i := range n {
			r.hiddenColumns = append(r.hiddenColumns, r.columns+i)
		}
	}
	r.columns += n
}

func (r *odsReading) row(e xml.StartElement) error {
	n, hidden := times(e, "number-rows-repeated"), hiddenBy(e)
	var cells []string
	var formulas []int
	blank, row := 0, len(r.rows)+r.blankRows+1
	for {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		switch c := token.(type) {
		case xml.EndElement: // of the row
			return r.add(cells, formulas, n, hidden)
		case xml.StartElement:
			if !is(c.Name, nsTable, "table-cell") && !is(c.Name, nsTable, "covered-table-cell") {
				if err := r.d.Skip(); err != nil {
					return err
				}
				continue
			}
			text, err := r.text()
			if err != nil {
				return err
			}
			value, repeated, column := odsValue(c, text), times(c, "number-columns-repeated"), len(cells)+blank
			if down, right := times(c, "number-rows-spanned"), times(c, "number-columns-spanned"); down > 1 || right > 1 {
				r.merged = append(r.merged, area{row, column + 1, row + down - 1, column + right})
			}
			isFormula := value == "" && attr(c, nsTable, "formula") != ""
			if value == "" && !isFormula {
				blank += repeated
				continue
			}
			if int64(column+repeated)*cellSize > r.room {
				return errTooLarge
			}
			cells = append(cells, make([]string, blank)...)
			for i := range repeated {
				if cells = append(cells, value); isFormula {
					formulas = append(formulas, column+i)
				}
			}
			blank = 0
		}
	}
}

// add adds a row as often as it is there.
func (r *odsReading) add(cells []string, formulas []int, n int, hidden bool) error {
	if len(cells) == 0 {
		r.blankRows += n
		return nil
	}
	for ; r.blankRows > 0; r.blankRows-- {
		if !r.grid.add(nil, false) {
			return errTooLarge
		}
	}
	for range n {
		if !r.grid.add(slices.Clone(cells), hidden) {
			return errTooLarge
		}
		for _, column := range formulas {
			r.blankFormula(column, len(r.rows))
		}
	}
	return nil
}

// text reads to the end of a cell: its paragraphs, one a line, without notes and pictures.
func (r *odsReading) text() (string, error) {
	var b strings.Builder
	paragraphs, depth := 0, 0
	for {
		token, err := r.d.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.CharData:
			if depth > 0 {
				b.Write(e)
			}
		case xml.EndElement:
			if depth == 0 {
				return b.String(), nil
			}
			depth--
		case xml.StartElement:
			switch {
			case e.Name.Space != nsText, is(e.Name, nsText, "ruby-text"), is(e.Name, nsText, "note"):
				if err := r.d.Skip(); err != nil {
					return "", err
				}
				continue
			case is(e.Name, nsText, "p") && depth == 0:
				if paragraphs++; paragraphs > 1 {
					b.WriteByte('\n')
				}
			case is(e.Name, nsText, "s"):
				n, err := strconv.Atoi(attr(e, nsText, "c"))
				if err != nil || n < 1 {
					n = 1
				}
				b.WriteString(strings.Repeat(" ", min(n, 100)))
			case is(e.Name, nsText, "tab"):
				b.WriteByte('\t')
			case is(e.Name, nsText, "line-break"):
				b.WriteByte('\n')
			}
			depth++
		}
	}
}

// span is a time of day as the format has it: PT09H30M00S.
var span = regexp.MustCompile(`^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$`)

// odsValue is the value of a cell, by its own type.
func odsValue(c xml.StartElement, text string) string {
	value := attr(c, nsOffice, "value")
	number, err := strconv.ParseFloat(value, 64)
	switch kind := attr(c, nsOffice, "value-type"); {
	case strings.HasPrefix(text, "#") && attr(c, nsTable, "formula") != "": // a formula that failed
		return text
	case kind == "date":
		return strings.TrimSuffix(attr(c, nsOffice, "date-value"), "T00:00:00")
	case kind == "boolean":
		return attr(c, nsOffice, "boolean-value")
	case kind == "time":
		value = attr(c, nsOffice, "time-value")
		m := span.FindStringSubmatch(value)
		if m == nil {
			return text
		}
		if hours, err := strconv.Atoi(m[1]); err != nil || hours > 23 {
			return text // hours, and no time of day
		}
		return m[1] + ":" + m[2] + ":" + m[3]
	case kind == "percentage" && err == nil:
		return digits(number*100) + "%"
	case (kind == "float" || kind == "currency") && err == nil:
		return digits(number)
	}
	return text
}
