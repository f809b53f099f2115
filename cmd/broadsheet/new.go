package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/output"
	"broadsheet/generator/record"
	"broadsheet/generator/scaffold"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"
)

func newCommand(t *terminal) *cobra.Command {
	var from []string
	var add, sheet, source, locale string
	c := &cobra.Command{
		Use:   "new DIR [--from FILE]...",
		Short: "Start a report from CSV files or workbooks, or add a table to one",
		Long: `New looks at all cells of the files, and writes a report that describes them,
with a first aggregate, finding, chart and page, in the language of --locale;
then it builds the report. It lists what it guessed, for you to check.
Without --from it writes a small example.

A file is CSV, a workbook (.xlsx, .ods), of which each sheet is a table, JSON,
Parquet, or a text whose columns are aligned by spaces (.txt, .dat); it may be
compressed (.gz, .zip).

With --add it adds a table to the report in the current directory, or in that of
--source: a copy of the file in data/, and its description.`,
		Example:           "  broadsheet new mine --from people.csv\n  broadsheet new two --from people.csv --from visits.csv\n  broadsheet new mieten --from mieten.csv --locale de-DE\n  broadsheet new example\n  broadsheet new -s mine --add visits.csv",
		SuggestFor:        []string{"init", "create", "start"},
		ValidArgsFunction: completeDirectory,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case add != "" && (len(args) > 0 || len(from) > 0):
				return misused("name the report with --source: broadsheet new -s DIR --add FILE.csv", "--add adds a table to a report that exists, and takes no other directory or file")
			case add == "" && len(args) != 1:
				return misused("broadsheet new DIR --from FILE.csv", "new takes one directory")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if add != "" {
				return t.addTable(c.Context(), source, add, sheet)
			}
			if c.Flags().Changed("source") {
				return misused("to make a new report, name its directory: broadsheet new DIR --from FILE.csv", "--source is for --add")
			}
			if _, err := language.Parse(locale); err != nil {
				return misused("name a language by its code, such as de, or with a region, de-DE", "--locale %q is not a language", locale)
			}
			return t.newReport(c.Context(), args[0], from, sheet, locale)
		},
	}
	c.Flags().StringArrayVar(&from, "from", nil, "a `FILE` with a table, such as people.csv; give the flag once for each of several")
	c.Flags().StringVar(&add, "add", "", "a `FILE` to add to a report that exists")
	c.Flags().StringVar(&sheet, "sheet", "", "the `NAME` of the one sheet to take, of a workbook with several")
	c.Flags().StringVar(&locale, "locale", "en-US", "the `LANGUAGE` of the report, such as de-DE, es or fr")
	c.Flags().StringVarP(&source, "source", "s", ".", "`DIR` of the report, for --add")
	return c
}

// newReport makes a report beside its place, builds it there, and moves it once all is
// well.
func (t *terminal) newReport(ctx context.Context, directory string, from []string, sheet, locale string) error {
	start := time.Now()
	if err := checkEmpty(directory, "name another directory, or add a table with --add"); err != nil {
		return err
	}
	var sources []scaffold.Source
	for _, name := range from {
		s, err := readSource(name)
		if err != nil {
			return err
		}
		tables, problems := scaffold.Sources(s.Path, s.Data, nil)
		if len(problems) > 0 {
			return t.problems(&generator.Result{Problems: problems}, reportFlags{writes: true})
		}
		if sheet != "" {
			if tables, err = onSheet(tables, name, sheet); err != nil {
				return err
			}
		}
		sources = append(sources, tables...)
	}
	parent := filepath.Dir(filepath.Clean(directory))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(parent, ".broadsheet-new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	if err := os.Chmod(aside, 0o755); err != nil {
		return err
	}
	var doubts []scaffold.Doubt
	if len(from) == 0 {
		if err := scaffold.Example(aside); err != nil {
			return err
		}
	} else {
		var result generator.Result
		if doubts, result.Problems, err = scaffold.New(ctx, aside, sources, locale, nil); err != nil {
			return err
		}
		if len(result.Problems) > 0 {
			return t.problems(&result, reportFlags{writes: true})
		}
	}
	result, err := t.buildNew(ctx, aside)
	if err != nil {
		return err
	}
	if len(result.Problems) > 0 {
		return t.problems(result, reportFlags{writes: true})
	}
	if err := place(aside, directory); err != nil {
		return err
	}
	t.doubts(doubts)
	result.Notes = nil // the doubts say what is to be looked at
	if err := t.built(result, filepath.Join(directory, "public"), time.Since(start), reportFlags{writes: true}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.stdout, "go on: cd %s, change content/_index.md, and run broadsheet build\n", directory)
	return err
}

// doubts lists the guesses that a person should look at.
func (t *terminal) doubts(list []scaffold.Doubt) {
	if len(list) > 0 {
		fmt.Fprintln(t.stderr, "check these guesses:")
	}
	for _, d := range list {
		fmt.Fprintf(t.stderr, "  %s\n", oneLine(d.String()))
	}
}

