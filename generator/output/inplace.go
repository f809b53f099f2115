package output

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// replaceFiles puts the site together inside the place, and moves its files over the
// old ones: first what pages need, then pages, then what is gone goes.
func (p *place) replaceFiles(ctx context.Context, s *site) error {
	st, err := newStage(ctx, p.path, "")
	if err != nil {
		return err
	}
	defer st.remove()
	found, err := inspect(p, s, nil)
	if err != nil {
		return err
	}
	if err := st.fill(ctx, p.path, found.manifest, s); err != nil {
		return err
	}
	if found, err = inspect(p, s, found); err != nil {
		return err
	}
	// from here on it is done to the end
	if err := p.moveAll(st, found, s); err != nil {
		return fmt.Errorf("some files are from the old site and some from the new one, build again: %w", err)
	}
	return nil
}

func (p *place) moveAll(st *stage, found *found, s *site) error {
	// a build that is killed here leaves files of both, all of which are ours
	both := filepath.Join(st.path, "old")
	if err := writeFile(both, found.manifest.with(s.manifest).bytes()); err != nil {
		return err
	}
	if err := syncFile(both); err != nil {
		return err
	}
	if err := os.Rename(both, filepath.Join(p.path, ManifestName)); err != nil {
		return err
	}
	if err := syncDirectory(p.path); err != nil {
		return err
	}
	remove := func(name string) error {
		if err := os.Remove(filepath.Join(p.path, filepath.FromSlash(name))); err != nil {
			return err
		}
		for d := path.Dir(name); d != "." && os.Remove(filepath.Join(p.path, filepath.FromSlash(d))) == nil; d = path.Dir(d) {
		}
		return nil
	}
	// a file where a directory comes, or the other way about, goes before all else
	directories := s.manifest.directories()
	var gone []string
	for _, name := range found.gone {
		if !directories[name] && !s.under(name) {
			gone = append(gone, name)
		} else if err := remove(name); err != nil {
			return err
		}
	}
	for directory := range directories {
		if err := os.MkdirAll(filepath.Join(p.path, filepath.FromSlash(directory)), 0o755); err != nil {
			return err
		}
	}
	for _, name := range s.inOrder() {
		local := filepath.FromSlash(name)
		if err := os.Rename(filepath.Join(st.files(), local), filepath.Join(p.path, local)); err != nil {
			return err
		}
	}
	for _, name := range gone {
		if err := remove(name); err != nil {
			return err
		}
	}
	if err := syncAll(p.path); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(st.files(), ManifestName), filepath.Join(p.path, ManifestName)); err != nil {
		return err
	}
	return syncDirectory(p.path)
}

// under reports whether a name is inside what is a file of the site.
func (s *site) under(name string) bool {
	for d := path.Dir(name); d != "."; d = path.Dir(d) {
		if s.writes(d) {
			return true
		}
	}
	return false
}

// inOrder lists the files so that a page comes after what it needs, and the front
// page last.
func (s *site) inOrder() []string {
	var needed, pages []string
	for name := range s.files {
		if strings.HasSuffix(name, ".html") {
			pages = append(pages, name)
		} else {
			needed = append(needed, name)
		}
	}
	slices.Sort(needed)
	slices.SortFunc(pages, func(a, b string) int { return strings.Compare(b, a) })
	if i := slices.Index(pages, "index.html"); i >= 0 {
		pages = append(slices.Delete(pages, i, i+1), "index.html")
	}
	return append(needed, pages...)
}
