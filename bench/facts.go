package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator"
)

// facts measures what facts cost: a thousand look-ups in an aggregate of 100,000
// cells, in turn with the same report without them, and the comparison of 10,000
// facts with their lock.
func facts(work string) error {
	folder := filepath.Join(work, "facts")
	const lines, columns, cited = 20_000, 5, 1000
	var table, page strings.Builder
	table.WriteString("id,a,b,c,d,e\n")
	for i := range lines {
		fmt.Fprintf(&table, "r%d,%d,%d,%d,%d,%d\n", i, i, 2*i, 3*i, i%7, i%11)
	}
	for i := range cited {
		fmt.Fprintf(&page, "It is {{< fact \"each.%s[r%d]\" >}}.\n\n", []string{"a", "b", "c", "d", "e"}[i%columns], i*lines/cited)
	}
	const units = "columns: {id: {label: Id, unit: text}, a: {label: A, unit: count}, b: {label: B, unit: usd}, c: {label: C, unit: count}, d: {label: D, unit: count}, e: {label: E, unit: count}}"
	files := map[string]string{
		"hugo.toml":                "title = \"Facts\"\n",
		"content/_index.md":        "---\ntitle: Facts\n---\n",
		"data/datapackage.json":    `{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}, {"name": "c", "type": "integer"}, {"name": "d", "type": "integer"}, {"name": "e", "type": "integer"}]}}]}`,
		"data/t.csv":               table.String(),
		"data/aggregates/each.sql": "/*\ntitle: Each\nkey: id\n" + units + "\n*/\nSELECT id, a, b, c, d, e, [_row] AS t_rows FROM t",
	}
	if err := write(folder, files); err != nil {
		return err
	}
	with := filepath.Join(work, "facts-cited")
	files["content/_index.md"] += page.String()
	if err := write(with, files); err != nil {
		return err
	}
	var alone, citing []float64
	for range runs {
		for folder, list := range map[string]*[]float64{folder: &alone, with: &citing} {
			took, _, err := builds(folder)
			if err != nil {
				return err
			}
			*list = append(*list, took)
		}
	}
	slices.Sort(alone)
	slices.Sort(citing)
	fmt.Printf("\n%d facts looked up in %d cells, read from pages and listed: %.0f ms on a build of %.0f ms (medians)\n", cited, lines*columns, citing[runs/2]-alone[runs/2], alone[runs/2])
	return compared(work)
}

// compared times the stage that compares the facts that pages show with the lock.
func compared(work string) error {
	const lines = 1000
	folder := filepath.Join(work, "locked")
	var table strings.Builder
	table.WriteString("id")
	for j := range 10 {
		fmt.Fprintf(&table, ",n%d", j)
	}
	for i := range lines {
		fmt.Fprintf(&table, "\nr%d", i)
		for j := range 10 {
			fmt.Fprintf(&table, ",%d", i*j+1)
		}
	}
	var fields, labels, names []string
	for j := range 10 {
		fields = append(fields, fmt.Sprintf(`{"name": "n%d", "type": "integer"}`, j))
		labels = append(labels, fmt.Sprintf("n%d: {label: N, unit: count}", j))
		names = append(names, fmt.Sprintf("n%d", j))
	}
	files := map[string]string{
		"hugo.toml":               "title = \"Lock\"\n",
		"content/_index.md":       "---\ntitle: Lock\n---\n{{< table \"all\" >}}\n",
		"data/datapackage.json":   `{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id", "type": "string"}, ` + strings.Join(fields, ", ") + `]}}]}`,
		"data/t.csv":              table.String() + "\n",
		"data/aggregates/all.sql": "/*\ntitle: All\nkey: id\ncolumns: {id: {label: Id, unit: text}, " + strings.Join(labels, ", ") + "}\n*/\nSELECT id, " + strings.Join(names, ", ") + ", [_row] AS t_rows FROM t",
	}
	if err := write(folder, files); err != nil {
		return err
	}
	accepted, err := generator.Build(context.Background(), os.DirFS(folder), generator.Options{For: generator.ToAccept})
	if err != nil {
		return err
	}
	lock, err := accepted.Lock.Files()
	if err != nil {
		return err
	}
	for name, text := range lock {
		files[name] = string(text)
	}
	var same, moved []float64
	for i := range runs {
		if err := write(folder, files); err != nil {
			return err
		}
		_, stages, err := builds(folder)
		if err != nil {
			return err
		}
		same = append(same, stages["lock"])
		changed := strings.Replace(table.String(), "\nr500,1,", fmt.Sprintf("\nr500,%d,", i+2), 1) + "\n"
		if err := os.WriteFile(filepath.Join(folder, "data/t.csv"), []byte(changed), 0o644); err != nil {
			return err
		}
		if _, stages, err = builds(folder); err != nil {
			return err
		}
		moved = append(moved, stages["lock"])
	}
	slices.Sort(same)
	slices.Sort(moved)
	fmt.Printf("a lock of %d facts compared: %.0f ms; with one cell changed, and its row found among %d: %.0f ms (medians)\n", accepted.Facts, same[runs/2], lines, moved[runs/2])
	return nil
}

func write(folder string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// builds builds a report in this process, and returns milliseconds.
func builds(folder string) (whole float64, stages map[string]float64, err error) {
	result, err := generator.Build(context.Background(), os.DirFS(folder), generator.Options{})
	if err != nil {
		return 0, nil, err
	}
	if len(result.Problems) > 0 {
		return 0, nil, fmt.Errorf("%s", result.Problems[0])
	}
	stages = map[string]float64{}
	for _, stage := range result.Timings {
		ms := float64(stage.Took.Microseconds()) / 1000
		stages[stage.Stage] = ms
		whole += ms
	}
	return whole, stages, nil
}
