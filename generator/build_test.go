package generator

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// thisReport builds the report of this repository, once for all tests.
var thisReport = sync.OnceValues(func() (*Result, error) {
	result, err := Build(context.Background(), os.DirFS(".."), Options{})
	if err == nil && len(result.Problems) > 0 {
		err = fmt.Errorf("%s", result.Problems[0])
	}
	return result, err
})

func page(t *testing.T, name string) string {
	t.Helper()
	result, err := thisReport()
	if err != nil {
		t.Fatal(err)
	}
	text, ok := result.Pages[name]
	if !ok {
		t.Fatalf("no page %s", name)
	}
	return string(text)
}

// TestTwoBuildsAreIdentical builds the same report in two folders and two time
// zones, in processes of their own, once with a memo.
func TestTwoBuildsAreIdentical(t *testing.T) {
	program := filepath.Join(t.TempDir(), "broadsheet")
	if out, err := exec.Command("go", "build", "-o", program, "broadsheet/cmd/broadsheet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	build := func(folder, zone string, arguments ...string) map[string][]byte {
		command := exec.Command(program, append([]string{"build", "-s", folder}, arguments...)...)
		command.Env = append(os.Environ(), "TZ="+zone)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return read(t, filepath.Join(folder, "public"))
	}
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "a b", "zwei")
	for _, folder := range []string{one, two} {
		for _, part := range []string{"data", "content", "layouts", "assets/css"} {
			if err := os.CopyFS(filepath.Join(folder, part), os.DirFS(filepath.Join("..", part))); err != nil {
				t.Fatal(err)
			}
		}
		config, err := os.ReadFile("../hugo.toml")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "hugo.toml"), config, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	first := build(one, "Pacific/Kiritimati")
	for name, other := range map[string]map[string][]byte{
		"another folder and time zone": build(two, "America/Los_Angeles", "--no-cache"),
		"from the memo":                build(one, "UTC"),
	} {
		if !maps.EqualFunc(first, other, bytes.Equal) {
			for file := range first {
				if !bytes.Equal(first[file], other[file]) {
					t.Errorf("%s: %s differs", name, file)
				}
			}
			t.Errorf("%s: %d files and %d", name, len(first), len(other))
		}
	}
}

func read(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(folder, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNoNumberIsTypedInTemplates reads the report's own templates; its prose and
// charts are read by every build. Years and the unit "1,000 residents" are no figures.
func TestNoNumberIsTypedInTemplates(t *testing.T) {
	shortcode := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	number := regexp.MustCompile(`[$]?\b\d[\d,.]*( (?:million|billion|percent))?`)
	allowed := regexp.MustCompile(`^(19|20)\d\d[.,]?$|^1,000$`)
	var files []string
	for _, pattern := range []string{"../content/*/*.gotmpl", "../layouts/*.html", "../layouts/*/*.html"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		prose := shortcode.ReplaceAllString(string(text), "")
		if filepath.Ext(file) == ".html" {
			prose = visible(prose)
		}
		for _, n := range number.FindAllString(prose, -1) {
			if !allowed.MatchString(n) {
				t.Errorf("%s: %q is typed by hand", strings.TrimPrefix(file, "../"), n)
			}
		}
	}
}

// visible is the text of a template that a reader sees.
func visible(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// TestImportsRunOneWay holds the packages to the direction of the pipeline, and
// each third-party library to its one owner.
func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "broadsheet/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	// a package may import those before it
	order := []string{
		"broadsheet", "generator/diag", "generator/limit", "generator/directory", "generator/memo", "generator/config", "generator/content", "generator/engine", "generator/quantity", "generator/dataset", "generator/record",
		"generator/aggregate", "generator/fact", "generator/passage", "generator/chart/svg", "generator/chart", "generator/site", "generator/literal", "generator/check",
		"generator/lock", "generator/output", "generator/publish", "generator", "cmd/broadsheet",
	}
	owners := map[string][]string{
		"github.com/duckdb/duckdb-go": {"generator/engine"}, "database/sql": {"generator/engine"}, "github.com/gocarina/gocsv": {"generator/record"},
		"github.com/go-echarts/go-echarts": {"generator/chart"}, "modernc.org/quickjs": {"generator/chart/svg"}, "github.com/gohugoio/hugo": {"generator/site", "generator/content"},
		"golang.org/x/net/html": {"generator/passage", "generator/check"}, "github.com/tdewolff/parse": {"generator/check"}, "github.com/yuin/goldmark": {"generator/literal"}, "github.com/spf13/cobra": {"cmd/broadsheet"}, "github.com/shopspring/decimal": {"generator/quantity"},
		"github.com/agnivade/levenshtein": {"generator/diag"}, "github.com/clipperhouse/uax29": {"generator/passage"},
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name := strings.TrimPrefix(words[0], "broadsheet/")
		place := slices.Index(order, name)
		if place < 0 {
			if !strings.HasPrefix(name, "browser") && !strings.HasPrefix(name, "audit") && name != "generator/chart/svg/compile" && name != "bench" {
				t.Errorf("where does package %s stand?", name)
			}
			continue
		}
		for _, imported := range words[1:] {
			if other := slices.Index(order, strings.TrimPrefix(imported, "broadsheet/")); other > place {
				t.Errorf("%s imports %s, which comes after it", name, imported)
			}
			for library, owners := range owners {
				if strings.HasPrefix(imported, library) && !slices.Contains(owners, name) {
					t.Errorf("%s imports %s, which belongs to %s", name, imported, strings.Join(owners, " and "))
				}
			}
		}
	}
}
