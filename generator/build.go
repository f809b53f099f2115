// Package generator turns a report folder into a site.
//
//	data/*.csv ─ dataset ─> tables ─ aggregate ─> aggregates ─┬─ fact ──> facts ──┐
//	                                                          └─ chart ─> charts ─┤
//	content/ layouts/ assets/ ────────────────────────────────────────────────────┴─ site ─> pages ─ check ─ lock ─> output ─> public/
//
// Build is that line. There is one direction and no way back; each package knows
// only those to its left. The only state between two builds is the memo, of which a
// build needs nothing but time: see package memo.
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
	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/engine"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/literal"
	"broadsheet/generator/lock"
	"broadsheet/generator/memo"
	"broadsheet/generator/passage"
	"broadsheet/generator/record"
	"broadsheet/generator/site"
)

// Options are what a build can be told.
type Options struct {
	Memo    string // directory of what earlier builds computed; "" keeps nothing
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
	Accepted    *record.Lock // nil where HasLock is false, or the lock cannot be read
	Facts       int          // that pages show
	Date        string       // of the data, e.g. "2018-02-01"; "" if unknown
	Corrections []record.Correction
	Lock        *record.Lock   // to write, where that is the purpose
	Broken      []diag.Problem // what is wrong with the old lock, where a new one is to be written

	Drawn    int // drawings that were not in the memo
	Computed int // all answers that were not
	Timings  []Timing
}

// The stages of a build.
const (
	stageOpen       = "open"
	stageTables     = "tables"
	stageAggregates = "aggregates"
	stageCharts     = "charts"
	stageProse      = "prose"
	stagePages      = "pages"
	stageCheck      = "check"
	stageLock       = "lock"
)

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
func compute(ctx context.Context, report fs.FS, eng *engine.Engine, limits limit.Limits, answers *memo.Memo, stage func(string) []Timing, problems *diag.List) (m material, err error) {
	// the rest of the memory is for what Go makes of the tables
	if err := eng.SetMemory(ctx, limits.Bytes(limit.Memory)/2); err != nil {
		return m, err
	}
	stage(stageTables)
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
	stage(stageAggregates)
	m.aggregates, err = aggregate.Load(ctx, report, m.data, eng, limits, answers, problems)
	return m, err
}

// Build builds the report. An error is a failure of the machine or of Broadsheet,
// never an editor's mistake: those are problems. It ends within a second of ctx.
func Build(ctx context.Context, report fs.FS, o Options) (*Result, error) {
	result, problem, err := bounded(ctx, o, func(ctx context.Context, o Options) (*Result, error) { return build(ctx, report, o) })
	if problem != nil {
		return &Result{Problems: []diag.Problem{*problem}}, nil
	}
	if result == nil {
		result = &Result{}
	}
	return result, err
}

// BuildDirectory builds the report in a directory of this machine, of which it reads
// nothing outside. Where an editor saves a file meanwhile, it builds again.
func BuildDirectory(ctx context.Context, name string, o Options) (*Result, error) {
	report, err := directory.Open(name)
	if err != nil {
		return &Result{}, err
	}
	const attempts = 5
	for range attempts {
		result, err := Build(ctx, report, o)
		changed := report.Changed()
		if err != nil || len(changed) == 0 {
			return result, errors.Join(err, report.Close())
		}
	}
	return &Result{Problems: []diag.Problem{{File: "data", Message: "files of the report change while it is built", Hint: "wait until they are saved, and build again"}}}, report.Close()
}

func build(ctx context.Context, report fs.FS, o Options) (result *Result, err error) {
	problems, result, stage := &diag.List{}, &Result{}, stopwatch(o.Progress)
	defer func() { result.Timings = stage("") }()

	stage(stageOpen)
	if directory.Check(report, o.Limits, problems); !problems.Empty() {
		result.Problems = problems.Sorted()
		return result, nil
	}
	eng, err := engine.Open(ctx)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	answers := memo.Open(o.Memo)
	drawer := svg.New(broadsheet.Drawing, answers)
	defer drawer.Close()

	m, err := compute(ctx, report, eng, o.Limits, answers, stage, problems)
	if err != nil {
		return result, err
	}
	stage(stageCharts)
	chartFiles := chart.Files(report, problems)
	charts, err := chart.Load(ctx, chartFiles, m.aggregates, m.data.Package.Created, o.Limits, problems)
	if err != nil {
		return result, err
	}
	stage(stageProse)
	prose, err := content.Load(report)
	if err != nil {
		return result, err
	}
	s := &site.Site{Source: report, Content: prose, Theme: broadsheet.Theme, BaseURL: o.BaseURL, Limits: o.Limits, Drawer: drawer, Report: site.NewReport(ctx, m.data, m.aggregates, charts, m.sources, m.corrections)}
	if err := s.Judge(ctx, problems); err != nil {
		return result, err
	}
	literal.Check(prose, chartFiles, m.aggregates, problems)
	accepted, err := readLock(report, o, result, problems)
	if err != nil {
		return result, err
	}
	result.Accepted = accepted
	stage(stagePages)
	var pages site.Pages
	var said []passage.Page
	if problems.Empty() || o.For == ToDiff && problems.OnlyFindings() {
		if pages, said, err = s.Render(ctx, problems); err != nil {
			return result, err
		}
	}
	stage(stageCheck)
	if err := check.Pages(ctx, check.Site{Pages: pages, Report: report, Sources: s.Sources, Root: site.Root(o.BaseURL), Policy: site.ContentPolicy, Reads: s.Report.Reads, Memo: answers}, problems); err != nil {
		return result, err
	}
	stage(stageLock)
	if pages != nil {
		now := lock.Gather(m.data, m.aggregates, charts, said)
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
	result.Computed = answers.Made()
	for _, t := range m.data.Tables {
		result.Rows += t.Rows
	}
	if result.Problems = problems.Sorted(); len(result.Problems) == 0 {
		result.Pages = pages
		answers.Sweep()
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
// problems where there is no such fact.
func Trace(ctx context.Context, report fs.FS, address string, limits limit.Limits) (*fact.Trace, []diag.Problem, error) {
	type outcome struct {
		trace    *fact.Trace
		problems []diag.Problem
	}
	out, problem, err := bounded(ctx, Options{Limits: limits}, func(ctx context.Context, o Options) (out outcome, err error) {
		out.trace, out.problems, err = trace(ctx, report, address, o)
		return out, err
	})
	if problem != nil {
		return nil, []diag.Problem{*problem}, nil
	}
	return out.trace, out.problems, err
}

func trace(ctx context.Context, report fs.FS, address string, o Options) (trace *fact.Trace, problems []diag.Problem, err error) {
	var found diag.List
	if directory.Check(report, o.Limits, &found); !found.Empty() {
		return nil, found.Sorted(), nil
	}
	eng, err := engine.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	m, err := compute(ctx, report, eng, o.Limits, nil, stopwatch(o.Progress), &found)
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
