// Package record reads and writes the newsroom's own records as typed rows:
// sources (what they hold is checked as a table like any other, by package
// dataset), corrections, and the lock.
package record

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"net/url"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// SourcesFile lists where figures come from.
const SourcesFile = "data/sources.csv"

// Source is where figures come from: a row of data/sources.csv. ID and Title are
// needed; other columns of the file are the newsroom's own.
type Source struct {
	ID        string `csv:"id"`
	Outlet    string `csv:"outlet"`
	Title     string `csv:"title"`
	Published string `csv:"published"` // a day as 2018-01-24, or blank
	URL       string `csv:"url"`
	Kind      string `csv:"kind"` // what it is, by which the sources are grouped: news, government, court, data, or a word of the report
	Copy      string `csv:"copy"` // who holds the copy that was read
	Note      string `csv:"note"`
	Row       int    `csv:"-"` // in a spreadsheet
}

// Publisher is who published the source, or else what goes by its title.
func (s *Source) Publisher() string { return cmp.Or(s.Outlet, s.Title, s.ID) }

// Sources reads the table of sources, in its order. A report may have none. The
// rows come from the checked table, and not from the file again: so a file with
// semicolons or in another encoding reads the same, and keeps its row numbers.
func Sources(ctx context.Context, data *dataset.Dataset, problems *diag.List) ([]Source, error) {
	table := data.Table("sources")
	if table == nil {
		return nil, nil
	}
	rows, err := table.All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	head := make([]string, len(table.Fields))
	for i, f := range table.Fields {
		head[i] = f.Name
	}
	records := [][]string{head}
	for _, row := range rows {
		record := make([]string, len(row.Values))
		for i, v := range row.Values {
			record[i] = v.Raw()
		}
		records = append(records, record)
	}
	var plain bytes.Buffer
	if err := csv.NewWriter(&plain).WriteAll(records); err != nil {
		return nil, err
	}
	var sources []Source
	if err := gocsv.UnmarshalBytes(plain.Bytes(), &sources); err != nil {
		return nil, err
	}
	for i := range sources {
		s := &sources[i]
		s.Row = rows[i].Number
		if s.URL == "" {
			continue
		}
		// a javascript: address in a link would run
		if u, err := url.Parse(s.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			problems.Add(diag.Problem{File: SourcesFile, Line: s.Row, Field: "url", Found: diag.Quote(s.URL), Expected: fmt.Sprintf("an address that starts with %q", "https://")})
			s.URL = ""
		}
	}
	return sources, nil
}
