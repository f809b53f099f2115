package main

import (
	"fmt"
	"math"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/lock"

	"github.com/spf13/cobra"
)

func diffCommand(t *terminal) *cobra.Command {
	var flags reportFlags
	var format, page, against string
	var full, data bool
	c := &cobra.Command{
		Use:   "diff [TABLE]...",
		Short: "Show which published facts moved since the lock",
		Long: `Diff compares what the report shows with data/facts.lock.csv: first the rows that
changed and how many facts they move; then each distinct change once, reversals
first, then the largest, with the pages and sentences that show it. Where git left
conflicts in the lock, it compares with both sides. It writes nothing.

With --html it builds the report as it was at a commit too, and writes a page that shows
each chart, table and text that differs, before and after, with the facts that moved.

With --data it compares the tables, all or those that are named, with those of a
commit: rows added, removed and revised, by their primary key; columns that came or
went, or have another type; how many rows the last month had and has; totals before
and after; and the published facts that this moves.`,
		Example:    "  broadsheet diff\n  broadsheet diff --format markdown\n  broadsheet diff --html changes --against main\n  broadsheet diff --data people --against main",
		SuggestFor: []string{"compare", "changes", "status"},
		Args: func(c *cobra.Command, args []string) error {
			if data {
				return nil
			}
			return noArguments(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "markdown" {
				return misused("--format text, or --format markdown for a pull request", "--format %q is neither text nor markdown", format)
			}
			o, err := flags.options()
			if err != nil {
				return err
			}
			o.For = generator.ToDiff
			switch {
			case page == "" && c.Flags().Changed("html"):
				return misused("name a directory, as in --html changes", "--html is empty")
			case page != "" && (flags.json || c.Flags().Changed("format")):
				return misused("ask for one of them", "--html goes with neither --json nor --format")
			case page != "" && data:
				return misused("ask for one of them", "--html does not go with --data")
			case data:
				return t.diffData(c.Context(), args, against, format, full, flags, o)
			case page == "" && c.Flags().Changed("against"):
				return misused("broadsheet diff --html changes --against main", "--against goes with --html or --data")
			case page != "":
				return t.compare(c.Context(), against, page, flags, o)
			}
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			return t.diff(result, format, full, flags)
		},
	}
	flags.add(c)
	c.Flags().BoolVar(&data, "data", false, "compare the tables with those of a commit")
	c.Flags().BoolVar(&full, "full", false, "name the facts that read the same, too; with --data, all rows")
	c.Flags().StringVar(&format, "format", "text", "`FORMAT`: text, or markdown for a pull request")
	c.Flags().StringVar(&page, "html", "", "write a page with what differs, before and after, to `DIR`/index.html")
	c.Flags().StringVar(&against, "against", "HEAD", "with --html or --data, compare with the report at a `COMMIT` of git")
	return c
}

func (t *terminal) diff(result *generator.Result, format string, full bool, flags reportFlags) error {
	if flags.json {
		changes, problems := result.Changes, result.Problems
		causes := lock.Causes(changes)
		if changes == nil {
			changes = []lock.Change{}
		}
		if causes == nil {
			causes = []lock.Cause{}
		}
		if problems == nil {
			problems = []diag.Problem{}
		}
		if err := t.printJSON(map[string]any{"causes": causes, "changes": changes, "problems": problems, "locked": result.HasLock}); err != nil {
			return err
		}
		if len(problems) > 0 {
			return errProblems
		}
		return nil
	}
	var err error
	switch {
	case len(result.Problems) > 0 && len(result.Changes) == 0:
	case !result.HasLock:
		_, err = fmt.Fprintf(t.stdout, "no lock yet; broadsheet accept locks %s\n", diag.Count(result.Facts, "fact"))
	case format == "markdown":
		_, err = fmt.Fprint(t.stdout, markdown(result.Changes, full))
	default:
		if _, err = fmt.Fprint(t.stdout, lock.Tally(result.Changes), "\n", t.causes(result.Changes)); err == nil {
			err = t.changes(t.stdout, result.Changes, math.MaxInt, true, full)
		}
	}
	if err == nil && len(result.Problems) > 0 {
		return t.problems(result, flags)
	}
	return err
}
