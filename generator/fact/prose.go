package fact

import (
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// Prose is a one-line text without Markdown, such as a title, with its facts.
type Prose []Part

// Part is a span of a text: words, or a fact, or words that a fact chose.
type Part struct {
	Text    string
	Fact    *Fact // nil for words
	Finding *Fact // on which they rest; nil if on none
	Than    *Fact // with which the one that chose the words was compared; nil if with none
}

func (p Prose) String() string {
	var b strings.Builder
	for _, part := range p {
		b.WriteString(part.Text)
	}
	return b.String()
}

// Facts lists the facts of the text, findings among them.
func (p Prose) Facts() []*Fact {
	var list []*Fact
	for _, part := range p {
		for _, f := range []*Fact{part.Finding, part.Fact, part.Than} {
			if f != nil && !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	return list
}

// Resting is the text with all its words on a finding.
func (p Prose) Resting(finding *Fact) Prose {
	resting := slices.Clone(p)
	for i := range resting {
		if resting[i].Finding == nil {
			resting[i].Finding = finding
		}
	}
	return resting
}

// ParseProse looks up the facts of a one-line text, as in `{{< fact "at_risk.amount_usd"
// short >}} at risk`. It knows the shortcodes fact, choose, plural and finding. Problems
// come without a place.
func ParseProse(set aggregate.Set, text string) (Prose, []diag.Problem) {
	r := reader{set: set, text: text}
	page := content.ReadLine(text)
	r.fail(page.Fault)
	for i := range page.Calls {
		r.call(&page.Calls[i])
	}
	r.endFinding(len(text))
	r.words(len(text))
	return r.prose, r.problems
}

// reader is a one-line text while it is read.
type reader struct {
	set      aggregate.Set
	text     string
	at       int // up to where it is read
	prose    Prose
	problems []diag.Problem

	resting *content.Call // the finding at hand
	finding *Fact
	first   int // its first part
}

func (r *reader) fail(p *diag.Problem) {
	if p != nil {
		r.problems = append(r.problems, *p)
	}
}

// shown takes the marks off shortcodes that are only shown.
var shown = strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}")

// words adds the words up to an offset.
func (r *reader) words(end int) {
	if r.at < end {
		r.prose = append(r.prose, Part{Text: shown.Replace(r.text[r.at:end]), Finding: r.finding})
	}
	r.at = max(r.at, end)
}

func (r *reader) call(c *content.Call) {
	r.endFinding(c.Start)
	r.words(c.Start)
	r.at = c.End
	args := c.Positional()
	switch c.Name {
	case "fact", "choose", "plural", "finding":
		if wrong := c.CheckForm(c.Name == "finding"); wrong != nil {
			r.fail(wrong)
			return
		}
	}
	switch c.Name {
	case "finding":
		r.beginFinding(c, args)
	case "fact":
		f, style, wrong := ParseCitation(r.set, args)
		r.fail(wrong)
		if f != nil {
			r.prose = append(r.prose, Part{Text: f.Text(style), Fact: f, Finding: r.finding})
		}
	case "choose":
		before := len(r.prose)
		if r.chosen(Choose(r.set, c.Named())); len(r.prose) > before {
			r.prose[before].Than = Than(r.set, c.Named())
		}
	case "plural":
		r.chosen(Plural(r.set, c.Named()))
	default:
		r.fail(&diag.Problem{Message: "shortcode " + diag.Quote(c.Name) + " in a title or a caption", Expected: "fact, choose, plural or finding"})
	}
}

// chosen adds words that a fact chose.
func (r *reader) chosen(f *Fact, word string, wrong *diag.Problem) {
	r.fail(wrong)
	if f != nil {
		r.prose = append(r.prose, Part{Text: word, Fact: f, Finding: r.finding})
	}
}

func (r *reader) beginFinding(c *content.Call, args []string) {
	switch {
	case r.resting != nil || len(args) != 1:
		r.fail(&diag.Problem{Message: "a finding in a finding, or without one address", Expected: `{{< finding "findings.x" >}}…{{< /finding >}}`})
	case c.Inner == nil:
		r.fail(&diag.Problem{Message: "the finding is not closed", Expected: "{{< /finding >}}"})
	default:
		r.resting, r.first = c, len(r.prose)
		r.finding, _ = Find(r.set, args[0]) // one fact for all parts
	}
}

// endFinding ends the finding at hand, if it does so before an offset.
func (r *reader) endFinding(before int) {
	c := r.resting
	if c == nil || before < c.Closing.End {
		return
	}
	r.words(c.Inner.End)
	r.at = c.Closing.End
	r.fail(CheckFinding(r.set, c.Positional()[0], r.prose[r.first:].String()))
	r.resting, r.finding = nil, nil
}

// ParseCitation looks up what the arguments of a fact shortcode name: an address and, if
// need be, a style.
func ParseCitation(set aggregate.Set, args []string) (*Fact, quantity.Style, *diag.Problem) {
	if len(args) == 0 || len(args) > 2 {
		return nil, "", &diag.Problem{Message: "a fact without an address", Expected: `{{< fact "aggregate.column[key]" >}}`}
	}
	var style quantity.Style
	if len(args) == 2 {
		if !slices.Contains(quantity.Styles(), args[1]) {
			return nil, "", &diag.Problem{Message: "unknown style " + diag.Quote(args[1]), Expected: "one of " + strings.Join(quantity.Styles(), ", "), Hint: diag.Nearest(args[1], quantity.Styles())}
		}
		style = quantity.Style(args[1])
	}
	f, p := Find(set, args[0])
	if f != nil {
		p = f.missingLineage()
	}
	return f, style, p
}

// CheckFinding checks a sentence that rests on a fact, which must be true or false. It
// returns the problem, without a place, where the fact is not true.
func CheckFinding(set aggregate.Set, address, sentence string) *diag.Problem {
	f, wrong := Find(set, address)
	if f == nil {
		return wrong
	}
	if !f.Column.Unit.IsFlag() {
		return &diag.Problem{Message: diag.Quote(address) + " is not a finding", Found: "a value of unit " + f.Column.Unit.String(), Expected: "a flag, true or false"}
	}
	if f.Value.True() || f.Aggregate.Tainted { // with problems in its data it says nothing
		if wrong := f.missingLineage(); wrong != nil {
			return wrong
		}
		return f.restsOnNothing()
	}
	prose, _ := ParseProse(set, sentence)
	found := f.Value.Raw()
	if f.Value.IsMissing() {
		found = "missing"
	}
	expected := ""
	if f.Finding != nil {
		found, expected = found+": "+f.Finding.Why, f.Finding.Says
	}
	return &diag.Problem{
		Message: "a finding is no longer true: " + strings.TrimRight(strings.Join(strings.Fields(prose.String()), " "), "."),
		Found:   address + " is " + found, Expected: expected, Hint: "broadsheet diff says which row changed it; then rewrite the sentence, or fix the data",
		Finding: f.Address.String(),
	}
}

// restsOnNothing is the problem of a finding that is true because there are no rows: of none, anything is.
func (f *Fact) restsOnNothing() *diag.Problem {
	if f.Finding != nil || f.Aggregate.Tainted || slices.ContainsFunc(f.Row.Lineage, func(r aggregate.RowNumbers) bool { return r.Len() > 0 }) {
		return nil
	}
	return &diag.Problem{
		Message: "a finding that rests on no rows: " + diag.Quote(f.Address.String()), Found: "no rows in " + strings.Join(f.Aggregate.Lineage, ", ") + " behind it",
		Hint:    "test that there are rows, count(*) > 0, and let " + f.Aggregate.Lineage[0] + "_rows list those that were looked at",
		Finding: f.Address.String(),
	}
}

// missingLineage is the problem of a fact whose aggregate names no rows: a reader could
// not follow it to the data.
func (f *Fact) missingLineage() *diag.Problem {
	a := f.Aggregate
	if len(a.Lineage) > 0 || a.Tainted {
		return nil
	}
	p := &diag.Problem{Message: "aggregate " + diag.Quote(a.Name) + " is cited but names no rows"}
	if len(a.Tables) > 0 {
		p.Hint = "add the column list(" + a.Tables[0] + "._row) AS " + a.Tables[0] + "_rows to " + a.File
	} else {
		p.Hint = "it reads no table: figures belong into a CSV file of data/"
	}
	return p
}
