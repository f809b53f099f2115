package generator

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/quantity"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var update = flag.Bool("update", false, "write the expected files anew")

// TestProblems builds each report of testdata/problems/*.txtar and compares what
// the terminal would show with the archive's file "problems". A file may say how
// its text is written: "data/x.csv as windows-1252", "as utf-16", "as crlf". UNITS in
// a problem is the list of all units.
func TestProblems(t *testing.T) {
	units := quantity.Units{}.Expected() // so that a new one changes no archive
	archives, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			report, want := fstest.MapFS{}, -1
			for i, f := range archive.Files {
				name, form, _ := strings.Cut(f.Name, " as ")
				if name == "problems" {
					want = i
					continue
				}
				report[name] = &fstest.MapFile{Data: encode(t, form, f.Data)}
			}
			if want < 0 {
				t.Fatal("the archive has no file \"problems\"")
			}
			result, err := Build(t.Context(), report, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, p := range result.Problems {
				got.WriteString(strings.ReplaceAll(p.String(), units, "UNITS") + "\n")
			}
			if result.Pages != nil {
				t.Error("pages in spite of problems")
			}
			if *update {
				archive.Files[want].Data = []byte(got.String())
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got.String() != string(archive.Files[want].Data) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), archive.Files[want].Data)
			}
		})
	}
}

func encode(t *testing.T, form string, text []byte) []byte {
	t.Helper()
	var out []byte
	var err error
	switch form {
	case "":
		return text
	case "windows-1252":
		out, err = charmap.Windows1252.NewEncoder().Bytes(text)
	case "utf-16":
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(text)
	case "crlf":
		out = []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))
	default:
		t.Fatalf("unknown form %q", form)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}
