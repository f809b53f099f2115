// Package preview serves a report while it is edited: it builds in memory, watches the
// files, builds again, and tells the pages that are open.
//
//	watch.go    changes of the report's files -> one call a burst
//	preview.go  build, keep the last good site, tell the pages
//	handler.go  the site, and what its pages ask: the state, its changes, the script
//
// The site is the one that build writes, with one script more in each page
// (assets/ts/preview.ts): it reloads the page when its bytes changed, lists the
// problems over the last good page, and leads to the facts that differ from the lock.
// Nothing is written to public/, and nobody but this machine is answered.
package preview

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"sync"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/listing"
	"broadsheet/generator/lock"
	"broadsheet/generator/site"
)

// Server serves one report.
type Server struct {
	source string
	build  func(context.Context) (*generator.Result, error)
	told   func(Round)

	mu      sync.Mutex
	round   int
	pages   site.Pages        // of the last good build; nil before the first
	digests map[string]string // of each page
	changes []change
	failed  []diag.Problem
	waiting map[chan struct{}]bool // one for each page that is open
}

// Round is what came of one build.
type Round struct {
	Result *generator.Result // its Problems are those that pages list
	Err    error             // a bug, or a failure of the machine
	Took   time.Duration
}

// change is a fact that differs from the lock, and where pages show it.
type change struct {
	Fact  string   `json:"fact"`
	Kind  string   `json:"kind"`
	Old   string   `json:"old"`
	New   string   `json:"new"`
	Link  string   `json:"link"` // of its cell, from the root: how pages mark it
	Pages []string `json:"pages"`
}

// New returns a server of the report in the directory source. It builds as build
// does, and calls told after each build.
func New(source string, build func(context.Context) (*generator.Result, error), told func(Round)) *Server {
	return &Server{source: source, build: build, told: told, waiting: map[chan struct{}]bool{}}
}

// Run builds, and builds again after each change, until ctx ends. A change during a
// build starts it anew.
func (s *Server) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	wake := make(chan struct{}, 1)
	watched := make(chan error, 1)
	go func() {
		err := watch(ctx, s.source, func() {
			select {
			case wake <- struct{}{}:
			default: // it is awake
			}
		})
		watched <- err
		stop(err)
	}()
	for {
		s.rebuild(ctx, wake)
		select {
		case <-ctx.Done():
			return <-watched
		case <-wake:
		}
	}
}

// settled is how long problems wait for a program that is still saving: an empty file
// that is full a moment later is nobody's mistake.
const settled = 150 * time.Millisecond

// rebuild builds until nothing changes meanwhile.
func (s *Server) rebuild(ctx context.Context, wake <-chan struct{}) {
	for {
		start := time.Now()
		building, abandon := context.WithCancel(ctx)
		done := make(chan Round, 1)
		go func() {
			result, err := s.build(building)
			done <- Round{result, err, time.Since(start)}
		}()
		var round Round
		changed := false
		select {
		case round = <-done:
		case <-wake:
			changed = true
			abandon()
			<-done
		}
		abandon()
		if !changed && round.Err == nil && len(round.Result.Problems) > 0 {
			select {
			case <-wake:
				changed = true
			case <-time.After(settled):
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			return
		}
		if changed {
			continue
		}
		s.keep(round)
		s.told(round)
		return
	}
}

// keep takes what a build made, and tells the pages.
func (s *Server) keep(round Round) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.round++
	s.failed = nil
	switch {
	case round.Err != nil:
		s.failed = []diag.Problem{{Message: "the build failed: " + round.Err.Error(), Hint: "this is a bug in Broadsheet or a failure of the machine; the terminal says more"}}
	case round.Result.Pages == nil:
		s.failed = round.Result.Problems
	default:
		s.pages, s.digests = round.Result.Pages, digests(round.Result.Pages, s.pages, s.digests)
		s.changes = changes(round.Result)
	}
	for tell := range maps.Keys(s.waiting) {
		select {
		case tell <- struct{}{}:
		default: // it has not yet heard of the last
		}
	}
}

// digests tells one version of each page from another.
func digests(pages, before site.Pages, known map[string]string) map[string]string {
	all := make(map[string]string, len(pages))
	for name, data := range pages {
		if digest := known[name]; digest != "" && string(before[name]) == string(data) {
			all[name] = digest
			continue
		}
		sum := sha256.Sum256(data)
		all[name] = hex.EncodeToString(sum[:8])
	}
	return all
}

func changes(of *generator.Result) []change {
	all := []change{}
	links := sync.OnceValue(func() map[string]string { return listing.Links(of.Pages[listing.FactsFile]) })
	for _, c := range of.Changes {
		if c.Kind == lock.Moved {
			continue // it reads the same
		}
		link := ""
		if address, ok := fact.ParseAddress(c.Fact); ok {
			link = address.Link()
			if !bytes.Contains(of.Pages["numbers/"+address.Name+"/index.html"], []byte(`id="`+address.Anchor()+`"`)) { // but on a further page
				link = cmp.Or(links()[c.Fact], link)
			}
		}
		all = append(all, change{c.Fact, string(c.Kind), c.Old, c.New, link, c.Pages})
	}
	return all
}
