package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"broadsheet/generator"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/limit"
	"broadsheet/generator/lock"
	"broadsheet/generator/publish"
	"broadsheet/generator/revision"
)

// revised is what diff --data says of a table.
type revised struct {
	Table    string             `json:"table"`
	File     string             `json:"file"`
	State    string             `json:"state"`    // same, changed, new, gone, or unread
	Revision *revision.Revision `json:"revision"` // null where it is not changed
	Facts    []lock.Change      `json:"facts"`    // that it moved; null where that is not known
}

// diffData says how tables differ from those of a commit, and which facts that moves.
func (t *terminal) diffData(ctx context.Context, tables []string, commit, format string, full bool, flags reportFlags, o generator.Options) (err error) {
	past, err := publish.ReportAt(ctx, flags.source, commit)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, past.Close()) }()
	report, err := directory.Open(flags.source)
	if err != nil {
		return err
	}
	defer report.Close()
	then, since := os.DirFS(past.Directory), past.Commit+" of "+past.Day
	var wrongThen, wrong diag.List
	list, err := revisedTables(ctx, then, report, tables, o.Limits, &wrongThen, &wrong)
	if err != nil {
		return err
	}
	o.Against = then
	result, err := t.build(ctx, flags.source, o)
	if err != nil {
		return err
	}
	if result.HasLock && result.Pages != nil {
		for i := range list {
			list[i].Facts = append([]lock.Change{}, lock.MovedBy(list[i].File, result.Changes)...)
		}
	}
	if len(result.Problems) == 0 {
		result.Problems = wrong.Sorted()
	}
	switch {
	case flags.json:
		problems := append([]diag.Problem{}, result.Problems...)
		if err := t.printJSON(map[string]any{"against": past.Commit, "tables": list, "problems": problems}); err != nil {
			return err
		}
		if len(problems) > 0 {
			return errProblems
		}
		return nil
	case format == "markdown":
		_, err = fmt.Fprint(t.stdout, revisedMarkdown(list, since, full))
	default:
		err = t.revisedText(list, since, full)
	}
	if !wrongThen.Empty() {
		fmt.Fprintf(t.stderr, "a table of %s cannot be read: %s\n", past.Commit, oneLine(wrongThen.Sorted()[0].String()))
	}
	if err == nil && len(result.Problems) > 0 {
		return t.problems(result, flags)
	}
	return err
}

