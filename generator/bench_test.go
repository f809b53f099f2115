package generator

import (
	"os"
	"testing"
)

// BenchmarkBuild builds this report with a warm cache of charts.
func BenchmarkBuild(b *testing.B) {
	cache := b.TempDir()
	for b.Loop() {
		result, err := Build(b.Context(), os.DirFS(".."), Options{Cache: cache})
		if err != nil {
			b.Fatal(err)
		}
		if len(result.Problems) > 0 {
			b.Fatal(result.Problems[0])
		}
		for _, t := range result.Timings {
			b.ReportMetric(float64(t.Took.Microseconds())/1000, t.Stage+"-ms")
		}
	}
}
