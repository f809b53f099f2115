package record

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// RevisionsFile says what publishers changed in files that were fetched. Only `fetch` adds to it; a build shows it to readers.
const RevisionsFile = "data/revisions.lock.csv"

// Revised is one difference between a file and the one that was fetched before.
type Revised struct {
	Table   string `csv:"table"`
	Fetched string `csv:"fetched"` // as 2018-02-01T09:30:00Z; differences with the same one belong together
	Change  Change `csv:"change"`
	Row     string `csv:"row"` // its key, as id=r7; "" where there are more than are listed
	Column  string `csv:"column"`
	Old     string `csv:"old"`
	New     string `csv:"new"` // of rows that are not listed, how many
}

// Change is a kind of difference.
type Change string

// The kinds, in the order in which they are listed.
const (
	ChangedCount  Change = "rows"           // how many there are; the first of each fetch
	ColumnAdded   Change = "column added"   // Column
	ColumnRemoved Change = "column removed" // Column
	TypeChanged   Change = "type"           // Column, and how it is described
	RowAdded      Change = "added"          // Row
	RowRemoved    Change = "removed"        // Row
	RowRevised    Change = "revised"        // Row, Column, and its values
	PeriodFilled  Change = "last period"    // Row, the period; Column; how many rows it had and has
	TotalChanged  Change = "total"          // Column
)

var changes = []Change{ChangedCount, ColumnAdded, ColumnRemoved, TypeChanged, RowAdded, RowRemoved, RowRevised, PeriodFilled, TotalChanged}

// Revisions reads them, in the order of the file. A report may have none.
func Revisions(report fs.FS, data *dataset.Dataset, problems *diag.List) ([]Revised, error) {
	text, err := fs.ReadFile(report, RevisionsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if p := conflict(RevisionsFile, text); p != nil {
		p.Hint = "keep the rows of both sides, and delete the markers"
		problems.Add(*p)
		return nil, nil
	}
	var list []Revised
	rows, wrong := readRows[Revised](RevisionsFile, text)
	if wrong == nil && unmarshal(rows, &list) != nil {
		wrong = &diag.Problem{File: RevisionsFile, Message: "the file cannot be read"}
	}
	if wrong != nil {
		wrong.Hint = "only broadsheet fetch writes it: take it back from git"
		problems.Add(*wrong)
		return nil, nil
	}
	for i, r := range list {
		p := diag.Problem{File: RevisionsFile, Line: i + 2, Hint: "only broadsheet fetch writes it: take it back from git"}
		_, wrong := time.Parse(time.RFC3339, r.Fetched)
		switch column := privateIn(data, r); {
		case wrong != nil:
			p.Column, p.Field, p.Found, p.Expected = 2, "fetched", diag.Quote(r.Fetched), "a time, such as 2018-02-01T09:30:00Z"
		case !slices.Contains(changes, r.Change):
			p.Column, p.Field, p.Found, p.Expected = 3, "change", diag.Quote(string(r.Change)), fmt.Sprintf("one of %q", changes)
		case column != "":
			p.Message, p.Hint = "a value of the private column "+diag.Quote(column)+", which was not private when the file was fetched", "delete the rows that name this column: they would be published"
		default:
			continue
		}
		problems.Add(p)
	}
	return list, nil
}

// privateIn is the private column that a difference names; "" for none.
func privateIn(data *dataset.Dataset, r Revised) string {
	t := data.Table(r.Table)
	if t == nil {
		return ""
	}
	for _, f := range t.Schema.Fields {
		if f.Private && (f.Name == r.Column || strings.Contains(" "+r.Row, " "+f.Name+"=")) {
			return f.Name
		}
	}
	return ""
}

// WriteRevisions writes the file.
func WriteRevisions(list []Revised) ([]byte, error) { return gocsv.MarshalBytes(list) }
