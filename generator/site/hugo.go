package site

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"broadsheet/generator/diag"

	"github.com/gohugoio/hugo/common/herrors"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/common/text"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"
)

// Where things lie in the file system in memory.
const (
	reportRoot = "/report"
	themeRoot  = "/themes/broadsheet"
	output     = "/report/public"
)

// hugoFolders are the folders of a report that Hugo sees. It does not see data/:
// what stands there is read by Broadsheet.
var hugoFolders = []string{"content", "layouts", "assets", "static", "i18n", "archetypes"}

// defaults apply where hugo.toml says nothing else.
const defaults = `
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[markup.goldmark.parser.attribute]
block = true
[markup.highlight]
noClasses = false
[markup.tableOfContents]
startLevel = 2
`

// runHugo renders the site. It returns nil where a template or a page is wrong,
// after adding the problem.
func (s *Site) runHugo(ctx context.Context, problems *diag.List) (Pages, error) {
	pages, found, err := s.render()
	if errors.Is(err, errStuck) {
		// With a worker for each page none has to wait for another, and the
		// failures come back. This is only the way to a message.
		before, was := os.LookupEnv(workers)
		if err := os.Setenv(workers, "100000"); err != nil {
			return nil, err
		}
		pages, found, err = s.render()
		if was {
			err = errors.Join(err, os.Setenv(workers, before))
		} else {
			err = errors.Join(err, os.Unsetenv(workers))
		}
	}
	problems.Add(found...)
	if err != nil || len(found) > 0 {
		return nil, err
	}
	return pages, ctx.Err()
}

// errStuck says that Hugo waits for itself: after ten failures its workers leave,
// and what hands pages to them goes on to wait for one.
var errStuck = errors.New("hugo stopped without an end")

// workers is Hugo's setting for the number of pages that are made at once.
const workers = "HUGO_NUMWORKERMULTIPLIER"

// render lays out the files and runs Hugo once.
func (s *Site) render() (Pages, []diag.Problem, error) {
	source, destination := afero.NewMemMapFs(), afero.NewMemMapFs()
	if err := s.lay(source); err != nil {
		return nil, nil, err
	}
	var said bytes.Buffer
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: &said})

	flags := config.New()
	for key, value := range map[string]any{
		"workingDir": reportRoot, "publishDir": "public", "themesDir": path.Dir(themeRoot), "theme": []string{path.Base(themeRoot)},
		// rendered at the root; links are made relative afterwards
		"baseURL": "/", "relativeURLs": false, "canonifyURLs": false, "uglyURLs": false,
		// a build knows no clock, and no other machine
		"buildFuture": true, "buildExpired": true, "enableGitInfo": false, "timeout": "120s",
		"disableHugoGeneratorInject": true,
		"params":                     map[string]any{"report": s.Report, "baseurl": s.BaseURL},
	} {
		flags.Set(key, value)
	}
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Flags: flags, Logger: logger, SkipNpmCheck: true,
		Filename: "/defaults.toml," + reportRoot + "/hugo.toml",
		Environ:  []string{"HUGO_ENVIRONMENT=production"},
	})
	if err != nil {
		return nil, []diag.Problem{hugoProblem(err)}, nil
	}
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Fs: hugofs.NewFromSourceAndDestination(source, destination, flags), Configs: configs, StdOut: io.Discard, StdErr: &said,
	})
	if err != nil {
		return nil, []diag.Problem{hugoProblem(err)}, nil
	}
	built := make(chan error, 1)
	go func() { built <- sites.Build(hugolib.BuildCfg{NoBuildLock: true}) }()
	select {
	case err = <-built:
	case <-sites.Done(): // it has given up
		select {
		case err = <-built:
		case <-time.After(2 * time.Second):
			return nil, nil, errStuck
		}
	}
	if err != nil {
		return nil, []diag.Problem{hugoProblem(err)}, nil
	}
	if said.Len() > 0 {
		return nil, warnings(said.String()), nil
	}
	s.Sources = s.Report.origins(sites)
	pages, err := collect(destination)
	return pages, nil, err
}

