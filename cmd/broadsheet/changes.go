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

// How much is named of one change.
const (
	maxRows  = 10
	maxFacts = 6
	maxPages = 6
)

// named lists a few of many texts.
func named(list []string, most int, what string) string {
	text := strings.Join(list[:min(most, len(list))], " ")
	if more := len(list) - most; more > 0 {
		text += " and " + diag.Count(more, "more "+what)
	}
	return text
}

// causes says what moved the facts: rows by file, and queries.
func (t *terminal) causes(changes []lock.Change) string {
	var b strings.Builder
	for _, c := range lock.Causes(changes) {
		fmt.Fprintf(&b, "%s\n", t.bold(oneLine(cause(c))))
		for _, r := range c.Rows[:min(maxRows, len(c.Rows))] {
			fmt.Fprintf(&b, "  %s\n", t.dim(oneLine(row(r))))
		}
		if more := len(c.Rows) - maxRows; more > 0 {
			fmt.Fprintf(&b, "  %s\n", t.dim("and "+diag.Count(more, "more row")))
		}
	}
	return b.String()
}

// cause is one of them in a sentence: "1 row of data/grants.csv changed: 44 facts on 9 pages move".
func cause(c lock.Cause) string {
	moves := "move"
	if c.Facts == 1 {
		moves = "moves"
	}
	effect := fmt.Sprintf("%s on %s %s", diag.Count(c.Facts, "fact"), diag.Count(c.Pages, "page"), moves)
	switch {
	case len(c.Rows) == 0:
		return c.File + ", or a query that it reads, changed: " + effect
	case c.Rows[0].Row == 0 && c.Rows[0].Key == "":
		return row(c.Rows[0]) + ": " + effect
	}
	kinds := map[lock.Kind]int{}
	for _, r := range c.Rows {
		kinds[r.Kind]++
	}
	var parts []string
	for _, kind := range []lock.Kind{lock.Changed, lock.Added, lock.Gone} {
		if n := kinds[kind]; n > 0 {
			of := diag.Count(n, "row") + " of " + c.File
			if len(parts) > 0 {
				of = fmt.Sprint(n)
			}
			parts = append(parts, of+" "+map[lock.Kind]string{lock.Changed: "changed", lock.Added: "added", lock.Gone: "removed"}[kind])
		}
	}
	return strings.Join(parts, ", ") + ": " + effect
}

// isOneRow reports whether one row moved all facts, so that it is told once.
func isOneRow(causes []lock.Cause) bool { return len(causes) == 1 && len(causes[0].Rows) == 1 }

// rows says what happened to the rows that moved a fact.
func rows(c lock.Change) []string {
	if c.Kind == lock.Renamed || c.Kind == lock.Moved {
		return nil
	}
	named := c.Rows
	if len(named) == 0 {
		named = c.Others
	}
	if len(named) == 0 {
		switch {
		case c.Theirs != "":
			return []string{"both sides of the merge moved it"}
		case c.Kind == lock.Changed:
			return []string{"no row behind it changed since the lock: its query did, one that it reads, or branches were merged"}
		}
		return nil
	}
	var list []string
	for _, r := range named[:min(maxRows, len(named))] {
		list = append(list, row(r))
	}
	if more := len(named) - maxRows; more > 0 {
		list = append(list, "and "+diag.Count(more, "more row"))
	}
	if len(c.Rows) > 0 && len(c.Others) > 0 && c.Percent+string(c.Reversal) != "" {
		list = append(list, "and "+diag.Count(len(c.Others), "row")+" behind other lines")
	}
	return list
}

