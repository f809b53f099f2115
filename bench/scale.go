package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"broadsheet/generator/engine"
)

// unlimited lets a site be larger than any host takes.
var unlimited = []string{"--limit", "host-file=1000000", "--limit", "host-site=1000000", "--limit", "rows=1000000000"}

// superlinear is the exponent above which something is said to grow too fast.
const superlinear = 1.1

// dimension is one thing that grows, and how far.
type dimension struct {
	name  string
	of    func(*size) *int
	sizes []int
}

var dimensions = []dimension{
	{"rows", func(s *size) *int { return &s.rows }, []int{1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}},
	{"columns", func(s *size) *int { return &s.columns }, []int{6, 30, 150}},
	{"aggregates", func(s *size) *int { return &s.aggregates }, []int{4, 40, 400}},
	{"charts", func(s *size) *int { return &s.charts }, []int{4, 16, 64}},
	{"pages", func(s *size) *int { return &s.pages }, []int{51, 1000, 10_000}},
	{"facts", func(s *size) *int { return &s.facts }, []int{100, 1000, 10_000}},
}

// measured is what a build of one size took: seconds, MB, and what it wrote.
type measured struct {
	grows                                    string
	n                                        int
	cold, cell, saved, memory, bytes, engine float64
}

// scale builds the reference report with ever more of one thing, as processes of their own, and prints by which power of the size each measure grows between the last two. A file, if any, gets the results as CSV.
func scale(work, program, only string, rows int, file string) error {
	var results []measured
	fmt.Printf("\n%-22s %9s %9s %9s %9s %9s %9s\n", "the reference report", "cold", "one cell", "saved", "memory", "site", "SELECT")
	for _, d := range dimensions {
		if only != "all" && only != d.name {
			continue
		}
		var all []measured
		for _, n := range d.sizes {
			if d.name == "rows" && n > rows {
				break
			}
			s := reference
			*d.of(&s) = n
			s.rows = max(s.rows, s.pages)
			m, err := build(filepath.Join(work, "reference"), program, s)
			if err != nil {
				return fmt.Errorf("%d %s: %w", n, d.name, err)
			}
			m.grows, m.n = d.name, n
			fmt.Printf("%11d %-10s %7.2f s %7.2f s %7.2f s %6.0f MB %6.1f MB %7.2f s\n", n, d.name, m.cold, m.cell, m.saved, m.memory, m.bytes, m.engine)
			all = append(all, m)
		}
		if len(all) > 1 {
			grows(all[len(all)-2], all[len(all)-1])
		}
		results = append(results, all...)
	}
	if file == "" {
		return nil
	}
	return record(file, results)
}

// record writes the table of which the documentation makes its page on speed.
func record(name string, results []measured) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rows := [][]string{{"grows", "size", "cold_s", "cell_s", "saved_s", "memory_mb", "site_mb", "select_s", "cores", "measured"}}
	for _, m := range results {
		row := []string{m.grows, strconv.Itoa(m.n)}
		for _, seconds := range []float64{m.cold, m.cell, m.saved} {
			row = append(row, strconv.FormatFloat(seconds, 'f', 2, 64))
		}
		row = append(row, strconv.FormatFloat(m.memory, 'f', 0, 64), strconv.FormatFloat(m.bytes, 'f', 1, 64), strconv.FormatFloat(m.engine, 'f', 2, 64))
		rows = append(rows, append(row, strconv.Itoa(runtime.NumCPU()), time.Now().UTC().Format(time.DateOnly)))
	}
	return csv.NewWriter(file).WriteAll(rows)
}

// grows prints the exponents between two sizes.
func grows(from, to measured) {
	fmt.Printf("%22s", "grows by the power of")
	for _, pair := range [][2]float64{{from.cold, to.cold}, {from.cell, to.cell}, {from.saved, to.saved}, {from.memory, to.memory}, {from.bytes, to.bytes}, {from.engine, to.engine}} {
		power := math.Log(pair[1]/pair[0]) / math.Log(float64(to.n)/float64(from.n))
		mark := " "
		if power > superlinear {
			mark = "!"
		}
		fmt.Printf(" %7.2f %s", power, mark)
	}
	fmt.Println()
}

// build measures one size: medians of three builds, and of one from a million rows on.
func build(directory, program string, s size) (m measured, err error) {
	if err := os.RemoveAll(directory); err != nil {
		return m, err
	}
	if err := s.write(directory); err != nil {
		return m, err
	}
	times := 3
	if s.rows >= 1_000_000 {
		times = 1
	}
	var cold, cell []float64
	for range times {
		took, memory, err := execute(program, directory, "build", "--no-cache")
		if err != nil {
			return m, err
		}
		cold, m.memory = append(cold, took), max(m.memory, memory)
	}
	if _, _, err := execute(program, directory, "accept"); err != nil {
		return m, err
	}
	table := filepath.Join(directory, "data/grants.csv")
	for i := range times {
		if err := replaceAmount(table, marked+i, marked+i+1); err != nil {
			return m, err
		}
		took, memory, err := execute(program, directory, "build")
		if err != nil {
			return m, err
		}
		cell, m.memory = append(cell, took), max(m.memory, memory)
	}
	m.cold, m.cell = median(cold), median(cell)
	if m.saved, err = saved(program, directory, func(i int) error { return replaceAmount(table, marked+times+i, marked+times+i+1) }, times); err != nil {
		return m, err
	}
	if m.bytes, err = weight(filepath.Join(directory, "public")); err != nil {
		return m, err
	}
	m.engine, err = selected(table)
	return m, err
}

// execute runs the program, and returns seconds and MB.
func execute(program, directory string, arguments ...string) (seconds, memory float64, err error) {
	command := exec.Command(program, append(arguments, unlimited...)...)
	command.Dir = directory
	start := time.Now()
	out, err := command.CombinedOutput()
	seconds = time.Since(start).Seconds()
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", strings.Join(arguments, " "), err, out[:min(len(out), 2000)])
	}
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = float64(usage.Maxrss) / 1024
	}
	return seconds, memory, nil
}

// replaceAmount replaces the marked amount by another of as many digits.
func replaceAmount(table string, from, to int) (err error) {
	file, err := os.OpenFile(table, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	head := make([]byte, 4096)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	at := bytes.Index(head[:n], []byte(strconv.Itoa(from)))
	if at < 0 {
		return errors.New("the cell to change is gone")
	}
	_, err = file.WriteAt([]byte(strconv.Itoa(to)), int64(at))
	return err
}

// selected is how long the engine alone takes to sum the file by state, in seconds.
func selected(table string) (float64, error) {
	ms, err := timed(func(ctx context.Context, eng *engine.Engine) error {
		return eng.Exec(ctx, "SET threads = 2; SELECT state, sum(amount_usd), count(*) FROM read_csv("+engine.Text(table)+") GROUP BY state")
	})
	return ms / 1000, err
}

// weight is how large the files of a site are, in MB.
func weight(public string) (mb float64, err error) {
	err = fs.WalkDir(os.DirFS(public), ".", func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			mb += float64(info.Size()) / 1_000_000
		}
		return err
	})
	return mb, err
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
