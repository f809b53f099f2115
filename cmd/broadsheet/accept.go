package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/lock"
	"broadsheet/generator/output"
	"broadsheet/generator/record"

	"github.com/spf13/cobra"
)

func acceptCommand(t *terminal) *cobra.Command {
	flags := reportFlags{writes: true}
	var correction, date string
	c := &cobra.Command{
		Use:   "accept",
		Short: "Write what the report shows into the lock",
		Long: `Accept writes data/facts.lock.csv and data/rows.lock.csv. With --correction it
also adds each fact that changed to data/corrections.csv: every page that showed
the old figure then shows the correction.`,
		Example:    "  broadsheet accept\n  broadsheet accept --correction 'A row was counted twice' --date 2018-02-01",
		SuggestFor: []string{"lock", "approve"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
				return misused("write year, month and day, as in --date 2018-02-01", "--date %q is not a date", date)
			}
			if date != "" && correction == "" {
				return misused(`say what was wrong, too: --correction "…"`, "--date is the day of a --correction, and there is none")
			}
			if c.Flags().Changed("correction") && strings.TrimSpace(correction) == "" {
				return misused("write what was wrong, and why", "--correction is empty")
			}
			o.For = generator.ToAccept
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			if result.Lock == nil {
				return t.problems(result, flags)
			}
			return t.accept(c.Context(), result, correction, date, flags)
		},
	}
	flags.add(c)
	c.Flags().StringVar(&correction, "correction", "", "`WORDS` that say what was wrong with the figures that changed, and why")
	c.Flags().StringVar(&date, "date", "", "`DAY` of the correction (default \"created\" of "+dataset.File+")")
	return c
}

// accept writes the lock and, where there is one, the correction. The lock comes
// last: what is stopped in between can be done again.
func (t *terminal) accept(ctx context.Context, result *generator.Result, text, date string, flags reportFlags) error {
	files, err := result.Lock.Files()
	if err != nil {
		return err
	}
	order := []string{record.RowsFile, record.LockFile}
	corrected := 0
	if text != "" {
		if date == "" {
			date = result.Date
		}
		if date == "" {
			return misused(fmt.Sprintf(`give --date 2018-02-01, or write "created" into %s`, dataset.File), "a correction needs a day")
		}
		if len(result.Broken) > 0 {
			return misused("take the last good lock from git, and run it again", "the lock cannot be read, so what is corrected is unknown: %s", result.Broken[0].Message)
		}
		list := slices.Clone(result.Corrections)
		for _, c := range corrections(result.Changes, date, text) {
			if corrected++; !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
		if corrected == 0 {
			return misused("correct the data first; broadsheet diff shows what changed", "no figure on the pages changed since the lock, so there is nothing to correct")
		}
		if files[record.CorrectionsFile], err = record.WriteCorrections(list); err != nil {
			return err
		}
		order = append([]string{record.CorrectionsFile}, order...)
	}
	var written []output.File
	for _, name := range order {
		written = append(written, output.File{Name: path.Base(name), Data: files[name]})
	}
	if err := output.Update(ctx, filepath.Join(flags.source, path.Dir(record.LockFile)), written...); err != nil {
		return err
	}
	if flags.json {
		changes := result.Changes
		if changes == nil {
			changes = []lock.Change{}
		}
		return t.printJSON(map[string]any{"problems": []diag.Problem{}, "changes": changes, "facts": result.Facts, "corrected": corrected})
	}
	for _, p := range result.Broken {
		p.Hint = "" // the change was accepted
		fmt.Fprintf(t.stderr, "wrong with the old lock: %s\n", p)
	}
	said := "new lock"
	if result.HasLock {
		said = lock.Tally(result.Changes)
	}
	_, err = fmt.Fprintf(t.stdout, "%s: %s; %s\n", record.LockFile, diag.Count(result.Facts, "fact"), said)
	if err == nil && corrected > 0 {
		_, err = fmt.Fprintf(t.stdout, "%s: %s of %s\n", record.CorrectionsFile, diag.Count(corrected, "correction"), date)
	}
	return err
}

// corrections makes one of each published figure that changed.
func corrections(changes []lock.Change, date, text string) []record.Correction {
	var list []record.Correction
	for _, c := range changes {
		if c.Kind == lock.Changed && c.Reversal != lock.Finding && !c.Same {
			list = append(list, record.Correction{Date: date, Fact: c.Fact, Old: c.Old, New: c.New, Text: strings.TrimSpace(text), Pages: strings.Join(c.OldPages, " ")})
		}
	}
	return list
}
