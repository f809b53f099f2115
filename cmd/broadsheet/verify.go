package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	var pack string
	var o generator.PackOptions
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Compute a published site anew from the source that it holds",
		Long: `Verify takes the directory of a published site, such as public/ or a clone of its
branch, builds it once more from data/report.zip in it, and says whether each
page and each figure is the same. It needs nothing but that directory.

The source has no private columns. No figure can rest on one, so all are
verified. Another version of Broadsheet may write other pages from the same
source; it then says so of the pages, and compares the figures.

With --pack it writes what a second checker needs instead, to recompute the figures
without Broadsheet: a worksheet of facts that are drawn at random, with their rows and
sources; each table as Parquet; and a script for DuckDB with each query and each fact.`,
		Example:           "  broadsheet verify public\n  broadsheet verify public --json\n  broadsheet verify public --pack checkers --sample 20",
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
			if pack != "" {
				o.Limits = limits
				return t.pack(c.Context(), site, pack, o, asJSON)
			}
			if c.Flags().Changed("sample") || c.Flags().Changed("seed") {
				return misused("broadsheet verify public --pack checkers --sample 20", "--sample and --seed go with --pack")
			}
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
	c.Flags().StringVar(&pack, "pack", "", "write what a second checker needs to `DIR`, and compare nothing")
	c.Flags().IntVar(&o.Sample, "sample", 50, "with --pack, the `NUMBER` of facts on the worksheet")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "with --pack, the `NUMBER` by which they are drawn")
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

// pack writes a verification pack, whole or not at all.
func (t *terminal) pack(ctx context.Context, site fs.FS, directory string, o generator.PackOptions, asJSON bool) error {
	if within(directory) {
		return misused("name another directory, such as checkers", "--pack %q is in a site, of which a build writes every file", directory)
	}
	if o.Sample < 0 {
		return misused("--sample 50", "--sample %d, expected a positive number of facts", o.Sample)
	}
	if err := checkEmpty(directory, "name another directory, such as "+strings.TrimRight(directory, "/")+"-2"); err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(directory))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(parent, ".broadsheet-pack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	if err := os.Chmod(aside, 0o755); err != nil {
		return err
	}
	packed, problems, err := generator.Pack(ctx, site, aside, o)
	if stopped := ctx.Err(); stopped != nil {
		return stopped
	}
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return t.problems(&generator.Result{Problems: problems}, reportFlags{json: asJSON, writes: true})
	}
	if err := place(aside, directory); err != nil {
		return err
	}
	if asJSON {
		return t.printJSON(map[string]any{"problems": []diag.Problem{}, "packed": packed})
	}
	said := ""
	if packed.Untested > 0 {
		said = "; " + diag.Count(packed.Untested, "finding") + " that only Broadsheet tests are not in it"
	}
	_, err = fmt.Fprintf(t.stdout, "%s/: %s to recompute from %s, %d of them on a worksheet%s\n", strings.TrimSuffix(directory, "/"), diag.Count(packed.Facts, "fact"), diag.Count(packed.Tables, "table"), packed.Sampled, said)
	return err
}
