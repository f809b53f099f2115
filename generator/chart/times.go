package chart

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
)

// Time is a scale: from the first time to the last there is a place for each period, a year, a month, a day, or what `every:` says,
// and one without a row is a gap.

// times are the places on an axis of time.
type times struct {
	unit   quantity.Unit
	period quantity.Period
	first  quantity.Value
	ids    []string // of each place, as the drawing has it
}

// period is how far apart the times of a column are that follow each other: what `every:` says, or the unit.
func (c *plot) period(column int) quantity.Period {
	if p, ok := quantity.ParsePeriod(c.spec.Every); ok {
		return p
	}
	return c.unit(column).Period()
}

// times are those of a column, of all panels.
func (c *plot) times(column int) times {
	t := times{unit: c.unit(column), period: c.period(column)}
	for _, l := range c.whole {
		if v := l.Values[column]; !v.IsMissing() && (t.first.IsMissing() || v.Compare(t.first) < 0) {
			t.first = v
		}
	}
	seen := map[int]string{}
	last := -1
	for _, l := range c.whole {
		if at, ok := t.at(l.Values[column]); ok {
			seen[at], last = c.id(l, column), max(last, at)
		}
	}
	for i := range last + 1 {
		id, there := seen[i]
		if !there {
			id = t.value(i).Raw()
		}
		t.ids = append(t.ids, id)
	}
	return t
}

// at is the place of a time; false for what is none, or is between two places.
func (t times) at(v quantity.Value) (int, bool) {
	if v.IsMissing() {
		return 0, false
	}
	return t.period.Between(t.first, v)
}

// value is the time of a place. Rows may have another day of its month.
func (t times) value(i int) quantity.Value { return t.period.After(t.first, i) }

// texts are all places as readers see them.
func (t times) texts() []string {
	var texts []string
	for i := range t.ids {
		texts = append(texts, t.unit.Format(t.value(i), quantity.Prose))
	}
	return texts
}

// axisNames are the names along an axis. Of years, quarters and months, and where `every:` says how far apart they are, those
// between have a place too.
func (c *plot) axisNames(column int) (ids, texts []string) {
	unit := c.unit(column)
	byDay, _ := quantity.ParsePeriod("day")
	if unit.IsTime() && c.period(column) != byDay {
		t := c.times(column)
		whole := !slices.ContainsFunc(c.whole, func(l aggregate.Row) bool { _, ok := t.at(l.Values[column]); return !ok })
		if whole && len(t.ids) <= maxNames {
			return t.ids, t.texts()
		}
	}
	return c.names(column)
}

// A person labels an axis of time at years, or at months, or at days, as many as there is room for.

// labelGap is the room between two labels, in pixels.
const labelGap = 10

// some chooses the places that are labelled on an axis so many pixels wide, and writes their labels.
func (t times) some(width int) (at []int, texts []string) {
	n := len(t.ids)
	fits := func(at []int, texts []string) bool {
		each := float64(width) / float64(max(1, n-1))
		for i := 1; i < len(at); i++ {
			if float64(at[i]-at[i-1])*each < float64(textWidth(texts[i-1])+textWidth(texts[i]))/2+labelGap {
				return false
			}
		}
		return true
	}
	for _, level := range t.levels() {
		at, texts = t.labels(level)
		if len(at) < 2 || !fits(at, texts) {
			continue
		}
		if t.unit.IsYear() && at[len(at)-1] < n-1 && n <= fewTimes { // the last one is what is read first
			for every := 2; every < n; every++ {
				if toEnd, texts := t.labels(scaleLevel{quantity.OfYear, every, true}); (n-1)%every == 0 && fits(toEnd, texts) {
					return toEnd, texts
				}
			}
		}
		return at, texts
	}
	return t.ends()
}

// fewTimes are so few that their first and last say where the others are.
const fewTimes = 8

// thin labels some of the times along an axis of names, where all of them have a place there.
func (c *plot) thin(a *axis, column, width int) {
	if c.period(column).IsZero() {
		return
	}
	if t := c.times(column); slices.Equal(t.ids, a.Data.([]string)) {
		at, texts := t.some(width)
		a.AxisLabel.Texts = nil
		t.label(a.AxisLabel, at, texts)
	}
}

// ends are the labels of the first and the last place.
func (t times) ends() (at []int, texts []string) {
	if len(t.ids) == 0 {
		return nil, nil
	}
	at = []int{0}
	if last := len(t.ids) - 1; last > 0 {
		at = append(at, last)
	}
	for _, i := range at {
		part := quantity.OfMonth
		if t.period.String() == "day" || t.period.String() == "week" {
			part = quantity.OfDay
		}
		texts = append(texts, t.unit.AxisLabel(t.value(i), part, true))
	}
	return at, texts
}

// scaleLevel is a way to label an axis: at the start of each so many parts, or each so many places.
type scaleLevel struct {
	part  quantity.Part
	every int
	steps bool // of places
}

