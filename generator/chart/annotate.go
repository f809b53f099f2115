package chart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
)

// Annotations are words at places of a chart:
//
//	annotate:
//	  points: [{key: dade, text: the largest}]
//	  lines:  [{value: "total.mean", text: the mean}]
//	  bands:  [{from: 2016, to: 2018, text: no letters}]
//	  events: [{at: letters.first_sent, text: letters are sent}]
//
// They are drawn by Go (notes.go) over what ECharts drew, of which the shapes and texts say where there is room. Where there is none, a
// number takes the place, and the words are below the chart.

type annotations struct {
	Points []struct {
		Key  string `yaml:"key"` // of the row at whose mark the words are
		Text string `yaml:"text"`
	} `yaml:"points"`
	Lines []struct {
		Value string `yaml:"value"` // a number, or the address of a fact
		Text  string `yaml:"text"`
	} `yaml:"lines"`
	Bands []struct {
		From string `yaml:"from"` // times, where the chart has an axis of time, else values; or addresses of facts
		To   string `yaml:"to"`
		Text string `yaml:"text"`
	} `yaml:"bands"`
	Events []struct {
		At   string `yaml:"at"` // a time, or the address of a fact
		Text string `yaml:"text"`
	} `yaml:"events"`
}

// note is an annotation that has its place: at a mark, or on an axis at a name or a value, or from one to the next.
type note struct {
	text        string
	name, group string // of the mark
	from, to    *coordinate
}

// coordinate is a place on the axis of names, or on that of values.
type coordinate struct {
	id    string
	value float64
	named bool
}

// annotated are the kinds that take annotations.
var annotated = []string{"area", "bar", "line", "scatter"}

// prepareNotes finds the places of the annotations. What they say is said of the picture, too.
func (c *Chart) prepareNotes(aggregates aggregate.Set, problems *faults) {
	a := c.spec.Annotate
	switch {
	case a == nil:
		return
	case !slices.Contains(annotated, c.Kind):
		problems.add(diag.Problem{Message: c.spec.a() + " takes no annotations", Expected: "one of the kinds " + strings.Join(annotated, ", ")}, "annotate")
		return
	case c.column("by") >= 0:
		problems.add(diag.Problem{Message: "annotations of small multiples", Expected: "a chart without by"}, "annotate")
		return
	}
	said := fact.Prose{{Text: c.book().Say("marked") + " "}}
	add := func(list string, i int, text string, n *note, when ...fact.Part) {
		if n == nil {
			return
		}
		prose, wrong := fact.ParseProse(aggregates, text)
		for _, p := range wrong {
			problems.failed = problems.failed || p.Finding == ""
			problems.list.Add(problems.doc.Problem(p, "annotate", list, i, "text"))
		}
		if n.text = strings.Join(strings.Fields(prose.String()), " "); n.text == "" {
			problems.add(diag.Problem{Message: "an annotation without words", Expected: `text: "…"`}, "annotate", list, i)
		}
		if len(c.notes) > 0 {
			said = append(said, fact.Part{Text: "; "})
		}
		c.notes, said = append(c.notes, *n), append(said, prose...)
		if when != nil { // which a reader who does not see it cannot read on the axis
			said = append(append(append(said, fact.Part{Text: " ("}), when...), fact.Part{Text: ")"})
		}
	}
	for i, p := range a.Points {
		add("points", i, p.Text, c.pointOf(p.Key, problems, i))
	}
	for i, l := range a.Lines {
		if at := c.valueOf(l.Value, aggregates, problems, "annotate", "lines", i, "value"); at != nil {
			add("lines", i, l.Text, &note{from: at})
		}
	}
	for i, b := range a.Bands {
		from, to := c.endOf(b.From, aggregates, problems, "annotate", "bands", i, "from"), c.endOf(b.To, aggregates, problems, "annotate", "bands", i, "to")
		switch {
		case from == nil || to == nil:
		case from.named && slices.Index(c.placeIDs(), from.id) > slices.Index(c.placeIDs(), to.id) || from.value > to.value:
			problems.add(diag.Problem{Message: "a band that ends before it begins", Found: b.From + " to " + b.To}, "annotate", "bands", i)
		default:
			add("bands", i, b.Text, &note{from: from, to: to})
		}
	}
	for i, e := range a.Events {
		if at := c.timeOf(e.At, aggregates, problems, "annotate", "events", i, "at"); at != nil {
			add("events", i, e.Text, &note{from: at}, c.whenOf(e.At, at, aggregates))
		}
	}
	if len(c.notes) == 0 {
		return
	}
	if len(c.Said) > 0 {
		c.Said = append(c.Said, fact.Part{Text: " "})
	}
	c.Said = append(append(c.Said, said...), fact.Part{Text: "."})
}

