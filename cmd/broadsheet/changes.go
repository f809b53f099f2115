package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/lock"
)

// Changes since the lock, as the terminal and a pull request show them.

// maxRows is how many rows are named for one fact.
const maxRows = 10

// rows says what happened to the rows that moved a fact.
func rows(c lock.Change) []string {
	if c.Kind != lock.Changed {
		return nil
	}
	named := c.Rows
	if len(named) == 0 {
		named = c.Others
	}
	if len(named) == 0 {
		return []string{"no row behind it changed: its query did, or one that it reads"}
	}
	var list []string
	for _, r := range named[:min(maxRows, len(named))] {
		list = append(list, row(r))
	}
	if more := len(named) - maxRows; more > 0 {
		list = append(list, "and "+diag.Count(more, "more row"))
	}
	if len(c.Rows) > 0 && len(c.Others) > 0 {
		list = append(list, "and "+diag.Count(len(c.Others), "row")+" behind other lines")
	}
	return list
}

func row(r lock.Row) string {
	switch {
	case r.Row == 0 && r.Was == 0:
		return r.File + " " + map[lock.Kind]string{lock.Added: "is new", lock.Changed: "changed, and has too many rows to name them"}[r.Kind]
	case r.Kind == lock.Gone:
		return fmt.Sprintf("%s: row %d was removed", r.File, r.Was)
	}
	var cells []string
	for _, cell := range r.Cells {
		cells = append(cells, cell.Column+" "+cmp.Or(cell.Value, "blank"))
	}
	said := "added: "
	if r.Kind == lock.Changed {
		said = "now "
	}
	return fmt.Sprintf("%s:%d: %s%s", r.File, r.Row, said, strings.Join(cells, ", "))
}

// where says which pages show a fact.
func where(c lock.Change) string {
	switch {
	case c.Kind == lock.Gone:
		return "was on " + strings.Join(c.OldPages, " ")
	case c.Kind == lock.Moved:
		return "was on " + strings.Join(c.OldPages, " ") + ", now on " + strings.Join(c.Pages, " ")
	}
	const most = 6
	text := "on " + strings.Join(c.Pages[:min(most, len(c.Pages))], " ")
	if more := len(c.Pages) - most; more > 0 {
		text += " and " + diag.Count(more, "more page")
	}
	return text
}

// sentences lists those that show a fact, each once, and the charts.
func sentences(c lock.Change) []string {
	var list []string
	for _, p := range c.Places {
		said := ""
		switch {
		case p.Sentence != "":
			said = "“" + p.Sentence + "”"
		case p.Chart != "":
			said = "chart " + p.Chart
		}
		if said != "" && !slices.Contains(list, said) {
			list = append(list, said)
		}
	}
	return list
}

// changes shows them, at most so many.
func (t *terminal) changes(w io.Writer, changes []lock.Change, most int, whole bool) error {
	var b strings.Builder
	for _, c := range changes[:min(most, len(changes))] {
		style := t.bold
		if c.Reversal != "" {
			style = t.red
		}
		fmt.Fprintf(&b, "%s: %s\n", style(oneLine(c.Fact)), oneLine(c.Step()))
		if whole {
			for _, s := range append([]string{where(c)}, sentences(c)...) {
				fmt.Fprintf(&b, "  %s\n", oneLine(s))
			}
		}
		for _, r := range rows(c) {
			fmt.Fprintf(&b, "  %s\n", t.dim(oneLine(r)))
		}
	}
	if more := len(changes) - most; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// changed tells of a build what differs from the lock.
func (t *terminal) changed(result *generator.Result) error {
	if len(result.Changes) == 0 {
		return nil
	}
	const most = 5
	fmt.Fprintf(t.stderr, "since the lock: %s\n", lock.Tally(result.Changes))
	if err := t.changes(t.stderr, result.Changes, most, false); err != nil {
		return err
	}
	_, err := fmt.Fprintln(t.stderr, t.dim("to see the changes, run: broadsheet diff; to accept them, run: broadsheet accept"))
	return err
}

// markdown is the changes as a table for a pull request.
func markdown(changes []lock.Change) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** since the lock\n", lock.Tally(changes))
	if len(changes) == 0 {
		return b.String()
	}
	b.WriteString("\n| fact | old | new | change | where | rows |\n| --- | ---: | ---: | ---: | --- | --- |\n")
	for _, c := range changes {
		change := c.Percent
		switch {
		case c.Reversal != "":
			change = strings.TrimSpace(change + " **" + c.Reversal.Words() + "**")
		case c.Kind != lock.Changed:
			change = string(c.Kind)
		case c.Same:
			change += " (no visible change)"
		}
		places := append([]string{where(c)}, sentences(c)...)
		row := []string{
			markdownCode(c.Fact), markdownText(c.Old), markdownText(c.New), change,
			markdownText(strings.Join(places, "\n")), markdownText(strings.Join(rows(c), "\n")),
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}

// markdownText makes a text one cell of a table that shows it as it is.
func markdownText(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", "<br>", "&", "&amp;", "<", "&lt;", ">", "&gt;",
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "~", `\~`, "[", `\[`, "]", `\]`, "|", `\|`).Replace(text)
}

// markdownCode makes a text one cell of code. A fence of more backticks than the text
// has in a row keeps them in it; of all else only the bar matters.
func markdownCode(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + strings.ReplaceAll(oneLine(text), "|", `\|`) + fence
}
