package check

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// A chart says the same values in each of its places: its drawings, its table, its
// alt text, its download. What is compared are the finished bytes,
// and for a drawing what ECharts says it drew. Names come first, then values at
// names, then how values are written and how long shapes are: each fault is one
// problem, and not one in every place that disagrees with it.

// checkCharts lists the faults of the charts of a page.
func checkCharts(site map[string][]byte, page string) []diag.Problem {
	var list []diag.Problem
	for _, f := range chartFigures(site[page]) {
		found := &faults{}
		f.check(site, page, found)
		for _, p := range found.list {
			if f.id != "" {
				p.File = "data/charts/" + f.id + ".yaml"
			}
			list = append(list, p)
		}
	}
	return list
}

// addOnce adds the faults of charts, by page. One that a chart has on several pages
// is one problem, on the page that is nearest to the front.
func addOnce(faults map[string][]diag.Problem, problems *diag.List) {
	seen := map[[3]string]bool{}
	for _, page := range fromTheFront(maps.Keys(faults)) {
		for _, p := range faults[page] {
			said := [3]string{p.File, p.Message, p.Found}
			if !seen[said] {
				problems.Add(p)
			}
			seen[said] = true
		}
	}
}

// fromTheFront sorts pages by how near they are to the front page.
func fromTheFront(pages iter.Seq[string]) []string {
	return slices.SortedFunc(pages, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), compareIndex(a, b), strings.Compare(a, b))
	})
}

// compareIndex puts the front page before 404.html, which is of nobody's prose.
func compareIndex(a, b string) int {
	const front = "index.html"
	switch {
	case a == b:
		return 0
	case a == front:
		return -1
	case b == front:
		return 1
	}
	return 0
}

// faults are what is wrong with one figure.
type faults struct{ list []diag.Problem }

func (f *faults) add(p diag.Problem) { f.list = append(f.list, p) }

// place is where a chart says its values.
type place struct {
	name   string
	values map[key][]string // more than one: drawn or listed more than once
	keys   []key            // in their order, each once
}

func (p *place) add(k key, value string) {
	if _, known := p.values[k]; !known {
		p.keys = append(p.keys, k)
	}
	p.values[k] = append(p.values[k], value)
}

const partsHint = "a figure of the class chart has what the one in layouts/_partials/chart.html of Broadsheet has"

func (f *chartFigure) check(site map[string][]byte, page string, found *faults) {
	if len(f.drawings) == 0 {
		found.add(diag.Problem{Message: "there is no drawing", Hint: partsHint})
	}
	if f.table == nil {
		found.add(diag.Problem{Message: "there is no table of its data", Hint: partsHint})
	}
	if f.download == "" {
		found.add(diag.Problem{Message: "there is no link to its data as CSV", Hint: partsHint})
	}
	if f.table == nil {
		return
	}
	if f.table.column("name") < 0 || f.table.measure() == "" {
		found.add(diag.Problem{Message: "its table does not say which column is the name and which the value", Expected: markup.DataAs.Attr("name") + " and " + markup.DataAs.Attr("value") + ` at <th scope="col">`, Hint: partsHint})
		return
	}
	places := []*place{f.table.place()}
	for i := range f.drawings {
		if f.table.column("binned") < 0 { // else what is drawn is how many there are
			places = append(places, f.drawings[i].place(f.table))
		}
	}
	if download := f.downloaded(site, page, found); download != nil {
		places = append(places, download)
	}
	sound := soundNames(places, found)
	if len(sound) > 1 {
		sameValues(sound, found)
	}
	if len(found.list) > 0 {
		return // what follows would only say it once more
	}
	f.table.checkTexts(found)
	f.checkClaims(found)
	for i := range f.drawings {
		f.drawings[i].checkShapes(f.table, found)
	}
}

func (t *table) place() *place {
	p := &place{name: "the table", values: map[key][]string{}}
	for _, row := range t.rows {
		p.addRow(t, t.key(row), func(as string) string { return same(t.raw(row, as)) })
	}
	return p
}

