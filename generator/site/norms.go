package site

import (
	"broadsheet/generator/chart"
	"broadsheet/generator/diag"
)

// checkSources adds a problem for each chart whose rows name no source, where the
// report has sources.
func (s *Site) checkSources(problems *diag.List) error {
	if len(s.sources.list) == 0 {
		return nil
	}
	for _, id := range s.Charts.IDs() {
		c := s.Charts[id]
		if c == nil || c.Of.Tainted || len(c.Of.Rows) == 0 {
			continue
		}
		sources, err := s.sources.behind(c.Of, c.Measures(), c.Of.Rows...)
		if err != nil {
			return err
		}
		switch waives := c.Waives("source"); {
		case len(sources) == 0 && !waives:
			problems.Add(c.Broken("source", diag.Problem{Message: "no row behind the chart names a source", Hint: "let the aggregate name the rows that it rests on: TABLE_rows"}))
		case len(sources) > 0 && waives:
			problems.Add(c.Kept("source"))
		}
	}
	return nil
}

// Waived is the charts that do not keep a norm, with the reasons.
func (r *charts) Waived() []*chart.Chart {
	var list []*chart.Chart
	for _, id := range r.set.IDs() {
		if c := r.set[id]; c != nil && len(c.Waivers) > 0 {
			list = append(list, c)
		}
	}
	return list
}
