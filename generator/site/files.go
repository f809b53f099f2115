package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"broadsheet/generator/diag"
)

// addFiles adds the files that no template makes: downloads, and those of static/,
// which are published as they are.
func (s *Site) addFiles(ctx context.Context, report *Report, pages Pages, problems *diag.List) error {
	rendered := maps.Clone(pages)
	if err := s.addDownloads(ctx, report, pages); err != nil {
		return err
	}
	for name, before := range rendered {
		if now := pages[name]; string(now) != string(before) {
			problems.Add(diag.Problem{File: s.sourceOf(name), Message: fmt.Sprintf("it takes the address of a download: %s", diag.Quote("/"+name)), Hint: "rename it"})
		}
	}
	pages[".nojekyll"] = nil // GitHub Pages would leave out files that start with _
	return fs.WalkDir(s.Source, "static", func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && file == "static" {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := fs.Stat(s.Source, file)
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		name := strings.TrimPrefix(file, "static/")
		if _, taken := pages[name]; taken && name != ".nojekyll" {
			problems.Add(diag.Problem{File: file, Message: fmt.Sprintf("it takes the address %s of %s", diag.Quote("/"+name), s.sourceOf(name)), Hint: "rename it"})
			return nil
		}
		s.origins[name] = file
		pages[name], err = fs.ReadFile(s.Source, file)
		return err
	})
}

// sourceOf is the file of the report from which a file of the site comes.
func (s *Site) sourceOf(name string) string {
	if file, ok := s.origins[name]; ok {
		return file
	}
	first, rest, _ := strings.Cut(name, "/")
	base := strings.TrimSuffix(strings.TrimSuffix(rest, ".csv"), ".svg")
	switch {
	case first == "data" && rest != "":
		return "data/datapackage.json"
	case first == "numbers" && rest != "":
		return "data/aggregates/" + strings.Split(base, "/")[0] + ".sql"
	case (first == "charts" || first == "embed") && rest != "":
		return s.Charts.File(strings.Split(base, "/")[0])
	}
	return "hugo.toml"
}
