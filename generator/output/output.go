// Package output writes a finished site to a directory, whole or not at all.
//
// What is guaranteed:
//
//   - Ours alone. A directory is replaced only where each of its files is listed in
//     the manifest of an earlier build (.broadsheet-manifest) and has not changed
//     since. Anything else stops the build before a file is touched, and so does a
//     directory that is, holds or is inside what the report is made of. CNAME and .git
//     stay; .DS_Store and Thumbs.db are nobody's work.
//   - Whole. The site is put together in a directory beside the old one, and the two
//     change places in one step (on Linux; elsewhere there is a moment without a
//     site). A build that fails, is stopped or killed, or finds the disk full leaves
//     the old site as it was.
//   - On the disk. All files are synced before they take their place, and the place
//     after that: what outlives a power cut is the old site or the new one.
//   - Plain. Each file that is written is a regular file of mode 0644, and never a
//     link to, or another name of, somebody's file.
//   - One at a time. Builds into one directory wait for each other here.
//   - No litter. A killed build leaves one directory, .NAME.broadsheet-new, which git
//     does not see. The next build uses and removes it. What is kept to write the next
//     site faster (spare.go) is where the caller says.
//
// Where the directory itself cannot be exchanged, its files are, one by one
// (inplace.go): where it is a mount point, such as a Docker volume, is in a
// directory that may not be written, or holds a .git or a CNAME that stays. All of
// the above holds then, but for one thing: a build that is killed in those few
// milliseconds leaves a site of which some files are new. The manifest then lists
// both, so the next build completes it.
package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Refused says why a directory is not a place for a site, and what to do.
type Refused struct{ Message, Hint string }

func (r *Refused) Error() string { return r.Message }

const otherPlace = "name another directory with --destination"

// Check reports whether a site of the report may be written to the directory. An
// error that is a Refused is a wrong choice of the directory.
func Check(ctx context.Context, report, directory string) error {
	p, err := locate(report, directory)
	if err != nil {
		return err
	}
	if _, err = inspect(p, nil, nil); err == nil {
		return nil
	}
	// another build may just have been writing: look again where none is
	if s, locked := newStage(ctx, p.parent(), p.name()); locked == nil {
		defer s.remove()
		_, err = inspect(p, nil, nil)
	}
	return err
}

// Write replaces the site in the directory by the given files, whose names are slash
// paths inside it. Where ctx ends before they take their place, nothing is written. The
// spare is where directories may be kept for the next time; "" keeps none.
func Write(ctx context.Context, report, directory string, files map[string][]byte, spare string) error {
	return write(ctx, report, directory, files, spare, exchange)
}

func write(ctx context.Context, report, directory string, files map[string][]byte, spare string, exchange func(aside, place string) error) error {
	p, err := locate(report, directory)
	if err != nil {
		return err
	}
	if info, err := os.Lstat(filepath.Dir(spare)); err == nil && info.IsDir() { // and no link to what is not ours
		p.spare = spare
	}
	s, err := newSite(files)
	if err != nil {
		return err
	}
	err = p.replace(ctx, s, exchange)
	if errors.Is(err, errNoExchange) {
		err = p.replaceFiles(ctx, s)
	}
	return p.explain(err)
}

// errNoExchange says that a directory cannot be exchanged, though its files can.
var errNoExchange = errors.New("the directory cannot be exchanged")

// replace puts the site together beside the place, and exchanges the two.
func (p *place) replace(ctx context.Context, s *site, exchange func(aside, place string) error) error {
	if err := os.MkdirAll(p.parent(), 0o777); err != nil {
		return err
	}
	st, err := newStage(ctx, p.parent(), p.name())
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		if _, missing := os.Stat(p.path); missing == nil {
			return errNoExchange
		}
	}
	if err != nil {
		return err
	}
	defer st.remove()
	found, err := inspect(p, s, nil)
	switch {
	case err != nil:
		return err
	case found.kept:
		return p.replaceFiles(ctx, s)
	}
	if p.spare != "" {
		same := s.sameAs(found.manifest)
		st.reuse(p.spare, func(name string) bool { return s.writes(name) && !same(name) }, s.manifest.directories())
	}
	if err := st.fill(ctx, p.path, found.manifest, s); err != nil {
		return err
	}
	// once more: a file may have come while the others were written
	if _, err = inspect(p, s, found); err != nil {
		return err
	}
	switch err := exchange(st.files(), p.path); {
	case errors.Is(err, syscall.EBUSY), errors.Is(err, syscall.EXDEV): // a mount point, or a layer of a container
		return p.replaceFiles(ctx, s)
	case err != nil:
		return err
	}
	if err := syncDirectory(p.parent()); err != nil {
		return err
	}
	if p.spare != "" {
		st.leave(p.spare, found.manifest)
	}
	return nil
}

// explain names the place in an error that is about it.
func (p *place) explain(err error) error {
	var refused *Refused
	var number syscall.Errno
	switch {
	case err == nil, errors.As(err, &refused), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &number) && slices.Contains(unwritable, number):
		return &Refused{fmt.Sprintf("%s cannot be written: %v", p.shown, number), otherPlace}
	}
	// as the user knows the files, and not where they are put together
	said := err.Error()
	for _, aside := range []string{filepath.Join(p.parent(), stageName(p.name()), "files"), filepath.Join(p.path, stageName(""), "files")} {
		said = strings.ReplaceAll(said, aside, p.shown)
	}
	return errors.New(said)
}

// unwritable are errors that another directory would not have.
var unwritable = []syscall.Errno{syscall.EACCES, syscall.EPERM, syscall.EROFS, syscall.ENOTDIR, syscall.ELOOP, syscall.ENAMETOOLONG}

func (p *place) parent() string { return filepath.Dir(p.path) }
func (p *place) name() string   { return filepath.Base(p.path) }
