package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// place is where a site goes.
type place struct {
	path  string // absolute, without links
	shown string // as the user named it
	spare string // see spare.go; "" for none
}

// sources are the directories of a report that hold what it is made of.
var sources = []string{"data", "content", "layouts", "assets", "static", "i18n", "archetypes", "themes", ".git", ".github", ".broadsheet"}

// locate finds the place, and refuses one that overlaps the report.
func locate(report, directory string) (*place, error) {
	p := &place{shown: filepath.Clean(directory)}
	var err error
	if p.path, err = resolve(directory); err != nil {
		return nil, p.explain(err)
	}
	switch info, err := os.Lstat(p.path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, p.explain(err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, &Refused{p.shown + " is a link that leads nowhere", "make the directory that it leads to, or delete the link"}
	case !info.IsDir():
		return nil, &Refused{p.shown + " is a file, expected a directory", otherPlace}
	}
	root, err := resolve(report)
	if err != nil {
		return nil, err
	}
	if holds(p.path, root) {
		return nil, &Refused{p.shown + " holds the report itself, and a build replaces all that is in it", otherPlace}
	}
	for _, name := range sources {
		source, err := resolve(filepath.Join(root, name))
		what := name + "/, which the report is made of"
		if name == ".git" {
			what = ".git/, the history of the report"
		}
		switch {
		case err != nil: // a link that leads nowhere holds nothing
		case holds(source, p.path):
			return nil, &Refused{p.shown + " is in " + what, otherPlace}
		case holds(p.path, source):
			return nil, &Refused{p.shown + " holds " + what, otherPlace}
		}
	}
	if slices.ContainsFunc(strings.Split(filepath.ToSlash(p.path), "/"), func(s string) bool { return strings.EqualFold(s, ".git") }) {
		return nil, &Refused{p.shown + " is in a .git directory", otherPlace}
	}
	return p, nil
}

// resolve follows the links of a path, as far as it exists.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(path) == path {
		return real, err
	}
	parent, err := resolve(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

// holds reports whether a directory is, or is above, a path. They are compared as
// the system knows them too, as not all tell Data from data.
func holds(directory, path string) bool {
	top, err := os.Stat(directory)
	for {
		if path == directory {
			return true
		}
		if info, wrong := os.Stat(path); err == nil && wrong == nil && os.SameFile(top, info) {
			return true
		}
		if filepath.Dir(path) == path {
			return false
		}
		path = filepath.Dir(path)
	}
}
