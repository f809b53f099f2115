// Package generator turns a report directory into a site.
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

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/limit"
	"broadsheet/generator/literal"
	"broadsheet/generator/lock"
	"broadsheet/generator/progress"
	"broadsheet/generator/record"
	"broadsheet/generator/site"
)

// Options are what a build can be told.
type Options struct {
	Memo    string // directory of what earlier builds computed; "" keeps nothing
	BaseURL string // where the site will be, for the addresses that a standard wants whole; "" for what hugo.toml says
	For     Purpose
	Limits  limit.Limits
	Strict  bool  // notes are problems
	Against fs.FS // a report with whose lock facts are compared; nil for its own

	Progress func(progress.Progress) // is told of each stage as it starts, and of what is done in it, by several goroutines; may be nil
}

// Purpose is what a build is for, which decides what is wrong with a report that
// differs from its lock.
type Purpose int

// The purposes.
const (
	ToPublish       Purpose = iota // a change is shown, and is not a problem
	ToPublishLocked                // a change is a problem
	ToDiff                         // a change is what is asked for; so findings that are no longer true do not stop it
	ToAccept                       // a change becomes the lock; so a broken lock does not stop it
)

// Result is a built site, or what is wrong with the report.
type Result struct {
	Pages    site.Pages // nil where there are problems, unless the purpose is to diff
	Problems []diag.Problem
	Notes    []diag.Problem  // what may be wrong with the tables
	Claims   []literal.Claim // sentences that are true or false by the data

	Tables, Rows, Aggregates, Charts int

	Changes     []lock.Change // since the lock; nil where there is none, or where pages could not be made
	HasLock     bool
	Accepted    *record.Lock // nil where HasLock is false, or the lock cannot be read
	Facts       int          // that pages show
	BaseURL     string       // where the site will be; "" if unknown
	Date        string       // of the data, e.g. "2018-02-01"; "" if unknown
	Unspoken    string       // the language of the report, if the program has no words of it
	Corrections []record.Correction
	Lock        *record.Lock   // to write, where that is the purpose
	Broken      []diag.Problem // what is wrong with the old lock, where a new one is to be written

	Drawn    int // drawings that were not in the memo
	Computed int // all answers that were not
	Timings  []Timing
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
		if len(changed) == 0 || ctx.Err() != nil {
			return result, errors.Join(err, report.Close())
		}
	}
	return &Result{Problems: []diag.Problem{{File: "data", Message: "files of the report change while it is built", Hint: "wait until they are saved, and build again"}}}, report.Close()
}

// build is the line of the package comment: each stage takes what those before it
// return, and adds to the problems.
func build(ctx context.Context, report fs.FS, o Options) (result *Result, err error) {
	b := &job{report: archive.Record(report), options: o, course: course{tell: o.Progress}}
	ctx = progress.With(ctx, b.course.count)
	result = &Result{} // also where something panics
	defer func() { result.Timings = b.course.end() }()

	if ok, err := b.open(ctx); !ok || err != nil {
		return &Result{Problems: b.problems.Sorted()}, err
	}
	defer func() { err = errors.Join(err, b.close()) }()

	data, err := b.compute(ctx)
	if err != nil {
		return &Result{}, err
	}
	site, err := b.read(ctx, data)
	if err != nil {
		return &Result{}, err
	}
	rendered, err := b.render(ctx, site, data)
	if err != nil {
		return &Result{}, err
	}
	compared, err := b.check(ctx, site, rendered)
	if err != nil {
		return &Result{}, err
	}
	if err := b.hold(ctx, compared); err != nil {
		return &Result{}, err
	}
	result = b.result(data, rendered, compared)
	result.BaseURL = site.BaseURL
	return result, nil
}

func (b *job) result(data *computed, rendered *site.Rendered, compared *compared) *Result {
	r := &Result{
		Notes: data.notes, Claims: data.claims, Tables: len(data.tables.Tables), Aggregates: len(data.aggregates), Charts: len(data.charts),
		Changes: compared.changes, HasLock: compared.accepted != nil, Accepted: compared.accepted, Facts: compared.facts, Lock: compared.lock, Broken: compared.broken,
		Date: data.tables.Package.Created, Corrections: data.corrections,
		Drawn: b.drawer.Drawn(), Computed: b.answers.Made(),
	}
	if l := data.tables.Units().Language(); !l.Spoken() {
		r.Unspoken = l.Tag()
	}
	for _, t := range data.tables.Tables {
		r.Rows += t.Rows
	}
	if r.Problems = b.problems.Sorted(); len(r.Problems) == 0 || b.options.For == ToDiff {
		r.Pages = rendered.Pages
	}
	if len(r.Problems) == 0 {
		b.answers.Sweep()
	}
	return r
}
