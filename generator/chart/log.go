package chart

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
)

// On a logarithmic scale equal distances are equal factors. Kinds of which the place and not the length is read may have one. The subtitle
// and the alt text say so, whoever writes them.

// scales are what `scale:` may say, and what then has such a scale in the drawing.
var scales = map[string][]As{"log": {AsValue}, "log-x": {AsAcross}, "log-log": {AsAcross, AsValue}}

// isLog reports whether a column is drawn on a logarithmic scale.
func (c *plot) isLog(column int) bool {
	for _, as := range scales[c.spec.Scale] {
		if column >= 0 && c.columnAs(as) == column {
			return true
		}
	}
	return false
}

// checkScaleKey checks that the kind has such a scale.
func (s *spec) checkScaleKey(problems *faults) {
	list, known := scales[s.Scale]
	has := map[As]bool{}
	for _, channel := range s.kind.channels {
		has[channel.as] = true
	}
	switch {
	case s.Scale == "" || s.doc.Mistyped("scale"):
	case !known:
		problems.add(diag.Problem{Message: "unknown scale " + diag.Quote(s.Scale), Expected: "one of log, log-x, log-log", Hint: diag.Nearest(s.Scale, []string{"log", "log-x", "log-log"})}, "scale")
	case s.Kind == "bar" || s.Kind == "waterfall" || s.Kind == "histogram" || s.Kind == "range":
		problems.add(diag.Problem{Message: s.a() + " has no logarithmic scale", Hint: "the length of a bar is read from zero, which that scale does not have: draw dots (kind: dot)"}, "scale")
	case s.Kind == "area":
		problems.add(diag.Problem{Message: s.a() + " has no logarithmic scale", Hint: "the height of an area is read from zero, which that scale does not have: draw lines (kind: line)"}, "scale")
	case !s.kind.logarithmic:
		problems.add(diag.Problem{Message: s.a() + " has no scale", Expected: "scale in a line, a scatter or a dot"}, "scale")
	case !has[list[0]]:
		problems.add(diag.Problem{Message: s.a() + " has one measure", Found: "scale: " + s.Scale, Expected: "scale: log"}, "scale")
	}
}

// checkLog names the rows whose values have no place on a logarithmic scale.
func (c *plot) checkLog(problems *faults) {
	const most = 5
	found := 0
	for _, as := range scales[c.spec.Scale] {
		column := c.columnAs(as)
		if column < 0 || c.of.Tainted {
			return
		}
		for i := range c.lines {
			l := &c.lines[i]
			if v := l.Values[column]; v.IsMissing() || v.Sign() > 0 {
				continue
			}
			if found++; found > most {
				continue
			}
			problems.add(diag.Problem{
				Message: "a value that a logarithmic scale has no place for", Found: c.write(*l, column, quantity.Prose) + " for " + diag.Quote(c.named(c.columnAs(AsName), l)) + c.rowsBehind(l), Expected: "values above zero",
				Hint: "leave the row out in the aggregate and say so in the note, or draw on a scale from zero",
			}, "scale")
		}
	}
	if found > most {
		problems.add(diag.Problem{Message: fmt.Sprintf("%d more values have no place on a logarithmic scale", found-most)}, "scale")
	}
}

// rowsBehind are the rows of tables behind a line, where they are few.
func (c *plot) rowsBehind(l *aggregate.Row) string {
	var list []string
	for i, table := range c.of.Lineage {
		for row := range l.Lineage[i].All() {
			list = append(list, fmt.Sprintf("row %d of %s", row, table))
		}
	}
	if len(list) == 0 || len(list) > 3 {
		return ""
	}
	return ", from " + strings.Join(list, ", ")
}

// logAxis is a logarithmic axis over some values: in steps of 1, 2 and 5, or of powers of ten where these are too many.
func (c *plot) logAxis(column int, holds span, about int) (a *axis, widest int) {
	low, high := holds.low, holds.high
	if low <= 0 { // no values, or a problem that is told
		low, high = 1, max(high, 10)
	}
	from, to := int(math.Floor(math.Log10(low)+1e-9)), int(math.Ceil(math.Log10(high)-1e-9))
	if from == to {
		to++
	}
	var list []float64
	for power := from; power <= to; power++ {
		for _, m := range []float64{1, 2, 5} {
			list = append(list, tidy(m*math.Pow(10, float64(power))))
		}
	}
	for len(list) > 1 && list[1] <= low*(1+1e-9) {
		list = list[1:]
	}
	for len(list) > 1 && list[len(list)-2] >= high*(1-1e-9) {
		list = list[:len(list)-1]
	}
	if len(list) > max(about+3, 5) {
		list = nil
		every := 1 + (to-from)/(2*about+1)
		for power := from; power < to+every; power += every {
			list = append(list, tidy(math.Pow(10, float64(power))))
		}
	}
	a, widest = c.axisAt(column, list)
	a.Type, a.Interval = "log", 0
	a.labelOnly(list)
	a.AxisLabel.HideOverlap = nil
	return a, widest
}

// along is how far along an axis from low to high a value is, from 0 to 1.
func (c *plot) along(column int, v, low, high float64) float64 {
	if c.isLog(column) {
		v, low, high = math.Log10(v), math.Log10(low), math.Log10(high)
	}
	if high == low {
		return 0
	}
	return (v - low) / (high - low)
}

var saysLog = regexp.MustCompile(`(?i)\blog`)

// sayScale adds to a subtitle that a scale is logarithmic, where its words do not say it.
func (c *Chart) sayScale() {
	labels := c.logLabels()
	if len(labels) == 0 || saysLog.MatchString(c.Subtitle.String()) {
		return
	}
	text := c.book().Say("log_scale")
	if c.columnAs(AsAcross) >= 0 {
		text = c.book().Say("log_scale_of", "Name", strings.Join(labels, ", "))
	}
	c.Subtitle = append(c.Subtitle, fact.Part{Text: ", " + text})
}

// logLabels are the labels of the columns on a logarithmic scale.
func (c *plot) logLabels() (labels []string) {
	for _, as := range scales[c.spec.Scale] {
		if i := c.columnAs(as); i >= 0 {
			labels = append(labels, strings.TrimSpace(c.of.Columns[i].Label))
		}
	}
	return labels
}

// logClaims says which scales are logarithmic.
func (c *plot) logClaims() []claim.Claim {
	if labels := c.logLabels(); len(labels) > 0 {
		return []claim.Claim{{Says: claim.LogScale, Names: labels}}
	}
	return nil
}
