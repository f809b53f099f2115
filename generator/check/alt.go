package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/figure"
)

// judgeAlt holds the alt text of each drawing against the table: what it says is
// highest, lowest, first, last, missing or so many must be that, and any other
// figure in it must be one of the table's.
func (f *chartFigure) judgeAlt(found *faults) {
	var judged []string
	for _, d := range f.drawings {
		if d.alt == "" {
			found.add(diag.Problem{Message: d.name + " has no alt text", Hint: "say in aria-label what it shows"})
		} else if !slices.Contains(judged, d.alt) {
			judged = append(judged, d.alt)
			f.table.judgeAlt(d, found)
		}
	}
}

var (
	counted  = regexp.MustCompile(`\b(\d+) (bar|line|state|row|column)s?\b`)
	numberIn = regexp.MustCompile(`−?\$?\d[\d,]*(?:\.\d+)?(?: (?:million|billion|trillion|percent)\b|%|[KMBT]\b)?`)
	yearLike = regexp.MustCompile(`^(19|20)\d\d$`)
)

// judgeAlt takes away what is true, and looks at the rest.
func (t *table) judgeAlt(d drawing, found *faults) {
	fail := func(wrong, expected string) {
		found.add(diag.Problem{Message: "the alt text of " + d.name, Found: strconv.Quote(strings.TrimSuffix(strings.TrimSpace(wrong), ".")), Expected: expected})
	}
	// the first sentence counts
	opening, rest, _ := strings.Cut(d.alt, ". ")
	counts := t.counts()
	for _, m := range counted.FindAllStringSubmatch(opening, -1) {
		if want := counts[m[2]]; m[1] != strconv.Itoa(want) {
			fail(m[0], fmt.Sprintf("%d in the table", want))
		}
	}
	rest = " " + counted.ReplaceAllString(opening, "") + ". " + rest
	unsaid := map[string][]string{}
	for _, s := range t.statements() {
		if said := strings.Replace(rest, s.text, "", 1); said != rest {
			rest = said
		} else {
			unsaid[s.lead] = append(unsaid[s.lead], s.text)
		}
	}
	for _, lead := range leads {
		if at := strings.Index(rest, lead); at >= 0 {
			start := strings.LastIndex(rest[:at], ". ") + 1
			end := at + len(lead)
			for end < len(rest) && !strings.HasPrefix(rest[end:], ". ") {
				end++
			}
			fail(rest[start:end], cmp.Or(few(quoted(unsaid[lead]), " or "), "nothing of the kind"))
			return
		}
	}
	known := t.texts()
	for _, name := range t.words() {
		rest = strings.ReplaceAll(rest, name, "")
	}
	for _, n := range numberIn.FindAllString(rest, -1) {
		if n = strings.TrimRight(n, ","); !known[n] && !yearLike.MatchString(n) {
			fail(n, cmp.Or(few(quoted(unsaid[manyOfEach]), " or "), "a figure of the table"))
		}
	}
}

// statement is a sentence that an alt text may say.
type statement struct{ lead, text string }

// leads are words that open a statement: where they stay, it is not true.
var leads = []string{"Highest: ", "Lowest: ", "No value: ", "No values for ", ": from "}

// manyOfEach has no words of its own: "demand: 69."
const manyOfEach = "many of each"

// statements are the true sentences about the table, in the words of package chart.
func (t *table) statements() []statement {
	var list []statement
	var missing []string
	var high, low []cell
	say := func(lead, format string, args ...any) {
		list = append(list, statement{lead, fmt.Sprintf(format, args...)})
	}
	values := map[string]int{}
	for _, row := range t.rows {
		raw := t.raw(row, "value")
		values[t.prose(row, "value")]++
		if raw == "" {
			missing = append(missing, t.named(row))
			continue
		}
		if high == nil || t.compare(row, high) > 0 {
			high = row
		}
		if low == nil || t.compare(row, low) < 0 {
			low = row
		}
	}
	if high != nil {
		say("Highest: ", "Highest: %s, %s.", t.named(high), t.prose(high, "value"))
		say("Lowest: ", "Lowest: %s, %s.", t.named(low), t.prose(low, "value"))
	}
	if len(missing) > 0 {
		say("No value: ", "No value: %s.", strings.Join(missing, ", "))
	}
	lead := manyOfEach
	if t.columns[t.column("value")].unit.Numeric() {
		lead = "" // only a matrix says so
	}
	for value, n := range values {
		say(lead, " %s: %d.", value, n)
	}
	list = append(list, t.overYears()...)
	// from the longest: that of New York may end with that of York
	slices.SortFunc(list, func(a, b statement) int {
		return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text))
	})
	return list
}

