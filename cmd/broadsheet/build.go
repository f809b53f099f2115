package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/generator"
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
}

func (f *reportFlags) add(c *cobra.Command) {
	c.Flags().StringVarP(&f.source, "source", "s", ".", "the report directory")
	c.Flags().BoolVar(&f.noCache, "no-cache", false, "compute everything anew, as if nothing had been built before")
	c.Flags().BoolVar(&f.json, "json", false, "print problems and results for machines")
	c.Flags().StringArrayVar(&f.limits, "limit", nil, "raise or lower a limit, e.g. pages=500000; one of "+strings.Join(limit.Names(), ", "))
}

// addTimings adds the flag of commands whose result is not a list.
func (f *reportFlags) addTimings(c *cobra.Command) {
	c.Flags().BoolVar(&f.timings, "timings", false, "say how long each stage took")
}

// options checks the flags before any file is opened.
func (f *reportFlags) options() (generator.Options, error) {
	o := generator.Options{Limits: limit.Limits{}}
	for _, setting := range f.limits {
		if err := o.Limits.Parse(setting); err != nil {
			return o, usageError{fmt.Errorf("--limit %w", err)}
		}
	}
	if f.baseURL != "" {
		base, ok := site.ParseBaseURL(f.baseURL)
		if !ok {
			return o, usageError{fmt.Errorf("--base-url %q is not a URL, e.g. https://example.org/letters/", f.baseURL)}
		}
		o.BaseURL = base
	}
	info, err := os.Stat(f.source)
	if err != nil || !info.IsDir() {
		return o, usageError{fmt.Errorf("--source %q is not a directory", f.source)}
	}
	if !f.noCache {
		o.Memo = filepath.Join(f.source, ".broadsheet")
	}
	return o, nil
}

func buildCommand(t *terminal) *cobra.Command {
	var flags reportFlags
	var destination, single string
	var locked bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the report into public/",
		Long: `Build reads the report, and writes the site to public/. Where something is wrong
with the report, it says what, and leaves public/ as it was.`,
		Args: noArguments,
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
				return usageError{errors.New("--destination is empty")}
			}
			folder := destination
			if !filepath.IsAbs(folder) {
				folder = filepath.Join(flags.source, folder)
			}
			if err := output.Check(c.Context(), flags.source, folder); err != nil {
				return err // before a build that may take long
			}
			if info, err := os.Stat(filepath.Dir(single)); err != nil || !info.IsDir() {
				return usageError{fmt.Errorf("--single-file %q is in no directory", single)}
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
			if err := output.Write(c.Context(), flags.source, folder, result.Pages); err != nil {
				return err
			}
			result.Timings = append(result.Timings, generator.Timing{Stage: "output", Took: time.Since(written)})
			t.heavy(result.Pages.Sizes(), o.Limits)
			return t.built(result, folder, time.Since(start), flags)
		},
	}
	flags.add(c)
	flags.addTimings(c)
	c.Flags().StringVar(&flags.baseURL, "base-url", "", "where the site will be, e.g. https://example.org/letters/, in place of the baseURL of hugo.toml")
	c.Flags().BoolVar(&locked, "locked", false, "fail where a published fact differs from the lock")
	c.Flags().StringVar(&single, "single-file", "", "also write the front page and the pages of its menu as one file that needs no other, to `PATH` or the site's "+inSite)
	c.Flags().Lookup("single-file").NoOptDefVal = inSite
	c.Flags().StringVarP(&destination, "destination", "d", "public", "the directory to write, relative to the report")
	return c
}

// inSite is where a single file lies in the site.
const inSite = "report.html"

// singleFile adds the single file to the site, or writes it elsewhere.
func singleFile(ctx context.Context, result *generator.Result, base, name string) error {
	file, err := onefile.Make(result.Pages, base)
	if errors.Is(err, onefile.ErrNoFront) {
		return usageError{fmt.Errorf("--single-file cannot be made: %w, by a template of the report", err)}
	}
	if err != nil {
		return err
	}
	if name != inSite {
		return output.Update(ctx, filepath.Dir(name), output.File{Name: filepath.Base(name), Data: file})
	}
	if _, taken := result.Pages[name]; taken {
		return usageError{fmt.Errorf("--single-file: the report has a %s of its own; give another path, as in --single-file=../%s", inSite, inSite)}
	}
	result.Pages[name] = file
	return nil
}

func checkCommand(t *terminal) *cobra.Command {
	var flags reportFlags
	var locked bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the report and write nothing",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			if locked {
				o.For = generator.ToPublishLocked
			}
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			if result.Pages == nil {
				return t.problems(result, flags)
			}
			return t.checked(result, flags)
		},
	}
	flags.add(c)
	flags.addTimings(c)
	c.Flags().BoolVar(&locked, "locked", false, "count a published fact that differs from the lock as a problem")
	return c
}

func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no %q", c.Name(), args[0])}
	}
	return nil
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
