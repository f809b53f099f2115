package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/dataset"
	"broadsheet/generator/limit"
	"broadsheet/generator/onefile"
	"broadsheet/generator/output"
	"broadsheet/generator/site"

	"github.com/spf13/cobra"
)

// reportFlags are what commands that build a report take.
type reportFlags struct {
	source  string
	noCache bool
	json    bool
	baseURL string
	timings bool
	limits  []string
	strict  bool
	writes  bool // the command would have written something
}

func (f *reportFlags) add(c *cobra.Command) {
	c.Flags().StringVarP(&f.source, "source", "s", ".", "`DIR` of the report")
	c.Flags().BoolVar(&f.noCache, "no-cache", false, "compute everything anew, as if nothing had been built before")
	c.Flags().BoolVar(&f.json, "json", false, "print problems and results for machines")
	limitFlag(c, &f.limits)
}

func limitFlag(c *cobra.Command, limits *[]string) {
	c.Flags().StringArrayVar(limits, "limit", nil, "raise or lower a limit, as in `NAME=NUMBER`; one of "+strings.Join(limit.Names(), ", "))
}

// addResult adds the flags of commands whose result is a report that is sound.
func (f *reportFlags) addResult(c *cobra.Command) {
	c.Flags().BoolVar(&f.strict, "strict", false, "count notes, of what may be wrong with the tables, as problems")
	c.Flags().BoolVar(&f.timings, "timings", false, "say how long each stage took")
}

// options checks the flags before any file is opened.
func (f *reportFlags) options() (generator.Options, error) {
	limits, err := parseLimits(f.limits)
	if err != nil {
		return generator.Options{}, err
	}
	o := generator.Options{Limits: limits, Strict: f.strict}
	if f.baseURL != "" {
		base, ok := site.ParseBaseURL(f.baseURL)
		if !ok {
			return o, misused("write it whole, as in --base-url https://example.org/letters/", "--base-url %q is not a URL", f.baseURL)
		}
		o.BaseURL = base
	}
	info, err := os.Stat(f.source)
	if err != nil || !info.IsDir() {
		return o, notADirectory("--source ", f.source)
	}
	if !isReport(f.source) {
		return o, misused("broadsheet new DIR starts one; --source names the directory of one that exists", "%q is not a report: it has no hugo.toml, no %s and no content/", f.source, dataset.File)
	}
	if !f.noCache {
		o.Memo = filepath.Join(f.source, ".broadsheet")
	}
	return o, nil
}

// isReport reports whether a directory has anything of a report, of which a build then says what is missing.
func isReport(directory string) bool {
	return slices.ContainsFunc([]string{"hugo.toml", dataset.File, "content"}, func(name string) bool {
		_, err := os.Lstat(filepath.Join(directory, filepath.FromSlash(name)))
		return err == nil
	})
}

func buildCommand(t *terminal) *cobra.Command {
	flags := reportFlags{writes: true}
	var destination, single string
	var locked bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the report into public/",
		Long: `Build reads the report, and writes the site to public/. Where something is wrong
with the report, it says what, and leaves public/ as it was.`,
		Example:    "  broadsheet build\n  broadsheet build -s mine -d ../site\n  broadsheet build --locked --base-url https://example.org/letters/\n  broadsheet build --single-file=letters.html",
		SuggestFor: []string{"generate", "make", "render", "compile"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			start := time.Now()
			o, err := flags.options()
			if err != nil {
				return err
			}
			if locked {
				o.For = generator.ToPublishLocked
			}
			if destination == "" {
				return misused("leave it out to write public/", "--destination is empty")
			}
			folder := destination
			if !filepath.IsAbs(folder) {
				folder = filepath.Join(flags.source, folder)
			}
			if err := output.Check(c.Context(), flags.source, folder); err != nil {
				return err // before a build that may take long
			}
			if info, err := os.Stat(filepath.Dir(single)); err != nil || !info.IsDir() {
				return misused(fmt.Sprintf("make the directory first: mkdir -p %s", filepath.Dir(single)), "--single-file %q: there is no directory %q", single, filepath.Dir(single))
			}
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			if !flags.json {
				if err := t.changed(result); err != nil {
					return err
				}
			}
			if result.Pages == nil {
				return t.problems(result, flags)
			}
			written := time.Now()
			if single != "" {
				if err := singleFile(c.Context(), result, result.BaseURL, single); err != nil {
					return err
				}
			}
			if err := output.Write(c.Context(), flags.source, folder, result.Pages, spare(o.Memo)); err != nil {
				return err
			}
			result.Timings = append(result.Timings, generator.Timing{Stage: "output", Took: time.Since(written)})
			t.heavy(result.Pages.Sizes(), o.Limits)
			return t.built(result, folder, time.Since(start), flags)
		},
	}
	flags.add(c)
	flags.addResult(c)
	c.Flags().StringVar(&flags.baseURL, "base-url", "", "`URL` where the site will be, e.g. https://example.org/letters/, in place of the baseURL of hugo.toml")
	c.Flags().BoolVar(&locked, "locked", false, "fail where a published fact differs from the lock")
	c.Flags().StringVar(&single, "single-file", "", "also write the front page and the pages of its menu as one file that needs no other, to `PATH` or the site's "+inSite)
	c.Flags().Lookup("single-file").NoOptDefVal = inSite
	c.Flags().StringVarP(&destination, "destination", "d", "public", "`DIR` to write the site to, relative to the report")
	return c
}

