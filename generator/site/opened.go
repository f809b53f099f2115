package site

import (
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/afero"
)

// openedFiles notes which files of the report Hugo opens, as of assets/ it opens only
// those that pages use.
type openedFiles struct {
	afero.Fs
	mu    sync.Mutex
	names map[string]bool // slash paths in the report
}

func (o *openedFiles) note(name string) {
	if inReport, ok := strings.CutPrefix(filepath.ToSlash(name), reportRoot+"/"); ok {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.names[inReport] = true
	}
}

// Open opens a file.
func (o *openedFiles) Open(name string) (afero.File, error) {
	o.note(name)
	return o.Fs.Open(name)
}

// OpenFile opens a file.
func (o *openedFiles) OpenFile(name string, flag int, perm fs.FileMode) (afero.File, error) {
	o.note(name)
	return o.Fs.OpenFile(name, flag, perm)
}