// revisedTables compares the tables that are named, or all.
func revisedTables(ctx context.Context, then, now fs.FS, names []string, limits limit.Limits, wrongThen, wrong *diag.List) (list []revised, err error) {
	files := [2]map[string]string{}
	var all []string
	for i, report := range []fs.FS{then, now} {
		files[i] = map[string]string{}
		p, err := dataset.Describe(ctx, report, limits, &diag.List{}) // what is wrong with it the build says
		if err != nil || p == nil {
			return nil, err
		}
		for _, r := range p.Resources {
			files[i][r.Name] = r.File()
			all = append(all, r.Name)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, name := range names {
		if !slices.Contains(all, name) {
			return nil, misused(cmp.Or(diag.Nearest(name, all), "name one of "+strings.Join(all, ", ")), "there is no table %q", name)
		}
	}
	for _, name := range all {
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		was, is := files[0][name], files[1][name]
		of := revised{Table: name, File: cmp.Or(is, was), State: "same"}
		switch {
		case was == "":
			of.State = "new"
		case is == "":
			of.State = "gone"
		case !sameFiles(then, was, now, is) || !sameFiles(then, dataset.File, now, dataset.File):
			of.State = "unread"
			if of.Revision, err = revision.Between(ctx, then, now, name, limits, wrongThen, wrong); err != nil {
				return nil, err
			}
			if of.Revision != nil {
				if of.State = "changed"; of.Revision.Empty() && sameFiles(then, was, now, is) {
					of.State, of.Revision = "same", nil
				}
			}
		}
		list = append(list, of)
	}
	return list, nil
}

func sameFiles(then fs.FS, was string, now fs.FS, is string) bool {
	a, err := fs.ReadFile(then, was)
	b, wrong := fs.ReadFile(now, is)
	return err == nil && wrong == nil && bytes.Equal(a, b)
}

// says is a table in a line.
func (r revised) says() string {
	switch r.State {
	case "changed":
		return r.Revision.Words()
	case "unread":
		return "cannot be compared"
	case "same":
		return "as it was"
	}
	return r.State
}

// moves says how many facts it moved.
func (r revised) moves() string {
	if r.Facts == nil {
		return "which published facts move is not known: the commit has no lock, or the report has problems"
	}
	if len(r.Facts) == 0 {
		return "no published fact moves"
	}
	for _, c := range lock.Causes(r.Facts) {
		if c.File == r.File {
			return diag.Count(c.Facts, "published fact") + " on " + diag.Count(c.Pages, "page") + map[bool]string{true: " moves", false: " move"}[c.Facts == 1]
		}
	}
	return ""
}

func (t *terminal) revisedText(list []revised, since string, full bool) error {
	if _, err := fmt.Fprintf(t.stdout, "since %s:\n", since); err != nil {
		return err
	}
	most := maxRows
	if full {
		most = math.MaxInt
	}
	for _, of := range list {
		if _, err := fmt.Fprintf(t.stdout, "%s: %s\n", t.bold(oneLine(of.File)), oneLine(of.says())); err != nil {
			return err
		}
		if of.Revision == nil {
			continue
		}
		for _, line := range revisionLines(of.Revision, most) {
			fmt.Fprintf(t.stdout, "  %s\n", oneLine(line))
		}
		fmt.Fprintf(t.stdout, "  %s\n", of.moves())
		for _, c := range of.Facts[:min(most, len(of.Facts))] {
			fmt.Fprintf(t.stdout, "    %s: %s\n", oneLine(c.Fact), oneLine(c.Step()))
		}
		if more := len(of.Facts) - most; more > 0 {
			fmt.Fprintf(t.stdout, "    and %s\n", diag.Count(more, "more fact"))
		}
	}
	return nil
}

// revisedMarkdown is the same for a pull request.
func revisedMarkdown(list []revised, since string, full bool) string {
	most := maxRows
	if full {
		most = math.MaxInt
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**Data** since %s\n", markdownText(since))
	for _, of := range list {
		if of.State == "same" {
			continue
		}
		fmt.Fprintf(&b, "\n**%s**: %s\n", markdownText(of.File), markdownText(of.says()))
		if of.Revision == nil {
			continue
		}
		b.WriteByte('\n')
		for _, line := range revisionLines(of.Revision, most) {
			fmt.Fprintf(&b, "- %s\n", markdownCode(line))
		}
		fmt.Fprintf(&b, "- %s\n", of.moves())
		for _, c := range of.Facts[:min(most, len(of.Facts))] {
			fmt.Fprintf(&b, "  - %s: %s\n", markdownCode(c.Fact), markdownText(c.Step()))
		}
		if more := len(of.Facts) - most; more > 0 {
			fmt.Fprintf(&b, "  - and %s\n", diag.Count(more, "more fact"))
		}
	}
	if !strings.Contains(b.String(), "\n\n") {
		b.WriteString("\nno table changed\n")
	}
	return b.String()
}

// revision lists some rows of each kind, and the totals that moved.
func (t *terminal) revision(r *revision.Revision) {
	for _, line := range revisionLines(r, 5) {
		fmt.Fprintln(t.stdout, "  "+oneLine(line))
	}
}

// revisionLines says what a revision holds, with so many rows of each kind.
func revisionLines(r *revision.Revision, most int) (lines []string) {
	for _, c := range r.Types {
		lines = append(lines, "type of "+step(c))
	}
	for _, of := range []struct {
		sign string
		rows []revision.Row
	}{{"+", r.Added}, {"-", r.Removed}, {"~", r.Revised}} {
		for _, row := range of.rows[:min(most, len(of.rows))] {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, step(c))
			}
			lines = append(lines, strings.TrimSuffix(of.sign+" "+row.Key+": "+strings.Join(cells, ", "), ": "))
		}
		if more := len(of.rows) - most; more > 0 {
			lines = append(lines, fmt.Sprintf("%s and %d more", of.sign, more))
		}
	}
	if r.Period != nil {
		lines = append(lines, r.Period.Words())
	}
	for _, c := range r.Totals {
		lines = append(lines, c.Column+" in all: "+orNothing(c.Old)+" -> "+orNothing(c.New))
	}
	return lines
}

func step(c revision.Cell) string {
	return c.Column + " " + orNothing(c.Old) + " -> " + orNothing(c.New)
}

func orNothing(text string) string { return cmp.Or(text, "nothing") }
