package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A spare is what a site leaves behind when another takes its place: its directories, and those of its files that were
// replaced. The next site is put together in it. That is for file systems such as ext4, which look for a place for a
// new directory or file among all that were removed in the last minutes: of 240 pages this was most of the time that
// writing them took.

// reuse makes a spare the directory of the stage's files, without what the site does not write. Where anything in it may be
// somebody's work, it stays where it is.
func (s *stage) reuse(spare string, writes func(name string) bool, directories map[string]bool) {
	if info, err := os.Lstat(spare); err != nil || !info.IsDir() {
		return
	}
	left, err := readManifest(spare)
	if err != nil || left == nil {
		return
	}
	known := left.directories()
	var needless []string // a directory before what is in it
	err = filepath.WalkDir(spare, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		local, err := filepath.Rel(spare, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(local)
		if entry.IsDir() {
			if !known[name] {
				return errForeign
			}
			if !directories[name] {
				needless = append(needless, local)
			}
			return nil
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || names(info) != 1 || name != ManifestName && left[name] == nil {
			return errors.Join(err, errForeign)
		}
		if !writes(name) {
			needless = append(needless, local)
		}
		return nil
	})
	if err != nil || os.Rename(spare, s.files()) != nil {
		return
	}
	for _, local := range slices.Backward(needless) {
		if os.Remove(filepath.Join(s.files(), local)) != nil {
			_ = os.RemoveAll(s.files()) // and all is made anew
			return
		}
	}
}

var errForeign = errors.New("a file of somebody else's")

// leave makes a spare of the site that was replaced, which the stage holds now. What cannot be kept is removed with the stage.
func (s *stage) leave(spare string, old manifest) {
	err := filepath.WalkDir(s.files(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		local, err := filepath.Rel(s.files(), path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if name := filepath.ToSlash(local); names(info) == 1 && (name == ManifestName || old[name] != nil) {
			return nil
		}
		return os.Remove(path) // the new site has it too, or it is nobody's work
	})
	if err == nil {
		_ = os.Rename(s.files(), spare) // fails where there is one
	}
}
