package main

import (
	"cmp"
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
	var correction, date, page string
	var merged bool
	c := &cobra.Command{
		Use:   "accept",
		Short: "Write what the report shows into the lock",
		Long: `Accept writes the lock: data/facts.lock.csv, places.lock.csv and rows.lock.csv. With
--correction it also adds each fact that changed, or is gone, to data/corrections.csv:
every page that showed the old one then shows the correction. With --page too, it puts
the words on that page, and leaves the lock alone.`,
		Example:    "  broadsheet accept\n  broadsheet accept --correction 'A row was counted twice' --date 2018-02-01\n  broadsheet accept --correction 'The picture showed another town' --page / --date 2018-02-01",
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
			if page != "" && correction == "" {
				return misused(`say what was wrong, too: --correction "…"`, "--page is where a --correction goes, and there is none")
			}
			o.For = generator.ToAccept
			result, err := t.build(c.Context(), flags.source, o)
			if err != nil {
				return err
			}
			if result.Lock == nil {
				return t.problems(result, flags)
			}
			if result.Accepted != nil && result.Accepted.Merged && len(result.Changes) > 0 && !merged {
				result.Problems = append(result.Problems, unseenMerge(result.Changes))
				return t.problems(result, flags)
			}
			a := acceptance{text: strings.TrimSpace(correction), date: date, page: page}
			return t.accept(c.Context(), result, a, flags)
		},
	}
	flags.add(c)
	c.Flags().StringVar(&correction, "correction", "", "`WORDS` that say what was wrong with the figures that changed, and why")
	c.Flags().StringVar(&page, "page", "", "`PATH` of the one page that says the correction, as /courts/, where no fact changed")
	c.Flags().BoolVar(&merged, "merged", false, "accept what neither side of a merge has accepted, once diff has shown it")
	c.Flags().StringVar(&date, "date", "", "`DAY` of the correction (default \"created\" of "+dataset.File+")")
	return c
}

// unseenMerge is the problem of facts that neither side of a merge has accepted, which nobody has seen.
func unseenMerge(changes []lock.Change) diag.Problem {
	p := record.Conflicts()
	p.Message = "a merge, of which neither side has accepted what the report shows now: " + lock.Tally(changes)
	return p
}

// acceptance is what is said of it.
type acceptance struct {
	text string // of the correction; "" for none
	date string
	page string // where it goes, alone
}

// accept writes the lock and, where there is one, the correction. The lock comes
// last: what is stopped in between can be done again.
func (t *terminal) accept(ctx context.Context, result *generator.Result, a acceptance, flags reportFlags) error {
	files, err := result.Lock.Files()
	if err != nil {
		return err
	}
	order := slices.Clone(record.LockFiles)
	corrected := 0
	list := lock.Follow(result.Corrections, result.Changes, result.Lock)
	if a.text != "" {
		if a.date = cmp.Or(a.date, result.Date); a.date == "" {
			return misused(fmt.Sprintf(`give --date 2018-02-01, or write "created" into %s`, dataset.File), "a correction needs a day")
		}
		if len(result.Broken) > 0 && a.page == "" {
			return misused("take the last good lock from git, and run it again", "the lock cannot be read, so what is corrected is unknown: %s", result.Broken[0].Message)
		}
		found, wrong := corrections(result, a)
		if wrong != nil {
			return wrong
		}
		for _, c := range found {
			if corrected++; !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
		if a.page != "" {
			list, order = append(slices.Clip(result.Corrections), found...), nil
		}
	}
	if !slices.Equal(list, result.Corrections) {
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
	if a.page != "" {
		_, err := fmt.Fprintf(t.stdout, "%s: %s says it; the lock is as it was\n", record.CorrectionsFile, a.page)
		return err
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
		_, err = fmt.Fprintf(t.stdout, "%s: %s of %s\n", record.CorrectionsFile, diag.Count(corrected, "correction"), a.date)
	}
	return err
}

// corrections makes one of each published fact that changed or is gone, once for all that said the same; or the one that
// a page says.
func corrections(result *generator.Result, a acceptance) ([]record.Correction, error) {
	if a.page != "" {
		if _, ok := result.Pages[strings.TrimPrefix(a.page, "/")+"index.html"]; !ok {
			return nil, misused("name a page by its path from the front page, as --page /courts/", "there is no page %s", a.page)
		}
		return []record.Correction{{Date: a.date, Text: a.text, Pages: a.page}}, nil
	}
	var list []record.Correction
	for _, c := range result.Changes {
		if (c.Kind == lock.Changed && c.Reversal != lock.Finding || c.Kind == lock.Gone && c.OldValue != "true" && c.OldValue != "false") && !c.Same {
			list = append(list, record.Correction{Date: a.date, Fact: c.Fact, Old: c.Old, New: c.New, Text: a.text, Pages: strings.Join(c.Showed(), " ")})
		}
	}
	if list == nil {
		return nil, misused("correct the data first; broadsheet diff shows what changed; or put words on a page: --page /courts/", "no figure on the pages changed since the lock, so there is nothing to correct")
	}
	return list, nil
}
