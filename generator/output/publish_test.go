package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, name))
		found[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func site(text string, more ...string) map[string][]byte {
	s := map[string][]byte{marker: nil, "index.html": []byte(text)}
	for _, name := range more {
		s[name] = []byte(text)
	}
	return s
}

func TestWriteReplacesTheWholeFolder(t *testing.T) {
	public := filepath.Join(t.TempDir(), "public")
	if err := Write(public, site("one", "old/a.html")); err != nil {
		t.Fatal(err)
	}
	if err := Write(public, site("two", "new/b.html")); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{marker: "", "index.html": "two", "new/b.html": "two"}
	if got := files(t, public); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	entries, err := os.ReadDir(filepath.Dir(public))
	if err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v %v", entries, err)
	}
}

func TestAFailureLeavesTheOldSite(t *testing.T) {
	public := filepath.Join(t.TempDir(), "public")
	if err := Write(public, site("one")); err != nil {
		t.Fatal(err)
	}
	// a file where a folder must be: the disk refuses in the middle of writing
	for _, bad := range []map[string][]byte{site("two", "x", "x/y"), site("two", "../escape.html"), site("two", "/etc/escape.html"), site("two", `..\escape.html`)} {
		if err := Write(public, bad); err == nil {
			t.Errorf("%v is written", slices.Collect(maps.Keys(bad)))
		}
		if got := files(t, public)["index.html"]; got != "one" {
			t.Errorf("the old site is %q", got)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(public)); err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v %v", entries, err)
	}
}

func TestForeignFoldersAreNotReplaced(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "thesis.doc"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(folder, site("x")); !errors.Is(err, ErrForeign) {
		t.Error(err)
	}
	if _, ok := files(t, folder)["thesis.doc"]; !ok {
		t.Error("the thesis is gone")
	}
}

func TestALinkToTheFolderStays(t *testing.T) {
	dir := t.TempDir()
	if err := Write(filepath.Join(dir, "real"), site("one")); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "public")
	if err := os.Symlink("real", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, site("two")); err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Join(dir, "real"))["index.html"]; got != "two" {
		t.Error(got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone", err)
	}
}

func TestReplaceInSteps(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"public": "one", "aside": "two"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "index.html"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := replaceInSteps(filepath.Join(dir, "aside"), filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); !maps.Equal(got, map[string]string{"public/index.html": "two"}) {
		t.Errorf("%v", got)
	}
}
