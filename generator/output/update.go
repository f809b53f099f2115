package output

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// File is a file of a directory.
type File struct {
	Name string
	Data []byte
	From string // a file that has the data, in place of Data
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
		write := func() error { return writeFile(aside, f.Data) }
		if f.From != "" {
			write = func() error { return copyFile(aside, f.From) }
		}
		if err := write(); err != nil {
			return err
		}
		if err := syncFile(aside); err != nil {
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

func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Chmod(0o644), out.Close())
}
