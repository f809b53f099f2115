// Package revision says what differs between two readings of a table: the file that its publisher has now and the one that was
// fetched before, or the files of two commits. Rows are the same by their primary key, and without one by all of their values, which
// are compared as they are read: 1,000.50 is 1000.5. Private columns are in neither.
package revision

import (
	"context"
	"fmt"
	"io/fs"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Revision is what the publisher changed.
type Revision struct {
	Table       string   `json:"table"`
	File        string   `json:"file"`
	OldRows     int      `json:"old_rows"`
	NewRows     int      `json:"new_rows"`
	NewColumns  []string `json:"new_columns,omitempty"`
	GoneColumns []string `json:"gone_columns,omitempty"`
	Types       []Cell   `json:"types,omitempty"`   // of columns that are described otherwise
	Added       []Row    `json:"added,omitempty"`   // in the order of the file
	Removed     []Row    `json:"removed,omitempty"` // likewise
	Revised     []Row    `json:"revised,omitempty"`
	Period      *Period  `json:"last_period,omitempty"` // nil where nothing of it changed
	Totals      []Cell   `json:"totals,omitempty"`      // of columns that come to another sum
}

// Row is one row that came, went or changed.
type Row struct {
	Key   string `json:"key"`             // as id=r7
	Cells []Cell `json:"cells,omitempty"` // that changed
}

// Cell is a value that changed; "" where there is none.
type Cell struct {
	Column string `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// Period is the last month, or the last year, of which the table had rows. Publishers often have only a part of it.
type Period struct {
	Column  string `json:"column"`
	Name    string `json:"name"` // as 2018-01, or 2018
	OldRows int    `json:"old_rows"`
	NewRows int    `json:"new_rows"`
	Revised int    `json:"revised"` // rows of it
}

// Compare says how a table differs from what it was.
func Compare(ctx context.Context, old, now *dataset.Table) (*Revision, error) {
	before, err := read(ctx, old)
	if err != nil {
		return nil, err
	}
	after, err := read(ctx, now)
	if err != nil {
		return nil, err
	}
	r := &Revision{
		Table: now.Name, File: now.File(), OldRows: len(before.rows), NewRows: len(after.rows),
		NewColumns: lacking(now.Columns(), old.Columns()), GoneColumns: lacking(old.Columns(), now.Columns()),
	}
	var common []string
	for _, f := range now.Fields {
		i := slices.IndexFunc(old.Fields, func(was dataset.Field) bool { return was.Name == f.Name })
		if i < 0 {
			continue
		}
		common = append(common, f.Name)
		if a, b := described(old.Fields[i]), described(f); a != b {
			r.Types = append(r.Types, Cell{f.Name, a, b})
		}
	}
	key := []string(now.Schema.PrimaryKey)
	if len(lacking(key, common)) > 0 || len(key) == 0 {
		key = common
	}
	r.rows(before, after, key, common)
	r.totals(before, after, common)
	return r, nil
}

func (r *Revision) rows(before, after *table, key, common []string) {
	period := before.lastPeriod(common)
	known := map[string][][]string{}
	for _, row := range before.rows {
		k := before.id(row, key)
		known[k] = append(known[k], row)
		period.count(before, row, &period.OldRows)
	}
	for _, row := range after.rows {
		period.count(after, row, &period.NewRows)
		k := after.id(row, key)
		if len(known[k]) == 0 {
			r.Added = append(r.Added, Row{Key: after.key(row, key)})
			continue
		}
		was := known[k][0]
		known[k] = known[k][1:]
		var cells []Cell
		for _, c := range common {
			if a, b := before.cell(was, c), after.cell(row, c); a != b {
				cells = append(cells, Cell{c, a, b})
			}
		}
		if cells != nil {
			r.Revised = append(r.Revised, Row{after.key(row, key), cells})
			period.count(before, was, &period.Revised)
		}
	}
	for _, row := range before.rows {
		if k := before.id(row, key); len(known[k]) > 0 {
			known[k] = known[k][1:]
			r.Removed = append(r.Removed, Row{Key: before.key(row, key)})
		}
	}
	if period.Column != "" && (period.OldRows != period.NewRows || period.Revised > 0) {
		r.Period = &period
	}
}

func (r *Revision) totals(before, after *table, common []string) {
	for _, c := range common {
		if slices.Contains(after.Schema.PrimaryKey, c) {
			continue // a number that is a name has no sum
		}
		if a, b := before.total(c), after.total(c); a != b && a != "" && b != "" {
			r.Totals = append(r.Totals, Cell{c, a, b})
		}
	}
}

// table is the rows of a table as texts.
type table struct {
	*dataset.Table
	places map[string]int
	rows   [][]string
}

func read(ctx context.Context, of *dataset.Table) (*table, error) {
	t := &table{Table: of, places: map[string]int{}}
	for i, f := range of.Fields {
		t.places[f.Name] = i
	}
	return t, of.Each(ctx, func(row dataset.Row) {
		cells := make([]string, len(row.Values))
		for i, v := range row.Values {
			cells[i] = text(v)
		}
		t.rows = append(t.rows, cells)
	})
}

func text(v quantity.Value) string {
	if v.IsMissing() {
		return ""
	}
	return v.Raw()
}

func (t *table) cell(row []string, column string) string { return row[t.places[column]] }

// id is what tells the row apart.
func (t *table) id(row, key []string) string {
	var parts []string
	for _, c := range key {
		parts = append(parts, strconv.Quote(t.cell(row, c)))
	}
	return strings.Join(parts, " ")
}

// key is what the row is called.
func (t *table) key(row, key []string) string {
	var parts []string
	for _, c := range key {
		parts = append(parts, c+"="+t.cell(row, c))
	}
	return strings.Join(parts, " ")
}

// total adds up a column; "" where a sum of it means nothing.
func (t *table) total(column string) string {
	f := t.Fields[t.places[column]]
	if f.Type != "integer" && f.Type != "number" || !f.Unit.HasSums() {
		return ""
	}
	sum, decimals := new(big.Rat), 0
	for _, row := range t.rows {
		n, ok := new(big.Rat).SetString(t.cell(row, column))
		if !ok {
			continue
		}
		_, fraction, _ := strings.Cut(t.cell(row, column), ".")
		sum, decimals = sum.Add(sum, n), max(decimals, len(fraction))
	}
	return sum.FloatString(decimals)
}

// lastPeriod is the last period of the first column of days, months or years; without a column where there is none.
func (t *table) lastPeriod(common []string) (p Period) {
	for _, c := range common {
		if p.Column == "" && t.Fields[t.places[c]].Unit.IsTime() {
			p.Column = c
		}
	}
	if p.Column == "" {
		return p
	}
	for _, row := range t.rows {
		p.Name = max(p.Name, month(t.cell(row, p.Column)))
	}
	return p
}

func (p *Period) count(t *table, row []string, n *int) {
	if p.Column != "" && month(t.cell(row, p.Column)) == p.Name {
		*n++
	}
}

// month is the month of a day, or its year where there is no month.
func month(day string) string { return day[:min(len(day), len("2018-01"))] }

func described(f dataset.Field) string {
	if f.Unit.IsText() {
		return f.Type
	}
	return f.Type + " (" + f.UnitName + ")"
}

func lacking(names, in []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(in, name) })
}

// Empty reports whether nothing differs.
func (r *Revision) Empty() bool {
	return len(r.Added)+len(r.Removed)+len(r.Revised)+len(r.NewColumns)+len(r.GoneColumns)+len(r.Types) == 0
}

// Words is the revision in one line: "3 rows added, 2 revised, new columns: rate".
func (r *Revision) Words() string {
	var parts []string
	for _, of := range []struct {
		n    int
		what string
	}{{len(r.Added), "added"}, {len(r.Removed), "removed"}, {len(r.Revised), "revised"}} {
		switch {
		case of.n > 0 && len(parts) > 0:
			parts = append(parts, fmt.Sprintf("%d %s", of.n, of.what))
		case of.n > 0:
			parts = append(parts, diag.Count(of.n, "row")+" "+of.what)
		}
	}
	var types []string
	for _, t := range r.Types {
		types = append(types, t.Column)
	}
	for _, of := range []struct {
		names []string
		what  string
	}{{r.NewColumns, "new columns"}, {r.GoneColumns, "columns gone"}, {types, "other types"}} {
		if len(of.names) > 0 {
			parts = append(parts, of.what+": "+strings.Join(of.names, ", "))
		}
	}
	if parts == nil {
		return "the same rows, written in another way"
	}
	return strings.Join(parts, ", ")
}

// Words is what happened to the last period.
func (p *Period) Words() string {
	said := fmt.Sprintf("the last %s of the old file, %s (%s), had %s and now has %d", map[bool]string{true: "year", false: "month"}[len(p.Name) == 4], p.Name, p.Column, diag.Count(p.OldRows, "row"), p.NewRows)
	if p.NewRows > p.OldRows {
		said += ": it was not complete"
	}
	switch {
	case p.Revised == 1:
		said += "; 1 of its rows was revised"
	case p.Revised > 1:
		said += fmt.Sprintf("; %d of its rows were revised", p.Revised)
	}
	return said
}

// How much of a revision is kept for readers.
const (
	mostRows = 100 // of a kind
	mostText = 300 // characters of a value
)

// Record is the revision as it is kept.
func (r *Revision) Record(fetched string) (list []record.Revised) {
	add := func(change record.Change, row, column, old, now string) {
		list = append(list, record.Revised{Table: r.Table, Fetched: fetched, Change: change, Row: cut(row), Column: column, Old: cut(old), New: cut(now)})
	}
	add(record.ChangedCount, "", "", strconv.Itoa(r.OldRows), strconv.Itoa(r.NewRows))
	for _, name := range r.NewColumns {
		add(record.ColumnAdded, "", name, "", "")
	}
	for _, name := range r.GoneColumns {
		add(record.ColumnRemoved, "", name, "", "")
	}
	for _, t := range r.Types {
		add(record.TypeChanged, "", t.Column, t.Old, t.New)
	}
	for _, of := range []struct {
		change record.Change
		rows   []Row
	}{{record.RowAdded, r.Added}, {record.RowRemoved, r.Removed}, {record.RowRevised, r.Revised}} {
		for _, row := range of.rows[:min(mostRows, len(of.rows))] {
			if len(row.Cells) == 0 {
				add(of.change, row.Key, "", "", "")
			}
			for _, c := range row.Cells {
				add(of.change, row.Key, c.Column, c.Old, c.New)
			}
		}
		if more := len(of.rows) - mostRows; more > 0 {
			add(of.change, "", "", "", strconv.Itoa(more))
		}
	}
	if p := r.Period; p != nil && p.OldRows != p.NewRows {
		add(record.PeriodFilled, p.Name, p.Column, strconv.Itoa(p.OldRows), strconv.Itoa(p.NewRows))
	}
	for _, t := range r.Totals {
		add(record.TotalChanged, "", t.Column, t.Old, t.New)
	}
	return list
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > mostText {
		return string(runes[:mostText]) + "…"
	}
	return text
}

// Between says what differs between the same table of two reports. It is nil where there is no such table in one of them, or where
// it cannot be read: what is wrong is a problem of that side.
func Between(ctx context.Context, old, now fs.FS, name string, limits limit.Limits, wrongThen, wrong *diag.List) (r *Revision, err error) {
	var tables []*dataset.Table
	for _, side := range []struct {
		report   fs.FS
		problems *diag.List
	}{{old, wrongThen}, {now, wrong}} {
		e, err := engine.Open(ctx)
		if err != nil {
			return nil, err
		}
		defer e.Close()
		t, err := dataset.Read(ctx, side.report, name, e, limits, side.problems)
		if err != nil || t == nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return Compare(ctx, tables[0], tables[1])
}