// spare is where the directories of a replaced site wait for the next: with the memo, of
// which a build needs nothing but time.
func spare(memo string) string {
	if memo == "" {
		return ""
	}
	return filepath.Join(memo, "replaced")
}

// inSite is where a single file is in the site.
const inSite = "report.html"

// singleFile adds the single file to the site, or writes it elsewhere.
func singleFile(ctx context.Context, result *generator.Result, base, name string) error {
	file, err := onefile.Make(result.Pages, base)
	if errors.Is(err, onefile.ErrNoFront) {
		return misused("let layouts/index.html build on the baseof.html of the theme", "--single-file cannot be made: %w, by a template of the report", err)
	}
	if err != nil {
		return err
	}
	if name != inSite {
		return output.Update(ctx, filepath.Dir(name), output.File{Name: filepath.Base(name), Data: file})
	}
	if _, taken := result.Pages[name]; taken {
		return misused("give another path, as in --single-file=../"+inSite, "--single-file: the report has a %s of its own", inSite)
	}
	result.Pages[name] = file
	return nil
}

func checkCommand(t *terminal) *cobra.Command {
	var flags reportFlags
	var locked, claims, prove bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the report and write nothing",
		Long: `Check does all that build does, and writes no site. It says what is wrong with the
report, or that nothing is. With --claims it lists the sentences that claim something,
each with what it rests on; with --prove it also tests their findings on changed tables,
and names those that hold whatever the data are.`,
		Example:    "  broadsheet check\n  broadsheet check --locked --json\n  broadsheet check --claims\n  broadsheet check --claims --prove",
		SuggestFor: []string{"validate", "lint", "test"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			if prove && !claims {
				return misused("broadsheet check --claims --prove", "--prove goes with --claims")
			}
			if locked {
				o.For = generator.ToPublishLocked
			}
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			var proof *generator.Proof
			if prove && result.Pages != nil {
				if proof, err = t.prove(c.Context(), flags.source, o); err != nil {
					return err
				}
			}
			if claims {
				if err := t.claims(result, proof, flags); err != nil || flags.json {
					return err
				}
			}
			if result.Pages == nil {
				return t.problems(result, flags)
			}
			return t.checked(result, flags)
		},
	}
	flags.add(c)
	flags.addResult(c)
	c.Flags().BoolVar(&claims, "claims", false, "list each sentence with words such as most, only or rose, and what it rests on")
	c.Flags().BoolVar(&prove, "prove", false, "with --claims, test each finding on changed tables, and name those that never become false")
	c.Flags().BoolVar(&locked, "locked", false, "count a published fact that differs from the lock as a problem")
	return c
}

// build builds a report, and shows how far it is.
func (t *terminal) build(ctx context.Context, source string, o generator.Options) (*generator.Result, error) {
	show, end := t.progress()
	defer end()
	o.Progress = show
	result, err := generator.BuildDirectory(ctx, source, o)
	if stopped := ctx.Err(); stopped != nil {
		return nil, stopped // whatever else went wrong, that is why
	}
	return result, err
}
