package site

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/rowpage"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/sourcegraph/conc/panics"
	"github.com/spf13/afero"
)

// writtenByHugo is what Hugo says; a Hugo that is left behind may go on to say more.
type writtenByHugo struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *writtenByHugo) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *writtenByHugo) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// Where things are in the file system in memory.
const (
	reportRoot = "/report"
	themeRoot  = "/themes/broadsheet"
	output     = "/report/public"
)

// hugoDirectories are the directories of a report that Hugo sees. It does not see data/:
// what is there is read by Broadsheet.
var hugoDirectories = []string{"content", "layouts", "assets", "static", "i18n", "archetypes"}

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
func (s *Site) runHugo(ctx context.Context, report *Report, problems *diag.List) (Pages, error) {
	pages, found, err := s.render(ctx, report)
	if errors.Is(err, errStuck) {
		// With a worker for each page none has to wait for another, and the
		// failures come back. This is only the way to a message. Hugo takes the number from the environment of the
		// process alone: another build that starts meanwhile gets as many workers, and makes the same pages.
		retrying.Lock()
		defer retrying.Unlock()
		before, was := os.LookupEnv(workers)
		if err := os.Setenv(workers, "100000"); err != nil {
			return nil, err
		}
		pages, found, err = s.render(ctx, report)
		if was {
			err = errors.Join(err, os.Setenv(workers, before))
		} else {
			err = errors.Join(err, os.Unsetenv(workers))
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err() // and no template's fault
	}
	problems.Add(found...)
	if err != nil || len(found) > 0 {
		return nil, err
	}
	return pages, nil
}

// errStuck says that Hugo waits for itself: after ten failures its workers leave,
// and what hands pages to them goes on to wait for one.
var errStuck = errors.New("hugo waits for itself")

// retrying is held while workers is set.
var retrying sync.Mutex

// workers is Hugo's setting for the number of pages that are made at once.
const workers = "HUGO_NUMWORKERMULTIPLIER"

// policy is Hugo's own, pinned: no program, no network, no environment, and no content
// that Hugo does not render itself. The templates of a report are checked besides.
func policy() map[string]any { // a new one for each build, as Hugo writes to it
	return map[string]any{
		"enableInlineShortcodes": false,
		"allowContent":           []string{"^text/markdown$"},
		"exec":                   map[string]any{"allow": []string{"none"}, "osEnv": []string{"none"}},
		"funcs":                  map[string]any{"getenv": []string{"none"}},
		"http":                   map[string]any{"urls": []string{"none"}, "methods": []string{"none"}, "mediaTypes": []string{"none"}},
	}
}

// render lays out the files and runs Hugo once. Hugo cannot be stopped: where the
// build ends before Hugo does, Hugo is left to end at the guard's next tick.
func (s *Site) render(ctx context.Context, report *Report) (Pages, []diag.Problem, error) {
	guard := newGuard(ctx, s.Limits)
	guard.addresses.taken = s.addresses.clone()
	source, published := afero.NewMemMapFs(), &destination{Fs: afero.NewMemMapFs(), guard: guard, first: map[string][]byte{}}
	if err := s.mount(source); err != nil {
		return nil, nil, err
	}
	var said writtenByHugo
	opened := &openedFiles{Fs: source, names: map[string]bool{}}
	sites, err := s.newHugo(report, opened, published, &said, guard)
	if err != nil {
		return nil, []diag.Problem{s.hugoProblem(err)}, nil
	}
	built, taken := make(chan error, 1), make(chan struct{})
	defer close(taken)
	var caught panics.Catcher // of this goroutine: Hugo has others
	go func() {
		var err error
		caught.Try(func() { err = sites.Build(hugolib.BuildCfg{NoBuildLock: true}) })
		built <- err
		<-taken
		_ = sites.Close() // its caches watch the memory until then; a failure takes nothing from the pages
	}()
	over := time.NewTimer(time.Until(guard.until) + time.Second) // for what does not tick
	defer over.Stop()
	select {
	case err = <-built:
	case <-ctx.Done():
		return nil, nil, guard.end(ctx.Err())
	case <-guard.stopped:
		return nil, []diag.Problem{s.hugoProblem(guard.why)}, nil
	case <-over.C:
		return nil, []diag.Problem{s.hugoProblem(guard.timeOver())}, nil
	case <-sites.Done(): // it has given up
		select {
		case err = <-built:
		case <-guard.stopped:
			return nil, []diag.Problem{s.hugoProblem(guard.why)}, nil
		case <-ctx.Done():
			return nil, nil, guard.end(ctx.Err())
		case <-time.After(2 * time.Second):
			return nil, nil, errStuck
		}
	}
	caught.Repanic() // all other ways have returned
	found := guard.problems.Sorted()
	switch {
	case err != nil:
		return nil, append(found, s.hugoProblem(err)), nil
	case len(found) > 0:
		return nil, found, nil
	}
	if found = warnings(said.String()); len(found) > 0 {
		return nil, found, nil
	}
	if found = takePages(sites.Pages(), s.takerOf); len(found) > 0 {
		return nil, found, nil
	}
	pages, err := collect(published)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range published.overwritten(pages) {
		found = append(found, diag.Problem{File: "content", Message: "two pages write the file " + diag.Quote(name) + " of the site", Hint: "look for it in url, slug and aliases of the front matter, and in outputs of hugo.toml"})
	}
	s.origins, s.listings = s.findOrigins(sites)
	if s.listed, err = listPages(ctx, sites, report); err != nil {
		return nil, nil, err
	}
	s.opened = opened
	return pages, found, nil
}

// newHugo reads the configuration and makes Hugo ready.
func (s *Site) newHugo(report *Report, source, published afero.Fs, said io.Writer, guard *templateGuard) (*hugolib.HugoSites, error) {
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: said})
	flags := config.New()
	for key, value := range map[string]any{
		"workingDir": reportRoot, "publishDir": "public", "themesDir": path.Dir(themeRoot), "theme": []string{path.Base(themeRoot)},
		// rendered at the root; links are made relative afterwards
		"baseURL": "/", "relativeURLs": false, "canonifyURLs": false, "uglyURLs": false,
		// a build knows no clock, and no other machine
		"buildFuture": true, "buildExpired": true, "enableGitInfo": false, "security": policy(),
		// the guard and the limits of a build end it, and not a page's waiting for a chart
		"timeout":                    "24h",
		"disableHugoGeneratorInject": true,
		"params":                     map[string]any{"report": report, "baseurl": s.BaseURL, "archive": s.HasArchive(), guardParam: guard},
	} {
		flags.Set(key, value)
	}
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Flags: flags, Logger: logger, SkipNpmCheck: true,
		Filename: "/defaults.toml," + reportRoot + "/hugo.toml",
		Environ:  []string{"HUGO_ENVIRONMENT=production"},
	})
	if err != nil {
		return nil, err
	}
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Fs: hugofs.NewFromSourceAndDestination(source, published, flags), Configs: configs, StdOut: io.Discard, StdErr: said,
	})
	if err == nil {
		guard.use(sites.Deps)
		for _, one := range sites.Sites { // each language has its own numbers
			if other := s.reports[one.Language().Lang]; other != nil {
				one.Params()["report"] = other
			}
		}
	}
	return sites, err
}

