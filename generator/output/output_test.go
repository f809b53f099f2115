package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// files reads a directory, but for the manifest, which tests of its own read.
func files(t *testing.T, directory string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == ManifestName {
			return err
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			found[name], err = os.Readlink(filepath.Join(directory, name))
			return err
		}
		data, err := os.ReadFile(filepath.Join(directory, name))
		found[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func page(text string, more ...string) map[string][]byte {
	s := map[string][]byte{".nojekyll": nil, "index.html": []byte(text)}
	for _, name := range more {
		s[name] = []byte(text)
	}
	return s
}

// reportIn makes the directory of a report, with an empty one for each thing that
// reports are made of.
func reportIn(t *testing.T) string {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report")
	for _, name := range []string{"data", "content", "static", ".git"} {
		if err := os.MkdirAll(filepath.Join(report, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return report
}

func put(t *testing.T, directory, name, text string) {
	t.Helper()
	path := filepath.Join(directory, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustWrite(t *testing.T, report, public string, site map[string][]byte) {
	t.Helper()
	if err := Write(t.Context(), report, public, site, ""); err != nil {
		t.Fatal(err)
	}
}

// list is what a directory holds, not recursively.
func list(t *testing.T, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteReplacesTheWholeSite(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	mustWrite(t, report, public, page("one", "old/a.html"))
	mustWrite(t, report, public, page("two", "new/b.html"))
	want := map[string]string{".nojekyll": "", "index.html": "two", "new/b.html": "two"}
	if got := files(t, public); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := list(t, report); !slices.Equal(got, []string{".git", "content", "data", "public", "static"}) {
		t.Errorf("left beside it: %v", got)
	}
	data, err := os.ReadFile(filepath.Join(public, ManifestName))
	const two = "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"
	if err != nil || string(data) != digest(nil)+"  .nojekyll\n"+two+"  index.html\n"+two+"  new/b.html\n" {
		t.Errorf("the manifest is %q, %v", data, err)
	}
}

func TestAFailureLeavesTheOldSite(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	mustWrite(t, report, public, page("one"))
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, tt := range []struct {
		ctx  context.Context
		site map[string][]byte
	}{
		{t.Context(), page("two", "x", "x/y")}, // a file where a directory must be: the disk refuses in the middle of writing
		{t.Context(), page("two", "../escape.html")},
		{t.Context(), page("two", "/etc/escape.html")},
		{t.Context(), page("two", `..\escape.html`)},
		{t.Context(), page("two", "a/../../escape.html")},
		{t.Context(), page("two", ".git/hooks/post-commit")},
		{t.Context(), page("two", ManifestName)},
		{stopped, page("two")},
	} {
		if err := Write(tt.ctx, report, public, tt.site, ""); err == nil || strings.Contains(err.Error(), "broadsheet-new") {
			t.Errorf("%v is written, or the message says where: %v", slices.Collect(maps.Keys(tt.site)), err)
		}
		if got := files(t, public); !maps.Equal(got, map[string]string{".nojekyll": "", "index.html": "one"}) {
			t.Errorf("the old site is %v", got)
		}
	}
	if got := list(t, report); len(got) != 5 {
		t.Errorf("left beside it: %v", got)
	}
}

// TestNothingIsReplacedThatIsNotOurs: whatever a directory holds that no manifest
// lists stays as it is, and the message names it.
func TestNothingIsReplacedThatIsNotOurs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, want string
		prepare    func(t *testing.T, public string)
	}{
		{"a thesis", "public holds what Broadsheet did not write: thesis.doc", func(t *testing.T, public string) {
			put(t, public, "thesis.doc", "x")
		}},
		{"a site for GitHub Pages", "public holds files, and no list", func(t *testing.T, public string) {
			put(t, public, ".nojekyll", "")
			put(t, public, "index.html", "by hand")
		}},
		{"files among ours", "public holds what Broadsheet did not write: README.md, drafts/, empty/ and 1 more", func(t *testing.T, public string) {
			mustWrite(t, filepath.Dir(public), public, page("one"))
			put(t, public, "README.md", "x")
			put(t, public, "drafts/a.html", "x")
			put(t, public, "z.html", "x")
			if err := os.Mkdir(filepath.Join(public, "empty"), 0o755); err != nil {
				t.Fatal(err)
			}
		}},
		{"an edited file", "public holds files that were changed after Broadsheet wrote them: index.html", func(t *testing.T, public string) {
			mustWrite(t, filepath.Dir(public), public, page("one"))
			put(t, public, "index.html", "by hand")
		}},
		{"a link in place of a file", "public holds files that were changed after Broadsheet wrote them: index.html", func(t *testing.T, public string) {
			mustWrite(t, filepath.Dir(public), public, page("one"))
			put(t, filepath.Dir(public), "mine.html", "one")
			if err := errors.Join(os.Remove(filepath.Join(public, "index.html")), os.Symlink("../mine.html", filepath.Join(public, "index.html"))); err != nil {
				t.Fatal(err)
			}
		}},
		{"a link to a directory", "public holds what Broadsheet did not write: pictures", func(t *testing.T, public string) {
			mustWrite(t, filepath.Dir(public), public, page("one"))
			if err := os.Symlink("../data", filepath.Join(public, "pictures")); err != nil {
				t.Fatal(err)
			}
		}},
		{"a manifest by hand", "public holds what Broadsheet did not write: ", func(t *testing.T, public string) {
			put(t, public, ManifestName, "hello\n"+strings.Repeat("0", 64)+"  thesis.doc\n")
			put(t, public, "index.html", "x")
		}},
		{"a CNAME that the site would replace", "public holds what Broadsheet did not write: CNAME", func(t *testing.T, public string) {
			put(t, public, "CNAME", "example.org\n")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report := reportIn(t)
			public := filepath.Join(report, "public")
			tt.prepare(t, public)
			before, beside := files(t, public), list(t, report)
			var refused *Refused
			for _, err := range []error{Write(t.Context(), report, public, page("new", "CNAME"), ""), Check(t.Context(), report, public)} {
				if tt.name == "a CNAME that the site would replace" && err == nil {
					continue // Check does not know the site yet
				}
				if !errors.As(err, &refused) || !strings.HasPrefix(refused.Message, filepath.Dir(public)+"/"+tt.want) || refused.Hint == "" {
					t.Errorf("got %v", err)
				}
			}
			if got := files(t, public); !maps.Equal(got, before) {
				t.Errorf("%v became %v", before, got)
			}
			if got := list(t, report); !slices.Equal(got, beside) {
				t.Errorf("%v became %v", beside, got)
			}
		})
	}
}

func TestASiteKeepsApartFromItsReport(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	put(t, report, ".nojekyll", "")
	put(t, report, "hugo.toml", "")
	put(t, filepath.Dir(report), "shared/tables/a.csv", "")
	for link, to := range map[string]string{"way-in": "content", "layouts": "../shared/tables", "nowhere": "missing"} {
		if err := os.Symlink(to, filepath.Join(report, link)); err != nil {
			t.Fatal(err)
		}
	}
	for directory, want := range map[string]string{
		".":                  "holds the report itself",
		"..":                 "holds the report itself",
		"/":                  "holds the report itself",
		"data/..":            "holds the report itself",
		"data":               "is in data/",
		"content/public":     "is in content/",
		"way-in/public":      "is in content/",
		"assets":             "is in assets/",
		"static/new/public":  "is in static/",
		".git/public":        "is in .git/",
		"../other/.git/site": "is in a .git directory",
		"../shared":          "holds layouts/",
		"../shared/tables/x": "is in layouts/",
		"hugo.toml":          "is a file, expected a directory",
		"hugo.toml/public":   "cannot be written: not a directory",
		"nowhere":            "is a link that leads nowhere",
	} {
		path := filepath.Join(report, directory)
		if directory == "/" {
			path = "/"
		}
		for _, err := range []error{Check(t.Context(), report, path), Write(t.Context(), report, path, page("x"), "")} {
			var refused *Refused
			if !errors.As(err, &refused) || !strings.Contains(refused.Message, want) {
				t.Errorf("%s: got %v, want %s", directory, err, want)
			}
		}
	}
	for _, directory := range []string{"public", "out/of/here", "../elsewhere", "database"} {
		mustWrite(t, report, filepath.Join(report, directory), page("x"))
	}
}

// TestWhatStays: a work tree of git and the name of a site are nobody's to replace.
func TestWhatStays(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	put(t, public, ".git/config", "git")
	put(t, public, "CNAME", "example.org\n")
	put(t, public, ".DS_Store", "")
	mustWrite(t, report, public, page("one", "old/deep/a.html", "was-file", "was-directory/x"))
	put(t, public, "old/.DS_Store", "")
	mustWrite(t, report, public, page("two", "new/b.html", "was-file/x", "was-directory"))
	got := files(t, public)
	delete(got, ".DS_Store")
	delete(got, "old/.DS_Store")
	want := map[string]string{".git/config": "git", "CNAME": "example.org\n", ".nojekyll": "", "index.html": "two", "new/b.html": "two", "was-file/x": "two", "was-directory": "two"}
	if !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	put(t, filepath.Join(report, "docs"), "CNAME", "one") // as the site has it
	for range 2 {                                         // a name that the site brings itself is one of its files
		mustWrite(t, report, filepath.Join(report, "docs"), page("one", "CNAME"))
	}
	mustWrite(t, report, filepath.Join(report, "docs"), page("two"))
	if _, ok := files(t, filepath.Join(report, "docs"))["CNAME"]; ok {
		t.Error("a file that the site no longer has is still there")
	}
}

// TestWhereADirectoryCannotBeExchanged, such as a mount point, its files are.
func TestWhereADirectoryCannotBeExchanged(t *testing.T) {
	t.Parallel()
	busy := func(string, string) error { return &os.LinkError{Op: "renameat2", Err: syscall.EBUSY} }
	report := reportIn(t)
	public := filepath.Join(report, "public")
	if err := os.Mkdir(public, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, site := range []map[string][]byte{page("one", "a/b"), page("one", "a/b"), page("two", "a"), page("three", "a/b/c.html")} {
		if err := write(t.Context(), report, public, site, "", busy); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for name, data := range site {
			want[name] = string(data)
		}
		if got := files(t, public); !maps.Equal(got, want) {
			t.Errorf("%d: %v", i, got)
		}
	}
	put(t, public, "mine.txt", "")
	var refused *Refused
	if err := write(t.Context(), report, public, page("four"), "", busy); !errors.As(err, &refused) {
		t.Error(err)
	}
	if got := list(t, report); len(got) != 5 {
		t.Errorf("left beside it: %v", got)
	}
}

func TestALinkToTheDirectoryStays(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	real, link := filepath.Join(report, "real"), filepath.Join(report, "public")
	mustWrite(t, report, real, page("one"))
	if err := os.Symlink("real", link); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, report, link, page("two"))
	if got := files(t, real)["index.html"]; got != "two" {
		t.Error(got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone", err)
	}
}

// TestFilesArePlain: what was written before, and what somebody made of it, shows in
// no file that is written now.
func TestFilesArePlain(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	site := page("one", "a.html", "b.html", "deep/c.html")
	mustWrite(t, report, public, site)
	if err := errors.Join(os.Chmod(filepath.Join(public, "a.html"), 0o4777), os.Link(filepath.Join(public, "b.html"), filepath.Join(report, "mine.html"))); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, report, public, site)
	put(t, report, "mine.html", "edited")
	if got := files(t, public)["b.html"]; got != "one" {
		t.Errorf("an edit of somebody's file shows in the site: %q", got)
	}
	err := filepath.WalkDir(public, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if want := map[bool]fs.FileMode{true: fs.ModeDir | 0o755, false: 0o644}[entry.IsDir()]; err == nil && info.Mode() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNamesWithLineBreaks(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	for range 3 {
		mustWrite(t, report, public, page("one", "a\nb.html", "c\r\nd", "ü  e"))
	}
}

func TestBuildsWaitForEachOther(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	done := make(chan error)
	const builds = 8
	for i := range builds {
		go func() {
			var failed error
			for range 5 {
				failed = errors.Join(failed, Check(context.Background(), report, public), Write(context.Background(), report, public, page(fmt.Sprint(i), "a.html", "b.html", fmt.Sprint("only/", i)), ""))
			}
			done <- failed
		}()
	}
	for range builds {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	got := files(t, public)
	if i := got["index.html"]; len(got) != 5 || got["a.html"] != i || got["b.html"] != i || got["only/"+i] != i {
		t.Errorf("%v", got)
	}
	if got := list(t, report); len(got) != 5 {
		t.Errorf("left beside it: %v", got)
	}
}

// TestOnlyOurLitterIsRemoved.
func TestOnlyOurLitterIsRemoved(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	put(t, report, ".public.new-design/a.psd", "mine")
	put(t, report, ".public.broadsheet-new/"+marker, markerText[:20]) // killed while it wrote this
	mustWrite(t, report, public, page("one"))
	put(t, report, ".public.broadsheet-new/"+marker, markerText)
	put(t, report, ".public.broadsheet-new/files/index.html", "half")
	put(t, report, ".public.broadsheet-new/old/index.html", "old")
	mustWrite(t, report, public, page("two"))
	if got := list(t, report); !slices.Equal(got, []string{".git", ".public.new-design", "content", "data", "public", "static"}) {
		t.Errorf("%v", got)
	}
	for _, name := range []string{"a.psd", "files/a.psd", marker} {
		put(t, report, ".public.broadsheet-new/"+name, "mine")
		var refused *Refused
		if err := Write(t.Context(), report, public, page("three"), ""); !errors.As(err, &refused) {
			t.Error(err)
		}
		if got := files(t, filepath.Join(report, ".public.broadsheet-new")); !maps.Equal(got, map[string]string{name: "mine"}) {
			t.Errorf("%v", got)
		}
		if err := os.RemoveAll(filepath.Join(report, ".public.broadsheet-new")); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAStageIsNoWayOut: what comes with a report leads no write elsewhere.
func TestAStageIsNoWayOut(t *testing.T) {
	t.Parallel()
	for _, link := range []string{".public.broadsheet-new", ".public.broadsheet-new/" + marker} {
		report := reportIn(t)
		outside := t.TempDir()
		to := filepath.Join(outside, "file")
		if link == ".public.broadsheet-new" {
			to = outside
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(report, link)), 0o755), os.Symlink(to, filepath.Join(report, link))); err != nil {
			t.Fatal(err)
		}
		var refused *Refused
		if err := Write(t.Context(), report, filepath.Join(report, "public"), page("one"), ""); !errors.As(err, &refused) {
			t.Error(err)
		}
		if got := list(t, outside); len(got) != 0 {
			t.Errorf("written outside: %v", got)
		}
	}
}

func TestExchangeInSteps(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public := filepath.Join(report, "public")
	for _, text := range []string{"one", "two"} {
		exchange := exchangeInSteps
		if text == "one" {
			exchange = os.Rename
		}
		if err := write(t.Context(), report, public, page(text), "", exchange); err != nil {
			t.Fatal(err)
		}
		if got := files(t, public)["index.html"]; got != text {
			t.Errorf("%q", got)
		}
	}
	if got := list(t, report); len(got) != 5 {
		t.Errorf("left beside it: %v", got)
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	put(t, directory, "grants.csv", "mine")
	put(t, directory, "facts.lock.csv", "old")
	put(t, directory, ".broadsheet-new/"+marker, markerText)
	put(t, directory, ".broadsheet-new/files/facts.lock.csv", "ha")
	if err := Update(t.Context(), directory, File{Name: "rows.lock.csv", Data: []byte("rows")}, File{Name: "facts.lock.csv", Data: []byte("facts")}); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := Update(stopped, directory, File{Name: "facts.lock.csv", Data: []byte("no")}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := files(t, directory); !maps.Equal(got, map[string]string{"grants.csv": "mine", "rows.lock.csv": "rows", "facts.lock.csv": "facts"}) {
		t.Errorf("%v", got)
	}
}

// TestASpareChangesNothing but the time: sites that are put together in what another left are the same, and what is somebody's in
// it stays.
func TestASpareChangesNothing(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	public, spare := filepath.Join(report, "public"), filepath.Join(report, ".broadsheet/replaced")
	put(t, report, ".broadsheet/answers", "")
	write := func(site map[string][]byte) {
		t.Helper()
		if err := Write(t.Context(), report, public, site, spare); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for name, data := range site {
			want[name] = string(data)
		}
		if got := files(t, public); !maps.Equal(got, want) {
			t.Errorf("%v", got)
		}
		if got := list(t, report); len(got) != 6 {
			t.Errorf("left beside it: %v", got)
		}
	}
	write(page("one", "a.html", "deep/down/b.html"))
	write(page("two and more", "a.html", "deep/down/b.html"))
	if got := list(t, spare); !slices.Contains(got, "deep") {
		t.Fatalf("the spare is %v", got)
	}
	write(page("3", "a.html", "deep/down/b.html")) // shorter than what is written over
	write(page("3", "a.html"))                     // without a directory
	write(page("3", "a.html/c.html", "deep"))      // which is a file now, and the other way about
	for name, foreign := range map[string]func(string) error{
		"a file":  func(name string) error { return os.WriteFile(name, []byte("mine"), 0o644) },
		"a link":  func(name string) error { return os.Symlink(filepath.Join(report, "data"), name) },
		"a name":  func(name string) error { return os.Link(filepath.Join(report, ".broadsheet/answers"), name) },
		"a place": func(name string) error { return os.Mkdir(name, 0o755) },
	} {
		mine := filepath.Join(spare, name)
		if err := foreign(mine); err != nil {
			t.Fatal(err)
		}
		write(page(name))
		if _, err := os.Lstat(mine); err != nil {
			t.Errorf("%s of somebody in the spare is gone: %v", name, err)
		}
		if err := os.Remove(mine); err != nil {
			t.Fatal(err)
		}
	}
	// the memo's directory may be a link that came with the report
	outside := t.TempDir()
	if err := errors.Join(os.RemoveAll(filepath.Join(report, ".broadsheet")), os.Symlink(outside, filepath.Join(report, ".broadsheet"))); err != nil {
		t.Fatal(err)
	}
	write(page("four"))
	write(page("five"))
	if got := list(t, outside); len(got) != 0 {
		t.Errorf("left outside: %v", got)
	}
}