// buildNew builds a new report: for its lock, and then, from what is remembered, as it
// is published.
func (t *terminal) buildNew(ctx context.Context, directory string) (*generator.Result, error) {
	show, end := t.progress()
	defer end()
	o := generator.Options{For: generator.ToAccept, Memo: filepath.Join(directory, ".broadsheet"), Progress: show}
	result, err := generator.Build(ctx, os.DirFS(directory), o)
	if err != nil || len(result.Problems) > 0 {
		return result, errors.Join(err, ctx.Err())
	}
	files, err := result.Lock.Files()
	if err != nil {
		return nil, err
	}
	for _, name := range record.LockFiles {
		if err := os.WriteFile(filepath.Join(directory, name), files[name], 0o644); err != nil {
			return nil, err
		}
	}
	o.For = generator.ToPublishLocked
	if result, err = generator.Build(ctx, os.DirFS(directory), o); err != nil || len(result.Problems) > 0 {
		return result, errors.Join(err, ctx.Err())
	}
	return result, output.Write(ctx, directory, filepath.Join(directory, "public"), result.Pages, "")
}

// checkEmpty refuses a place where something is. Hint is what to do then.
func checkEmpty(directory, hint string) error {
	entries, err := os.ReadDir(directory)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		hint = "name a directory that does not exist yet"
		if strings.EqualFold(filepath.Ext(directory), ".csv") {
			hint = "name the directory of the new report first: broadsheet new DIR --from " + directory
		}
		return misused(hint, "%q is not a directory", directory)
	case len(entries) == 0:
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	slices.SortStableFunc(names, func(a, b string) int { // what a person sees first
		return cmp.Compare(strings.Count(a[:1], "."), strings.Count(b[:1], "."))
	})
	const shown = 3
	more := ""
	if n := len(names) - shown; n > 0 {
		names, more = names[:shown], fmt.Sprintf(" and %d more", n)
	}
	return misused(hint, "%q is not empty: it holds %s%s", directory, strings.Join(names, ", "), more)
}

// place moves a finished report to its place, which is empty or is not there.
func place(aside, directory string) error {
	if _, err := os.Stat(directory); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(aside, directory)
	}
	entries, err := os.ReadDir(aside)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := os.Rename(filepath.Join(aside, e.Name()), filepath.Join(directory, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// readSource reads a file that somebody named.
func readSource(name string) (scaffold.Source, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil && address.MatchString(name):
		return scaffold.Source{}, misused("download the file, and start with that; then write \"fetch\": {\"url\": "+strconv.Quote(name)+"} beside its path in data/datapackage.json, and broadsheet fetch brings each new version", "%q is an address, and new takes files of this machine", name)
	case err != nil:
		return scaffold.Source{}, misused(nearFile(name), "there is no file %q", name)
	case !info.Mode().IsRegular():
		return scaffold.Source{}, misused("give each CSV file with a --from of its own", "%q is not a file", name)
	}
	data, err := os.ReadFile(name)
	return scaffold.Source{Path: filepath.ToSlash(name), Data: data}, err
}

var address = regexp.MustCompile(`^https?://`)

// nearFile is a hint at a file that may be meant.
func nearFile(name string) string {
	directory := filepath.Dir(name)
	entries, err := os.ReadDir(directory)
	if err != nil {
		return fmt.Sprintf("there is no directory %q either", directory)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if meant := diag.Closest(filepath.Base(name), names); meant != "" {
		return diag.DidYouMean(filepath.ToSlash(filepath.Join(directory, meant)))
	}
	return "paths start at the directory where you are"
}

// onSheet is the table on one sheet of a workbook.
func onSheet(tables []scaffold.Source, file, sheet string) ([]scaffold.Source, error) {
	var names []string
	for i, of := range tables {
		if of.Sheet == sheet {
			return tables[i : i+1], nil
		}
		names = append(names, of.Sheet)
	}
	if sheet != "" {
		return nil, misused("it has: "+strings.Join(names, ", "), "%s has no sheet %q", file, sheet)
	}
	return nil, misused("name one with --sheet: "+strings.Join(names, ", "), "%s has %s", file, diag.Count(len(names), "sheet"))
}

// addTable adds a table to a report that exists.
func (t *terminal) addTable(ctx context.Context, report, file, sheet string) error {
	s, err := readSource(file)
	if err != nil {
		return err
	}
	tables, problems := scaffold.Sources(s.Path, s.Data, nil)
	if len(problems) > 0 {
		return t.problems(&generator.Result{Problems: problems}, reportFlags{writes: true})
	}
	if len(tables) > 1 || sheet != "" {
		if tables, err = onSheet(tables, file, sheet); err != nil {
			return err
		}
	}
	s = tables[0]
	data := filepath.Join(report, "data")
	added, problems, err := scaffold.Add(ctx, os.DirFS(report), s, relativeTo(data, file), nil)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return t.problems(&generator.Result{Problems: problems}, reportFlags{writes: true})
	}
	files := []output.File{{Name: filepath.Base(dataset.File), Data: added.Package}}
	if added.Copied {
		files = append([]output.File{{Name: filepath.Base(added.File), Data: s.Data}}, files...)
	}
	if err := output.Update(ctx, data, files...); err != nil {
		return err
	}
	t.doubts(added.Doubts)
	_, err = fmt.Fprintf(t.stdout, "%s: the table %s is described in %s\ngo on: write a query of it, data/aggregates/NAME.sql, and run broadsheet build\n", added.File, added.Name, dataset.File)
	return err
}

// relativeTo is the slash path of a file in a directory, "" where it is not there.
func relativeTo(directory, file string) string {
	from, err := filepath.Abs(directory)
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	name, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(name) {
		return ""
	}
	return filepath.ToSlash(name)
}
