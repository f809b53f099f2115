package preview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/generator/directory"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing must change before a build starts: programs save in
// several steps, such as a temporary file and a new name.
const quiet = 30 * time.Millisecond

// watch calls changed once after each burst of changes in the report, until ctx ends.
// It watches what a build reads, and directories that are made later.
func watch(ctx context.Context, report string, changed func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer watcher.Close()
	// a directory's own entries: hugo.toml, and parts that are made later
	if err := watcher.Add(report); err != nil {
		return err
	}
	for _, part := range directory.Parts {
		if err := watchTree(watcher, filepath.Join(report, part)); err != nil {
			return err
		}
	}
	burst := time.NewTimer(time.Hour)
	burst.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-burst.C:
			changed()
		case err := <-watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			burst.Reset(quiet) // something changed, and nobody knows what
		case event := <-watcher.Events:
			if event.Has(fsnotify.Create) {
				if err := watchTree(watcher, event.Name); err != nil {
					return err
				}
			}
			name, err := filepath.Rel(report, event.Name)
			if err == nil && matters(filepath.ToSlash(name)) && !event.Op.Has(fsnotify.Chmod) {
				burst.Reset(quiet)
			}
		}
	}
}

// watchTree watches a directory and all below it; a file, or nothing, is not a directory
// to watch.
func watchTree(watcher *fsnotify.Watcher, name string) error {
	err := filepath.WalkDir(name, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone already
			return nil
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case directory.Temporary(filepath.Base(name)):
			return filepath.SkipDir
		}
		return watcher.Add(name)
	})
	if errors.Is(err, os.ErrPermission) {
		return nil // the build says so
	}
	return err
}

// matters reports whether a build may read a file.
func matters(name string) bool {
	part, _, _ := strings.Cut(name, "/")
	return slices.Contains(directory.Parts, part) && !slices.ContainsFunc(strings.Split(name, "/"), directory.Temporary)
}
