package generator

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTwoBuildsAreIdentical builds one report in two directories and two time zones, in
// processes of their own, once with a memo.
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
		if err := os.CopyFS(folder, os.DirFS("testdata/report")); err != nil {
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

// TestImportsRunOneWay holds the packages to the direction of the pipeline, and
// each third-party library to its one owner.
func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "broadsheet/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	// a package may import those before it
	order := []string{
		"broadsheet", "generator/markup", "generator/listing", "generator/linkeddata", "generator/twin", "generator/phrase", "generator/diag", "generator/progress", "generator/limit", "generator/directory", "generator/memo", "generator/config", "generator/config/schematest", "generator/geography", "generator/content", "generator/engine", "generator/quantity", "generator/claimword", "generator/claim", "generator/finding", "generator/tabular", "generator/dataset", "generator/record", "generator/revision", "generator/extract", "generator/archive",
		"generator/aggregate", "generator/fact", "generator/rowpage", "generator/passage", "generator/chart/svg", "generator/card", "generator/chart", "generator/site", "generator/literal", "generator/check",
		"generator/lock", "generator/onefile", "generator/comparison", "generator/output", "generator/publish", "generator/warehouse", "generator/fetch", "generator/scaffold", "generator", "generator/preview", "cmd/broadsheet",
	}
	owners := map[string][]string{
		"github.com/duckdb/duckdb-go": {"generator/engine"}, "database/sql": {"generator/engine"}, "github.com/gocarina/gocsv": {"generator/record"},
		"github.com/go-echarts/go-echarts": {"generator/chart"}, "modernc.org/quickjs": {"generator/chart/svg"}, "github.com/gohugoio/hugo": {"generator/site", "generator/content"},
		"github.com/JohannesKaufmann/html-to-markdown": {"generator/twin"}, "github.com/google/uuid": {"generator/listing"}, "golang.org/x/net/html": {"generator/twin", "generator/passage", "generator/check", "generator/publish", "generator/onefile", "generator/comparison"}, "github.com/aymanbagabas/go-udiff": {"generator/comparison"}, "github.com/tdewolff/parse": {"generator/check"}, "github.com/yuin/goldmark": {"generator/literal"}, "github.com/spf13/cobra": {"cmd/broadsheet"}, "github.com/vbauerster/mpb": {"cmd/broadsheet"}, "github.com/shopspring/decimal": {"generator/quantity"}, "github.com/fxamacker/cbor": {"generator/memo"}, "github.com/bep/golocales": {"generator/quantity"},
		"github.com/paulmach/orb": {"generator/geography"}, "github.com/RoaringBitmap/roaring": {"generator/aggregate"}, "github.com/cespare/xxhash": {"generator/dataset"}, "github.com/agnivade/levenshtein": {"generator/diag"}, "github.com/fsnotify/fsnotify": {"generator/preview"}, "github.com/clipperhouse/uax29": {"generator/passage"},
		"github.com/xuri/excelize": {"generator/tabular"}, "github.com/xuri/nfp": {"generator/tabular"}, "github.com/hashicorp/go-retryablehttp": {"generator/fetch"}, "github.com/jackc/pgx": {"generator/warehouse"}, "github.com/srwiley/rasterx": {"generator/card"}, "golang.org/x/image": {"generator/card"}, "github.com/go-text/typesetting": {"generator/card"},
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		if slices.Contains(words[1:], "golang.org/x/sync/errgroup") {
			t.Errorf("%s imports errgroup, in which a panic ends the program; conc/pool gives it back to who waits", words[0])
		}
		name := strings.TrimPrefix(words[0], "broadsheet/")
		place := slices.Index(order, name)
		if place < 0 {
			if !strings.HasPrefix(name, "browser") && !strings.HasPrefix(name, "audit") && name != "generator/chart/svg/compile" && name != "generator/warehouse/servertest" && name != "bench" {
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
