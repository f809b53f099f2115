package chart

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Norms of the field, that a chart keeps or waives with a reason:
//
//	waive: [{norm: groups, reason: "the nine circuits are the point"}]
//
// They are checked on what ECharts gets, so that `options:` is held to them too.
// That a title is there, and a subtitle, cannot be waived.

// norm is a rule with a name.
type norm struct {
	name  string
	about string // for the methodology
	key   string // of the chart's file, to which a breach points
	check func(c *Chart, s *rendering) *diag.Problem
}

var norms = []norm{
	{"title", "The title states a finding in at most 15 words.", "title", checkTitle},
	{"subtitle", "The subtitle says what is measured, where, when and in which unit.", "subtitle", checkSubtitle},
	{"source", "The rows behind a chart name their source.", "of", nil}, // package site knows the sources
	{"zero", "Bars and areas start at zero.", "options", checkZero},
	{"groups", "There are at most 7 groups.", "kind", checkGroups},
	{"dual-axis", "A chart has one axis for values.", "options", checkDualAxis},
	{"counts-on-map", "A map shows rates, not counts: the eye takes large states for large numbers.", "value", checkCounts},
	{"sums", "What is stacked, or cut into parts, can be added up.", "kind", checkSums},
	{"horizontal-text", "The text of axes is horizontal.", "options", checkText},
	{"direct-labels", "Bars under 10, and lines up to 3, are labelled where they are, and not by an axis or a legend alone.", "options", checkLabels},
	{"partial-years", "A trend over years, quarters or months ends with a whole one.", "of", checkYears},
}

// NormNames lists the norms.
func NormNames() []string {
	var names []string
	for _, n := range norms {
		names = append(names, n.name)
	}
	return names
}

// Waiver is a norm that a chart does not keep, and why.
type Waiver struct {
	Norm   string
	About  string // what the norm says
	Reason string
}

// readWaivers reads those of the chart's file.
func (s *spec) readWaivers(problems *faults) []Waiver {
	var list []Waiver
	for i, w := range s.Waive {
		at := slices.IndexFunc(norms, func(n norm) bool { return n.name == w.Norm })
		why := config.CheckReason(w.Reason, diag.Problem{Message: "the norm " + diag.Quote(w.Norm) + " is waived without a reason", Expected: `{norm: ` + w.Norm + `, reason: "…"}, which the methodology prints`})
		switch {
		case at < 0:
			problems.add(diag.Problem{Message: "unknown norm " + diag.Quote(w.Norm), Expected: "one of " + strings.Join(NormNames(), ", "), Hint: diag.Nearest(w.Norm, NormNames())}, "waive", i)
		case why != nil:
			problems.add(*why, "waive", i)
		default:
			list = append(list, Waiver{w.Norm, norms[at].about, strings.Join(strings.Fields(w.Reason), " ")})
		}
	}
	return list
}

// Waives reports whether the chart waives a norm.
func (c *Chart) Waives(norm string) bool {
	return slices.ContainsFunc(c.Waivers, func(w Waiver) bool { return w.Norm == norm })
}

// checkNorms adds a problem for each norm that the chart breaks and does not waive,
// and for each that it waives and keeps.
func (c *Chart) checkNorms(problems *faults) {
	for _, n := range norms {
		if n.check == nil {
			continue
		}
		var wrong *diag.Problem
		for _, s := range c.renderings {
			if wrong == nil {
				wrong = n.check(c, s)
			}
		}
		switch {
		case wrong != nil && !c.Waives(n.name):
			problems.add(Breach(n.name, *wrong), n.key)
		case wrong == nil && c.Waives(n.name):
			problems.add(c.kept(n.name), "waive")
		}
	}
}

// Breach is the problem of a norm that is not kept.
func Breach(norm string, p diag.Problem) diag.Problem {
	p.Message = "norm " + norm + ": " + p.Message
	way := fmt.Sprintf("waive it with a reason: waive: [{norm: %s, reason: …}]", norm)
	if p.Hint == "" {
		p.Hint = way
	} else {
		p.Hint += "; or " + way
	}
	return p
}

func (c *Chart) kept(norm string) diag.Problem {
	return diag.Problem{Message: "norm " + norm + " is waived, and the chart keeps it", Hint: "take it out of waive"}
}

// Kept is the problem of a norm that package site checks, and that the chart waives
// for nothing.
func (c *Chart) Kept(norm string) diag.Problem { return c.spec.doc.Problem(c.kept(norm), "waive") }

// Broken is the problem of a norm that package site checks.
func (c *Chart) Broken(norm string, p diag.Problem) diag.Problem {
	return c.spec.doc.Problem(Breach(norm, p), "of")
}

const maxWords = 15

var question = regexp.MustCompile(`(?i)\?\s*$`)

func checkTitle(c *Chart, _ *rendering) *diag.Problem {
	title := c.Title.String()
	if n := len(strings.Fields(title)); n > maxWords {
		return &diag.Problem{Message: fmt.Sprintf("a title of %d words", n), Expected: fmt.Sprintf("%d or fewer", maxWords), Hint: "what the chart shows goes into the subtitle"}
	}
	if question.MatchString(title) {
		return &diag.Problem{Message: "the title is a question", Found: diag.Quote(title), Expected: "the finding, in a sentence"}
	}
	return nil
}

