package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

// The pages of docs/ that show commands and files are sessions at a terminal: they are
// followed word by word, in an empty directory. The first line of a block of code says
// what it is, behind its language:
//
//	```csv file=west.csv      the file is written
//	```toml append=hugo.toml  the lines are added at its end
//	```yaml shows=a/b.yaml    the file has these lines, in this order
//	```sh run                 each line is run
//	```sh refused             each line is run, and fails
//	```text output            what the last command printed has these lines, in this order
//
// In a block that shows or is output, "…" is in place of what differs from run to run, or is
// left out; a line of it alone for any lines.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../../docs/content/*.md")
	if err != nil {
		t.Fatal(err)
	}
	bundles, err := filepath.Glob("../../docs/content/*/index.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, page := range append(pages, bundles...) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		script, err := scriptOf(string(text))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		if script == nil {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		if name == "index" {
			name = filepath.Base(filepath.Dir(page))
		}
		if err := os.WriteFile(filepath.Join(dir, name+".txtar"), txtar.Format(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			e.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			e.Cd = filepath.Join(e.WorkDir, "desk")
			return os.Mkdir(e.Cd, 0o755)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"write": write, "append": appendTo, "shows": shows, "printed": printed},
	})
}

var (
	fence     = regexp.MustCompile("(?ms)^```(\\w+)[ \t]+([^\n`]+)\n(.*?)^```[ \t]*$")
	shortcode = regexp.MustCompile(`\{\{([<%])/\*(.*?)\*/([>%])\}\}`)
)

// scriptOf is the session that a page shows; nil where it shows none.
func scriptOf(page string) (*txtar.Archive, error) {
	a := &txtar.Archive{}
	var script bytes.Buffer
	for i, m := range fence.FindAllStringSubmatch(page, -1) {
		does, file, _ := strings.Cut(strings.TrimSpace(m[2]), "=")
		text := shortcode.ReplaceAllString(m[3], "{{$1$2$3}}") // as Hugo shows it
		block := fmt.Sprintf("block%d", i)
		switch does {
		case "file", "append":
			fmt.Fprintf(&script, "%s $WORK/%s %s\n", map[string]string{"file": "write", "append": "append"}[does], block, file)
		case "shows":
			fmt.Fprintf(&script, "shows %s $WORK/%s\n", file, block)
		case "output":
			fmt.Fprintf(&script, "printed $WORK/%s\n", block)
		case "run", "refused":
			for line := range strings.Lines(text) {
				command, not := strings.TrimSpace(line), ""
				if does == "refused" {
					not = "! "
				}
				if !strings.HasPrefix(command, "cd ") {
					not += "exec "
				}
				fmt.Fprintf(&script, "%s%s\n", not, command)
			}
			continue
		default:
			return nil, fmt.Errorf("a block that does %q", does)
		}
		a.Files = append(a.Files, txtar.File{Name: block, Data: []byte(text)})
	}
	if script.Len() == 0 {
		return nil, nil
	}
	a.Comment = script.Bytes()
	return a, nil
}

// write writes a file that a page shows.
func write(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, []byte(ts.ReadFile(args[0])), 0o644))
}

// appendTo adds what a page shows to a file.
func appendTo(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(ts.ReadFile(args[1])+"\n"+ts.ReadFile(args[0])), 0o644))
}

// shows holds a file to what a page shows of it.
func shows(ts *testscript.TestScript, _ bool, args []string) {
	if missing := missingLine(ts.ReadFile(args[1]), ts.ReadFile(args[0])); missing != "" {
		ts.Fatalf("%s has no line %q, or not in that place:\n%s", args[0], missing, ts.ReadFile(args[0]))
	}
}

// printed holds what the last command printed to what a page shows of it.
func printed(ts *testscript.TestScript, _ bool, args []string) {
	got := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if missing := missingLine(ts.ReadFile(args[0]), got); missing != "" {
		ts.Fatalf("no line %q was printed, or not in that place:\n%s", missing, got)
	}
}

// missingLine is the first line of a block that a text has not, in that order.
func missingLine(block, text string) string {
	lines := strings.Split(text, "\n")
	for line := range strings.Lines(block) {
		line = strings.TrimRight(line, "\n")
		if strings.TrimSpace(line) == "…" || line == "" {
			continue
		}
		pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*") + "$")
		found := -1
		for i, got := range lines {
			if pattern.MatchString(strings.TrimRight(got, " ")) {
				found = i
				break
			}
		}
		if found < 0 {
			return line
		}
		lines = lines[found+1:]
	}
	return ""
}

// TestDocsAreAReport: the documentation is a report whose numbers are accepted, and its
// example is the report of the first page to read.
func TestDocsAreAReport(t *testing.T) {
	var out, said bytes.Buffer
	if code := run([]string{"check", "--locked", "--no-cache", "-s", "../../docs"}, &out, &said); code != fine {
		t.Errorf("exit code %d\n%s%s", code, out.String(), said.String())
	}
	page, err := os.ReadFile("../../docs/content/first-report.md")
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]string{}
	for _, m := range fence.FindAllStringSubmatch(string(page), -1) {
		if does, file, _ := strings.Cut(strings.TrimSpace(m[2]), "="); does == "file" {
			last[file] = shortcode.ReplaceAllString(m[3], "{{$1$2$3}}")
		}
	}
	for _, file := range []string{"data/west.csv", "data/aggregates/rates.sql", "data/aggregates/claims.sql", "data/charts/rates.yaml"} {
		data, err := os.ReadFile(filepath.Join("../../docs", file))
		if err != nil {
			t.Fatal(err)
		}
		if string(data) != last[file] {
			t.Errorf("docs/%s is not what docs/content/first-report.md shows", file)
		}
	}
}
