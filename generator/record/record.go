// Package record reads the newsroom's own records as typed rows. For now these
// are the sources; what they hold is checked as a table like any other, by
// package dataset.
package record

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"

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
	Kind      string `csv:"kind"`
	Note      string `csv:"note"`
	Row       int    `csv:"-"` // in a spreadsheet
}

// Publication is "title, outlet" as a reader looks for it.
func (s Source) Publication() string {
	switch {
	case s.Outlet == "":
		return s.Title
	case s.Title == "":
		return s.Outlet
	}
	return s.Outlet + ": " + s.Title
}

// Sources reads data/sources.csv, in its order. A report may have none.
func Sources(report fs.FS, problems *diag.List) ([]Source, error) {
	data, err := fs.ReadFile(report, SourcesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var sources []Source
	if err := gocsv.UnmarshalBytes(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &sources); err != nil {
		// the same file is read as a table, which says more exactly what is wrong
		problems.Add(diag.Problem{File: SourcesFile, Message: "the sources cannot be read"})
		return nil, nil
	}
	for i := range sources {
		s := &sources[i]
		s.Row = i + 2
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
