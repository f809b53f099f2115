package dataset

import (
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var update = flag.Bool("update", false, "write the expected messages anew")

// TestAccidentsOfSpreadsheets holds what is said of a table with one accident each. In the
// archive, a file NAME.csv is followed by the messages, NAME. Its comment is the data
// package; what is not a problem has notes. A file NAME.json is what NAME adds to it, for columns of another kind.
func TestAccidentsOfSpreadsheets(t *testing.T) {
	t.Parallel()
	const path = "testdata/accidents.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	saved := map[string]encoding.Encoding{"macintosh": charmap.Macintosh, "windows-1252": charmap.Windows1252, "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	eng := openEngine(t)
	schema := string(archive.Comment)
	var text []byte
	own := ""
	for i, f := range archive.Files {
		name, form, _ := strings.Cut(f.Name, " as ")
		switch {
		case strings.HasSuffix(name, ".json"):
			own = string(f.Data)
			continue
		case strings.HasSuffix(name, ".csv"):
			text = []byte(strings.ReplaceAll(strings.ReplaceAll(string(f.Data), `\r`, "\r"), `\0`, "\x00"))
			if saved[form] != nil {
				if text, err = saved[form].NewEncoder().Bytes(text); err != nil {
					t.Fatal(name, err)
				}
			}
			continue
		}
		described := schema
		if own != "" {
			described, own = own, ""
		}
		report := fstest.MapFS{File: {Data: []byte(described)}, "data/t.csv": {Data: text}}
		err := again(t.Context(), report, eng, func(d *Dataset, found []diag.Problem) error {
			var said strings.Builder
			var problems diag.List
			problems.Add(found...)
			notes, err := d.Notes(t.Context(), nil, &problems)
			if err != nil {
				return err
			}
			for _, p := range append(problems.Sorted(), notes...) {
				if p.Note != "" {
					said.WriteString("note " + p.Note + ": ")
				}
				said.WriteString(p.String() + "\n")
			}
			if *update {
				archive.Files[i].Data = []byte(said.String())
			} else if said.String() != string(f.Data) {
				t.Errorf("%s: got\n%s\nwant\n%s", name, said.String(), f.Data)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
