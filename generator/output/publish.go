// Package output writes a finished site to a folder, whole or not at all.
//
// The files are written to a new folder beside the old one, and then the two
// change names. A build that fails, is killed, or finds the disk full leaves the
// old site as it was.
package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// marker is a file that every site has and that little else has: a folder with
// other files and without it is not ours to replace.
const marker = ".nojekyll"

// ErrForeign says that a folder holds something that Broadsheet did not write.
var ErrForeign = errors.New("the folder is not empty, and its files are not from Broadsheet")

// Write replaces the folder by the given files, whose names are slash paths inside
// it.
func Write(folder string, files map[string][]byte) (err error) {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real // a link to the folder stays one
	}
	if err := ours(folder); err != nil {
		return err
	}
	parent, name := filepath.Split(filepath.Clean(folder))
	if parent == "" {
		parent = "."
	}
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return err
	}
	sweep(parent, name)
	aside, err := os.MkdirTemp(parent, asidePrefix(name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	if err := os.Chmod(aside, 0o755); err != nil {
		return err
	}
	if err := writeAll(aside, folder, files); err != nil {
		return err
	}
	return replace(aside, folder)
}

// ours reports whether the folder may be replaced: it is empty, or absent, or has
// the marker.
func ours(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == marker }) {
		return nil
	}
	return fmt.Errorf("%s: %w", folder, ErrForeign)
}

func asidePrefix(name string) string { return "." + name + ".new-" }

// sweep removes what killed builds left, once they must be over.
func sweep(parent, name string) {
	left, err := filepath.Glob(filepath.Join(parent, asidePrefix(name)+"*"))
	if err != nil {
		return
	}
	for _, folder := range left {
		if info, err := os.Stat(folder); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(folder) // litter, not a failure of this build
		}
	}
}

// writeAll writes the files. One that is the same in the old folder is not written
// again, but takes its second name from there: that is cheaper than a new file,
// and after a small change most are the same.
func writeAll(folder, old string, files map[string][]byte) error {
	folders := map[string]bool{}
	for name := range files {
		if !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, "\\") {
			return fmt.Errorf("a file would leave the folder: %q", name)
		}
		folders[filepath.Dir(filepath.FromSlash(name))] = true
	}
	for f := range folders {
		if err := os.MkdirAll(filepath.Join(folder, f), 0o755); err != nil {
			return err
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for name, data := range files {
		group.Go(func() error {
			to, from := filepath.Join(folder, filepath.FromSlash(name)), filepath.Join(old, filepath.FromSlash(name))
			// the marker is always new, so that its time is that of the build
			if before, err := os.ReadFile(from); name != marker && err == nil && bytes.Equal(before, data) && os.Link(from, to) == nil {
				return nil
			}
			return os.WriteFile(to, data, 0o644)
		})
	}
	return group.Wait()
}
