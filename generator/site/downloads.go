package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"path"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/figure"
)

// addDownloads adds each table and each aggregate as CSV, and the data package.
func (s *Site) addDownloads(ctx context.Context, pages Pages) error {
	for _, t := range s.Report.data.Tables {
		rows, err := t.All(ctx)
		if err != nil {
			return err
		}
		var head []string
		for _, f := range t.Fields {
			head = append(head, f.Name)
		}
		records := [][]string{head}
		for _, row := range rows {
			records = append(records, texts(row.Values))
		}
		if pages["data/"+t.Name+".csv"], err = toCSV(records); err != nil {
			return err
		}
	}
	for _, a := range s.Report.Aggregates() {
		records := [][]string{a.ColumnNames()}
		for _, line := range a.Lines {
			records = append(records, texts(line.Values))
		}
		var err error
		if pages["numbers/"+a.Name+".csv"], err = toCSV(records); err != nil {
			return err
		}
		if err := s.Report.addRowsBehind(ctx, a, pages); err != nil {
			return err
		}
	}
	descriptor, err := s.descriptor()
	if err != nil {
		return err
	}
	pages["data/datapackage.json"] = descriptor
	return nil
}

func texts(values []figure.Value) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.Raw()
		if v.Kind == figure.Text {
			out[i] = harmless(out[i])
		}
	}
	return out
}

// harmless keeps a spreadsheet from running a text as a formula: an apostrophe in
// front, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func toCSV(records [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(records); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// descriptor is the data package as published: the report's own, with the form of
// the downloads (UTF-8, commas, plain numbers, ISO days) and without private
// columns.
func (s *Site) descriptor() ([]byte, error) {
	p := *s.Report.Package
	p.Resources = nil
	for _, t := range s.Report.data.Tables {
		r := *t.Resource
		r.Path, r.Encoding, r.Dialect = path.Base(t.Name+".csv"), "utf-8", dataset.Dialect{}
		r.Schema.MissingValues = nil
		r.Schema.Fields = nil
		for _, f := range t.Fields {
			f.DecimalChar, f.GroupChar, f.MissingValues, f.TrueValues, f.FalseValues = "", "", nil, nil, nil
			if f.Type == "date" {
				f.Format = ""
			}
			if f.Type == "list" {
				f.Delimiter = ";"
			}
			r.Schema.Fields = append(r.Schema.Fields, f)
		}
		p.Resources = append(p.Resources, r)
	}
	data, err := json.MarshalIndent(p, "", "  ")
	return append(data, '\n'), err
}
