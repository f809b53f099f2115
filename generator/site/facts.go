package site

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// facts looks facts up, for sentences and titles.
type facts struct {
	aggregates aggregate.Set
	sources    *sources
	words      words // noted while pages are rendered, for reads
}

// Citation is a fact in a sentence.
type Citation struct {
	Text string // "$28.3 million"
	Raw  string // "28300000"
	Link string // to its cell among the numbers
	Than string // the address of the fact with which it was compared; "" for none
}

func (r *facts) cite(f *fact.Fact, text string) Citation {
	if text != f.Text(quantity.Prose) {
		r.words.add(f.Address.String(), text)
	}
	return Citation{Text: text, Raw: f.Value.Raw(), Link: f.Address.Link()}
}

// words are the texts other than the usual one in which facts were written, by address: in another style, or chosen.
type words struct {
	mu    sync.Mutex
	texts map[string]map[string]bool
}

func (w *words) add(address, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.texts == nil {
		w.texts = map[string]map[string]bool{}
	}
	if w.texts[address] == nil {
		w.texts[address] = map[string]bool{}
	}
	w.texts[address][text] = true
}

// reads reports whether a text can stand for a cell on a page, and what the cell holds and usually reads as. It knows the
// texts of all styles, and those that were written here. known is false where there is no such cell.
func (r *facts) reads(address fact.Address, text string) (raw, usual string, same, known bool) {
	f := fact.Lookup(r.aggregates, address)
	if f == nil {
		return "", "", false, false
	}
	raw, usual = f.Value.Raw(), f.Text(quantity.Prose)
	fold := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	if text = fold(text); fold(usual) == text {
		return raw, usual, true, true
	}
	for _, style := range append([]string{string(quantity.InTable)}, quantity.Styles()...) {
		if fold(f.Text(quantity.Style(style))) == text {
			return raw, usual, true, true
		}
	}
	if f.Column.Unit.IsFlag() && (text == fold(f.RowName()) || text == fold(f.Column.Label)) {
		return raw, usual, true, true // a finding goes by its name, where it is listed
	}
	if s := r.sources.byID[raw]; s != nil && f.Column.Name == "source_id" && text == fold(s.Publisher()) {
		return raw, usual, true, true
	}
	r.words.mu.Lock()
	defer r.words.mu.Unlock()
	for word := range r.words.texts[address.String()] {
		same = same || fold(word) == text
	}
	return raw, usual, same, true
}

// Fact looks up the arguments of a fact shortcode: an address and, if need be, a
// style.
func (r *facts) Fact(args ...string) (Citation, error) {
	f, style, wrong := fact.ParseCitation(r.aggregates, args)
	if f == nil {
		return Citation{}, asError(wrong)
	}
	return r.cite(f, f.Text(style)), nil
}

// Choose picks the words that belong to the value of a fact, which is named of.
func (r *facts) Choose(words map[string]any) (Citation, error) {
	f, word, wrong := fact.Choose(r.aggregates, stringArgs(words))
	if f == nil {
		return Citation{}, asError(wrong)
	}
	c := r.cite(f, word)
	if than := fact.Than(r.aggregates, stringArgs(words)); than != nil {
		c.Than = than.Address.String()
	}
	return c, nil
}

// Plural picks the form of a word beside the number of a fact, which is named of.
func (r *facts) Plural(words map[string]any) (Citation, error) {
	f, word, wrong := fact.Plural(r.aggregates, stringArgs(words))
	if f == nil {
		return Citation{}, asError(wrong)
	}
	return r.cite(f, word), nil
}

// said writes a text of a table that holds facts, with links to them. Its first word is spelled as the place wants it.
func (r *facts) said(written string, spell func(string) string) template.HTML {
	prose, wrong := fact.ParseText(r.aggregates, written)
	if !fact.IsSound(wrong) || len(prose) == 0 {
		return "" // its problems are known
	}
	prose[0].Text = spell(prose[0].Text)
	return r.Said(prose)
}

func asIs(text string) string { return text }

// plain is a text of a table with what its placeholders say.
func (r *facts) plain(text string) string {
	if prose, wrong := fact.ParseText(r.aggregates, text); fact.IsSound(wrong) {
		return prose.String()
	}
	return text
}

// asError is for templates: prose was checked before.
func asError(p *diag.Problem) error {
	if p == nil {
		return fmt.Errorf("the aggregate has no result")
	}
	return fmt.Errorf("%s", strings.TrimPrefix(p.String(), ": "))
}

// Read looks up the facts of a one-line text, such as a title. What it returns
// prints as plain text, and Said writes it as HTML in which facts can be followed.
func (r *facts) Read(text string) (fact.Prose, error) {
	prose, wrong := fact.ParseProse(r.aggregates, text)
	for i := range wrong {
		if wrong[i].Finding == "" { // one that is no longer true is told, and diff shows it
			return nil, asError(&wrong[i])
		}
	}
	return prose, nil
}

// Said writes a one-line text as HTML.
func (r *facts) Said(prose fact.Prose) template.HTML {
	w := &markup.Writer{}
	var resting *fact.Fact
	rest := func(on *fact.Fact) {
		if on != resting {
			if resting != nil {
				w.Raw("</span>")
			}
			if on != nil {
				w.Raw("<span").Class(markup.Finding).Data(markup.DataFinding, on.Address.String()).Raw(">")
			}
			resting = on
		}
	}
	for _, part := range prose {
		rest(part.Finding)
		if part.Fact != nil {
			c := r.cite(part.Fact, part.Text)
			if part.Than != nil {
				c.Than = part.Than.Address.String()
			}
			writeCitation(w, c)
		} else {
			w.Text(part.Text)
		}
	}
	rest(nil)
	return w.HTML()
}

// HTML is the fact in a sentence: its value for machines, its text for people,
// and the way to its trace.
func (c Citation) HTML() template.HTML {
	w := &markup.Writer{}
	writeCitation(w, c)
	return w.HTML()
}

// day begins the value of a day or a month.
var day = regexp.MustCompile(`^\d{4}-\d\d`)

func writeCitation(w *markup.Writer, c Citation) {
	classes := []markup.Class{markup.Fact}
	if !strings.ContainsFunc(c.Text, unicode.IsDigit) || day.MatchString(c.Raw) {
		classes = append(classes, markup.Words)
	}
	w.Raw("<data").Class(classes...).Attr("value", c.Raw).Raw("><a").Attr("href", c.Link).Raw(">").Text(c.Text).Raw("</a></data>")
	if c.Than != "" { // for the lock: the words depend on it too
		w.Raw("<span hidden").Data(markup.DataCondition, c.Than).Raw("></span>")
	}
}
