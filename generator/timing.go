package generator

import (
	"slices"
	"sync"
	"time"

	"broadsheet/generator/progress"
)

// Timing is how long a stage took.
type Timing struct {
	Stage string
	Took  time.Duration
}

// course says which stage a build is at, and times each.
type course struct {
	tell func(progress.Progress) // may be nil

	mu    sync.Mutex // what is done is counted by several goroutines
	stage string     // "" before the first
	since time.Time
	ended []Timing
}

// start ends the stage that goes on, and starts the next.
func (c *course) start(stage string) {
	c.end()
	c.mu.Lock()
	c.stage, c.since = stage, time.Now()
	c.mu.Unlock()
	c.count(0, 0, "")
}

// count says how far the stage is.
func (c *course) count(done, total int, noun string) {
	if c.tell == nil {
		return
	}
	c.mu.Lock()
	stage := c.stage
	c.mu.Unlock()
	if stage != "" { // a build that was given up may still count
		c.tell(progress.Progress{Stage: stage, Step: slices.Index(stages, stage) + 1, Steps: len(stages), Done: done, Total: total, Noun: noun})
	}
}

// end ends the stage that goes on, and lists all.
func (c *course) end() []Timing {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stage != "" {
		c.ended = append(c.ended, Timing{c.stage, time.Since(c.since)})
		c.stage = ""
	}
	return c.ended
}
