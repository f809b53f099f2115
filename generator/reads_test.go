package generator

import (
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"

	"broadsheet/generator/dataset"
)

// counted counts how often each file is read.
type counted struct {
	fs.FS
	mu    sync.Mutex
	reads map[string]int
}

func (c *counted) Open(name string) (fs.File, error) {
	c.count(name)
	return c.FS.Open(name)
}

func (c *counted) ReadFile(name string) ([]byte, error) {
	c.count(name)
	return fs.ReadFile(c.FS, name)
}

func (c *counted) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

func (c *counted) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.FS, name) }

func (c *counted) count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads[name]++
}

// TestEachDataFileIsReadOnce holds that a file which changes during a build is not
// read in two versions.
func TestEachDataFileIsReadOnce(t *testing.T) {
	report := &counted{FS: os.DirFS(".."), reads: map[string]int{}}
	result, err := Build(t.Context(), report, Options{For: ToAccept})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	files := 0
	for name, n := range report.reads {
		if strings.HasSuffix(name, ".csv") || name == dataset.File {
			if files++; n != 1 {
				t.Errorf("%s is read %d times", name, n)
			}
		}
	}
	if files < 10 {
		t.Error("only", files, "files are read")
	}
}