func row(r lock.Row) string {
	switch {
	case r.Row == 0 && r.Key == "":
		return r.File + " " + map[lock.Kind]string{lock.Added: "is new", lock.Gone: "is gone", lock.Changed: "changed, and has too many rows to name them"}[r.Kind]
	case r.Kind == lock.Gone:
		return fmt.Sprintf("%s: the row %q was removed", r.File, r.Key)
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
	case c.Kind == lock.Renamed:
		return diag.Count(c.Facts, "fact") + ", same values"
	case c.Kind == lock.Gone:
		return "was on " + named(c.OldPages, maxPages, "page")
	case c.Kind == lock.Moved:
		return "was on " + named(c.OldPages, maxPages, "page") + ", now on " + named(c.Pages, maxPages, "page")
	}
	return "on " + named(c.Pages, maxPages, "page")
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

// facts says which facts a change is of, if several.
func facts(e lock.Entry) []string {
	if len(e.All) == 1 {
		return nil
	}
	var list []string
	if e.Kind == lock.Changed {
		for _, c := range e.All[1:] {
			list = append(list, c.Fact)
		}
		return []string{"and " + named(list, maxFacts, "fact")}
	}
	const most = 2 * maxFacts
	for _, c := range e.All[:min(most, len(e.All))] {
		list = append(list, c.Fact+": "+cmp.Or(c.New, c.Old))
	}
	if more := len(e.All) - most; more > 0 {
		list = append(list, "and "+diag.Count(more, "more fact"))
	}
	return list
}

// title is the fact of a change, or how many they are; where they are not listed below it, their names.
func title(e lock.Entry, listed bool) (fact, step string) {
	n := len(e.All)
	switch {
	case e.Kind == lock.Renamed:
		return e.Fact, e.Step()
	case n == 1 || e.Kind == lock.Changed:
		return e.Fact, e.Step()
	}
	fact = diag.Count(n, "fact")
	if !listed {
		var names []string
		for _, c := range e.All {
			names = append(names, c.Fact)
		}
		fact = named(names, 1, "fact")
	}
	return fact, map[lock.Kind]string{lock.Added: "new", lock.Gone: "removed", lock.Moved: "on other pages"}[e.Kind]
}

// test says what a finding tests, beside the sentences that rest on it.
func test(c lock.Change) []string {
	if c.Test == "" {
		return nil
	}
	return []string{"the test: " + c.Test}
}

// changes shows each distinct change, at most so many; all shows those that read the same, too.
func (t *terminal) changes(w io.Writer, changes []lock.Change, most int, whole, all bool) error {
	var b strings.Builder
	list, hidden := lock.Distinct(changes, all)
	told := whole && isOneRow(lock.Causes(changes))
	for _, e := range list[:min(most, len(list))] {
		style := t.bold
		if e.Reversal != "" {
			style = t.red
		}
		fact, step := title(e, whole)
		if e.Kind == lock.Renamed {
			fmt.Fprintf(&b, "%s\n", style(oneLine(step)))
		} else {
			fmt.Fprintf(&b, "%s: %s\n", style(oneLine(fact)), oneLine(step))
		}
		if whole {
			for _, s := range slices.Concat(facts(e), []string{where(e.Change)}, sentences(e.Change), test(e.Change)) {
				fmt.Fprintf(&b, "  %s\n", oneLine(s))
			}
		}
		if told {
			continue
		}
		for _, r := range rows(e.Change) {
			fmt.Fprintf(&b, "  %s\n", t.dim(oneLine(r)))
		}
	}
	if more := len(list) - most; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	if hidden > 0 && whole {
		fmt.Fprintf(&b, "%s\n", t.dim(unseen(hidden)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// unseen says how many facts changed below what pages show.
func unseen(n int) string {
	change := "change"
	if n == 1 {
		change = "changes"
	}
	return fmt.Sprintf("%s %s and read the same on all pages; to see them, add --full", diag.Count(n, "fact"), change)
}

// changed tells of a build what differs from the lock.
func (t *terminal) changed(result *generator.Result) error {
	if len(result.Changes) == 0 {
		return nil
	}
	const most = 5
	fmt.Fprintf(t.stderr, "since the lock: %s\n", lock.Tally(result.Changes))
	if err := t.changes(t.stderr, result.Changes, most, false, false); err != nil {
		return err
	}
	_, err := fmt.Fprintln(t.stderr, t.dim("to see the changes, run: broadsheet diff; to accept them, run: broadsheet accept"))
	return err
}

// markdown is the changes as a table for a pull request.
func markdown(changes []lock.Change, all bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** since the lock\n", lock.Tally(changes))
	if len(changes) == 0 {
		return b.String()
	}
	for i, c := range lock.Causes(changes) {
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "- %s\n", markdownText(cause(c)))
	}
	list, hidden := lock.Distinct(changes, all)
	if len(list) > 0 {
		b.WriteString("\n| fact | old | new | change | where | rows |\n| --- | ---: | ---: | ---: | --- | --- |\n")
	}
	for _, e := range list {
		change := e.Percent
		switch {
		case e.Reversal != "":
			change = strings.TrimSpace(change + " **" + e.Reversal.Words() + "**")
		case e.Kind != lock.Changed:
			change = string(e.Kind)
		case e.Same:
			change += " (no visible change)"
		}
		fact, before, after := markdownCode(e.Fact), e.Old, e.New
		switch {
		case e.Kind == lock.Renamed:
			before, after = e.Was, e.Fact
			fact = e.What
		case len(e.All) > 1 && e.Kind != lock.Changed:
			fact, before, after = diag.Count(len(e.All), "fact"), "", ""
		}
		if e.Theirs != "" {
			before += "\n" + e.Theirs
		}
		places := slices.Concat(facts(e), []string{where(e.Change)}, sentences(e.Change), test(e.Change))
		row := []string{
			fact, markdownText(before), markdownText(after), change,
			markdownText(strings.Join(places, "\n")), markdownText(strings.Join(rows(e.Change), "\n")),
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	if hidden > 0 {
		fmt.Fprintf(&b, "\n%s\n", unseen(hidden))
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