// addRow adds the values of a row of a table or of a download. A point between two
// measures is drawn only where it has both, and an interval where it has both ends.
func (p *place) addRow(t *table, k key, get func(as string) string) {
	for _, as := range append([]string{"value", "binned"}, roles...) {
		if t.column(as) < 0 {
			continue
		}
		at, value := k, get(as)
		if slices.Contains(roles, as) {
			at.role = as
		}
		if t.incomplete(as, get) {
			value = ""
		}
		p.add(at, value)
	}
}

// incomplete reports whether a value has no place without another that is missing.
func (t *table) incomplete(as string, get func(as string) string) bool {
	pair := []string{"low", "high"}
	if t.column("across") >= 0 {
		pair = []string{"across", "value"}
	}
	return slices.Contains(pair, as) && t.column(pair[0]) >= 0 && (get(pair[0]) == "" || get(pair[1]) == "")
}

// place is what the marks of a drawing say. A line without a second name is not
// told apart from others.
func (d *drawing) place(t *table) *place {
	p := &place{name: d.name, values: map[key][]string{}}
	for i := range d.marks {
		m := &d.marks[i]
		if t.column("group") < 0 {
			m.at.group = ""
		}
		if m.valued {
			p.add(m.at, m.value)
		}
		for _, role := range roles {
			if value, ok := m.others[role]; ok {
				at := m.at
				at.role = role
				p.add(at, value)
			}
		}
	}
	if d.stacksLines() {
		d.addUndrawn(p, t)
	}
	return p
}

// stacksLines reports whether a drawing has areas that are stacked.
func (d *drawing) stacksLines() bool {
	return len(d.lines) > 0 && slices.ContainsFunc(d.marks, func(m mark) bool { return m.stack != "" })
}

// addUndrawn adds the values that stacked areas leave out: those beside a part that is not known.
func (d *drawing) addUndrawn(p *place, t *table) {
	unstackable := t.unstackable()
	for _, row := range t.rows {
		k := t.key(row)
		if _, drawn := p.values[k]; !drawn && unstackable[key{name: k.name, panel: k.panel}] {
			p.add(k, same(t.raw(row, "value")))
		}
	}
}

