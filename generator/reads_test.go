package generator

import (
	"io/fs"
	"path"
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

// TestEachFileIsReadOnce holds that a file which changes during a build is not
// read in two versions.
func TestEachFileIsReadOnce(t *testing.T) {
	report := &counted{FS: frozen(t), reads: map[string]int{}}
	result, err := Build(t.Context(), report, Options{For: ToAccept})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	files := map[string]int{}
	for name, n := range report.reads {
		for kind, of := range map[string]bool{
			"table": strings.HasSuffix(name, ".csv") || name == dataset.File, "chart": path.Dir(name) == "data/charts" && path.Ext(name) == ".yaml",
			"content": strings.HasPrefix(name, "content/") && path.Ext(name) != "",
		} {
			if of {
				files[kind]++
			}
			if of && n != 1 {
				t.Errorf("%s is read %d times", name, n)
			}
		}
	}
	if files["table"] < 3 || files["chart"] < 5 || files["content"] < 3 {
		t.Error("only these are read:", files)
	}
}
