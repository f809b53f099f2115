// Package generator turns a report folder into a site.
//
//	data/*.csv ─ dataset ─> tables ─ aggregate ─> aggregates ─┬─ fact ──> facts ──┐
//	                                                          └─ chart ─> charts ─┤
//	content/ layouts/ assets/ ────────────────────────────────────────────────────┴─ site ─> pages ─ check ─ lock ─> output ─> public/
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
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/lock"
	"broadsheet/generator/passage"
	"broadsheet/generator/record"
	"broadsheet/generator/site"
	"broadsheet/generator/typed"
)

// Options are what a build can be told.
type Options struct {
	Cache   string // folder for drawn charts; "" keeps none
	BaseURL string // where the site will be, for the addresses that a standard wants whole; "" if unknown
	For     Purpose
	Limits  limit.Limits

	Progress func(stage string) // is told of each stage as it starts; may be nil
}

// Purpose is what a build is for, which decides what is wrong with a report that
// differs from its lock.
type Purpose int

// The purposes.
const (
	ToPublish       Purpose = iota // a change is shown, and is no problem
	ToPublishLocked                // a change is a problem
	ToDiff                         // a change is what is asked for; so findings that are no longer true are no hindrance
	ToAccept                       // a change becomes the lock; so a broken lock is no hindrance
)

// Result is a built site, or what is wrong with the report.
type Result struct {
	Pages    site.Pages // nil where there are problems
	Problems []diag.Problem

	Tables, Rows, Aggregates, Charts int

	Changes     []lock.Change // since the lock; nil where there is none, or where pages could not be made
	HasLock     bool
	Facts       int    // that pages show
	Date        string // of the data, e.g. "2018-02-01"; "" if unknown
	Corrections []record.Correction
	Lock        *record.Lock   // to write, where that is the purpose
	Broken      []diag.Problem // what is wrong with the old lock, where a new one is to be written

	Drawn   int // drawings that were not in the cache
	Timings []Timing
}

// Timing is how long a stage took.
type Timing struct {
	Stage string
	Took  time.Duration
}

// material is what stands in the data folder, computed.
type material struct {
	data        *dataset.Dataset
	sources     []record.Source
	corrections []record.Correction
	aggregates  aggregate.Set
}

// compute reads the tables and runs the aggregates.
func compute(ctx context.Context, report fs.FS, eng *engine.Engine, limits limit.Limits, stage func(string) []Timing, problems *diag.List) (m material, err error) {
	stage("tables")
	if m.data, err = dataset.Load(ctx, report, eng, limits, problems); err != nil {
		return m, err
	}
	if m.sources, err = record.Sources(ctx, m.data, problems); err != nil {
		return m, err
	}
	if m.corrections, err = record.Corrections(report, problems); err != nil {
		return m, err
	}
	if err = eng.Freeze(ctx); err != nil {
		return m, err
	}
	stage("aggregates")
	m.aggregates, err = aggregate.Load(ctx, report, m.data, eng, limits, problems)
	return m, err
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

	m, err := compute(ctx, report, eng, o.Limits, stage, problems)
	if err != nil {
		return result, err
	}
	stage("charts")
	charts, err := chart.Load(ctx, report, m.aggregates, m.data.Package.Created, o.Limits, problems)
	if err != nil {
		return result, err
	}
	stage("prose")
	s := &site.Site{Source: report, Theme: broadsheet.Theme, BaseURL: o.BaseURL, Limits: o.Limits, Drawer: drawer, Report: site.NewReport(ctx, m.data, m.aggregates, charts, m.sources, m.corrections)}
	if err := s.Judge(ctx, problems); err != nil {
		return result, err
	}
	if err := typed.Numbers(ctx, report, m.aggregates, problems); err != nil {
		return result, err
	}
	accepted, err := readLock(report, o, result, problems)
	if err != nil {
		return result, err
	}
	stage("pages")
	var pages site.Pages
	var said []passage.Page
	if problems.Empty() || o.For == ToDiff && problems.OnlyFindings() {
		if pages, said, err = s.Render(ctx, problems); err != nil {
			return result, err
		}
	}
	stage("check")
	if err := check.Pages(ctx, pages, o.Limits, problems); err != nil {
		return result, err
	}
	stage("lock")
	if pages != nil {
		now := lock.Gather(report, m.data, m.aggregates, charts, said)
		result.Facts = len(now.Facts)
		if accepted != nil {
			var broken diag.List
			if result.Changes, err = now.Compare(ctx, accepted, &broken); err != nil {
				return result, err
			}
			addBroken(&broken, o, result, problems)
		}
		switch {
		case o.For == ToPublishLocked:
			problems.Add(lock.Differs(accepted, result.Changes)...)
		case o.For == ToAccept && problems.Empty():
			if result.Lock, err = now.Lock(ctx); err != nil {
				return result, err
			}
		}
	}
	stage("end")
	result.Date, result.Corrections = m.data.Package.Created, m.corrections
	result.Tables, result.Aggregates, result.Charts, result.Drawn = len(m.data.Tables), len(m.aggregates), len(charts), drawer.Drawn()
	for _, t := range m.data.Tables {
		result.Rows += t.Rows
	}
	if result.Problems = problems.Sorted(); len(result.Problems) == 0 {
		result.Pages = pages
	}
	return result, nil
}

// readLock reads what was last accepted.
func readLock(report fs.FS, o Options, result *Result, problems *diag.List) (*record.Lock, error) {
	var broken diag.List
	accepted, err := record.ReadLock(report, &broken)
	result.HasLock = accepted != nil
	addBroken(&broken, o, result, problems)
	return accepted, err
}

// addBroken adds what is wrong with the lock: to the problems, but when it is
// written anew.
func addBroken(broken *diag.List, o Options, result *Result, problems *diag.List) {
	if o.For == ToAccept {
		result.Broken = append(result.Broken, broken.Sorted()...)
	} else {
		problems.Add(broken.Sorted()...)
	}
}

// Trace follows a fact back to its rows and its sources. It returns nil and the
// problem where there is no such fact.
func Trace(ctx context.Context, report fs.FS, address string) (trace *fact.Trace, problems []diag.Problem, err error) {
	var found diag.List
	eng, err := engine.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	m, err := compute(ctx, report, eng, nil, stopwatch(nil), &found)
	if err != nil {
		return nil, nil, err
	}
	if !found.Empty() {
		return nil, found.Sorted(), nil
	}
	f, wrong := fact.Find(m.aggregates, address)
	if f == nil {
		return nil, []diag.Problem{*wrong}, nil
	}
	trace, err = f.Trace(ctx, m.data, m.sources)
	return trace, nil, err
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
