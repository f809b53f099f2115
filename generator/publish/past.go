package publish

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// Past is a report as it was at a commit.
type Past struct {
	Directory string // a temporary one
	Commit    string // as git shortens it
	Day       string // of the commit, as its author wrote it
}

// ReportAt reads the report as it was at a commit, into a directory of its own. The repository, the index and the work tree stay
// as they are. Close removes the directory.
func ReportAt(ctx context.Context, report, commit string) (*Past, error) {
	g, err := openRepository(ctx, Options{Report: report})
	if err != nil {
		return nil, err
	}
	p := &Past{Directory: g.scratch}
	if err := p.read(ctx, g, commit); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close removes what was read.
func (p *Past) Close() error { return os.RemoveAll(p.Directory) }

func (p *Past) read(ctx context.Context, g *git, ref string) error {
	commit, err := g.resolve(ctx, ref)
	if err != nil {
		return err
	}
	if commit == "" {
		return &Refused{fmt.Sprintf("git knows no commit %q", ref), "name a commit, a branch or a tag: git log --oneline lists commits", false}
	}
	about, err := g.line(ctx, "show", "-s", "--format=%h %as", commit)
	if err != nil {
		return err
	}
	p.Commit, p.Day, _ = strings.Cut(about, " ")
	prefix, err := g.line(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return err
	}
	files, err := g.run(ctx, nil, "archive", "--format=tar", commit+":"+strings.TrimSuffix(prefix, "/"))
	var f *failure
	if errors.As(err, &f) {
		return &Refused{"the report was not there at " + p.Commit, "compare with a later commit: git log --oneline -- . lists those of the report", false}
	}
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(p.Directory)
	if err != nil {
		return err
	}
	return errors.Join(unpack(root, tar.NewReader(strings.NewReader(files))), root.Close())
}

// unpack writes the files of an archive, and nothing outside of the directory. Links are left out: a report reads none.
func unpack(root *os.Root, archive *tar.Reader) error {
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := root.MkdirAll(path.Dir(h.Name), 0o755); err != nil {
			return err
		}
		file, err := root.Create(h.Name)
		if err != nil {
			return err
		}
		_, err = io.Copy(file, archive)
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
}
