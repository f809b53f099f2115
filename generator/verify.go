package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/output"
	"broadsheet/generator/passage"
	"broadsheet/generator/progress"
	"broadsheet/generator/publish"
)

// Verified is what a published site and its source have in common.
//
// Private columns are not in the source, and need not be: no query can read one, so
// every figure follows from what is published.
type Verified struct {
	Pages, Figures int // that agree
	Differences    []Difference
}

// Difference is a file that does not follow from the source.
type Difference struct {
	File    string          `json:"file"`
	What    string          `json:"what"`
	Figures []FigureDiffers `json:"figures"`
}

// FigureDiffers is a figure that does not.
type FigureDiffers struct {
	Fact      string `json:"fact"`
	Published string `json:"published"`
	Computed  string `json:"computed"`
}

// Verify builds a published site once more, from the source that it holds, and compares
// each file. Problems are what keeps the source from being built.
func Verify(ctx context.Context, site fs.FS, limits limit.Limits, tell func(progress.Progress)) (*Verified, []diag.Problem, error) {
	report, settings, err := archive.Read(site)
	if errors.Is(err, archive.ErrNone) {
		return nil, []diag.Problem{{File: archive.Name, Message: err.Error(), Hint: "it was built with params.archive = false, or its tables are large, or this is not a site made by Broadsheet"}}, nil
	}
	if err != nil {
		return nil, []diag.Problem{{File: archive.Name, Message: err.Error()}}, nil
	}
	result, err := Build(ctx, report, Options{BaseURL: settings.BaseURL, Limits: limits, Progress: tell})
	if err != nil {
		return nil, nil, err
	}
	if result.Pages == nil {
		for i := range result.Problems {
			result.Problems[i].File = archive.Name + ": " + result.Problems[i].File
		}
		return nil, result.Problems, nil
	}
	pages := map[string][]byte(result.Pages)
	switch name, err := fs.ReadFile(site, publish.EditionFile); {
	case err == nil:
		pages = publish.Edition(pages, strings.TrimSpace(string(name)))
		delete(pages, publish.EditionFile)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	published, err := readSite(site, pages)
	if err != nil {
		return nil, nil, err
	}
	return compareSites(published, pages)
}

// readSite reads the files of a published site: all but what a publication keeps beside
// the pages, unless the source makes a file of that name.
func readSite(site fs.FS, computed map[string][]byte) (map[string][]byte, error) {
	files, made := map[string][]byte{}, map[string]bool{}
	for name := range computed {
		for ; name != "."; name = path.Dir(name) {
			made[name] = true
		}
	}
	err := fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git" || name == output.ManifestName || publish.Keeps(name) && !made[name]:
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		files[name], err = fs.ReadFile(site, name)
		return err
	})
	return files, err
}

func compareSites(published, computed map[string][]byte) (*Verified, []diag.Problem, error) {
	v := &Verified{}
	names := maps.Clone(published)
	maps.Copy(names, computed)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		before, isPublished := published[name]
		now, isComputed := computed[name]
		isPage := path.Ext(name) == ".html"
		var figures, differing int
		d := Difference{File: name, Figures: []FigureDiffers{}}
		if isPage && isPublished && isComputed {
			d.Figures, figures = compareFigures(name, before, now)
			differing = len(d.Figures)
		}
		v.Figures += figures - differing
		switch {
		case !isPublished:
			d.What = "is missing from the site"
		case !isComputed:
			d.What = "does not come from the source"
		case bytes.Equal(before, now) || name == archive.Name && sameArchive(before, now):
			if isPage {
				v.Pages++
			}
			continue
		case !isPage:
			d.What = "is not what the source makes"
		case differing == 0:
			d.What = "differs, though not in a figure that links to its numbers"
		default:
			d.What = "shows what the source does not give"
		}
		v.Differences = append(v.Differences, d)
	}
	return v, nil, nil
}

// compareFigures lists the figures of a page that differ, and says how many it has.
func compareFigures(name string, published, computed []byte) (differ []FigureDiffers, all int) {
	differ = []FigureDiffers{}
	was, is := passage.Figures(name, published), passage.Figures(name, computed)
	texts := map[string][2][]string{} // by fact, in the order of the page
	for i, list := range [][]passage.Figure{was, is} {
		for _, f := range list {
			t := texts[f.Fact]
			t[i] = append(t[i], f.Text)
			texts[f.Fact] = t
		}
	}
	for _, fact := range slices.Sorted(maps.Keys(texts)) {
		t := texts[fact]
		n := max(len(t[0]), len(t[1]))
		all += n
		for i := range n {
			if a, b := at(t[0], i), at(t[1], i); a != b {
				differ = append(differ, FigureDiffers{Fact: fact, Published: a, Computed: b})
			}
		}
	}
	return differ, all
}

func at(texts []string, i int) string {
	if i < len(texts) {
		return cmp.Or(texts[i], "nothing")
	}
	return "nothing"
}

// sameArchive compares what two archives hold: another version of Go may pack the same
// files in other bytes.
func sameArchive(a, b []byte) bool {
	one, err := archive.Unpack(a)
	if err != nil {
		return false
	}
	two, err := archive.Unpack(b)
	return err == nil && maps.EqualFunc(one, two, bytes.Equal)
}