func (t times) levels() (list []scaleLevel) {
	add := func(part quantity.Part, steps bool, every ...int) {
		for _, n := range every {
			list = append(list, scaleLevel{part, n, steps})
		}
	}
	if t.first.Kind == quantity.Date {
		switch t.period.Length() {
		case quantity.Days:
			add(quantity.OfDay, true, 1, 2, 7, 14)
			add(quantity.OfMonth, false, 1)
		case quantity.Months:
			add(quantity.OfMonth, false, 1)
		}
		add(quantity.OfMonth, false, 3, 6)
	} else {
		add(quantity.OfYear, true, 1)
	}
	add(quantity.OfYear, false, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
	return list
}

func (t times) labels(l scaleLevel) (at []int, texts []string) {
	var before, labelled quantity.Value
	for i := range t.ids {
		v := t.value(i)
		starts := i%l.every == 0
		if !l.steps {
			starts = quantity.Starts(l.part, l.every, before, v)
		}
		if starts {
			part := l.part
			if t.unit.Period().String() == "quarter" && part == quantity.OfMonth {
				part = quantity.OfQuarter
			} else if part == quantity.OfMonth && l.every == 1 {
				part = quantity.OfEachMonth
			}
			at = append(at, i)
			texts = append(texts, t.unit.AxisLabel(v, part, !quantity.SameYear(labelled, v)))
			labelled = v
		}
		before = v
	}
	return at, texts
}

// label labels some places of an axis of these times.
func (t times) label(a *axisLabel, at []int, texts []string) {
	for i, place := range at {
		if len(at) < len(t.ids) {
			a.CustomValues = append(a.CustomValues, t.ids[place])
		}
		if texts[i] != t.ids[place] {
			if a.Texts == nil {
				a.Texts = map[string]string{}
			}
			a.Texts[t.ids[place]] = texts[i]
		}
	}
	if a.Texts != nil { // a place without a text there would be written as it is
		for i, place := range at {
			a.Texts[t.ids[place]] = texts[i]
		}
	}
}

// checkTimes checks the times along x: each is a whole number of periods after the first, each place has one of them, and some
// follow each other.
func (c *plot) checkTimes(limits limit.Limits, problems *faults) {
	x := c.column("x")
	if c.of.Tainted || !c.unit(x).IsTime() || c.period(x).IsZero() {
		return // said elsewhere
	}
	t := c.times(x)
	raws := map[int]string{}
	for _, l := range c.lines {
		v := l.Values[x]
		if v.IsMissing() {
			continue // said elsewhere
		}
		at, ok := t.at(v)
		switch {
		case !ok && c.unit(x).IsYear():
			p := diag.Problem{
				Message: c.spec.a() + " needs years on x", Found: diag.Quote(v.Raw()), Expected: "a year, such as 2016 or 2016-17" + c.everySaid(t),
				Hint: "take the year out in the aggregate, or give the column the unit text and draw bars",
			}
			if _, ok := t.period.Between(v, v); ok && c.spec.Every == "" {
				p.Expected, p.Hint = "a year written as "+t.first.Raw()+" is", "write all years in one way"
			}
			problems.add(p, "x")
			return
		case !ok:
			problems.add(diag.Problem{
				Message: "a time that is between two places", Found: c.write(l, x, quantity.Prose), Expected: "a time every " + t.period.String() + " after " + t.unit.Format(t.first, quantity.Prose),
				Hint: "correct every, or take a time for each " + t.period.String() + " in the aggregate: date_trunc",
			}, "x")
			return
		case raws[at] != "" && raws[at] != v.Raw():
			problems.add(diag.Problem{Message: "two times in one " + t.period.String(), Found: raws[at] + " and " + v.Raw(), Hint: "take one time for each " + t.period.String() + " in the aggregate: date_trunc"}, "x")
			return
		}
		raws[at] = v.Raw()
	}
	by, _ := c.grouping()
	lines := map[string]bool{}
	for _, l := range c.lines {
		if by >= 0 {
			lines[c.id(l, by)] = true
		}
	}
	most := limits.Get(limit.Marks)
	if c.unit(x).IsYear() {
		most = maxNames
	}
	switch n := len(t.ids); {
	case n > most:
		problems.add(diag.Problem{Message: "too many " + plural(t.period) + " for a chart", Found: c.span(t), Expected: fmt.Sprintf("%d or fewer", most), Hint: "take longer periods in the aggregate"}, "x")
	case n*len(lines) > limits.Get(limit.Marks):
		p := limits.Exceeded(limit.Marks, c.span(t)+" for "+diag.Count(len(lines), "line"))
		p.Message = "too much for a chart"
		problems.add(p, "x")
	case c.spec.kind.trend && len(raws) > 2 && !follow(raws):
		p := diag.Problem{Message: "no time follows another, so that nothing is connected", Found: fmt.Sprintf("%d times in %s", len(raws), c.span(t)), Expected: "the period between them"}
		if every := c.suggested(x, len(raws)); every != "" {
			p.Hint = "every: " + every
		}
		problems.add(p, "x")
	}
}

func (c *plot) everySaid(t times) string {
	if c.spec.Every == "" {
		return ""
	}
	return ", every " + t.period.String() + " after " + t.first.Raw()
}

func (c *plot) span(t times) string {
	return fmt.Sprintf("%s from %s to %s", plural(t.period), t.unit.Format(t.first, quantity.Prose), t.unit.Format(t.value(len(t.ids)-1), quantity.Prose))
}

// follow reports whether some places follow each other.
func follow[V any](places map[int]V) bool {
	for at := range places {
		if _, next := places[at+1]; next {
			return true
		}
	}
	return false
}

// suggested is a period at which most of so many times follow each other; "" for none.
func (c *plot) suggested(column, times int) string {
	for _, every := range []string{"week", "2 weeks", "month", "quarter", "year", "2 years", "3 years", "4 years", "5 years", "10 years"} {
		p, _ := quantity.ParsePeriod(every)
		if p.Finer(c.unit(column)) {
			continue
		}
		t := c.times(column)
		places := map[int]bool{}
		whole := true
		for _, l := range c.whole {
			at, ok := p.Between(t.first, l.Values[column])
			whole = whole && (ok || l.Values[column].IsMissing())
			places[at] = true
		}
		if whole && len(places) == times && follow(places) {
			return every
		}
	}
	return ""
}

// plural is what several periods are called: years, 10 years.
func plural(p quantity.Period) string { return strings.TrimSuffix(p.String(), "s") + "s" }