// mount copies the theme and the report into memory, where Hugo lays one over the
// other.
func (s *Site) mount(to afero.Fs) error {
	if err := afero.WriteFile(to, "/defaults.toml", []byte(defaults), 0o644); err != nil {
		return err
	}
	if err := s.copyFile(s.Source, "hugo.toml", to, reportRoot); err != nil {
		return err
	}
	for _, directory := range hugoDirectories {
		if err := s.copyTree(s.Source, directory, to, reportRoot); err != nil {
			return err
		}
		if err := s.copyTree(s.Theme, directory, to, themeRoot); err != nil {
			return err
		}
	}
	for name := range s.Content.Rows {
		if err := lay(to, path.Join(reportRoot, name), s.Content.Pages[name].Text); err != nil {
			return err
		}
	}
	if err := s.mountPhrases(to); err != nil {
		return err
	}
	return s.copyTree(themeContent, "content", to, themeRoot)
}

func (s *Site) copyTree(from fs.FS, directory string, to afero.Fs, root string) error {
	return fs.WalkDir(from, directory, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == directory {
			return nil
		}
		if err != nil || entry.IsDir() || rowpage.IsTemplate(name) {
			return err
		}
		return s.copyFile(from, name, to, root)
	})
}

// copyFile copies a file; all have one time, as templates can see it. A link that
// leads to a directory, and what is not a file, hold nothing.
func (s *Site) copyFile(from fs.FS, name string, to afero.Fs, root string) error {
	info, err := fs.Stat(from, name)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	var data []byte
	switch template, page := s.templates[name], s.Content.Pages[name]; {
	case root == reportRoot && template != nil:
		data = template.forHugo()
	case root == reportRoot && page != nil:
		data = page.Text
	default:
		if data, err = fs.ReadFile(from, name); err != nil {
			return err
		}
		if root == themeRoot && path.Ext(name) == ".md" {
			data = s.say(data)
		}
	}
	return lay(to, path.Join(root, name), data)
}

func lay(to afero.Fs, file string, data []byte) error {
	if err := afero.WriteFile(to, file, data, 0o644); err != nil {
		return err
	}
	return to.Chtimes(file, time.Unix(0, 0), time.Unix(0, 0))
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
		pages[inSite(name)] = data
		return nil
	})
	return pages, err
}
