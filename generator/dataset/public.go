package dataset

import (
	"broadsheet/generator/diag"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/tabular"
)

// Public returns what makes files of data/ fit for publication, without private
// columns: tables that have some, and the data package. All other files stay as they
// are, byte for byte. Rows keep their numbers, and so do the lineage and the lock.
//
// A row all of whose values are private is none in such a file, as spreadsheets write
// it where there is no row.
func (d *Dataset) Public() func(name string, data []byte) (map[string][]byte, error) {
	written := map[string][]*Table{} // by their files
	for _, t := range d.Tables {
		if t.IsRewritten() {
			written[t.File()] = append(written[t.File()], t)
		}
	}
	return func(name string, data []byte) (map[string][]byte, error) {
		files := map[string][]byte{}
		var err error
		switch {
		case name == File && len(written) > 0:
			files[name], err = d.publicPackage()
		case written[name] == nil:
			files[name] = data
		}
		for _, t := range written[name] {
			if files[path.Join("data", t.publicPath())], err = t.withoutPrivate(data); err != nil {
				return nil, err
			}
		}
		return files, err
	}
}

// IsRewritten reports whether a file is not fit for publication as it is: a workbook has what nobody looked at, such as other sheets.
func (r *Resource) IsRewritten() bool {
	return tabular.IsWorkbook(r.Path) || slices.ContainsFunc(r.Schema.Fields, func(f Field) bool { return f.Private })
}

// publicPath is the file of a table that is written: CSV, whatever it was.
func (t *Table) publicPath() string {
	if tabular.IsPlain(t.Path) {
		return t.Path
	}
	return t.Path + "." + t.Name + ".csv"
}

// publicPackage is the data package with the public schema of each table.
func (d *Dataset) publicPackage() ([]byte, error) {
	p := *d.Package
	p.Resources = nil
	for _, t := range d.Tables {
		r := *t.Resource
		r.Schema = d.PublicSchema(t)
		if t.IsRewritten() {
			r.Path, r.Encoding, r.Size, r.Hash, r.Dialect.QuoteChar = t.publicPath(), "utf-8", nil, "", nil
			r.Dialect.SheetName, r.Dialect.SheetNumber, r.Dialect.Property, r.Dialect.Widths = "", 0, "", nil
		}
		p.Resources = append(p.Resources, r)
	}
	return json.MarshalIndent(p, "", "  ")
}

// withoutPrivate is the file of a table as CSV without its private columns.
func (t *Table) withoutPrivate(data []byte) ([]byte, error) {
	// as it was read, when each of its problems was told
	reading := &loading{Table: t, found: &finder{table: t, problems: &diag.List{}}}
	if t.written != nil {
		data = t.written
	} else if !tabular.IsPlain(t.Path) {
		var err error
		if data, _, err = reading.csv(context.Background(), data, nil); err != nil {
			return nil, err
		}
	}
	text, err := reading.text(context.Background(), data, reading.found)
	if err != nil {
		return nil, err
	}
	text = t.Dialect.FixedWidth(text)
	var kept []int // places in the file
	for i, f := range t.Schema.Fields {
		if !f.Private {
			kept = append(kept, t.header[i])
		}
	}
	slices.Sort(kept)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = rune(t.Dialect.delimiter())
	s := t.Dialect.scanner(text)
	names := t.Dialect.headerRows()
	filler := func(text string) { // in place of a row that is none of the table
		w.Flush()
		out.WriteString(cmp.Or(text, "-") + "\n")
	}
	for s.next() {
		for range s.skipped { // so that rows keep their numbers
			filler(t.Dialect.CommentChar)
		}
		if t.Dialect.hasHeader() && len(names) > 0 && s.row < names[len(names)-1] && !slices.Contains(names, s.row) {
			filler("")
			continue
		}
		row := make([]string, len(kept))
		value := false
		for i, place := range kept {
			if place < len(s.cells) {
				row[i] = string(s.cells[place])
			}
		}
		for _, cell := range s.cells {
			value = value || len(cell) > 0
		}
		if len(row) == 1 && row[0] == "" && value { // else it would be no row
			w.Flush()
			out.WriteString("\"\"\n")
			continue
		}
		if c := t.Dialect.CommentChar; c != "" && strings.HasPrefix(row[0], c) { // else it would be a comment
			w.Flush()
			out.WriteString(`"` + strings.ReplaceAll(row[0], `"`, `""`) + `"`)
			if row = row[1:]; len(row) > 0 {
				out.WriteByte(t.Dialect.delimiter())
			}
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
