package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"

	"broadsheet/generator/dataset"
	"broadsheet/generator/figure"
)

// Download is a file to take along.
type Download struct {
	Link string
	Size string // "12 KB"
}

// download says of a file what a link to it says.
func (r *Report) download(name string) (Download, error) {
	data, err := r.files[name]()
	return Download{Link: "/" + name, Size: size(len(data))}, err
}

// size writes a number of bytes for a reader.
func size(n int) string {
	const kilo = 1000
	if n < kilo*kilo {
		return fmt.Sprintf("%d KB", max(1, (n+kilo/2)/kilo))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/kilo/kilo)
}

// downloads are each table and each aggregate as CSV, by their path. Templates say
// how large they are.
func (r *Report) downloads() map[string]func() ([]byte, error) {
	files := map[string]func() ([]byte, error){}
	for _, t := range r.data.Tables {
		files["data/"+t.Name+".csv"] = sync.OnceValues(func() ([]byte, error) {
			rows, err := t.All(r.ctx)
			if err != nil {
				return nil, err
			}
			var head []string
			for _, f := range t.Fields {
				head = append(head, f.Name)
			}
			records := [][]string{head}
			for _, row := range rows {
				records = append(records, texts(row.Values))
			}
			return toCSV(records)
		})
	}
	for _, name := range r.aggregates.Names() {
		files["numbers/"+name+".csv"] = sync.OnceValues(func() ([]byte, error) {
			a := r.aggregates[name]
			records := [][]string{a.ColumnNames()}
			for _, line := range a.Lines {
				records = append(records, texts(line.Values))
			}
			return toCSV(records)
		})
	}
	return files
}

// addDownloads adds the files that no template makes.
func (s *Site) addDownloads(ctx context.Context, pages Pages) error {
	for name, file := range s.Report.files {
		var err error
		if pages[name], err = file(); err != nil {
			return err
		}
	}
	for _, a := range s.Report.Aggregates() {
		if err := s.Report.addRowsBehind(ctx, a, pages); err != nil {
			return err
		}
	}
	s.Report.pictures.add(pages)
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
		r.Schema = s.Report.data.PublicSchema(t)
		r.Schema.MissingValues = nil
		for i, f := range r.Schema.Fields {
			f.DecimalChar, f.GroupChar, f.MissingValues, f.TrueValues, f.FalseValues = "", "", nil, nil, nil
			if f.Type == "date" {
				f.Format = ""
			}
			if f.Type == "list" {
				f.Delimiter = ";"
			}
			r.Schema.Fields[i] = f
		}
		p.Resources = append(p.Resources, r)
	}
	data, err := json.MarshalIndent(p, "", "  ")
	return append(data, '\n'), err
}