var timeIn = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// checkSubtitle looks for the time and the unit. Whether it names measure and place
// is for people to see.
func checkSubtitle(c *Chart, _ *rendering) *diag.Problem {
	text := c.Subtitle.String()
	dated := timeIn.MatchString(text + " " + c.Title.String())
	for _, channel := range c.spec.channels() {
		dated = dated || c.column(channel.name) >= 0 && c.inOrder(c.column(channel.name))
	}
	if !dated {
		return &diag.Problem{Message: "the subtitle gives no date or period", Found: diag.Quote(text), Expected: "measure, place, time and unit"}
	}
	for _, channel := range c.spec.channels() {
		i := c.column(channel.name)
		if i < 0 {
			continue
		}
		if !c.unit(i).NamedIn(text) {
			return &diag.Problem{Message: "a subtitle that does not say the unit", Found: diag.Quote(text), Expected: "measure, place, time and unit: " + c.unit(i).Measure()}
		}
	}
	return nil
}

func checkZero(c *Chart, s *rendering) *diag.Problem {
	if !c.spec.kind.fromZero {
		return nil
	}
	for _, axis := range s.option.axes() {
		if axis.holds == nil { // names, or bins
			continue
		}
		low, _ := axis.Min.(float64)
		high, _ := axis.Max.(float64)
		if low > 0 || high < 0 {
			return &diag.Problem{Message: "an axis without zero", Found: fmt.Sprintf("from %v to %v", low, high), Expected: "zero, as it is the length that is read"}
		}
	}
	return nil
}

func checkGroups(c *Chart, _ *rendering) *diag.Problem {
	for _, name := range []string{"series", "stack"} {
		i := c.column(name)
		if i < 0 {
			continue
		}
		ids, _ := c.names(i)
		if len(c.spec.Highlight) > 0 && c.spec.kind.faint {
			continue // a few among many
		}
		if len(ids) > maxSeries {
			return &diag.Problem{Message: fmt.Sprintf("%d %s", len(ids), cmp.Or(c.spec.kind.groups, "groups")), Expected: fmt.Sprintf("%d or fewer", maxSeries), Hint: "single out the most important in the aggregate"}
		}
	}
	return nil
}

// checkDualAxis finds none: an option has one axis on a side, and `options:` adds no other.
func checkDualAxis(*Chart, *rendering) *diag.Problem { return nil }

func checkCounts(c *Chart, _ *rendering) *diag.Problem {
	if !c.spec.kind.isMap || !c.spec.kind.steps {
		return nil
	}
	if c.unit(c.column("value")).Additive() {
		return &diag.Problem{Message: "a map of totals shows where people live", Expected: "a rate, such as a value per 1,000 residents"}
	}
	return nil
}

func checkSums(c *Chart, _ *rendering) *diag.Problem {
	if i := c.columnAs(AsValue); i >= 0 && (c.spec.kind.sums || c.column("stack") >= 0) && !c.unit(i).HasSums() {
		return &diag.Problem{Message: "a sum of values of unit " + c.unit(i).String() + " means nothing", Expected: "amounts, counts, or shares of one whole", Hint: "draw bars or lines beside each other"}
	}
	return nil
}

func checkText(_ *Chart, s *rendering) *diag.Problem {
	for _, axis := range s.option.axes() {
		if axis.AxisLabel != nil && axis.AxisLabel.Rotate != 0 {
			return &diag.Problem{Message: fmt.Sprintf("axis labels rotated by %v degrees", axis.AxisLabel.Rotate), Expected: "horizontal text", Hint: "use horizontal bars"}
		}
	}
	return nil
}

func checkLabels(c *Chart, s *rendering) *diag.Problem {
	if c.column("by") >= 0 || c.spec.kind.unlabelled == nil {
		return nil
	}
	return c.spec.kind.unlabelled(c.plot, s)
}

// unnamed is the breach of direct-labels where some of few lines have no name.
func unnamed(s *rendering) *diag.Problem {
	for _, one := range s.option.Series {
		if one.Label != nil && one.Label.Show != nil && !*one.Label.Show {
			return &diag.Problem{Message: "no names where there is room for them", Expected: "the name at each line"}
		}
	}
	return nil
}

func checkYears(c *Chart, _ *rendering) *diag.Problem {
	x := c.column("x")
	if x < 0 || !c.unit(x).IsTime() || c.day == "" || !c.spec.kind.trend {
		return nil
	}
	t := c.times(x)
	if len(t.ids) < 2 {
		return nil
	}
	last := t.value(len(t.ids) - 1)
	if end := t.period.Ends(last); !end.IsMissing() && end.Raw() > c.day {
		return &diag.Problem{Message: fmt.Sprintf("%s is not over in data of %s", t.unit.Format(last, quantity.Prose), c.day), Expected: "whole " + plural(t.period), Hint: "leave the last " + t.period.String() + " out in the aggregate"}
	}
	return nil
}
