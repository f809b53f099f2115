package chart

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

// Norms of the field, that a chart keeps or waives with a reason:
//
//	waive: [{norm: groups, reason: "the nine circuits are the point"}]
//
// They are judged on what ECharts gets, so that `options:` is held to them too.
// That a title is there, and a subtitle, cannot be waived.

// norm is a rule with a name.
type norm struct {
	name  string
	about string // for the methodology
	key   string // of the chart's file, to which a breach points
	judge func(c *Chart, s *sketch) *diag.Problem
}

// sketch is what ECharts gets at one width.
type sketch struct {
	width   int
	option  map[string]any
	created string // the day of the data, e.g. "2018-02-01"; "" if unknown
}

var norms = []norm{
	{"title", "The title states a finding in at most 15 words.", "title", judgeTitle},
	{"subtitle", "The subtitle says what is measured, where, when and in which unit.", "subtitle", judgeSubtitle},
	{"source", "The rows behind a chart name their source.", "of", nil}, // package site knows the sources
	{"zero", "Bars and areas start at zero.", "options", judgeZero},
	{"groups", "There are at most 7 groups.", "kind", judgeGroups},
	{"dual-axis", "A chart has one axis for values.", "options", judgeDualAxis},
	{"counts-on-map", "A map shows rates, not counts: the eye takes large states for large numbers.", "value", judgeCounts},
	{"horizontal-text", "The text of axes is horizontal.", "options", judgeText},
	{"direct-labels", "Bars under 10, and lines up to 3, are labelled where they are, and not by an axis or a legend alone.", "options", judgeLabels},
	{"partial-years", "A trend over years ends with a whole year.", "of", judgeYears},
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
func (s *spec) readWaivers(problems *diag.List) []Waiver {
	var list []Waiver
	for i, w := range s.Waive {
		at := slices.IndexFunc(norms, func(n norm) bool { return n.name == w.Norm })
		switch {
		case at < 0:
			s.fail(problems, diag.Problem{Message: "unknown norm " + diag.Quote(w.Norm), Expected: "one of " + strings.Join(NormNames(), ", "), Hint: diag.Nearest(w.Norm, NormNames())}, "waive", i)
		case strings.TrimSpace(w.Reason) == "":
			s.fail(problems, diag.Problem{Message: "the norm " + diag.Quote(w.Norm) + " is waived without a reason", Expected: `{norm: ` + w.Norm + `, reason: "…"}, which the methodology prints`}, "waive", i)
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

// judgeNorms adds a problem for each norm that the chart breaks and does not waive,
// and for each that it waives and keeps.
func (c *Chart) judgeNorms(created string, problems *diag.List) {
	if c.Of.Tainted {
		return
	}
	var sketches []*sketch
	for _, width := range []int{Narrow, Wide} {
		part := c
		if len(c.panels) > 0 {
			part = c.panels[0].chart
		}
		option, _ := part.option(width)
		sketches = append(sketches, &sketch{width, plain(option), created})
	}
	for _, n := range norms {
		if n.judge == nil {
			continue
		}
		var wrong *diag.Problem
		for _, s := range sketches {
			if wrong == nil {
				wrong = n.judge(c, s)
			}
		}
		switch {
		case wrong != nil && !c.Waives(n.name):
			c.spec.fail(problems, Breach(n.name, *wrong), n.key)
		case wrong == nil && c.Waives(n.name):
			c.spec.fail(problems, c.kept(n.name), "waive")
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

// Kept is the problem of a norm that package site judges, and that the chart waives
// for nothing.
func (c *Chart) Kept(norm string) diag.Problem { return c.spec.doc.Problem(c.kept(norm), "waive") }

// Broken is the problem of a norm that package site judges.
func (c *Chart) Broken(norm string, p diag.Problem) diag.Problem {
	return c.spec.doc.Problem(Breach(norm, p), "of")
}

// plain is an option as ECharts gets it: maps, lists, texts and numbers.
func plain(option map[string]any) map[string]any {
	data, err := json.Marshal(option)
	if err != nil {
		return option
	}
	var into map[string]any
	if json.Unmarshal(data, &into) != nil {
		return option
	}
	return into
}

const mostWords = 15

var question = regexp.MustCompile(`(?i)\?\s*$`)

func judgeTitle(c *Chart, _ *sketch) *diag.Problem {
	title := c.Title.String()
	if n := len(strings.Fields(title)); n > mostWords {
		return &diag.Problem{Message: fmt.Sprintf("a title of %d words", n), Expected: fmt.Sprintf("%d or less", mostWords), Hint: "what the chart shows goes into the subtitle"}
	}
	if question.MatchString(title) {
		return &diag.Problem{Message: "a title that asks", Found: diag.Quote(title), Expected: "the finding, in a sentence"}
	}
	return nil
}

var timeIn = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// judgeSubtitle looks for the time and the unit. Whether it names measure and place
// is for people to see.
func judgeSubtitle(c *Chart, _ *sketch) *diag.Problem {
	text := c.Subtitle.String()
	dated := timeIn.MatchString(text + " " + c.Title.String())
	for _, channel := range c.spec.channels() {
		dated = dated || c.column(channel.name) >= 0 && c.inOrder(c.column(channel.name))
	}
	if !dated {
		return &diag.Problem{Message: "a subtitle that does not say of which time", Found: diag.Quote(text), Expected: "measure, place, time and unit"}
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

// axesOf are the axes of an option, x and y.
func (s *sketch) axesOf(name string) []map[string]any {
	var list []map[string]any
	switch axis := s.option[name].(type) {
	case map[string]any:
		list = append(list, axis)
	case []any:
		for _, a := range axis {
			if a, ok := a.(map[string]any); ok {
				list = append(list, a)
			}
		}
	}
	return list
}

func (s *sketch) values() []map[string]any {
	return slices.DeleteFunc(slices.Concat(s.axesOf("xAxis"), s.axesOf("yAxis")), func(a map[string]any) bool { return a["type"] != "value" })
}

func (s *sketch) series() []map[string]any { return seriesOf(s.option) }

func judgeZero(c *Chart, s *sketch) *diag.Problem {
	if !c.spec.kind.fromZero {
		return nil
	}
	for _, axis := range s.values() {
		if c.spec.kind.binned && axis["splitLine"] != nil && fmt.Sprint(axis["splitLine"]) == "map[show:false]" {
			continue // the axis of the bins
		}
		low, hasLow := axis["min"].(float64)
		high, hasHigh := axis["max"].(float64)
		if hasLow && low > 0 || hasHigh && high < 0 {
			return &diag.Problem{Message: "an axis without zero", Found: fmt.Sprintf("from %v to %v", axis["min"], axis["max"]), Expected: "zero, as it is the length that is read"}
		}
	}
	return nil
}

func judgeGroups(c *Chart, _ *sketch) *diag.Problem {
	for _, name := range []string{"series", "stack"} {
		i := c.column(name)
		if i < 0 {
			continue
		}
		known, _ := c.names(i)
		if len(c.spec.Highlight) > 0 && c.spec.kind.faint {
			continue // a few among many
		}
		if len(known) > mostSeries {
			return &diag.Problem{Message: fmt.Sprintf("%d %s", len(known), cmp.Or(c.spec.kind.groups, "groups")), Expected: fmt.Sprintf("%d or less", mostSeries), Hint: "single out the most important in the aggregate"}
		}
	}
	return nil
}

func judgeDualAxis(_ *Chart, s *sketch) *diag.Problem {
	for _, name := range []string{"xAxis", "yAxis"} {
		if n := len(s.axesOf(name)); n > 1 {
			return &diag.Problem{Message: fmt.Sprintf("%d axes on one side: %s", n, name), Expected: "one", Hint: "draw two charts, or small multiples"}
		}
	}
	return nil
}

func judgeCounts(c *Chart, _ *sketch) *diag.Problem {
	if !c.spec.kind.isMap {
		return nil
	}
	if c.unit(c.column("value")).Additive() {
		return &diag.Problem{Message: "a map of totals shows where people live", Expected: "a rate, such as a value per 1,000 residents"}
	}
	return nil
}

func judgeText(_ *Chart, s *sketch) *diag.Problem {
	for _, axis := range slices.Concat(s.axesOf("xAxis"), s.axesOf("yAxis")) {
		label, _ := axis["axisLabel"].(map[string]any)
		if turned, ok := label["rotate"].(float64); ok && turned != 0 {
			return &diag.Problem{Message: fmt.Sprintf("text turned by %v degrees", turned), Expected: "horizontal text", Hint: "let bars lie"}
		}
	}
	return nil
}

func judgeLabels(c *Chart, s *sketch) *diag.Problem {
	if c.column("by") >= 0 || c.spec.kind.unlabelled == nil {
		return nil
	}
	return c.spec.kind.unlabelled(c, s)
}

// unnamed is the breach of direct-labels where some of few lines have no name.
func unnamed(s *sketch) *diag.Problem {
	for _, one := range s.series() {
		label, _ := one["label"].(map[string]any)
		if label["show"] == false {
			return &diag.Problem{Message: "no names where there is room for them", Expected: "the name at each line"}
		}
	}
	return nil
}

func judgeYears(c *Chart, s *sketch) *diag.Problem {
	x := c.column("x")
	if x < 0 || !c.unit(x).IsYear() || len(s.created) < 4 || !c.spec.kind.trend {
		return nil
	}
	years := c.years()
	if now, err := strconv.Atoi(s.created[:4]); err == nil && len(years) > 1 && years[len(years)-1] >= now && !strings.HasSuffix(s.created, "-12-31") {
		return &diag.Problem{Message: fmt.Sprintf("%d is not over in data of %s", years[len(years)-1], s.created), Expected: "whole years", Hint: "leave the last year out in the aggregate"}
	}
	return nil
}
