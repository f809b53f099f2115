package generator

import "time"

// Timing is how long a stage took.
type Timing struct {
	Stage string
	Took  time.Duration
}

// progress says which stage a build is at, and times each.
type progress struct {
	tell  func(stage string) // may be nil
	stage string             // "" before the first
	since time.Time
	ended []Timing
}

// start ends the stage that goes on, and starts the next.
func (p *progress) start(stage string) {
	p.end()
	p.stage, p.since = stage, time.Now()
	if p.tell != nil {
		p.tell(stage)
	}
}

// end ends the stage that goes on, and lists all.
func (p *progress) end() []Timing {
	if p.stage != "" {
		p.ended = append(p.ended, Timing{p.stage, time.Since(p.since)})
		p.stage = ""
	}
	return p.ended
}
