package generator

import (
	"context"
	"errors"
	"io/fs"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
)

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
	b := &job{report: archive.Record(report), options: o, course: course{tell: o.Progress}}
	if ok, err := b.open(ctx); !ok || err != nil {
		return nil, b.problems.Sorted(), err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	data, err := b.aggregate(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !b.problems.Empty() {
		return nil, b.problems.Sorted(), nil
	}
	f, wrong := fact.Find(data.aggregates, address)
	if f == nil {
		return nil, []diag.Problem{*wrong}, nil
	}
	if trace, err = f.Trace(ctx, data.tables, data.sources); trace != nil {
		trace.Extracts = data.extracts
	}
	return trace, nil, err
}
