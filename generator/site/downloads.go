package site

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/dataset"
	"broadsheet/generator/quantity"
)

// Download is a file to take along.
type Download struct {
	Link  string    // "" where readers cannot download it
	Size  string    // "12 KB"
	Gzip  bool      // compressed
	Sheet *Download // the same for spreadsheet programs; nil where they take the file as it is
}

// downloads are each table, each aggregate, and the rows behind those that rest on many, as CSV. Templates say how large
// they are.
type downloads struct {
	files   map[string]func() (csvFile, error) // by their path, each made once
	allRows map[string][]string                // of each aggregate, the file of all rows behind it, by table
}

// get says of a file what a link to it says.
func (r *downloads) get(name string) (Download, error) {
	if name == "" {
		return Download{}, nil
	}
	f, err := r.files[name]()
	d := Download{Link: "/" + name, Size: Size(len(f.exact)), Gzip: strings.HasSuffix(name, ".gz")}
	if f.guarded != nil {
		d.Sheet = &Download{Link: "/" + sheetName(name), Size: Size(len(f.guarded))}
	}
	return d, err
}

// sheetName is what the file for spreadsheet programs is called.
func sheetName(name string) string { return strings.TrimSuffix(name, ".csv") + ".spreadsheet.csv" }

// Size writes a number of bytes for a reader.
func Size(n int) string {
	const kilo = 1000
	if n < kilo*kilo {
		return fmt.Sprintf("%d KB", max(1, (n+kilo/2)/kilo))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/kilo/kilo)
}

// newDownloads takes how a text of a table is written without its placeholders.
func newDownloads(ctx context.Context, data *dataset.Dataset, aggregates aggregate.Set, charts chart.Set, plain func(string) string) *downloads {
	files := map[string]func() (csvFile, error){}
	d := &downloads{files: files, allRows: map[string][]string{}}
	for _, t := range data.Tables {
		switch rows := tableRows(ctx, t, plain); t.Download {
		case dataset.DownloadGzip:
			files[t.DownloadPath()] = sync.OnceValues(func() (csvFile, error) { return compress(fieldNames(t), rows) })
		case dataset.DownloadNone:
		default:
			files[t.DownloadPath()] = sync.OnceValues(func() (csvFile, error) { return write(fieldNames(t), rows, t.Bytes) })
		}
	}
	for _, name := range aggregates.Names() {
		a := aggregates[name]
		if a == nil {
			continue
		}
		files["numbers/"+name+".csv"] = rowsOf(a)
		for i, table := range a.Lineage {
			file := allBehind(a, i, data.Table(table))
			if d.allRows[name] = append(d.allRows[name], file); strings.HasPrefix(file, "numbers/") {
				files[file] = sync.OnceValues(func() (csvFile, error) { return rowsBehind(ctx, a, i, data.Table(table), plain) })
			}
		}
	}
	for _, c := range charts {
		if c != nil && c.Part != nil {
			files[dataOf(c)] = rowsOf(c.Of)
		}
	}
	return d
}

// rowsOf writes the rows of an aggregate.
func rowsOf(a *aggregate.Aggregate) func() (csvFile, error) {
	return sync.OnceValues(func() (csvFile, error) {
		return write(a.ColumnNames(), valueRows(func(yield func([]quantity.Value) bool) {
			for i := range a.Rows {
				if !yield(a.Rows[i].Values) {
					return
				}
			}
		}), 0)
	})
}

// dataOf is the file with the rows of a chart.
func dataOf(c *chart.Chart) string {
	if c.Part != nil {
		return "charts/" + c.ID + ".csv"
	}
	return "numbers/" + c.Of.Name + ".csv"
}

// tableRows are all rows of a table.
func tableRows(ctx context.Context, t *dataset.Table, plain func(string) string) iter.Seq2[csvRow, error] {
	return func(yield func(csvRow, error) bool) {
		r := csvRow{isText: areTexts(t)}
		for texts, err := range t.Texts(ctx) {
			r.cells = texts.Append(r.cells[:0])
			fillCells(r.cells, plain)
			if !yield(r, err) {
				return
			}
		}
	}
}

func fillCells(cells []string, plain func(string) string) {
	for i, cell := range cells {
		if strings.IndexByte(cell, '{') >= 0 {
			cells[i] = plain(cell)
		}
	}
}

// areTexts says of each column of a table whether it holds texts.
func areTexts(t *dataset.Table) (are []bool) {
	for _, f := range t.Fields {
		are = append(are, !slices.Contains([]string{"integer", "number", "year", "boolean", "date", "datetime", "time"}, f.Type))
	}
	return are
}

func fieldNames(t *dataset.Table) []string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	return names
}

// addDownloads adds the files that no template makes.
func (s *Site) addDownloads(ctx context.Context, report *Report, pages Pages) error {
	for name, file := range s.tables.downloads.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := file()
		if err != nil {
			return err
		}
		if pages[name] = f.exact; f.guarded != nil {
			pages[sheetName(name)] = f.guarded
		}
	}
	for language, r := range s.allReports(report) {
		for id, view := range r.views {
			v, err := view()
			if err != nil {
				return err
			}
			pages[pictureName(id, language)] = v.Picture.file
		}
	}
	maps.Copy(pages, report.cards)
	maps.Copy(pages, s.tables.long.files)
	if !s.tables.Published() {
		return nil
	}
	descriptor, err := s.descriptor()
	if err != nil {
		return err
	}
	pages["data/datapackage.json"] = descriptor
	return nil
}

// descriptor is the data package as published: the report's own, with the form of
// the downloads (UTF-8, commas, plain numbers, ISO days) and without private
// columns, and tables that readers cannot download.
func (s *Site) descriptor() ([]byte, error) {
	p := *s.Tables.Package
	p.Resources = nil
	if strings.HasPrefix(p.Schema, ".") { // a file of the report's directory, for its editor
		p.Schema = ""
	}
	for _, t := range s.Tables.Tables {
		if t.DownloadPath() == "" {
			continue
		}
		r := *t.Resource
		r.Path, r.Encoding, r.Dialect, r.Download = path.Base(t.DownloadPath()), "utf-8", dataset.Dialect{}, ""
		r.Schema = s.Tables.PublicSchema(t)
		r.Schema.MissingValues, r.Schema.FieldsMatch, r.Size, r.Hash = nil, nil, nil, ""
		for i, f := range r.Schema.Fields {
			f.DecimalChar, f.GroupChar, f.BareNumber, f.Accounting, f.MissingValues, f.TrueValues, f.FalseValues = "", "", nil, false, nil, nil, nil
			if f.Type == "date" || f.Type == "datetime" || f.Type == "time" {
				f.Format, f.Formats = "", nil
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
