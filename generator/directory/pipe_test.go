//go:build unix

package directory

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAPipeIsNotWaitedFor(t *testing.T) {
	d, name := report(t, map[string]string{"data/a.csv": "a\n"})
	if err := syscall.Mkfifo(filepath.Join(name, "data/b.csv"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := said(d, nil); got != "data/b.csv: found a pipe, expected a file\n" {
		t.Error(got)
	}
	var f *Fault
	if _, err := fs.ReadFile(d, "data/b.csv"); !errors.As(err, &f) {
		t.Error(err)
	}
}
