package site

import (
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// revisions are what publishers changed in tables that were fetched.
type revisions struct {
	revised     []record.Revised // in the order of the file
	corrections *corrections
	tables      *tables
}

// RevisionsView is what the publisher of a table changed, for its page.
type RevisionsView struct {
	Fetches     []Fetch      // the newest first
	More        int          // earlier ones that are not shown
	Corrections []Correction // of figures that rest on the table
}

// Fetch is what one fetch found.
type Fetch struct {
	Day   string // as 2018-02-01
	Time  string // as 14:05 UTC, where another fetch was on that day
	Lines []record.Revised
}

// mostFetches is how many of them a page shows.
const mostFetches = 50

// Revised reports whether something is known of a table that its publisher changed.
func (r *revisions) Revised(table string) bool {
	return slices.ContainsFunc(r.revised, func(line record.Revised) bool { return line.Table == table })
}

// Revisions is what is known of what the publisher of a table changed.
func (r *revisions) Revisions(table string) RevisionsView {
	var v RevisionsView
	last := ""
	for _, line := range r.revised {
		if line.Table != table {
			continue
		}
		if line.Fetched != last {
			last = line.Fetched
			v.Fetches = append(v.Fetches, Fetch{Day: line.Fetched[:len("2018-02-01")], Time: line.Fetched})
		}
		of := &v.Fetches[len(v.Fetches)-1]
		of.Lines = append(of.Lines, r.written(line))
	}
	times := map[string]int{}
	for _, f := range v.Fetches {
		times[f.Day]++
	}
	for i := range v.Fetches {
		f := &v.Fetches[i]
		if at, ok := strings.CutPrefix(f.Time, f.Day+"T"); ok && times[f.Day] > 1 && len(at) > len("14:05") {
			f.Time = at[:len("14:05")] + " UTC"
		} else {
			f.Time = ""
		}
	}
	slices.Reverse(v.Fetches)
	if v.More = len(v.Fetches) - mostFetches; v.More > 0 {
		v.Fetches = v.Fetches[:mostFetches]
	}
	rests := func(address string) bool {
		f, _ := fact.Find(r.corrections.aggregates, address)
		return f != nil && slices.Contains(f.Aggregate.Tables, table)
	}
	var list []record.Correction
	for _, c := range r.corrections.list {
		if c.Fact != "" && rests(c.Fact) {
			list = append(list, c)
		}
	}
	of := *r.corrections
	of.list = list
	v.Corrections = of.Corrections()
	return v
}

// written writes the values of a difference as the page of the table does.
func (r *revisions) written(line record.Revised) record.Revised {
	unit := quantity.Count
	switch line.Change {
	case record.RowRevised, record.TotalChanged:
		i := -1
		if t := r.tables.data.Table(line.Table); t != nil {
			i = slices.IndexFunc(t.Fields, func(f dataset.Field) bool { return f.Name == line.Column })
		}
		if i < 0 {
			return line
		}
		unit = r.tables.data.Table(line.Table).Fields[i].Unit
	case record.TypeChanged:
		return line
	}
	for _, text := range []*string{&line.Old, &line.New} {
		if v, ok := unit.In(r.tables.voice().Language).Read(*text); ok && *text != "" && !unit.IsText() {
			*text = unit.In(r.tables.voice().Language).For([]quantity.Value{v}).Format(v, quantity.InTable)
		}
	}
	return line
}
