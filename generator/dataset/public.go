package dataset

import (
	"broadsheet/generator/diag"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"slices"
)

// Public returns what makes files of data/ fit for publication, without private
// columns: tables that have some, and the data package. All other files stay as they
// are, byte for byte. Rows keep their numbers, and so do the lineage and the lock.
//
// A row all of whose values are private is none in such a file, as spreadsheets write
// it where there is no row.
func (d *Dataset) Public() func(name string, data []byte) ([]byte, error) {
	private := map[string]*Table{}
	for _, t := range d.Tables {
		if len(t.Fields) < len(t.Schema.Fields) {
			private[t.File()] = t
		}
	}
	return func(name string, data []byte) ([]byte, error) {
		switch t := private[name]; {
		case t != nil:
			return t.withoutPrivate(data)
		case name == File && len(private) > 0:
			return d.publicPackage()
		}
		return data, nil
	}
}

// publicPackage is the data package with the public schema of each table.
func (d *Dataset) publicPackage() ([]byte, error) {
	p := *d.Package
	p.Resources = nil
	for _, t := range d.Tables {
		r := *t.Resource
		r.Schema = d.PublicSchema(t)
		if len(t.Fields) < len(t.Schema.Fields) {
			r.Encoding = "utf-8"
		}
		p.Resources = append(p.Resources, r)
	}
	return json.MarshalIndent(p, "", "  ")
}

// withoutPrivate is the file of a table without its private columns.
func (t *Table) withoutPrivate(data []byte) ([]byte, error) {
	// as it was read, when each of its problems was told
	reading := &loading{Table: t, found: &finder{table: t, problems: &diag.List{}}}
	text, err := reading.text(context.Background(), data, reading.found)
	if err != nil {
		return nil, err
	}
	var kept []int // places in the file
	for i, f := range t.Schema.Fields {
		if !f.Private {
			kept = append(kept, t.header[i])
		}
	}
	slices.Sort(kept)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = rune(t.delimiter())
	s := &scanner{text: text, delimiter: t.delimiter()}
	for s.next() {
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
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