// pointOf is the note at the mark of a row.
func (c *plot) pointOf(key string, problems *faults, i int) *note {
	at := slices.IndexFunc(c.lines, func(l aggregate.Row) bool {
		return strings.Join(l.Key, ", ") == key || len(l.Key) == 1 && l.Key[0] == key
	})
	if at < 0 {
		var keys []string
		for _, l := range c.lines {
			keys = append(keys, strings.Join(l.Key, ", "))
		}
		problems.add(diag.Problem{Message: "unknown key " + diag.Quote(key), Expected: "a key of " + c.of.Name, Hint: diag.Nearest(key, keys)}, "annotate", "points", i, "key")
		return nil
	}
	l := c.lines[at]
	measures := []int{c.measure()}
	if across := c.columnAs(AsAcross); across >= 0 {
		measures = append(measures, across)
	}
	for _, m := range measures {
		if l.Values[m].IsMissing() {
			problems.add(diag.Problem{Message: "an annotation at a row without a value", Found: diag.Quote(key)}, "annotate", "points", i, "key")
			return nil
		}
	}
	n := &note{name: c.id(l, c.columnAs(AsName))}
	if group := c.columnAs(AsGroup); group >= 0 {
		n.group = c.id(l, group)
	}
	return n
}

// valueOf is a place on the axis of values: a number, or a fact of the same unit.
func (c *plot) valueOf(text string, aggregates aggregate.Set, problems *faults, path ...any) *coordinate {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return &coordinate{value: n}
	}
	f := cited(text, "a number, or the address of a fact", aggregates, problems, path...)
	if f == nil {
		return nil
	}
	v, unit := f.Value, f.Column.Unit
	switch axis := c.unit(c.measure()); {
	case v.IsMissing() || !unit.Numeric():
		problems.add(diag.Problem{Message: "a place of an axis that is not a number", Found: diag.Quote(text)}, path...)
		return nil
	case unit.String() != axis.String():
		problems.add(diag.Problem{Message: "a value of another unit than that of the axis", Found: text + " in " + unit.String(), Expected: axis.String()}, path...)
		return nil
	}
	c.references = append(c.references, f)
	return &coordinate{value: v.Float()}
}

// cited is the fact of an address; nil where it has problems.
func cited(address, expected string, aggregates aggregate.Set, problems *faults, path ...any) *fact.Fact {
	f, wrong := fact.Find(aggregates, address)
	switch {
	case wrong != nil:
		wrong.Expected = expected
		problems.add(*wrong, path...)
		return nil
	case f == nil:
		problems.failed = true // its aggregate has problems, which are told
	}
	return f
}

// endOf is an end of a band: a time, where the chart has an axis of those.
func (c *plot) endOf(text string, aggregates aggregate.Set, problems *faults, path ...any) *coordinate {
	if names := c.columnAs(AsName); names >= 0 && c.unit(names).IsTime() {
		return c.timeOf(text, aggregates, problems, path...)
	}
	return c.valueOf(text, aggregates, problems, path...)
}

