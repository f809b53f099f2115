package generator

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/limit"
)

// endless is a report file system in which one file can be read only when it is let go.
type endless struct {
	fstest.MapFS
	name string
	wait chan struct{}
}

func (e endless) ReadFile(name string) ([]byte, error) {
	if name == e.name {
		<-e.wait
	}
	return e.MapFS.ReadFile(name)
}

func small() fstest.MapFS {
	return fstest.MapFS{
		"hugo.toml":             {Data: []byte("title = \"Small\"\n")},
		"content/_index.md":     {Data: []byte("---\ntitle: Small\n---\n\nWords.\n")},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}]}}]}`)},
		"data/t.csv":            {Data: []byte("k\na\n")},
	}
}

// TestABuildEndsWithItsContext whatever it waits for.
func TestABuildEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"data/t.csv", "hugo.toml", "content/_index.md", "data/datapackage.json"} {
		report := endless{small(), name, make(chan struct{})}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := Build(ctx, report, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		close(report.wait)
	}
}

func TestABuildThatGoesOnIsAProblem(t *testing.T) {
	t.Parallel()
	report := endless{small(), "data/t.csv", make(chan struct{})}
	defer close(report.wait)
	result, err := Build(t.Context(), report, Options{Limits: limit.Limits{limit.Time: 1}})
	want := "data: found a build that goes on, expected at most 1 second for a build\n  hint: if this is meant, raise the limit: --limit time=NUMBER"
	if err != nil || len(result.Problems) != 1 || result.Problems[0].String() != want {
		t.Error(result.Problems, err)
	}
}

// greedy takes ever more memory.
type greedy struct{ fstest.MapFS }

func (g greedy) ReadFile(name string) ([]byte, error) {
	if name != "data/t.csv" {
		return g.MapFS.ReadFile(name)
	}
	var all [][]byte
	for range 200 {
		all = append(all, make([]byte, 1_000_000))
		time.Sleep(5 * time.Millisecond)
	}
	return all[0][:0], nil
}

func TestABuildThatFillsTheMemoryIsAProblem(t *testing.T) {
	result, err := Build(t.Context(), greedy{small()}, Options{Limits: limit.Limits{limit.Memory: 100}})
	if err != nil || len(result.Problems) != 1 || !strings.Contains(result.Problems[0].String(), "--limit memory=NUMBER") {
		t.Error(result.Problems, err)
	}
}

// TestAReportThatIsEditedMeanwhile has a table whose sum is always the same, rewritten
// in place over and over: no build may publish half of it.
func TestAReportThatIsEditedMeanwhile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	files := small()
	files["data/aggregates/n.sql"] = &fstest.MapFile{Data: []byte("/*\ntitle: N\ncolumns: {n: {label: N, unit: count}}\n*/\nSELECT count(*) AS n FROM t\n")}
	files["content/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Small\n---\n\nThere are {{< fact \"n.n\" >}} rows.\n")}
	rows := "k\n" + strings.Repeat("a\n", 20_000)
	files["data/t.csv"] = &fstest.MapFile{Data: []byte(rows)}
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan bool), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				stopped <- nil
				return
			case <-time.After(300 * time.Millisecond):
			}
			file, err := os.Create(filepath.Join(folder, "data/t.csv"))
			if err != nil {
				stopped <- err
				return
			}
			for at := 0; at < len(rows); at += 8192 {
				if _, err := file.WriteString(rows[at:min(at+8192, len(rows))]); err != nil {
					stopped <- err
					return
				}
				time.Sleep(2 * time.Millisecond)
			}
			if err := file.Close(); err != nil {
				stopped <- err
				return
			}
		}
	}()
	for range 5 {
		result, err := BuildDirectory(t.Context(), folder, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if page := string(result.Pages["index.html"]); result.Pages != nil && !strings.Contains(page, "20,000") {
			t.Error("half a file was published")
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestTablesThatFillTheMemoryAreOneProblem(t *testing.T) {
	report := fstest.MapFS{
		"hugo.toml":             {Data: []byte("title = \"X\"\n")},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}]}}]}`)},
		"data/t.csv":            {Data: []byte("k\n" + strings.Repeat("the quick brown fox jumps over the lazy dog\n", 300_000))},
	}
	result, err := Build(t.Context(), report, Options{Limits: limit.Limits{limit.Memory: 40}})
	if err != nil || len(result.Problems) != 1 || !strings.Contains(result.Problems[0].String(), "at most 40 megabytes of memory") {
		t.Errorf("%v %v", err, result.Problems)
	}
}

// The engine does not count what it computes before a query runs.
func TestConstantsThatFillTheMemoryAreOneProblem(t *testing.T) {
	if resident() == 0 {
		t.Log("this system does not say how much memory a program takes")
		return
	}
	report := fstest.MapFS{
		"hugo.toml":             {Data: []byte("title = \"X\"\n")},
		"data/datapackage.json": {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}]}}]}`)},
		"data/t.csv":            {Data: []byte("k\na\n")},
	}
	report["data/aggregates/x.sql"] = &fstest.MapFile{Data: []byte("/*\ntitle: X\ncolumns: {n: {label: N, unit: count}}\n*/\nSELECT sum(i) AS n FROM (SELECT unnest(range(20000000)) AS i)")}
	result, err := Build(t.Context(), report, Options{Limits: limit.Limits{limit.Memory: 500}})
	if err != nil || len(result.Problems) != 1 || !strings.Contains(result.Problems[0].String(), "at most 500 megabytes of memory") {
		t.Errorf("%v %v", err, result.Problems)
	}
}
