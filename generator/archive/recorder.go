package archive

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/directory"
)

// Recorder is a report that remembers what was read of it, so that an archive holds
// the version of each file that the build saw.
type Recorder struct {
	fs.FS

	mu   sync.Mutex
	seen map[string][]byte // nil where the report is too large for an archive
}

// Record makes a recorder.
func Record(report fs.FS) *Recorder {
	r := &Recorder{FS: report}
	if fits(report) {
		r.seen = map[string][]byte{}
	}
	return r
}

// fits reports whether the files of the report are small enough for an archive.
func fits(report fs.FS) bool {
	size := int64(0)
	for _, part := range directory.Parts {
		if part == static {
			continue
		}
		_ = fs.WalkDir(report, part, func(name string, entry fs.DirEntry, err error) error { // what cannot be read is a problem of the build
			if err == nil && !entry.IsDir() {
				if info, err := fs.Stat(report, name); err == nil {
					size += info.Size()
				}
			}
			return nil
		})
	}
	return size <= Most
}

// ReadFile reads a file, and keeps a copy, which is what is read of it from then on.
func (r *Recorder) ReadFile(name string) ([]byte, error) {
	r.mu.Lock()
	data, known := r.seen[name]
	r.mu.Unlock()
	if known {
		return slices.Clone(data), nil // callers cut up what they get
	}
	data, err := fs.ReadFile(r.FS, name)
	if err == nil && r.Keeps() && !strings.HasPrefix(name, static+"/") {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.seen[name] = slices.Clone(data)
	}
	return data, err
}

// Keeps reports whether the report is small enough for an archive.
func (r *Recorder) Keeps() bool { return r.seen != nil }

// ReadDir lists a directory.
func (r *Recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

// Stat follows links.
func (r *Recorder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.FS, name) }

// Lstat does not follow links.
func (r *Recorder) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(r.FS, name) }

// ReadLink is where a link leads.
func (r *Recorder) ReadLink(name string) (string, error) { return fs.ReadLink(r.FS, name) }
