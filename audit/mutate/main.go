// Command mutate holds the promise that no published value changes unnoticed: it changes one cell of a report's tables at a
// time, at random, builds, and compares what readers see of the stories with what diff names.
//
//	go run ./audit/mutate -report . -runs 1000
//
// A change of a page that diff does not name is silent; a change that diff names and no page shows is a phantom; and each that
// it names must come with the row that was changed. One of these ends the command with 1. What is refused is counted.
//
// Left out are the pages that list the data and how it is computed (/data/, /numbers/, /sources/, /method/), those of charts,
// which stories show as well, and lines of sources, of which only the names are locked and not how many reports of one
// publisher are behind a chart.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
)

func main() {
	report := flag.String("report", ".", "the report")
	runs := flag.Int("runs", 1000, "how many cells are changed")
	seed := flag.Uint64("seed", 1, "of the choice of cells")
	flag.Parse()
	failed, err := run(context.Background(), *report, *runs, *seed)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(3)
	}
	if failed {
		os.Exit(1)
	}
}

func run(ctx context.Context, report string, runs int, seed uint64) (failed bool, err error) {
	memo, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(memo)
	a, err := newAudit(ctx, os.DirFS(report), memo, seed)
	if err != nil {
		return false, err
	}
	var sum outcome
	refused, unseen := 0, 0
	for range runs {
		m, o, err := a.next(ctx)
		switch {
		case err != nil:
			return false, err
		case o == nil:
			refused++
			continue
		case o.pages == 0:
			unseen++
		}
		for _, text := range o.faults() {
			fmt.Printf("%s\n  %s\n", m, text)
		}
		sum.add(o)
	}
	fmt.Printf("%d cells changed: %d refused, %d change no story, %d do\n", runs, refused, unseen, runs-refused-unseen)
	fmt.Printf("named %d changes, %d of which read the same; silent %d, phantoms %d, without their row %d\n", sum.named, sum.same, len(sum.silent), len(sum.phantoms), len(sum.rowless))
	return len(sum.faults()) > 0, nil
}
