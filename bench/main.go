// Command bench times and weighs builds of this report, as whole processes: cold,
// with a memo, after one cell of a CSV changed, and under serve. Then it builds a reference report
// of ever more rows, columns, aggregates, charts, pages and facts, and says how each grows, beside
// the SQL engine's own reading of the same rows.
//
// Machines are noisy: it prints medians of several runs, and ratios of runs that
// were made in turn. Nothing here is asserted by a test.
package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"broadsheet/generator/engine"
)

const runs = 7

func main() {
	saves := flag.Int("saves", 20, "how often a cell is saved under serve; 1000 shows whether its memory stays flat")
	only := flag.Bool("serve", false, "measure serve alone")
	scaled := flag.String("scale", "", "measure how builds grow with this alone: rows, columns, aggregates, charts, pages, facts or all")
	rows := flag.Int("rows", 1_000_000, "how many rows the largest table of -scale has")
	file := flag.String("csv", "", "a `FILE` to which the results of -scale are written, such as docs/data/builds.csv")
	flag.Parse()
	if err := run(*saves, *only, *scaled, *rows, *file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(saves int, only bool, scaled string, rows int, file string) error {
	work, err := os.MkdirTemp("", "broadsheet-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	program, err := filepath.Abs("bin/broadsheet")
	if err != nil {
		return err
	}
	if scaled != "" {
		return scale(work, program, scaled, rows, file)
	}
	report := filepath.Join(work, "report")
	for _, part := range []string{"data", "content", "layouts", "assets/css"} {
		if err := os.CopyFS(filepath.Join(report, part), os.DirFS(part)); err != nil {
			return err
		}
	}
	config, err := os.ReadFile("hugo.toml")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(report, "hugo.toml"), config, 0o644); err != nil {
		return err
	}

	if only {
		return serve(program, report, saves)
	}

	fmt.Printf("%-34s %9s %9s %9s %9s\n", "build of this report", "median", "fastest", "slowest", "memory")
	if err := measure("cold, no memo", program, report, nil, "--no-cache"); err != nil {
		return err
	}
	if err := measure("with a memo, nothing changed", program, report, nil); err != nil {
		return err
	}
	amount := 0
	change := func() error {
		amount++
		return replaceCell(filepath.Join(report, "data/grants.csv"), "2019194", fmt.Sprint(2019194+amount))
	}
	if err := measure("with a memo, one cell changed", program, report, change); err != nil {
		return err
	}
	if err := serve(program, report, saves); err != nil {
		return err
	}
	if err := weigh(filepath.Join(report, "public")); err != nil {
		return err
	}
	if err := kinds(); err != nil {
		return err
	}
	return scale(work, program, "all", rows, file)
}

// replaceCell writes the report's original table with one value replaced.
func replaceCell(file, from, to string) error {
	data, err := os.ReadFile("data/grants.csv")
	if err != nil {
		return err
	}
	changed := strings.Replace(string(data), from, to, 1)
	if changed == string(data) {
		return errors.New("the cell to change is gone")
	}
	return os.WriteFile(file, []byte(changed), 0o644)
}

// measure builds several times, after one build that is not counted.
func measure(name, program, report string, before func() error, arguments ...string) error {
	var took []time.Duration
	var memory int64
	stages := map[string][]float64{}
	for i := range runs + 1 {
		if before != nil {
			if err := before(); err != nil {
				return err
			}
		}
		command := exec.Command(program, append([]string{"build", "--json"}, arguments...)...)
		command.Dir, command.Stderr = report, os.Stderr
		start := time.Now()
		out, err := command.Output()
		if err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		took = append(took, time.Since(start))
		if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
			memory = max(memory, usage.Maxrss)
		}
		var said struct {
			Stages map[string]float64 `json:"stages"`
		}
		if err := json.Unmarshal(out, &said); err != nil {
			return err
		}
		for stage, ms := range said.Stages {
			stages[stage] = append(stages[stage], ms)
		}
	}
	slices.Sort(took)
	fmt.Printf("%-34s %6d ms %6d ms %6d ms %6d MB\n", name, took[runs/2].Milliseconds(), took[0].Milliseconds(), took[runs-1].Milliseconds(), memory/1024)
	var parts []string
	for _, stage := range slices.Sorted(maps.Keys(stages)) {
		slices.Sort(stages[stage])
		parts = append(parts, fmt.Sprintf("%s %.0f", stage, stages[stage][runs/2]))
	}
	fmt.Printf("    ms by stage: %s\n", strings.Join(parts, ", "))
	return nil
}

// weigh prints the compressed bytes of the heaviest pages.
func weigh(public string) error {
	type page struct {
		name  string
		bytes int
	}
	var pages []page
	err := fs.WalkDir(os.DirFS(public), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if ext := filepath.Ext(name); ext != ".html" && ext != ".css" && ext != ".js" {
			return nil
		}
		data, err := os.ReadFile(filepath.Join(public, name))
		if err != nil {
			return err
		}
		var counter counting
		w, err := gzip.NewWriterLevel(&counter, gzip.BestCompression)
		if err != nil {
			return err
		}
		_, wrote := w.Write(data)
		if err := errors.Join(wrote, w.Close()); err != nil {
			return err
		}
		pages = append(pages, page{name, int(counter)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(pages, func(a, b page) int { return b.bytes - a.bytes })
	fmt.Printf("\nheaviest of %d pages, scripts and styles, compressed\n", len(pages))
	total := 0
	for i, p := range pages {
		if total += p.bytes; i < 5 || i == len(pages)/2 {
			fmt.Printf("%9.1f KB  %s%s\n", float64(p.bytes)/1000, p.name, map[bool]string{true: " (the median)"}[i == len(pages)/2])
		}
	}
	fmt.Printf("%9.1f KB  all\n", float64(total)/1000)
	return nil
}

type counting int

func (c *counting) Write(data []byte) (int, error) { *c += counting(len(data)); return len(data), nil }

func timed(work func(context.Context, *engine.Engine) error) (ms float64, err error) {
	ctx := context.Background()
	eng, err := engine.Open(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	start := time.Now()
	if err := work(ctx, eng); err != nil {
		return 0, err
	}
	return float64(time.Since(start).Microseconds()) / 1000, nil
}
