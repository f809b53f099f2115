package site

import (
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// Groups, totals and ranks of a table: what the program computes of the rows that it shows.
//
//	{{< table of="by_state" columns="name, amount_usd" group="region" total="true" rank="amount_usd" >}}

// GridGroup is some rows below a heading.
type GridGroup struct {
	Cell   GridCell
	From   int // of its rows, the first
	Totals []GridCell
}

// groupBy orders the lines by a column: groups in the order in which they first occur, lines within in their own.
func (p *part) groupBy(name string) (column int, wrong *diag.Problem) {
	if column, wrong = p.column(name); wrong != nil {
		return -1, wrong
	}
	if len(p.lines) > maxRows {
		return -1, &diag.Problem{Message: "groups of a table of " + strconv.Itoa(len(p.lines)) + " rows", Expected: strconv.Itoa(maxRows) + " or fewer"}
	}
	at := map[string]int{}
	for _, line := range p.lines {
		if _, known := at[line.Values[column].Raw()]; !known {
			at[line.Values[column].Raw()] = len(at)
		}
	}
	p.lines = slices.Clone(p.lines)
	slices.SortStableFunc(p.lines, func(a, b *aggregate.Row) int { return at[a.Values[column].Raw()] - at[b.Values[column].Raw()] })
	return column, nil
}

// groups are those of lines in their order.
func (r *tables) groups(p *part, column int) (groups []GridGroup) {
	for i, line := range p.lines {
		if i == 0 || line.Values[column].Raw() != p.lines[i-1].Values[column].Raw() {
			cell := r.gridRow(p.Aggregate, []int{column}, quantity.Prose, line).Cells[0]
			cell.Link, cell.Cell = "", cellOf(p.Aggregate, line, p.Columns[column].Name).String()
			groups = append(groups, GridGroup{Cell: cell, From: i})
		}
	}
	return groups
}

// addTotals adds what columns come to, in all and in each group.
func (r *tables) addTotals(g *Grid, p *part, columns []int, options map[string]string) *diag.Problem {
	const expected = `total="true", or nothing`
	repeats, waived := options["repeats"]
	switch total, given := options["total"]; {
	case !given && waived:
		return &diag.Problem{Message: `the option "repeats" needs "total"`, Expected: `total="true"`}
	case !given:
		return nil
	case total != "true":
		return &diag.Problem{Message: "total", Found: diag.Quote(total), Expected: expected}
	}
	if p := config.CheckReason(repeats, diag.Problem{Message: `the option "repeats" gives no reason`, Expected: `repeats="why rows count once although several lines rest on them"`}); waived && p != nil {
		return p
	}
	var sums []int
	for _, column := range columns {
		if p.Columns[column].Unit.Additive() {
			sums = append(sums, column)
		}
	}
	if len(sums) == 0 {
		return &diag.Problem{Message: "a total of what cannot be added up", Expected: "a column of money, counts or amounts"}
	}
	twice := p.countsTwice(sums)
	if twice != nil && !waived {
		return twice
	}
	if twice == nil && waived {
		return &diag.Problem{Message: "no row counts more than once in the total", Hint: `remove the option "repeats"`}
	}
	g.Totals = r.totals(p, columns, p.lines)
	for i := range g.Groups {
		end := len(p.lines)
		if i+1 < len(g.Groups) {
			end = g.Groups[i+1].From
		}
		g.Groups[i].Totals = r.totals(p, columns, p.lines[g.Groups[i].From:end])
	}
	g.Totals[0].Text = r.voice().Say("total")
	if p.Cut { // there are others
		g.Totals[0].Text = r.voice().Say("total_of_rows")
	}
	return nil
}

// countsTwice is the problem of a row of a table on which two lines rest, so that a total would hold it twice.
func (p *part) countsTwice(sums []int) *diag.Problem {
	var measures []aggregate.Column
	for _, column := range sums {
		measures = append(measures, p.Columns[column])
	}
	from := p.From(measures...)
	for i, table := range p.Lineage {
		if _, computed := from[table]; !computed {
			continue
		}
		first := map[int64]*aggregate.Row{}
		for _, line := range p.lines {
			for row := range line.Lineage[i].All() {
				if other := first[row]; other != nil {
					return &diag.Problem{
						Message: "row " + strconv.FormatInt(row, 10) + " of " + table + " would count more than once in the total",
						Found:   diag.Quote(strings.Join(other.Key, ", ")) + " and " + diag.Quote(strings.Join(line.Key, ", ")) + " rest on it",
						Hint:    `leave the total out; or, if each has another part of the row, say so: repeats="the reason"`,
					}
				}
				first[row] = line
			}
		}
	}
	return nil
}

// totals are what columns of some lines come to. Where a value is missing nobody knows that, and how many are is said.
func (r *tables) totals(p *part, columns []int, lines []*aggregate.Row) []GridCell {
	cells := make([]GridCell, len(columns))
	for at, column := range columns {
		unit := p.Columns[column].Unit
		if !unit.Additive() {
			continue
		}
		var sum quantity.Value
		var precision quantity.Precision
		missing, mixed := 0, false
		for _, line := range lines {
			v, of := line.Values[column], p.Precision(line, column)
			if v.IsMissing() {
				missing++
				continue
			}
			sum = sum.Plus(v)
			switch {
			case of.Exact() || of == precision:
			case precision.Exact():
				precision = of
			default: // at least so much, and about so much
				mixed = true
			}
		}
		cell := GridCell{Numeric: true}
		switch {
		case missing > 0:
			cell.Note = r.voice().count("values_missing", missing)
			sum = quantity.Value{}
		case mixed:
			cell.Note = r.voice().Say("values_not_exact")
			sum = quantity.Value{}
		}
		cell.Text, cell.Raw, cell.Missing = precision.Format(unit, sum, quantity.InTable), sum.Raw(), sum.IsMissing()
		cells[at] = cell
	}
	return cells
}

// addRanks puts a column in front of the others with the place of each row by a measure. Equal values share a place, and as many places
// after it are left out: 1, 2=, 2=, 4. The largest value is first, or the lowest where that is said: rank="rate lowest". What has no value
// has no place.
func (r *tables) addRanks(g *Grid, p *part, rank string) *diag.Problem {
	name, first, _ := strings.Cut(strings.TrimSpace(rank), " ")
	if first = strings.TrimSpace(first); first != "" && first != "lowest" {
		return &diag.Problem{Message: "rank", Found: diag.Quote(rank), Expected: `rank="COLUMN", or rank="COLUMN lowest" where the lowest value is first`}
	}
	column, wrong := p.column(name)
	if wrong == nil {
		wrong = p.measured(column, "ranks")
	}
	if wrong != nil {
		return wrong
	}
	var known []quantity.Value
	for _, v := range p.values(column) {
		if !v.IsMissing() {
			known = append(known, v)
		}
	}
	sign := -1
	if first == "lowest" {
		sign = 1
	}
	slices.SortFunc(known, func(a, b quantity.Value) int { return sign * a.Compare(b) })
	g.Columns = slices.Insert(g.Columns, 0, GridColumn{Name: markup.RankBy + name, Label: r.voice().Say("rank"), Numeric: true})
	for i := range g.Rows {
		v := p.lines[i].Values[column]
		cell := GridCell{Numeric: true, Missing: v.IsMissing()}
		if !v.IsMissing() {
			place := 1 + slices.IndexFunc(known, func(w quantity.Value) bool { return v.Compare(w) == 0 })
			cell.Text, cell.Raw = r.voice().whole(place), strconv.Itoa(place)
			if place < len(known) && v.Compare(known[place]) == 0 {
				cell.tie = r.voice().Say("tied")
			}
		}
		g.Rows[i].Cells = slices.Insert(g.Rows[i].Cells, 0, cell)
	}
	for i := range g.Groups {
		if g.Groups[i].Totals != nil {
			g.Groups[i].Totals = slices.Insert(g.Groups[i].Totals, 0, GridCell{})
		}
	}
	if g.Totals != nil {
		g.Totals = slices.Insert(g.Totals, 0, GridCell{})
	}
	g.head = 1
	return nil
}
