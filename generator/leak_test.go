package generator

import (
	"runtime"
	"testing"
	"time"
)

// TestBuildsLeaveNothingRunning builds several times in one process, as a server does.
func TestBuildsLeaveNothingRunning(t *testing.T) {
	report, memo := frozen(t), t.TempDir()
	builtWith(t, report, memo)
	before := runtime.NumGoroutine()
	for range 3 {
		builtWith(t, report, memo)
	}
	after := runtime.NumGoroutine()
	for range 100 { // what is being closed may take a while
		if after <= before {
			return
		}
		time.Sleep(50 * time.Millisecond)
		after = runtime.NumGoroutine()
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines after one build, %d after three more:\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
}
