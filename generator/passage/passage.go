// Package passage reads what finished pages say: each sentence that holds a fact,
// the charts, and the facts in tables. The method page lists it, and the lock
// keeps it.
//
// It goes by what stands in the pages and not by how they were made, so that a
// fact from Markdown, from a title, from a chart's file, or from a template counts
// alike:
//
//   - <data class="fact"> around a link to a cell of /numbers/ is a fact in a
//     sentence,
//   - <span class="finding" data-finding="ADDRESS"> is words that rest on a finding,
//   - <figure class="chart" id="chart-ID"> is a chart,
//   - any other link to a cell of /numbers/ is a fact in a table.
//
// A page whose <main data-copy> repeats other pages counts only for charts that no
// other page shows. What stands in <aside class="corrected">, old figures among it, does not count.
// Links are as templates write them, from the root of the site.
package passage

import (
	"bytes"
	"path"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/fact"

	"github.com/clipperhouse/uax29/v2/sentences"
	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"
)

// Page is a page that shows facts.
type Page struct {
	Path     string // from the root of the site: "/", "/states/ca/"
	Title    string
	Passages []Passage
	Charts   []string // their ids
	Cells    []fact.Address

	isCopy bool
}

// Passage is a sentence with facts.
type Passage struct {
	Text  string
	Facts []Cited
}

// Cited is a fact as it stands in a sentence, or a finding on which it rests.
type Cited struct {
	Address fact.Address
	Text    string // "" for a finding
}

// Read reads all pages of a site and returns those that show facts, by path.
func Read(site map[string][]byte) []Page {
	var names []string
	for name, text := range site {
		if path.Ext(name) == ".html" && (bytes.Contains(text, []byte("/#")) || bytes.Contains(text, []byte(`class="chart"`))) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := make([]Page, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			all[i] = read(name, site[name])
			return nil
		})
	}
	_ = group.Wait() // none fails
	all = slices.DeleteFunc(all, func(p Page) bool { return len(p.Passages)+len(p.Charts)+len(p.Cells) == 0 })
	slices.SortFunc(all, func(p, q Page) int { return strings.Compare(p.Path, q.Path) })
	return withoutCopies(all)
}

// withoutCopies leaves out the pages whose charts are all on pages that stay.
func withoutCopies(all []Page) []Page {
	shown := map[string]bool{}
	for _, p := range all {
		for _, id := range p.Charts {
			shown[id] = shown[id] || !p.isCopy
		}
	}
	return slices.DeleteFunc(all, func(p Page) bool {
		if !p.isCopy {
			return false
		}
		isNew := false
		for _, id := range p.Charts {
			isNew = isNew || !shown[id]
			shown[id] = true
		}
		return !isNew
	})
}

// reader goes through a page and collects one block at a time.
type reader struct {
	page Page

	block    strings.Builder // the text of the block, in which a fact is one rune
	facts    []Cited
	findings []stretch
	open     []string // tags that are open, in which a finding can begin

	link    *fact.Address // of the link that is open
	said    strings.Builder
	inFact  bool
	inTitle bool
}

// stretch is the words of a block that rest on a finding, by their offsets.
type stretch struct {
	address    fact.Address
	start, end int
	depth      int // of the open tags; 0 when it is closed
}

// first is the rune that stands for the first fact of a block; the next stands for
// the second. They are of private use, and no text has them.
const first = '\U000F0000'

// blocks end a sentence.
var blocks = map[string]bool{
	"article": true, "aside": true, "blockquote": true, "caption": true, "dd": true, "details": true, "div": true, "dl": true, "dt": true,
	"figcaption": true, "figure": true, "footer": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "header": true,
	"hr": true, "li": true, "main": true, "nav": true, "ol": true, "p": true, "pre": true, "section": true, "summary": true, "table": true,
	"tbody": true, "thead": true, "tr": true, "ul": true,
}

// without are elements that say nothing in sentences.
var without = map[string]bool{"svg": true, "script": true, "style": true, "template": true}

func read(name string, text []byte) Page {
	r := &reader{page: Page{Path: "/" + strings.TrimSuffix(name, "index.html")}}
	z := html.NewTokenizer(bytes.NewReader(text))
	main, skipped := false, ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			r.flush()
			return r.page
		}
		if kind == html.TextToken {
			if main && skipped == "" {
				r.text(string(z.Text()))
			}
			continue
		}
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		raw, more := z.TagName()
		tag := string(raw)
		if tag == "main" {
			main = kind == html.StartTagToken
		}
		if skipped != "" {
			if kind == html.EndTagToken && tag == skipped {
				skipped = ""
			}
			continue
		}
		if !main {
			continue
		}
		attributes := map[string]string{}
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			attributes[string(key)] = string(value)
		}
		if _, ok := attributes["data-copy"]; ok && tag == "main" {
			r.page.isCopy = true
		}
		if kind == html.StartTagToken && (without[tag] || tag == "aside" && attributes["class"] == "corrected") {
			skipped = tag
			continue
		}
		if blocks[tag] {
			r.flush()
		}
		if kind == html.EndTagToken {
			r.end(tag)
			continue
		}
		r.start(tag, attributes)
	}
}