// overYears says of each line what its first and its last value are, and which
// years have none.
func (t *table) overYears() []statement {
	if t.columns[t.column("name")].unit != figure.Year {
		return nil
	}
	lines := map[string][][]cell{}
	var names, gaps []string
	years := map[int]bool{}
	first, last := 0, 0
	for _, row := range t.rows {
		year, err := strconv.Atoi(t.raw(row, "name"))
		if err != nil {
			return nil
		}
		if len(years) == 0 {
			first, last = year, year
		}
		years[year], first, last = true, min(first, year), max(last, year)
		name := t.prose(row, "group")
		if t.column("group") < 0 {
			name = strings.TrimSpace(t.columns[t.column("value")].label)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		if t.raw(row, "value") != "" {
			lines[name] = append(lines[name], row)
		}
	}
	var list []statement
	for _, name := range names {
		rows := lines[name]
		if len(rows) == 0 {
			continue
		}
		slices.SortFunc(rows, func(a, b []cell) int { return strings.Compare(t.raw(a, "name"), t.raw(b, "name")) })
		a, z := rows[0], rows[len(rows)-1]
		list = append(list, statement{": from ", fmt.Sprintf(" %s: from %s in %s to %s in %s.", name,
			t.prose(a, "value"), t.raw(a, "name"), t.prose(z, "value"), t.raw(z, "name"))})
	}
	for year := first; year < last; year++ {
		if !years[year] {
			gaps = append(gaps, strconv.Itoa(year))
		}
	}
	if len(gaps) > 0 {
		list = append(list, statement{"No values for ", "No values for " + strings.Join(gaps, ", ") + "."})
	}
	return list
}

// prose writes a cell as it stands in a sentence.
func (t *table) prose(row []cell, as string) string {
	i := t.column(as)
	if i < 0 {
		return ""
	}
	text, ok := written(t.columns[i].unit, t.raw(row, as), figure.Prose)
	if !ok {
		return ""
	}
	return text
}

// named is what a sentence calls a row.
func (t *table) named(row []cell) string {
	if t.column("label") >= 0 {
		return t.prose(row, "label")
	}
	return t.prose(row, "name")
}

func (t *table) compare(a, b []cell) int {
	unit := t.columns[t.column("value")].unit
	x, ok := unit.Read(t.raw(a, "value"))
	if !ok {
		return 0
	}
	y, ok := unit.Read(t.raw(b, "value"))
	if !ok {
		return 0
	}
	return x.Compare(y)
}

// counts is how many there are of what a chart is made of.
func (t *table) counts() map[string]int {
	names, groups := map[string]bool{}, map[string]bool{}
	for _, row := range t.rows {
		names[t.key(row).name], groups[t.key(row).group] = true, true
	}
	return map[string]int{"bar": len(t.rows), "state": len(t.rows), "line": len(groups), "row": len(names), "column": len(groups)}
}

// texts are the ways in which the figures of the table may be written.
func (t *table) texts() map[string]bool {
	texts := map[string]bool{}
	unit := t.columns[t.column("value")].unit
	for _, row := range t.rows {
		for _, style := range []figure.Style{figure.Prose, figure.Exact, figure.Short, figure.InTable} {
			if text, ok := written(unit, t.raw(row, "value"), style); ok {
				texts[text] = true
			}
		}
	}
	for _, n := range t.counts() {
		texts[strconv.Itoa(n)] = true
	}
	return texts
}

// words are the names in the table that have a digit, the longest first.
func (t *table) words() []string {
	var list []string
	for _, row := range t.rows {
		for i, as := range []string{"name", "group", "label", "value"} {
			text := t.prose(row, as)
			if strings.ContainsAny(text, "0123456789") && (i < 3 || !t.columns[t.column("value")].unit.Numeric()) {
				list = append(list, text)
			}
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.Compact(list)
}

func quoted(texts []string) []string {
	var list []string
	for _, text := range texts {
		list = append(list, strconv.Quote(strings.TrimSuffix(strings.TrimSpace(text), ".")))
	}
	return list
}
