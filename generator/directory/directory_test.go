package directory

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// report lays out a directory and opens it.
func report(t *testing.T, files map[string]string) (*Directory, string) {
	t.Helper()
	name := t.TempDir()
	for file, text := range files {
		if err := os.MkdirAll(filepath.Join(name, filepath.Dir(file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(name, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, name
}

func said(d fs.FS, limits limit.Limits) string {
	var problems diag.List
	Check(d, limits, &problems)
	var b strings.Builder
	for _, p := range problems.Sorted() {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func TestItIsAFileSystem(t *testing.T) {
	d, _ := report(t, map[string]string{"hugo.toml": "", "data/a.csv": "a\n1\n", "content/x/y.md": "y"})
	if err := fstest.TestFS(d, "hugo.toml", "data/a.csv", "content/x/y.md"); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(d, "data/none.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestNothingOutsideIsRead(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.csv"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	d, name := report(t, map[string]string{"data/a.csv": "a\n1\n", "content/_index.md": "x"})
	for link, target := range map[string]string{
		"data/out.csv": filepath.Join(outside, "secret.csv"), "data/up.csv": "../../../../../../../../../etc/passwd", "content/leak": outside,
		"content/again": ".", "data/same.csv": "a.csv", "data/gone.csv": "gone", "data/self.csv": "self.csv", "layouts": outside,
	} {
		if err := os.Symlink(target, filepath.Join(name, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := `data/gone.csv: a link to a file that does not exist
  hint: delete it
data/out.csv: a link that leads out of the report
  hint: put a copy of the file in its place
data/self.csv: a link that leads out of the report
  hint: put a copy of the file in its place
data/up.csv: a link that leads out of the report
  hint: put a copy of the file in its place
content/again: a link to a directory
  hint: put a copy of the directory again in its place
content/leak: a link that leads out of the report
  hint: put a copy of the file in its place
layouts: a link that leads out of the report
  hint: put a copy of the file in its place
`
	if got := said(d, nil); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, link := range []string{"data/out.csv", "data/up.csv", "content/leak/secret.csv", "layouts/secret.csv"} {
		if data, err := fs.ReadFile(d, link); err == nil {
			t.Errorf("%s gives %q", link, data)
		}
	}
	if data, err := fs.ReadFile(d, "data/same.csv"); err != nil || string(data) != "a\n1\n" {
		t.Errorf("a link inside: %q, %v", data, err)
	}
}

func TestFaultsSayWhatIsThere(t *testing.T) {
	d, _ := report(t, map[string]string{"data/a.csv/b": "", "content/large.md": strings.Repeat("x", 1_000_001)})
	var f *Fault
	if _, err := fs.ReadFile(d, "data/a.csv"); !errors.As(err, &f) || f.Problem().String() != "data/a.csv: found a directory, expected a file" {
		t.Error(err)
	}
	want := "content/large.md: found a file of 1 megabyte, expected at most 1 megabyte in a file\n  hint: if this is meant, raise the limit: --limit file-size=NUMBER\n"
	if got := said(d, limit.Limits{limit.FileSize: 1}); got != want {
		t.Error(got)
	}
}

// TestNoHalfFiles reads a file while it is rewritten in place, as a spreadsheet saves:
// it is read when it has come to rest, and where the writer was slower than that,
// Changed says so.
func TestNoHalfFiles(t *testing.T) {
	d, name := report(t, map[string]string{"data/a.csv": strings.Repeat("one\n", 20_000)})
	for round := range 8 {
		text := strings.Repeat("two\n", 20_000+1000*round)
		begun, done := make(chan struct{}), make(chan error, 1)
		go func() {
			file, err := os.Create(filepath.Join(name, "data/a.csv"))
			close(begun)
			for chunk := range slices.Chunk([]byte(text), 8192) {
				if err == nil {
					_, err = file.Write(chunk)
				}
				time.Sleep(time.Millisecond)
			}
			done <- errors.Join(err, file.Close())
		}()
		<-begun
		data, err := fs.ReadFile(d, "data/a.csv")
		if err := errors.Join(err, <-done); err != nil {
			t.Fatal(err)
		}
		if changed := d.Changed(); string(data) != text && len(changed) == 0 {
			t.Errorf("%d bytes of %d were read, and nothing says so", len(data), len(text))
		}
	}
}

func TestChangedNamesWhatWasSavedSince(t *testing.T) {
	d, name := report(t, map[string]string{"data/a.csv": "a\n", "data/b.csv": "b\n", "data/c.csv": "c\n"})
	for _, file := range []string{"data/a.csv", "data/b.csv"} {
		if _, err := fs.ReadFile(d, file); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"data/b.csv", "data/c.csv"} {
		if err := os.WriteFile(filepath.Join(name, file), []byte("new\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.Changed(); !slices.Equal(got, []string{"data/b.csv"}) {
		t.Error(got)
	}
	if got := d.Changed(); len(got) > 0 {
		t.Error("it remembers", got)
	}
}