// lay copies the theme and the report into memory, where Hugo lays one over the
// other.
func (s *Site) lay(to afero.Fs) error {
	if err := afero.WriteFile(to, "/defaults.toml", []byte(defaults), 0o644); err != nil {
		return err
	}
	if err := copyFile(s.Source, "hugo.toml", to, reportRoot); err != nil {
		return err
	}
	for _, folder := range hugoFolders {
		if err := copyTree(s.Source, folder, to, reportRoot); err != nil {
			return err
		}
		if err := copyTree(s.Theme, folder, to, themeRoot); err != nil {
			return err
		}
	}
	return copyTree(themeContent, "content", to, themeRoot)
}

func copyTree(from fs.FS, folder string, to afero.Fs, root string) error {
	return fs.WalkDir(from, folder, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == folder {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		return copyFile(from, name, to, root)
	})
}

func copyFile(from fs.FS, name string, to afero.Fs, root string) error {
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	return afero.WriteFile(to, path.Join(root, name), data, 0o644)
}

// collect reads what Hugo wrote.
func collect(from afero.Fs) (Pages, error) {
	pages := Pages{}
	err := afero.Walk(from, output, func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(from, name)
		if err != nil {
			return err
		}
		pages[strings.TrimPrefix(filepath.ToSlash(name), output+"/")] = data
		return nil
	})
	return pages, err
}

// hugoProblem says what Hugo found wrong, at its place in the user's file.
func hugoProblem(err error) diag.Problem {
	p := diag.Problem{File: "hugo.toml", Message: shorten(innermost(err))}
	if m := executing.FindStringSubmatch(p.Message); m != nil {
		p.Message = m[1]
	}
	// the innermost position is the closest to the cause
	for e := err; e != nil; e = errors.Unwrap(e) {
		var positioned herrors.FileError
		if !errors.As(e, &positioned) {
			break
		}
		if at := positioned.Position(); at.IsValid() && at.Filename != "" {
			p.File, p.Line, p.Column = fileOf(at), at.LineNumber, max(at.ColumnNumber, 0)
		}
		e = positioned
	}
	return p
}

// executing is how a template's failure ends, after the way to it.
var executing = regexp.MustCompile(`(?s)^.*executing "[^"]*" at (<.*)$`)

var rawHTML = regexp.MustCompile(`^Raw HTML omitted while rendering "([^":]*)`)

// warnings makes problems of what Hugo warns of: each starts with WARN, and may go
// on with advice on how to silence it, which is not the way out here.
func warnings(said string) []diag.Problem {
	var list []diag.Problem
	for line := range strings.Lines(said) {
		text, starts := strings.CutPrefix(strings.TrimSpace(line), "WARN")
		if !starts && len(list) > 0 {
			continue
		}
		p := diag.Problem{File: "hugo.toml", Message: "Hugo warns: " + strings.TrimSpace(shorten(text))}
		if m := rawHTML.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
			p = diag.Problem{File: shorten(m[1]), Message: "HTML in Markdown is left out", Hint: "write Markdown, or a shortcode; in a content adapter, htmlEscape what comes from a table"}
		}
		list = append(list, p)
	}
	return list
}

// fileOf is the file that the user wrote.
func fileOf(at text.Position) string {
	name := filepath.ToSlash(at.Filename)
	if rest, ok := strings.CutPrefix(name, reportRoot+"/"); ok {
		return rest
	}
	if rest, ok := strings.CutPrefix(name, themeRoot+"/"); ok {
		return rest
	}
	return strings.TrimPrefix(name, "/")
}

func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// shorten takes paths in memory out of a message.
func shorten(message string) string {
	return strings.NewReplacer(reportRoot+"/", "", themeRoot+"/", "").Replace(message)
}
