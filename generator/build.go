// Package generator turns a report folder into a site.
//
//	data/*.csv ─ dataset ─> tables ─ aggregate ─> aggregates ─┬─ fact ──> facts ──┐
//	                                                          └─ chart ─> charts ─┤
//	content/ layouts/ assets/ ────────────────────────────────────────────────────┴─ site ─> pages ─ check ─> publish ─> public/
//
// Build is that line. There is one direction and no way back; each package knows
// only those to its left. A whole build is so fast that the only state between two
// builds is the cache of drawn charts.
package generator

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"broadsheet"
	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/check"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/record"
	"broadsheet/generator/site"
)

// Options are what a build can be told.
type Options struct {
	Cache   string // folder for drawn charts; "" keeps none
	BaseURL string // where the site will be, for the addresses that a standard wants whole; "" if unknown

	Progress func(stage string) // is told of each stage as it starts; may be nil
}

// Result is a built site, or what is wrong with the report.
type Result struct {
	Pages    site.Pages // nil where there are problems
	Problems []diag.Problem

	Tables, Rows, Aggregates, Charts int

	Drawn   int // drawings that were not in the cache
	Timings []Timing
}

// Timing is how long a stage took.
type Timing struct {
	Stage string
	Took  time.Duration
}

// Build builds the report. An error is a failure of the machine or of Broadsheet,
// never an editor's mistake: those are problems.
func Build(ctx context.Context, report fs.FS, o Options) (result *Result, err error) {
	problems, result, stage := &diag.List{}, &Result{}, stopwatch(o.Progress)
	defer func() { result.Timings = stage("") }()

	stage("open")
	eng, err := engine.Open(ctx)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	drawer := svg.New(broadsheet.Drawing, o.Cache)
	defer drawer.Close()

	stage("tables")
	data, err := dataset.Load(ctx, report, eng, problems)
	if err != nil {
		return result, err
	}
	sources, err := record.Sources(ctx, data, problems)
	if err != nil {
		return result, err
	}
	if err := eng.Freeze(ctx); err != nil {
		return result, err
	}
	stage("aggregates")
	aggregates, err := aggregate.Load(ctx, report, data, eng, problems)
	if err != nil {
		return result, err
	}
	stage("charts")
	charts, err := chart.Load(report, aggregates, problems)
	if err != nil {
		return result, err
	}
	stage("prose")
	s := &site.Site{Source: report, Theme: broadsheet.Theme, BaseURL: o.BaseURL, Drawer: drawer, Report: site.NewReport(ctx, data, aggregates, charts, sources)}
	if err := s.Judge(problems); err != nil {
		return result, err
	}
	if err := check.Typed(report, aggregates, problems); err != nil {
		return result, err
	}
	stage("pages")
	var pages site.Pages
	if problems.Empty() {
		if pages, err = s.Render(ctx, problems); err != nil {
			return result, err
		}
	}
	stage("check")
	if err := check.Pages(pages, problems); err != nil {
		return result, err
	}
	stage("end")
	result.Tables, result.Aggregates, result.Charts, result.Drawn = len(data.Tables), len(aggregates), len(charts), drawer.Drawn()
	for _, t := range data.Tables {
		result.Rows += t.Rows
	}
	if result.Problems = problems.Sorted(); len(result.Problems) == 0 {
		result.Pages = pages
	}
	return result, nil
}

// stopwatch returns a function that ends a stage, starts the next unless that is
// "", and lists the ended ones.
func stopwatch(progress func(stage string)) func(next string) []Timing {
	var list []Timing
	var stage string
	var since time.Time
	return func(next string) []Timing {
		now := time.Now()
		if stage != "" {
			list = append(list, Timing{stage, now.Sub(since)})
		}
		stage, since = next, now
		if progress != nil && next != "" {
			progress(next)
		}
		return list
	}
}