// downloaded reads the CSV; nil where it cannot be read.
func (f *chartFigure) downloaded(site map[string][]byte, page string, found *faults) *place {
	link, err := url.Parse(f.download)
	if err != nil || f.download == "" {
		return nil
	}
	data, ok := site[path.Join(path.Dir(page), link.Path)]
	if !ok {
		return nil // a link that leads nowhere, which is named as such
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(records) == 0 {
		found.add(diag.Problem{Message: "its data is not CSV: " + f.download})
		return nil
	}
	at := map[string]int{}
	for _, as := range append([]string{"name", "group", "panel", "value", "binned"}, roles...) {
		i := f.table.column(as)
		if i < 0 {
			continue
		}
		name := f.table.columns[i].name
		if at[as] = slices.Index(records[0], name); at[as] < 0 {
			found.add(diag.Problem{Message: fmt.Sprintf("the download has no column %q", name), Hint: partsHint})
			return nil
		}
	}
	p := &place{name: "the download", values: map[key][]string{}}
	for _, record := range records[1:] {
		get := func(as string) string {
			if i, there := at[as]; there {
				return same(record[i])
			}
			return ""
		}
		p.addRow(f.table, key{name: get("name"), group: get("group"), panel: get("panel")}, get)
	}
	return p
}

// soundNames holds the names of each place against those of the table, the first,
// and returns the places without fault. A drawing may lack a name: then it draws no
// value there.
func soundNames(places []*place, found *faults) []*place {
	listed := places[0]
	var sound []*place
	var said []string
	for _, p := range places {
		before := len(said)
		for _, k := range p.keys {
			if n := len(p.values[k]); n > 1 {
				said = append(said, fmt.Sprintf("%s is in %s %d times", k, p.name, n))
			}
			if _, ok := listed.values[k]; !ok {
				said = append(said, fmt.Sprintf("%s is in %s and not in the table", k, p.name))
			}
		}
		if p.name == "the download" {
			for _, k := range listed.keys {
				if _, ok := p.values[k]; !ok {
					said = append(said, fmt.Sprintf("%s is in the table and not in the download", k))
				}
			}
		}
		if len(said) == before {
			sound = append(sound, p)
		}
	}
	if len(said) > 0 {
		found.add(diag.Problem{Message: "names differ between table, drawings and download", Found: few(said, "; ")})
	}
	if len(sound) > 0 && sound[0] != listed {
		return nil
	}
	return sound
}

// sameValues compares the places, the first of which is the table, name by name.
func sameValues(places []*place, found *faults) {
	const most = 5
	wrong := 0
	for _, k := range places[0].keys {
		var values []string
		var in [][]string // the places of each value
		for _, p := range places {
			value := ""
			if v := p.values[k]; len(v) > 0 {
				value = v[0]
			}
			i := slices.IndexFunc(values, func(other string) bool { return equal(value, other) })
			if i < 0 {
				i = len(values)
				values, in = append(values, value), append(in, nil)
			}
			in[i] = append(in[i], p.name)
		}
		if len(values) == 1 {
			continue
		}
		if wrong++; wrong > most {
			continue
		}
		var said []string
		for i, value := range values {
			said = append(said, shown(value)+" in "+strings.Join(in[i], " and "))
		}
		found.add(diag.Problem{Message: fmt.Sprintf("the value of %s differs between table, drawings and download", k), Found: strings.Join(said, ", ")})
	}
	if wrong > most {
		found.add(diag.Problem{Message: fmt.Sprintf("%d more values differ between table, drawings and download", wrong-most)})
	}
}

// equal compares two values. A drawing has numbers as JavaScript has them.
func equal(a, b string) bool {
	if a == b {
		return true
	}
	x, err := strconv.ParseFloat(a, 64)
	if err != nil {
		return false
	}
	y, err := strconv.ParseFloat(b, 64)
	return err == nil && x == y
}

func shown(value string) string {
	if value == "" {
		return "no value"
	}
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		return value
	}
	return diag.Quote(value)
}

func (k key) String() string {
	text := diag.Quote(k.name)
	if k.group != "" {
		text += " of " + diag.Quote(k.group)
	}
	if k.panel != "" {
		text += " in " + diag.Quote(k.panel)
	}
	if k.role != "" {
		text += " (" + k.role + ")"
	}
	return text
}

// few joins at most three texts.
func few(list []string, separator string) string {
	const most = 3
	if more := len(list) - most; more > 0 {
		list = append(slices.Clone(list[:most]), fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, separator)
}

// checkTexts holds what a reader sees in the table to the one rule for figures.
func (t *table) checkTexts(found *faults) {
	for _, row := range t.rows {
		for i, c := range row[:min(len(row), len(t.columns))] {
			want, ok := written(t.columns[i].unit, c.raw, t.columns[i].unit.InChart())
			switch text := strings.TrimSpace(c.text); {
			case !ok:
				found.add(diag.Problem{Message: fmt.Sprintf("the table has %q, which is not a value of unit %s", c.raw, t.columns[i].unit)})
			case text == "" && c.raw == "" && !t.columns[i].unit.Numeric(): // an empty text
			case text != strings.TrimSpace(want):
				found.add(diag.Problem{Message: fmt.Sprintf("the table at %s", t.key(row)), Found: diag.Quote(text), Expected: diag.Quote(want) + " for " + shown(c.raw)})
			}
		}
	}
}

// written writes a raw value the way figures are written; false where it is none of
// the unit.
func written(u quantity.Unit, raw string, style quantity.Style) (string, bool) {
	v, ok := u.Read(raw)
	return u.Format(v, style), ok
}
