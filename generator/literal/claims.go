package literal

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/chart"
	"broadsheet/generator/claimword"
	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	sentences "broadsheet/generator/passage"
)

// Claim is a sentence with claim words (package claimword): it is true or false by the
// data, though it may hold no number.
type Claim struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Sentence string   `json:"sentence"` // as a reader sees it
	Words    []string `json:"words"`
	Rests    []Rest   `json:"rests_on"`
	Open     []string `json:"open"` // the words that rest on nothing

	title bool   // of a page or a chart, or the description of a page
	field string // the column, of a text of a table

	template bool   // of the report
	after    string // the condition that does not hold where the words are
}

// Rest is what words of a sentence rest on: a finding and what it tests, or the reason why
// they need none.
type Rest struct {
	Finding string `json:"finding,omitempty"`
	Test    string `json:"test,omitempty"`
	Query   string `json:"query,omitempty"` // the part of the query that makes it, where it is not stated
	Waived  string `json:"waived,omitempty"`
}

// Problem is the problem of the words that rest on nothing.
func (c *Claim) Problem() diag.Problem {
	var quoted []string
	for _, w := range c.Open {
		quoted = append(quoted, diag.Quote(w))
	}
	hint := `rest the sentence on a finding, {{< finding "…" >}}…{{< /finding >}}, or waive it in the front matter (` + claimsKey + `) with a reason`
	if strings.HasPrefix(c.File, "data/charts/") {
		hint = `name what it rests on (finding), or waive it in this file (` + claimsKey + `) with a reason`
	}
	if c.after != "" {
		hint = "all that is known here is that " + c.after + " does not hold: give the words an {{< elseif >}} of their own, or " + hint
	}
	if c.field != "" {
		hint = `rest the words on a finding, {finding: …}…{/finding}, or waive them in data/datapackage.json with a reason, in the notes of the table: {"kind": "claim-word", "field": "` + c.field + `", "text": "…"}`
	}
	if c.template {
		hint = "put them under an if that tests what they say, such as a flag of the aggregate, or rest them on a finding in the prose, or allow them in hugo.toml with a reason: [[params." + claimsKey + "]]"
	}
	return diag.Problem{File: c.File, Line: c.Line, Column: c.Column, Field: c.field, Message: "a claim that rests on no finding: " + strings.Join(quoted, ", "), Found: diag.Quote(c.Sentence), Hint: hint}
}

// Open lists the problems of sentences, but for titles and descriptions, whose problems
// Check adds.
func Open(claims []Claim) (problems []diag.Problem) {
	for i := range claims {
		if c := &claims[i]; !c.title && len(c.Open) > 0 {
			problems = append(problems, c.Problem())
		}
	}
	return problems
}

// claims adds the sentences of a passage that claim something.
func (f *file) claims(p *passage) {
	text := string(p.text)
	f.now = current{at: p.at}
	words := f.claimWords(text, f.language)
	start := 0
	for _, sentence := range sentences.Split(text) {
		end := start + len(sentence)
		var in []claimword.Word
		for len(words) > 0 && words[0].Start < end {
			in, words = append(in, words[0]), words[1:]
		}
		if len(in) > 0 {
			first, last := start, end-1
			for first < last && (text[first] == ' ' || p.at[first] < 0) {
				first++
			}
			for last > first && p.at[last] < 0 {
				last--
			}
			until := p.at[last] + 1
			for until < len(f.text) && !utf8.RuneStart(f.text[until]) {
				until++ // a letter is not cut in two
			}
			from, until := f.clip(p.at[first], until, p.at[in[0].Start], p.at[in[len(in)-1].Start])
			c := Claim{Sentence: f.read(from, until)}
			c.Line, c.Column = config.Position(f.text, max(0, p.at[in[0].Start]))
			for _, w := range in {
				at := p.at[w.Start]
				i := slices.IndexFunc(f.calls, func(c content.Call) bool { return c.Name == "finding" && c.Inner != nil && c.Inner.Holds(at) })
				on := ""
				if i >= 0 {
					on = f.calls[i].First()
				}
				f.rest(&c, text, w, on, at)
			}
			f.claim(c)
		}
		start = end
	}
}

// claimsOf adds the claim of the value of a key: a title, or the like. It may rest on a
// finding as a whole.
func (f *file) claimsOf(key string, t translated, finding string) {
	value := t.text
	page := content.ReadLine(value)
	m := mask(page)
	text := string(plain(m.text, 0).text)
	words := f.claimWords(text, t.language)
	if len(words) == 0 {
		return
	}
	shown, _ := fact.ParseProse(f.aggregates, value)
	c := Claim{Sentence: strings.Join(strings.Fields(shown.String()), " "), title: key == "title" || key == "linkTitle" || key == "description"}
	c.Line, c.Column = f.front.Position(key)
	p := plain(m.text, 0)
	for _, w := range words {
		on := finding
		for i := range page.Calls {
			if call := &page.Calls[i]; on == "" && call.Name == "finding" && call.Inner != nil && call.Inner.Holds(p.at[w.Start]) {
				on = call.First()
			}
		}
		f.rest(&c, text, w, on, -1)
	}
	f.claim(c)
}

