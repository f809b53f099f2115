// Command bench times and weighs builds of this report, as whole processes: cold,
// with a memo, after one cell of a CSV changed, and under serve. It also holds a table
// of a million rows against the SQL engine's own reading of the same file.
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
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

const runs = 7

func main() {
	saves := flag.Int("saves", 20, "how often a cell is saved under serve; 1000 shows whether its memory stays flat")
	only := flag.Bool("serve", false, "measure serve alone")
	flag.Parse()
	if err := run(*saves, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(saves int, only bool) error {
	work, err := os.MkdirTemp("", "broadsheet-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	program, err := filepath.Abs("bin/broadsheet")
	if err != nil {
		return err
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
	if err := facts(work); err != nil {
		return err
	}
	if err := kinds(); err != nil {
		return err
	}
	return million(work, program)
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
	for _, p := range pages[:min(5, len(pages))] {
		fmt.Printf("%9.1f KB  %s\n", float64(p.bytes)/1000, p.name)
	}
	return nil
}

type counting int

func (c *counting) Write(data []byte) (int, error) { *c += counting(len(data)); return len(data), nil }

// million checks and sums a table of a million rows, in turn with the engine's own
// SELECT over the file; then the program builds a site of it.
func million(work, program string) error {
	folder := filepath.Join(work, "million")
	if err := os.MkdirAll(filepath.Join(folder, "data"), 0o755); err != nil {
		return err
	}
	file := filepath.Join(folder, "data/t.csv")
	if err := writeMillion(file); err != nil {
		return err
	}
	const descriptor = `{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": "id", "fields": [
		{"name": "id", "type": "integer"}, {"name": "state", "type": "string", "constraints": {"enum": ["CA", "NY", "TX"]}},
		{"name": "day", "type": "date"}, {"name": "amount", "type": "integer", "constraints": {"minimum": 0}}, {"name": "rate", "type": "number"}]}}]}`
	if err := os.WriteFile(filepath.Join(folder, dataset.File), []byte(descriptor), 0o644); err != nil {
		return err
	}
	const sum = "SELECT state, sum(amount), max(day), sum(rate) FROM %s GROUP BY state"
	var ours, theirs, ratios []float64
	for range 5 {
		us, err := timed(func(ctx context.Context, eng *engine.Engine) error {
			var problems diag.List
			if _, err := dataset.Load(ctx, os.DirFS(folder), nil, eng, nil, nil, &problems); err != nil {
				return err
			}
			if !problems.Empty() {
				return fmt.Errorf("%s", problems.Sorted()[0])
			}
			return eng.Exec(ctx, fmt.Sprintf(sum, "t"))
		})
		if err != nil {
			return err
		}
		them, err := timed(func(ctx context.Context, eng *engine.Engine) error {
			return eng.Exec(ctx, "SET threads = 2; "+fmt.Sprintf(sum, "read_csv("+engine.Text(file)+")"))
		})
		if err != nil {
			return err
		}
		ours, theirs, ratios = append(ours, us), append(theirs, them), append(ratios, us/them)
	}
	for _, list := range [][]float64{ours, theirs, ratios} {
		slices.Sort(list)
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Printf("\na million rows of 5 columns, %d MB: checked and summed in %.0f ms, the engine's own SELECT %.0f ms, ratio %.1f (medians)\n",
		info.Size()/1_000_000, ours[2], theirs[2], ratios[2])
	for name, text := range millionReport {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return measure("whole build of 1 million rows", program, folder, nil, "--no-cache")
}

// millionReport is a report of that table: a page with a fact and a table, and the rows
// behind all of them, and behind a few.
var millionReport = map[string]string{
	"hugo.toml": "title = \"Amounts\"\n",
	"data/aggregates/by_state.sql": "/*\ntitle: By state\nkey: state\ncolumns: {state: {label: State, unit: text}, amount: {label: Amount, unit: count}}\n*/\n" +
		"SELECT state, sum(amount)::BIGINT AS amount, list(_row) AS t_rows FROM t GROUP BY state",
	"data/aggregates/in_january.sql": "/*\ntitle: In January\nkey: state\ncolumns: {state: {label: State, unit: text}, amount: {label: Amount, unit: count}}\n*/\n" +
		"SELECT state, sum(amount)::BIGINT AS amount, list(_row) AS t_rows FROM t WHERE month(day) = 1 GROUP BY state",
	"content/_index.md": "---\ntitle: Amounts by state\n---\n{{< fact \"by_state.amount[CA]\" >}} is the amount.\n\n{{< table of=\"by_state\" caption=\"Amounts\" >}}\n",
}

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

func writeMillion(name string) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var b strings.Builder
	b.WriteString("id,state,day,amount,rate\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "%d,%s,2017-%02d-%02d,%d,%d.%d\n", i, []string{"CA", "NY", "TX"}[i%3], 1+i%12, 1+i%28, i*7919%10_000_000, i%1000, i%10)
	}
	_, err = io.WriteString(file, b.String())
	return err
}
