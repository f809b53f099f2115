package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// A build is short: collecting its garbage late saves work. But garbage that grows with what is alive would double the
// memory of a build of many rows, for nothing: so there is at most so much of it, and a seventh of what is alive once that is more.
const (
	mostGarbage = 400 << 20 // bytes
	ofMuch      = 15        // percent
)

// percent is how much garbage there may be to what is alive.
var percent atomic.Int64

// collectAt starts with a percentage, and lowers it while much is alive.
func collectAt(percentage int64) {
	first := percent.Swap(percentage) == 0
	debug.SetGCPercent(int(percentage))
	if first {
		runtime.SetFinalizer(&collection{}, adjust)
	}
}

// collection is garbage at once: its finalizer runs after each collection.
type collection struct{ _ [32]byte } // smaller ones share their memory with others

func adjust(*collection) {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	alive := max(1, int64(sample[0].Value.Uint64()))
	most := min(percent.Load(), mostGarbage*100/alive)
	if alive > mostGarbage {
		most = ofMuch
	}
	debug.SetGCPercent(int(most))
	runtime.SetFinalizer(&collection{}, adjust)
}
