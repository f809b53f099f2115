package main

import (
	"errors"
	"fmt"
	"strings"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/limit"

	"github.com/spf13/cobra"
)

func verifyCommand(t *terminal) *cobra.Command {
	var asJSON bool
	var settings []string
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Compute a published site anew from the source that it holds",
		Long: `Verify takes the directory of a published site, such as public/ or a clone of its
branch, builds it once more from data/report.zip in it, and says whether each
page and each figure is the same. It needs nothing but that directory.

The source has no private columns. No figure can rest on one, so all are
verified. Another version of Broadsheet may write other pages from the same
source; it then says so of the pages, and compares the figures.`,
		Example:           "  broadsheet verify public\n  broadsheet verify public --json",
		Args:              oneArgument("directory", "public"),
		ValidArgsFunction: completeDirectory,
		RunE: func(c *cobra.Command, args []string) error {
			limits, err := parseLimits(settings)
			if err != nil {
				return err
			}
			site, err := directory.Open(args[0])
			if err != nil {
				return notADirectory("", args[0])
			}
			defer site.Close()
			show, end := t.progress()
			v, problems, err := generator.Verify(c.Context(), site, limits, show)
			end()
			if stopped := c.Context().Err(); stopped != nil {
				return stopped
			}
			if err != nil {
				return err
			}
			if v == nil {
				return t.problems(&generator.Result{Problems: problems}, reportFlags{json: asJSON})
			}
			return t.verified(v, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the result for machines")
	c.Flags().StringArrayVar(&settings, "limit", nil, "raise or lower a limit, as in `NAME=NUMBER`; one of "+strings.Join(limit.Names(), ", "))
	return c
}

// verified says what agrees and what does not.
func (t *terminal) verified(v *generator.Verified, asJSON bool) error {
	var result error
	if len(v.Differences) > 0 {
		result = errProblems
	}
	if asJSON {
		if v.Differences == nil {
			v.Differences = []generator.Difference{}
		}
		return errors.Join(t.printJSON(map[string]any{"problems": []diag.Problem{}, "pages": v.Pages, "figures": v.Figures, "differences": v.Differences}), result)
	}
	for _, d := range v.Differences {
		if _, err := fmt.Fprintf(t.stdout, "%s %s\n", t.bold(oneLine(d.File)), d.What); err != nil {
			return err
		}
		for _, f := range d.Figures {
			if _, err := fmt.Fprintf(t.stdout, "  %s: published %s, computed %s\n", oneLine(f.Fact), oneLine(f.Published), oneLine(f.Computed)); err != nil {
				return err
			}
		}
	}
	said := fmt.Sprintf("%s and %s agree", diag.Count(v.Pages, "page"), diag.Count(v.Figures, "figure"))
	if n := len(v.Differences); n > 0 {
		said += fmt.Sprintf("; %s", diag.Count(n, "file")) + map[bool]string{true: " differs", false: " differ"}[n == 1]
	}
	if _, err := fmt.Fprintln(t.stdout, said); err != nil {
		return err
	}
	return result
}
