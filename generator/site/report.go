package site

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Report is what templates see as site.Params.report. Its methods, with those of its parts, are the whole of what a
// template can ask: TestTemplatesCanAsk lists them. Those that take an address, an id or a name fail where there is no such
// thing, and the build with them. It is complete before the first page is rendered.
type Report struct {
	Package *dataset.Package // title, description, licences of the data

	*facts
	*sources
	*tables
	*charts
	*corrections
	*revisions

	Look     Look
	Signoffs []record.Signoff // who checked the report
	titles   titles
	base     string            // where the site will be; "" if unknown
	cards    map[string][]byte // once pages are made
}

// newReport completes the parts that the prose was checked with: the charts start to be drawn.
func (s *Site) newReport(ctx context.Context) (*Report, error) {
	charts, err := newCharts(ctx, s)
	if err != nil {
		return nil, err
	}
	corrected := &corrections{list: s.Corrections, aggregates: s.Aggregates, sources: s.sources}
	return &Report{
		Package: s.Tables.Package, facts: s.facts, sources: s.sources, tables: s.tables, charts: charts,
		corrections: corrected, revisions: &revisions{s.Revised, corrected, s.tables}, base: s.BaseURL, Look: s.look, Signoffs: s.Signoffs,
	}, nil
}

// Address writes the address of a fact for a content adapter, whatever its key holds:
// {{ site.Params.report.Address "by_state" "amount_usd" .state }}
func (r *Report) Address(name, column string, key ...string) string {
	return fact.Address{Name: name, Column: column, Key: key}.String()
}

// Day writes a day, given as 2018-01-24.
func (r *Report) Day(day string) string {
	unit := quantity.Day.In(r.tables.voice().Language)
	v, ok := unit.Read(day)
	if !ok {
		return day
	}
	return unit.Format(v, quantity.Prose)
}

// OnPaper writes a link for those who cannot follow it: where the site will be, if
// that is known, and the path from there.
func (r *Report) OnPaper(link string) string {
	path := strings.TrimPrefix(link, "/")
	if r.base == "" {
		return path
	}
	return strings.TrimSuffix(r.base, "/") + "/" + path
}

// reportOf is what a page says, in its language.
func (s *Site) reportOf(page string, own *Report) *Report {
	directory, _, _ := strings.Cut(page, "/")
	return cmp.Or(s.reports[directory], own)
}

// allReports are that of the report's own language, by "", and those of the others by their names.
func (s *Site) allReports(own *Report) map[string]*Report {
	all := maps.Clone(s.reports)
	all[""] = own
	return all
}