// claimWords are those of a text, but for words within longer names that hold a number: "a two-thirds majority", "All 50 states".
func (f *file) claimWords(text, language string) []claimword.Word {
	words := claimword.Find(text, language)
	if len(words) == 0 {
		return nil
	}
	shown := hideNames(text, language, f.settings.names())
	isHidden := func(i int) bool { return i >= 0 && i < len(text) && shown[i] != text[i] }
	return slices.DeleteFunc(words, func(w claimword.Word) bool {
		return shown[w.Start:w.End] != w.Text && (isHidden(w.Start-1) || isHidden(w.End)) // a name that is all of it is a claim: "two years later"
	})
}

// rest notes what a word of a sentence rests on. The word is at an offset of the file, or at -1, where that is not known.
func (f *file) rest(c *Claim, text string, w claimword.Word, finding string, at int) {
	c.Words = append(c.Words, w.Text)
	var on Rest
	switch {
	case finding != "":
		on.Finding = finding
		if found, _ := fact.Find(f.aggregates, f.ofRow(finding, 0)); found != nil {
			on = f.restOn(finding, found)
			if stated := found.Finding; stated != nil && !claimword.Fits(w.Text, text[w.End:], c.Sentence, stated.Claim, f.language) {
				f.beyond = append(f.beyond, diag.Problem{
					File: f.name, Line: c.Line, Column: c.Column, Field: c.field, Message: "words that a finding of another kind does not carry: " + diag.Quote(w.Text),
					Found: found.Address.String() + ": claim " + diag.Quote(stated.Claim), Hint: "state what the sentence says in a finding of its own",
				})
			}
		}
	default:
		part := expression{start: w.Start, end: w.End}
		waiver := f.allowance(claimsKey, text, part, true)
		if waiver == nil {
			waiver = f.allowance(allowKey, text, part, true) // half is both
		}
		chosen := f.chosen(at, w.Text, c.Sentence)
		switch {
		case waiver != nil:
			on.Waived = waiver.reason
		case chosen != nil && chosen.Finding != "" && !strings.HasPrefix(chosen.Test, notHeld):
			c.Words = c.Words[:len(c.Words)-1]
			f.rest(c, text, w, chosen.Finding, at) // as on a finding
			return
		case chosen != nil:
			on = *chosen
		default:
			c.Open = append(c.Open, w.Text)
			c.after = f.afterElse(at)
			return
		}
	}
	if !slices.Contains(c.Rests, on) {
		c.Rests = append(c.Rests, on)
	}
}

func (f *file) claim(c Claim) {
	c.File = f.name
	f.claimed = append(f.claimed, c)
}

var (
	linked = regexp.MustCompile(`!?(?:^|\[)([^\[\]]*)\]\([^)]*\)`) // a sentence may start within one
	marks  = strings.NewReplacer("*", "", "`", "", "\n", " ")
)

// read is a span of the file as a reader sees it: facts as their values, without marks.
func (f *file) read(start, end int) string {
	var b strings.Builder
	at := start
	until := func(next int) {
		if next > at {
			b.WriteString(string(f.text[at:next]))
			at = next
		}
	}
	for _, span := range f.shortcodes() {
		if span.Start < start || span.Start >= end || span.Start < at {
			continue
		}
		until(span.Start)
		at = span.End
		b.WriteString(span.text)
	}
	until(end)
	return strings.Join(strings.Fields(marks.Replace(linked.ReplaceAllString(b.String(), "$1"))), " ")
}

// written is what takes the place of a shortcode, or of its end.
type written struct {
	content.Span
	text string
}

// shortcodes lists those of the file in their order, with what they write.
func (f *file) shortcodes() []written {
	if f.spans != nil {
		return f.spans
	}
	f.spans = []written{}
	for i := range f.calls {
		c := &f.calls[i]
		text := ""
		var found *fact.Fact
		switch c.Name {
		case "fact":
			if cited, style, _ := fact.ParseCitation(f.aggregates, c.Positional()); cited != nil {
				text = cited.Text(style)
			} else {
				text = "{" + c.First() + "}" // of the row, in a text for rows
			}
		case "choose":
			found, text, _ = fact.Choose(f.aggregates, c.Named())
		case "plural":
			found, text, _ = fact.Plural(f.aggregates, c.Named())
		case "source":
			text = c.First()
		case "cell":
			text = "{" + c.First() + "}"
		}
		if of := c.Named()["of"]; (c.Name == "choose" || c.Name == "plural") && found == nil {
			text = "{" + of + "}"
		}
		f.spans = append(f.spans, written{c.Span, text})
		if c.Inner != nil {
			f.spans = append(f.spans, written{c.Closing, ""})
		}
	}
	slices.SortFunc(f.spans, func(a, b written) int { return a.Start - b.Start })
	return f.spans
}

// Findings lists the addresses of the findings on which words rest, sorted.
func Findings(prose *content.Files, charts []chart.File) []string {
	var list []string
	add := func(page *content.Page) {
		for i := range page.Calls {
			if c := &page.Calls[i]; c.Name == "finding" {
				list = append(list, c.First())
			}
		}
	}
	texts := func(front content.Front, keys ...string) {
		for _, key := range keys {
			add(content.ReadLine(front.Text(key)))
		}
	}
	for _, page := range prose.Pages {
		add(page)
		texts(page.Front, "title", "linkTitle", "description")
	}
	for _, file := range charts {
		front := content.ReadSettings(file.Name, file.Text)
		texts(front, "title", "subtitle", "note", "alt")
		if on := front.Text("finding"); on != "" {
			list = append(list, on)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
