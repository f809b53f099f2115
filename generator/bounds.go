package generator

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/progress"

	"github.com/sourcegraph/conc/panics"
)

// exceeded says which limit ended a build.
type exceeded struct {
	limit limit.Name
	found string
}

func (e *exceeded) Error() string { return "limit " + string(e.limit) + " exceeded" }

// grace is how long a stage may take to end by itself once the context is done. What
// goes on after it, such as a library that cannot be stopped, is left to itself.
const grace = 700 * time.Millisecond

// bounded runs a job within the limits of time and memory, and to its end within a
// second of ctx. A limit that it exceeds, and a file that it cannot read, is a
// problem; a panic in it is an error.
func bounded[T any](ctx context.Context, o Options, job func(context.Context, Options) (T, error)) (result T, problem *diag.Problem, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ctx, late := context.WithTimeoutCause(ctx, o.Limits.Seconds(limit.Time), &exceeded{limit.Time, "a build that goes on"})
	defer late()
	// near the limit memory is collected more often, before the limit ends the build
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(o.Limits.Bytes(limit.Memory) / 4 * 3))
	go watchMemory(ctx, o.Limits, stop)

	var stage current
	o.Progress = stage.follow(o.Progress)
	type outcome struct {
		result T
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		var out outcome
		if caught := panics.Try(func() { out.result, out.err = job(ctx, o) }); caught != nil {
			out.err = fmt.Errorf("this is a bug in broadsheet: %v\n%s", caught.Value, caught.Stack)
		}
		done <- out
	}()
	var out outcome
	select {
	case out = <-done:
	case <-ctx.Done():
		select {
		case out = <-done:
		case <-time.After(grace):
		}
	}
	var blown *exceeded
	var fault *directory.Fault
	var said *engine.Error
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &blown):
		p := o.Limits.Exceeded(blown.limit, blown.found)
		p.File = places[stage.name()]
		return out.result, &p, nil
	case cause != nil:
		return out.result, nil, cause
	case errors.As(out.err, &fault):
		p := fault.Problem()
		return out.result, &p, nil
	case errors.As(out.err, &said) && said.Memory:
		p := o.Limits.Exceeded(limit.Memory, "tables that need more than half of the memory")
		p.File = places[stage.name()]
		return out.result, &p, nil
	}
	return out.result, nil, out.err
}

// places are the parts of a report that a stage works on.
var places = map[string]string{
	stageOpen: "data", stageTables: "data", stageAggregates: "data/aggregates", stageCharts: "data/charts",
	stageProse: "content", stagePages: "layouts", stageCheck: "content", stageLock: "data",
}

// current is the stage that a build is at.
type current struct {
	mu    sync.Mutex
	stage string
}

func (c *current) name() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stage
}

// follow notes each stage, and passes it on.
func (c *current) follow(tell func(progress.Progress)) func(progress.Progress) {
	return func(p progress.Progress) {
		c.mu.Lock()
		c.stage = p.Stage
		c.mu.Unlock()
		if tell != nil {
			tell(p)
		}
	}
}

// watchMemory ends the build where Go holds more memory than it may, or where the
// program has grown by more. The engine has a limit of its own, which it does not keep
// where it computes a constant such as unnest(range(300000000)).
func watchMemory(ctx context.Context, limits limit.Limits, stop context.CancelCauseFunc) {
	most := uint64(limits.Bytes(limit.Memory))
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	before := resident()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if metrics.Read(sample); sample[0].Value.Uint64() > most || resident() > before+most {
				stop(&exceeded{limit.Memory, "a build that fills the memory"})
				return
			}
		}
	}
}

// resident is how much memory the program takes, with all that is not Go's; 0 on
// systems that do not say so in a file.
func resident() uint64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), " ")
	pages, _, _ := strings.Cut(after, " ")
	n, err := strconv.ParseUint(pages, 10, 64)
	if err != nil {
		return 0
	}
	return n * uint64(os.Getpagesize())
}