// timeOf is a place on an axis of time, of a time or the fact that holds one: the place of a year also for a day of it.
func (c *plot) timeOf(text string, aggregates aggregate.Set, problems *faults, path ...any) *coordinate {
	names := c.columnAs(AsName)
	if names < 0 || !c.unit(names).IsTime() {
		problems.add(diag.Problem{Message: "an event in a chart without an axis of time", Found: diag.Quote(text)}, path...)
		return nil
	}
	if _, isAddress := fact.ParseAddress(text); isAddress {
		f := cited(text, "a time, or the address of a fact", aggregates, problems, path...)
		switch {
		case f == nil:
			return nil
		case f.Value.IsMissing() || !f.Column.Unit.IsTime():
			problems.add(diag.Problem{Message: "a place of an axis that is not a time", Found: diag.Quote(text)}, path...)
			return nil
		}
		c.references, text = append(c.references, f), f.Value.Raw()
	}
	const year, month = len("2018"), len("2018-01")
	for _, written := range []string{text, text[:min(month, len(text))], text[:min(year, len(text))]} {
		v, ok := c.unit(names).Read(written)
		if !ok || v.IsMissing() {
			continue
		}
		t := c.times(names)
		for i := len(t.ids) - 1; i >= 0; i-- {
			if t.value(i).Compare(v) <= 0 {
				if i == len(t.ids)-1 && t.value(i).Compare(v) != 0 && v.Compare(t.value(i+1)) >= 0 {
					break // after the end
				}
				if slices.Contains(c.placeIDs(), t.ids[i]) {
					return &coordinate{id: t.ids[i], named: true}
				}
			}
		}
		ends := t.texts()
		problems.add(diag.Problem{Message: "a time that is not on the axis", Found: diag.Quote(text), Expected: "from " + ends[0] + " to " + ends[len(ends)-1]}, path...)
		return nil
	}
	problems.add(diag.Problem{Message: "not a time of the axis", Found: diag.Quote(text), Expected: c.unit(names).String()}, path...)
	return nil
}

// whenOf is a time as a reader reads it, of one that is on the axis.
func (c *plot) whenOf(text string, at *coordinate, aggregates aggregate.Set) fact.Part {
	if _, isAddress := fact.ParseAddress(text); isAddress {
		f, _ := fact.Find(aggregates, text)
		return fact.Part{Text: f.Text(quantity.Prose), Fact: f}
	}
	t := c.times(c.columnAs(AsName))
	return fact.Part{Text: t.unit.Format(t.value(slices.Index(t.ids, at.id)), quantity.Prose)}
}

// placeIDs are the names along the axis of names, as the drawing has them.
func (c *plot) placeIDs() []string {
	names := c.columnAs(AsName)
	if c.spec.Kind == "bar" {
		ids, _ := c.axisNames(names)
		return ids
	}
	return c.times(names).ids
}

// checkNotes adds a problem for what is beyond the ends of the axis of values.
func (s *rendering) checkNotes(problems *faults) {
	for _, n := range s.plot.notes {
		for _, at := range []*coordinate{n.from, n.to} {
			if at == nil || at.named {
				continue
			}
			name, a := s.valueAxis()
			low, _ := a.Min.(float64)
			high, _ := a.Max.(float64)
			if at.value < low || at.value > high {
				value := strconv.FormatFloat(at.value, 'f', -1, 64)
				problems.add(diag.Problem{
					Message: "an annotation outside the axis of values", Found: value, Expected: fmt.Sprintf("from %s to %s", strconv.FormatFloat(low, 'f', -1, 64), strconv.FormatFloat(high, 'f', -1, 64)),
					Hint: "let the axis reach it: options: {" + name + ": {" + map[bool]string{true: "min", false: "max"}[at.value < low] + ": " + value + "}}",
				}, "annotate")
				return
			}
		}
	}
}