func (r *reader) start(tag string, attributes map[string]string) {
	switch tag {
	case "h1":
		r.inTitle = true
	case "span":
		r.open = append(r.open, tag)
		if address, ok := fact.Parse(attributes["data-finding"]); ok && attributes["class"] == "finding" {
			r.findings = append(r.findings, stretch{address, r.block.Len(), -1, len(r.open)})
		}
	case "data":
		r.inFact = attributes["class"] == "fact"
	case "a":
		if address, ok := fact.Linked(attributes["href"]); ok {
			r.link = &address
			r.said.Reset()
		}
	case "figure":
		if id, ok := strings.CutPrefix(attributes["id"], "chart-"); ok && attributes["class"] == "chart" {
			r.page.Charts = append(r.page.Charts, id)
		}
	case "td", "th":
		if strings.TrimSpace(r.block.String()) != "" {
			r.block.WriteString(" · ")
		}
	case "br":
		r.block.WriteByte(' ')
	}
}

func (r *reader) end(tag string) {
	switch tag {
	case "h1":
		r.inTitle = false
	case "span":
		for i := range r.findings {
			if f := &r.findings[i]; f.depth > 0 && f.depth == len(r.open) {
				f.end, f.depth = r.block.Len(), 0
			}
		}
		r.open = r.open[:max(0, len(r.open)-1)]
	case "data":
		r.inFact = false
	case "a":
		if r.link == nil {
			return
		}
		if r.inFact {
			r.block.WriteRune(first + rune(len(r.facts)))
			r.facts = append(r.facts, Cited{*r.link, fold(r.said.String())})
		} else {
			r.block.WriteString(r.said.String())
			r.page.Cells = append(r.page.Cells, *r.link)
		}
		if r.inTitle {
			r.page.Title += r.said.String()
		}
		r.link = nil
	}
}

func (r *reader) text(s string) {
	if r.link != nil {
		r.said.WriteString(s)
		return
	}
	r.block.WriteString(breaks.Replace(s))
	if r.inTitle {
		r.page.Title += s
	}
}

// breaks makes spaces of line ends, at which a sentence would end.
var breaks = strings.NewReplacer("\n", " ", "\r", " ", "\u2028", " ", "\u2029", " ", "\u0085", " ")

// flush ends a block: its sentences with facts become passages. A finding that
// goes on in the next block begins there again.
func (r *reader) flush() {
	text := r.block.String()
	if len(r.facts)+len(r.findings) > 0 {
		at := 0
		for _, sentence := range split(text) {
			p := Passage{Text: r.write(sentence)}
			for _, f := range r.findings {
				start, end := max(f.start, at), f.end
				if end < 0 {
					end = len(text)
				}
				if end = min(end, at+len(sentence)); start < end && strings.TrimSpace(text[start:end]) != "" {
					p.Facts = append(p.Facts, Cited{Address: f.address})
				}
			}
			for i, f := range r.facts {
				if strings.ContainsRune(sentence, first+rune(i)) {
					p.Facts = append(p.Facts, f)
				}
			}
			if at += len(sentence); len(p.Facts) > 0 {
				r.page.Passages = append(r.page.Passages, p)
			}
		}
	}
	r.block.Reset()
	r.facts = nil
	r.findings = slices.DeleteFunc(r.findings, func(f stretch) bool { return f.end >= 0 })
	for i := range r.findings {
		r.findings[i].start = 0
	}
	r.page.Title = fold(r.page.Title)
}

// write puts the facts' texts into a sentence.
func (r *reader) write(sentence string) string {
	var b strings.Builder
	for _, c := range sentence {
		if i := int(c - first); i >= 0 && i < len(r.facts) {
			b.WriteString(r.facts[i].Text)
		} else {
			b.WriteRune(c)
		}
	}
	return fold(b.String())
}

// fold makes one space of all white space between words.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

// split cuts a text into sentences, by the rules of Unicode (UAX 29). These do not
// know abbreviations: a sentence that ends with one goes on.
func split(text string) []string {
	var list []string
	goesOn := false
	for tokens := sentences.FromString(text); tokens.Next(); {
		s := tokens.Value()
		if goesOn {
			list[len(list)-1] += s
		} else {
			list = append(list, s)
		}
		words := strings.Fields(list[len(list)-1])
		goesOn = len(words) > 0 && slices.Contains(abbreviations, words[len(words)-1])
	}
	return list
}

var abbreviations = []string{
	"Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Sen.", "Rep.", "Gov.", "Gen.", "Lt.",
	"No.", "v.", "vs.", "U.S.", "D.C.", "Inc.", "Corp.", "Co.",
}
