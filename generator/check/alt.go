package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
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
	counted  = regexp.MustCompile(`\b(\d+) (area|bar|county|counties|column|flow|group|interval|line|name|panel|point|row|state|step|tile|value)s?\b`)
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
	for _, n := range quantity.Find(rest) {
		if n = strings.TrimRight(n, ","); !known[n] && !yearLike.MatchString(n) {
			fail(n, cmp.Or(few(quoted(unsaid[manyOfEach]), " or "), "a figure of the table"))
		}
	}
}

// statement is a sentence that an alt text may say.
type statement struct{ lead, text string }

// leads are words that open a statement: where they stay, it is not true.
var leads = []string{"Highest: ", "Lowest: ", "Highest end: ", "Lowest end: ", "No value: ", "No values for ", ": from "}

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
	measure := t.measure()
	values := map[string]int{}
	var lowest, highest []cell // ends of intervals
	for _, row := range t.rows {
		if t.column("across") >= 0 && t.incomplete("across", func(as string) string { return t.raw(row, as) }) {
			continue
		}
		raw := t.raw(row, measure)
		values[t.prose(row, measure)]++
		if t.raw(row, "low") != "" && (lowest == nil || t.compareBy("low", row, lowest) < 0) {
			lowest = row
		}
		if t.raw(row, "high") != "" && (highest == nil || t.compareBy("high", row, highest) > 0) {
			highest = row
		}
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
		say("Highest: ", "Highest: %s, %s.", t.named(high), t.prose(high, measure))
		say("Lowest: ", "Lowest: %s, %s.", t.named(low), t.prose(low, measure))
	}
	if lowest != nil && highest != nil {
		say("Highest end: ", "Highest end: %s, %s.", t.named(highest), t.prose(highest, "high"))
		say("Lowest end: ", "Lowest end: %s, %s.", t.named(lowest), t.prose(lowest, "low"))
	}
	if len(missing) > 0 {
		say("No value: ", "No value: %s.", strings.Join(missing, ", "))
	}
	lead := manyOfEach
	if t.unit().Numeric() {
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
	if !t.columns[t.column("name")].unit.IsYear() || t.column("value") < 0 {
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
		slices.SortFunc(rows, func(a, b []cell) int { return t.compareBy("name", a, b) })
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
	text, ok := written(t.columns[i].unit, t.raw(row, as), quantity.Prose)
	if !ok {
		return ""
	}
	return text
}

// named is what a sentence calls a row.
func (t *table) named(row []cell) string {
	if t.column("label") >= 0 && t.column("across") < 0 {
		return t.prose(row, "label")
	}
	name := t.prose(row, "name")
	var of []string
	for _, as := range []string{"group", "panel"} {
		if t.column(as) >= 0 {
			of = append(of, t.prose(row, as))
		}
	}
	if len(of) == 0 {
		return name
	}
	return name + " (" + strings.Join(of, ", ") + ")"
}

func (t *table) compare(a, b []cell) int { return t.compareBy(t.measure(), a, b) }

func (t *table) compareBy(as string, a, b []cell) int {
	unit := t.columns[t.column(as)].unit
	x, ok := unit.Read(t.raw(a, as))
	if !ok {
		return 0
	}
	y, ok := unit.Read(t.raw(b, as))
	if !ok {
		return 0
	}
	return x.Compare(y)
}

// counts is how many there are of what a chart is made of.
func (t *table) counts() map[string]int {
	names, groups, panels := map[string]bool{}, map[string]bool{}, map[string]bool{}
	points, values := 0, 0
	for _, row := range t.rows {
		k := t.key(row)
		names[k.name], groups[k.group], panels[k.panel] = true, true, true
		if !t.incomplete("across", func(as string) string { return t.raw(row, as) }) {
			points++
		}
		if t.raw(row, t.measure()) != "" {
			values++
		}
	}
	counts := map[string]int{"line": len(groups), "area": len(groups), "column": len(groups), "group": len(groups), "row": len(names), "name": len(names),
		"panel": len(panels), "point": points, "value": values}
	for _, each := range []string{"bar", "county", "counties", "flow", "interval", "state", "step", "tile"} {
		counts[each] = len(t.rows)
	}
	return counts
}

// texts are the ways in which the figures of the table may be written.
func (t *table) texts() map[string]bool {
	texts := map[string]bool{}
	for _, as := range append([]string{"value", "binned"}, roles...) {
		if t.column(as) < 0 {
			continue
		}
		unit := t.columns[t.column(as)].unit
		for _, row := range t.rows {
			for _, style := range []quantity.Style{quantity.Prose, quantity.Exact, quantity.Short, quantity.InTable} {
				if text, ok := written(unit, t.raw(row, as), style); ok {
					texts[text] = true
				}
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
	for _, c := range t.columns {
		if label := strings.TrimSpace(c.label); strings.ContainsAny(label, "0123456789") {
			list = append(list, label)
		}
	}
	for _, row := range t.rows {
		for i, as := range []string{"name", "group", "panel", "label", "value"} {
			text := t.prose(row, as)
			if strings.ContainsAny(text, "0123456789") && (i < 4 || !t.unit().Numeric()) {
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
