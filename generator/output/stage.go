package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/sourcegraph/conc/panics"
	"github.com/sourcegraph/conc/pool"
)

// stage is a directory in which files are put together before they take their
// place. It is a lock as well: who has the stage of a place is the only one who
// writes there, and what else is found in it was left by a build that is over.
type stage struct {
	path   string
	marker *os.File
}

// marker is the file that says whose directory a stage is. Its lock is held by the
// process that uses the stage, and ends with it, however it ends.
const (
	marker     = ".gitignore" // so that git does not see what a killed build leaves
	markerText = "# Broadsheet puts files together here. Where no build runs, this directory can be deleted.\n*\n"
)

// stageName is the name of the stage beside a place; of a place called "" it is that
// inside it.
func stageName(place string) string {
	if place == "" {
		return ".broadsheet-new"
	}
	return "." + place + ".broadsheet-new"
}

// isStage reports whether a directory is a stage, or nothing yet: it has no file but
// those of a stage, and these only with the marker.
func isStage(path string) bool {
	entries, err := os.ReadDir(path)
	if err != nil || len(entries) > 3 {
		return false
	}
	var marked []byte
	if info, err := os.Lstat(filepath.Join(path, marker)); err == nil {
		if !info.Mode().IsRegular() { // a pipe would never end, and a link lead elsewhere
			return false
		}
		marked, _ = os.ReadFile(filepath.Join(path, marker)) // none: the text differs
	}
	for _, e := range entries {
		switch e.Name() {
		case marker:
			if !strings.HasPrefix(markerText, string(marked)) { // a killed build may have written half of it
				return false
			}
		case "files", "old":
			if string(marked) != markerText {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// newStage makes the stage of a place in a directory, and waits while another
// process has it.
func newStage(ctx context.Context, directory, place string) (*stage, error) {
	s := &stage{path: filepath.Join(directory, stageName(place))}
	for inTheWay := 0; ; {
		var refused *Refused
		switch err := s.take(); {
		case err == nil:
			return s, nil
		case errors.Is(err, errTaken):
			inTheWay = 0
		case errors.As(err, &refused) && inTheWay < 20: // it may have been seen half removed
			inTheWay++
		default:
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// errTaken says that another process has the stage, or has just removed it.
var errTaken = errors.New("the stage is taken")

func (s *stage) take() error {
	switch err := os.Mkdir(s.path, 0o700); {
	case errors.Is(err, fs.ErrExist):
		info, err := os.Lstat(s.path)
		if errors.Is(err, fs.ErrNotExist) {
			return errTaken
		}
		if err != nil {
			return err
		}
		if !info.IsDir() || !isStage(s.path) {
			return &Refused{s.path + " is in the way, and not from Broadsheet", "move it elsewhere"}
		}
	case err != nil:
		return err
	}
	name := filepath.Join(s.path, marker)
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		return errTaken
	}
	if err != nil {
		return err
	}
	if !tryLock(file) {
		return errors.Join(errTaken, file.Close())
	}
	// who had the stage before removes it while it has the lock
	mine, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	if there, err := os.Stat(name); err != nil || !os.SameFile(mine, there) {
		return errors.Join(errTaken, file.Close())
	}
	s.marker = file
	if _, err := file.WriteAt([]byte(markerText), 0); err != nil {
		s.remove()
		return err
	}
	return errors.Join(os.RemoveAll(s.files()), os.RemoveAll(s.old()))
}

// files is where the files are put together; old is where the old ones are meanwhile,
// if a system cannot exchange two directories.
func (s *stage) files() string { return filepath.Join(s.path, "files") }
func (s *stage) old() string   { return filepath.Join(s.path, "old") }

// remove removes the stage. What cannot be removed is left to the next build.
func (s *stage) remove() {
	_ = os.RemoveAll(s.files())
	_ = os.RemoveAll(s.old())
	_ = os.Remove(s.marker.Name())
	_ = os.Remove(s.path)
	_ = s.marker.Close()
}

// fill writes the files of a site, and its manifest, and syncs them. A file that is
// the same in the old directory takes a second name from there: that is cheaper than
// a new file, and after a small change most are the same. The old manifest tells,
// and inspect sees that it is true.
func (s *stage) fill(ctx context.Context, old string, listed manifest, site *site) error {
	for directory := range site.manifest.directories() {
		if err := os.MkdirAll(filepath.Join(s.files(), filepath.FromSlash(directory)), 0o755); err != nil {
			return err
		}
	}
	for directory := range site.manifest.directories() { // whatever the umask
		if err := os.Chmod(filepath.Join(s.files(), filepath.FromSlash(directory)), 0o755); err != nil {
			return err
		}
	}
	same := site.sameAs(listed)
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for name, data := range site.files {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			local := filepath.FromSlash(name)
			if same(name) && link(filepath.Join(old, local), filepath.Join(s.files(), local)) {
				return nil
			}
			return writeFile(filepath.Join(s.files(), local), data)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	// last, and always new: its time is the build's
	if err := writeFile(filepath.Join(s.files(), ManifestName), site.manifest.bytes()); err != nil {
		return err
	}
	return syncTree(ctx, s.files())
}

// writeFile writes a file of mode 0644, whatever the umask. One that is there is of a spare.
func writeFile(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Truncate(int64(len(data))), file.Chmod(0o644), file.Close())
}

// link gives a file of an old site a second name, where it is as we write files, and
// has no other name.
func link(from, to string) bool {
	info, err := os.Lstat(from)
	return err == nil && info.Mode() == 0o644 && names(info) == 1 && os.Link(from, to) == nil
}

// syncTree brings all files below a directory to the disk, unless ctx ends before.
func syncTree(ctx context.Context, directory string) error {
	done := make(chan error, 1)
	var caught panics.Catcher
	go func() {
		var err error
		caught.Try(func() { err = syncAll(directory) })
		done <- err
	}()
	select {
	case err := <-done:
		caught.Repanic()
		return errors.Join(err, ctx.Err())
	case <-ctx.Done():
		return ctx.Err()
	}
}

// syncEach brings each file below a directory to the disk.
func syncEach(directory string) error {
	return filepath.WalkDir(directory, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncFile(path)
	})
}

func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
