package site

import (
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// Correction is one day's correction, for one reason, of one or more figures.
type Correction struct {
	Date, Text string
	Figures    []CorrectedFigure
}

// CorrectedFigure is a published figure that was wrong, and the right one.
type CorrectedFigure struct {
	Label      string // what it is
	Old, New   string
	Link       string   // to its trace; "" where there is no such fact any more
	Pages      []string // that showed the old one
	Superseded bool     // the figure has changed again since
}

// corrections are what was published and wrong.
type corrections struct {
	list       []record.Correction // oldest first
	aggregates aggregate.Set
}

// Corrections lists all corrections, the newest first.
func (r *corrections) Corrections() []Correction {
	return r.corrected(func(CorrectedFigure) bool { return true })
}

// CorrectionsOf lists those of figures that a page showed, unless the figure has
// changed once more since.
func (r *corrections) CorrectionsOf(page string) []Correction {
	return r.corrected(func(f CorrectedFigure) bool { return !f.Superseded && slices.Contains(f.Pages, page) })
}

func (r *corrections) corrected(keep func(CorrectedFigure) bool) []Correction {
	var list []Correction
	for i, c := range r.list {
		fixed := r.correctedFigure(c, r.list[i+1:])
		if !keep(fixed) {
			continue
		}
		same := slices.IndexFunc(list, func(other Correction) bool { return other.Date == c.Date && other.Text == c.Text })
		if same < 0 {
			list = append(list, Correction{Date: c.Date, Text: c.Text})
			same = len(list) - 1
		}
		list[same].Figures = append(list[same].Figures, fixed)
	}
	slices.Reverse(list)
	return list
}

// correctedFigure says what is to be said of a correction, given the later ones.
func (r *corrections) correctedFigure(c record.Correction, later []record.Correction) CorrectedFigure {
	said := CorrectedFigure{Label: c.Fact, Old: c.Old, New: c.New, Pages: strings.Fields(c.Pages), Superseded: true}
	f, _ := fact.Find(r.aggregates, c.Fact)
	if f == nil {
		return said
	}
	said.Label, said.Link = f.Aggregate.Title+": "+f.Label(), f.Address.Link()
	said.Superseded = !f.Column.Unit.IsFormatOf(f.Value, c.New) || slices.ContainsFunc(later, func(l record.Correction) bool { return l.Fact == c.Fact })
	return said
}
