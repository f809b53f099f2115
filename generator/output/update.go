package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// File is a file of a directory.
type File struct {
	Name string
	Data []byte
}

// Update writes files of a directory that holds others, each whole or not at all,
// one after the other. They are synced before the first takes its place. Where ctx
// ends before that, nothing is written.
func Update(ctx context.Context, directory string, files ...File) error {
	s, err := newStage(ctx, directory, "")
	if err != nil {
		return err
	}
	defer s.remove()
	if err := os.Mkdir(s.files(), 0o755); err != nil {
		return err
	}
	for _, f := range files {
		aside := filepath.Join(s.files(), f.Name)
		if err := errors.Join(writeFile(aside, f.Data), syncFile(aside)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(s.files(), f.Name), filepath.Join(directory, f.Name)); err != nil {
			return err
		}
	}
	return syncDirectory(directory)
}
