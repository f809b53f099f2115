package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/sourcegraph/conc/pool"
)

// found is what a directory holds besides a site of ours.
type found struct {
	kept     bool // a .git or a CNAME, which stay
	manifest manifest
	gone     []string // files of the old site that the new one does not have

	seen map[string]fs.FileInfo // the files of ours, as they were read
}

// inspect looks at what is in the place, and refuses it where a file of somebody
// else's would be lost. The site, of which a CNAME of its own matters, may be nil. What
// is as it was before, if before is not nil, is not read again.
func inspect(p *place, s *site, before *found) (*found, error) {
	f := &found{seen: map[string]fs.FileInfo{}}
	if _, err := os.Lstat(p.path); errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	var err error
	if f.manifest, err = readManifest(p.path); err != nil {
		return nil, p.explain(err)
	}
	directories := f.manifest.directories()
	var foreign, changed, unread []string
	locked := ""
	err = filepath.WalkDir(p.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		local, err := filepath.Rel(p.path, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(local)
		listed := f.manifest[name]
		switch {
		case name == ".git":
			f.kept = true
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			if name == stageName("") && isStage(path) {
				return fs.SkipDir
			}
			if !directories[name] {
				foreign = append(foreign, name+"/")
				return fs.SkipDir
			}
			if err := writable(path); err != nil && locked == "" {
				locked = fmt.Sprintf("%s cannot be written: %v", filepath.Join(p.shown, local), err)
			}
		case name == ManifestName && f.manifest != nil, name != "." && slices.Contains(disposable, entry.Name()):
		case len(listed) == 0 && name == "CNAME" && entry.Type().IsRegular() && (!s.writes(name) || s.same(name, path)):
			f.kept = true
		case len(listed) == 0:
			foreign = append(foreign, name)
		case !entry.Type().IsRegular():
			changed = append(changed, name)
		default:
			if f.seen[name], err = entry.Info(); err != nil {
				return err
			}
			if before == nil || !untouched(before.seen[name], f.seen[name]) {
				unread = append(unread, name)
			}
			if !s.writes(name) {
				f.gone = append(f.gone, name)
			}
		}
		return nil
	})
	edited, failed := f.edited(p.path, unread)
	changed = append(changed, edited...)
	switch err = cmp.Or(err, failed); {
	case err != nil:
		return nil, p.explain(err)
	case len(foreign) > 0 && f.manifest == nil && slices.Contains(foreign, ".nojekyll"):
		return nil, &Refused{p.shown + " holds files, and no list that says which of them Broadsheet wrote",
			"if nothing in it is your own, delete " + p.shown + " once, and build again"}
	case len(foreign) > 0:
		return nil, &Refused{p.shown + " holds what Broadsheet did not write: " + some(foreign),
			"move it elsewhere, or name another directory with --destination"}
	case len(changed) > 0:
		return nil, &Refused{p.shown + " holds files that were changed after Broadsheet wrote them: " + some(changed),
			"make the change in the report, and delete these files; or name another directory with --destination"}
	case locked != "":
		return nil, &Refused{locked, otherPlace}
	}
	return f, nil
}

// untouched reports whether a file was not written between two looks at it.
func untouched(then, now fs.FileInfo) bool {
	return then != nil && os.SameFile(then, now) && then.Size() == now.Size() && then.ModTime().Equal(now.ModTime())
}

// edited lists which files are not as the manifest says.
func (f *found) edited(directory string, names []string) ([]string, error) {
	group := pool.NewWithResults[string]().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, name := range names {
		group.Go(func() (string, error) {
			sum, err := digestFile(filepath.Join(directory, filepath.FromSlash(name)))
			if slices.Contains(f.manifest[name], sum) {
				name = ""
			}
			return name, err
		})
	}
	list, err := group.Wait()
	return slices.DeleteFunc(list, func(name string) bool { return name == "" }), err
}

// disposable files are made by systems that show a directory.
var disposable = []string{".DS_Store", "Thumbs.db"}

// writes reports whether the site has a file.
func (s *site) writes(name string) bool {
	if s == nil {
		return false
	}
	_, ok := s.files[name]
	return ok
}

// same reports whether the site has the file at the path.
func (s *site) same(name, path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && bytes.Equal(data, s.files[name])
}

// some names the first few.
func some(names []string) string {
	const most = 3
	shown := slices.Sorted(slices.Values(names))
	if len(shown) <= most {
		return strings.Join(shown, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(shown[:most], ", "), len(shown)-most)
}
