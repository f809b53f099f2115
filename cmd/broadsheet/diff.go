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
	var format string
	var full bool
	c := &cobra.Command{
		Use:   "diff",
		Short: "Show which published facts moved since the lock",
		Long: `Diff compares what the report shows with data/facts.lock.csv: first the rows that
changed and how many facts they move; then each distinct change once, reversals
first, then the largest, with the pages and sentences that show it. Where git left
conflicts in the lock, it compares with both sides. It writes nothing.`,
		Example:    "  broadsheet diff\n  broadsheet diff --format markdown",
		SuggestFor: []string{"compare", "changes", "status"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if format != "text" && format != "markdown" {
				return misused("--format text, or --format markdown for a pull request", "--format %q is neither text nor markdown", format)
			}
			o, err := flags.options()
			if err != nil {
				return err
			}
			o.For = generator.ToDiff
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			return t.diff(result, format, full, flags)
		},
	}
	flags.add(c)
	c.Flags().BoolVar(&full, "full", false, "name the facts that read the same, too")
	c.Flags().StringVar(&format, "format", "text", "`FORMAT`: text, or markdown for a pull request")
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
