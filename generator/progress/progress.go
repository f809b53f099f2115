// Package progress counts what a stage of a build has done, for whoever watches it.
//
// The count travels with the context: tables, aggregates, drawings and pages are
// worked on deep in packages that know nothing of a terminal. Where nobody watches,
// counting costs nothing.
package progress

import (
	"context"
	"sync/atomic"
)

// Progress is how far a build is.
type Progress struct {
	Stage       string
	Step, Steps int // of the stages, Step counts from 1
	Done, Total int // within the stage; Total is 0 where nothing is counted
	Noun        string
}

// Part is how much is done, from 0 to 1. Each stage counts the same.
func (p Progress) Part() float64 {
	if p.Steps == 0 {
		return 0
	}
	done := float64(p.Step - 1)
	if p.Total > 0 {
		done += float64(p.Done) / float64(p.Total)
	}
	return done / float64(p.Steps)
}

// Tell is told of each change, by several goroutines at once.
type Tell func(done, total int, noun string)

type key struct{}

// With is a context whose counts tell is told of.
func With(ctx context.Context, tell Tell) context.Context {
	return context.WithValue(ctx, key{}, tell)
}

// Count begins a count of so many. The function is to be called whenever one is done.
func Count(ctx context.Context, total int, noun string) (done func()) {
	tell, _ := ctx.Value(key{}).(Tell)
	if tell == nil || total == 0 {
		return func() {}
	}
	var n atomic.Int64
	tell(0, total, noun)
	return func() { tell(int(n.Add(1)), total, noun) }
}
