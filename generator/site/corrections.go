package site

import (
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// Correction is one day's correction, for one reason, of one or more figures, or in words alone.
type Correction struct {
	Date, Text string
	Figures    []CorrectedFigure
	Pages      []string // that say it, where it has no figures
}

// CorrectedFigure is something published that was wrong, and what is right.
type CorrectedFigure struct {
	Label      string   // what it is
	Old, New   string   // New is "" where no page shows it any more
	Link       string   // to its trace; "" where there is no such fact any more
	Pages      []string // that showed the old one
	Superseded bool     // the figure has changed again since

	of string // the line that it is of
}

// corrections are what was published and wrong.
type corrections struct {
	list       []record.Correction // oldest first
	aggregates aggregate.Set
	sources    *sources
}

// Corrections lists all corrections, the newest first.
func (r *corrections) Corrections() []Correction {
	return r.corrected(func(CorrectedFigure) bool { return true }, func([]string) bool { return true })
}

// CorrectionsOf lists those of what a page showed, unless it has changed once more since. The frame of a chart showed what
// its page did, the list of charts something of each, and the method page what all others say.
func (r *corrections) CorrectionsOf(page string) []Correction {
	showed := func(pages []string) bool {
		switch {
		case slices.Contains(pages, page):
			return true
		case page == "/method/":
			return len(pages) > 0
		case page == "/charts/":
			return slices.ContainsFunc(pages, func(p string) bool { return strings.HasPrefix(p, page) })
		}
		id, frame := strings.CutPrefix(page, "/embed/")
		return frame && slices.Contains(pages, "/charts/"+id)
	}
	return r.corrected(
		func(f CorrectedFigure) bool { return !f.Superseded && showed(f.Pages) },
		func(pages []string) bool { return slices.Contains(pages, page) })
}

func (r *corrections) corrected(keep func(CorrectedFigure) bool, keepWords func(pages []string) bool) []Correction {
	var list []Correction
	for i, c := range r.list {
		if c.Fact == "" {
			if pages := strings.Fields(c.Pages); keepWords(pages) {
				list = append(list, Correction{Date: c.Date, Text: c.Text, Pages: pages})
			}
			continue
		}
		fixed := r.correctedFigure(c, r.list[i+1:])
		if !keep(fixed) {
			continue
		}
		same := slices.IndexFunc(list, func(other Correction) bool {
			return other.Date == c.Date && other.Text == c.Text && len(other.Figures) > 0
		})
		if same < 0 {
			list = append(list, Correction{Date: c.Date, Text: c.Text})
			same = len(list) - 1
		}
		list[same].add(fixed)
	}
	slices.Reverse(list)
	return list
}

// add adds a figure, unless one says the same: several aggregates may have it.
func (c *Correction) add(f CorrectedFigure) {
	for i := range c.Figures {
		same := &c.Figures[i]
		if same.Old == f.Old && same.New == f.New && same.Superseded == f.Superseded && (same.Label == f.Label || same.of == f.of && f.of != "") {
			same.Pages = slices.Concat(same.Pages, f.Pages)
			slices.Sort(same.Pages)
			same.Pages = slices.Compact(same.Pages)
			return
		}
	}
	c.Figures = append(c.Figures, f)
}

// correctedFigure says what is to be said of a correction, given the later ones.
func (r *corrections) correctedFigure(c record.Correction, later []record.Correction) CorrectedFigure {
	said := CorrectedFigure{Label: c.Fact, Old: c.Old, New: c.New, Pages: strings.Fields(c.Pages)}
	again := slices.ContainsFunc(later, func(l record.Correction) bool { return l.Fact == c.Fact })
	f, _ := fact.Find(r.aggregates, c.Fact)
	if f == nil {
		name, stays := r.source(c.Fact)
		said.Superseded = again || name != c.New
		if at, ok := fact.ParseAddress(c.Fact); ok && len(at.Key) > 0 && !stays {
			said.Label = strings.Join(at.Key, ", ")
		}
		if stays {
			said.Label = name
		}
		return said
	}
	said.Label, said.Link, said.of = f.Aggregate.Title+": "+f.Label(), f.Address.Link(), f.RowName()
	said.Superseded = again || c.New == "" || !f.Column.Unit.IsFormatOf(f.Value, c.New)
	return said
}

// source is the name of the source whose fact that is.
func (r *corrections) source(address string) (name string, ok bool) {
	at, ok := fact.ParseAddress(address)
	if !ok || at.Name != "sources" || len(at.Key) != 1 {
		return "", false
	}
	s := r.sources.byID[at.Key[0]]
	if s == nil {
		return "", false
	}
	return s.Publisher(), true
}
