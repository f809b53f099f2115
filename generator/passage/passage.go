// Package passage reads what finished pages say: each sentence that holds a fact,
// the charts, and the facts in tables. The method page lists it, and the lock
// keeps it.
//
// It goes by what is in the pages and not by how they were made, so that a
// fact from Markdown, from a title, from a chart's file, or from a template counts
// alike: facts, findings and charts are what package markup says, and any other link to a cell of /numbers/ is a fact in a table.
//
// A page that repeats other pages (markup.DataCopy) counts only where it shows a chart or a fact that no other page shows.
// What is listed under corrections, old figures too, does not count.
// Links are as templates write them, from the root of the site.
//
// What was counted is also listed (Mark), and package check holds the finished pages against it, so that no template can
// show a fact that the lock does not know.
package passage

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/memo"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/sourcegraph/conc/pool"
	"golang.org/x/net/html"
)

// Page is a page that shows facts.
type Page struct {
	Path     string // from the root of the site: "/", "/states/ca/"
	Title    string
	Passages []Passage
	Charts   []string       // their ids
	Cells    []Cited        // in tables
	Rests    []fact.Address // the cells on which its words depend
	Texts    []Cited        // without a link; an address with a part of the key stands for all cells that have it
	Sources  []Source

	Marks  []Mark // what was counted on it
	IsCopy bool
}

// Mark is a fact, a finding, a chart or a list of corrections that was counted on a page.
type Mark struct {
	Class markup.Class
	Name  string // an address; of a chart its id; of corrections ""
}

// Source is a link to where data come from.
type Source struct {
	ID   string
	Text string // of the link
}

// Passage is a sentence with facts.
type Passage struct {
	Text  string
	Facts []Cited
}

// Cited is a fact in a sentence, or a finding on which it rests.
type Cited struct {
	Address fact.Address
	Text    string // "" for a finding
}

// signs are what a page has that is worth reading: a fact, a chart, corrections, or a finding.
var signs = [][]byte{[]byte("/#"), []byte("<figure"), []byte(markup.DataCell), []byte("<aside"), []byte(markup.DataFinding), []byte(markup.DataCondition)}

// Read reads all pages of a site and returns those that show facts, by path, and what was counted on each page, by file.
func Read(ctx context.Context, site map[string][]byte, m *memo.Memo) ([]Page, map[string][]Mark, error) {
	var names []string
	for name, text := range site {
		if path.Ext(name) == ".html" && slices.ContainsFunc(signs, func(sign []byte) bool { return bytes.Contains(text, sign) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := make([]Page, len(names))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			key, err := memo.KeyOf(name, site[name])
			if err != nil {
				return err
			}
			all[i], err = memo.Do(m, "passages", key, func() (Page, error) { return read(name, site[name]), ctx.Err() })
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	marks := map[string][]Mark{}
	for i, name := range names {
		marks[name] = all[i].Marks
	}
	all = slices.DeleteFunc(all, func(p Page) bool { return len(p.Passages)+len(p.Charts)+len(p.Cells)+len(p.Texts)+len(p.Rests) == 0 })
	slices.SortFunc(all, func(p, q Page) int { return strings.Compare(p.Path, q.Path) })
	return withoutCopies(all), marks, nil
}

// withoutCopies leaves out the pages whose charts and facts are all on pages that stay.
func withoutCopies(all []Page) []Page {
	shown := map[Mark]bool{}
	for _, p := range all {
		for _, m := range p.Marks {
			shown[m] = shown[m] || !p.IsCopy
		}
	}
	return slices.DeleteFunc(all, func(p Page) bool {
		if !p.IsCopy {
			return false
		}
		isNew := false
		for _, m := range p.Marks {
			isNew = isNew || m.Class != markup.Corrected && !shown[m]
			shown[m] = true
		}
		return !isNew
	})
}

// reader goes through a page and collects one block at a time.
type reader struct {
	page Page

	block    strings.Builder // the text of the block, in which a fact is one rune
	facts    []citation
	findings []span
	open     []int // for each tag that is open and can be a finding, its place in findings; -1 if it is none

	link     *fact.Address // of the link that is open
	cells    []openCell
	inSource bool // the link that is open leads to a source
	said     strings.Builder
	inFact   bool
	inTitle  bool
}

// openCell is an element that shows the text of a cell and is not at its end.
type openCell struct {
	at    int // in the texts of the page
	tag   string
	depth int // elements of that kind that are open
}

// citation is a fact at an offset of the block.
type citation struct {
	Cited
	at int
}

// span is the words of a block that rest on a finding, by their offsets.
type span struct {
	address    fact.Address
	start, end int // end is -1 as long as it is open
}

// placeholder is the rune that stands for a fact while sentences are told apart. It is of
// private use, and no end of a sentence; which of them are facts is known by their offsets.
const placeholder = "\U000F0000"

// sources is where links to sources lead.
const sources = "/sources/#"

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
	main, skipped, depth := false, "", 0 // of elements of the kind that is skipped
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			r.flush()
			r.page.Title = fold(r.page.Title)
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
			switch {
			case tag != skipped:
			case kind == html.StartTagToken:
				depth++
			case kind == html.EndTagToken:
				if depth--; depth == 0 {
					skipped = ""
				}
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
		if _, ok := attributes[string(markup.DataCopy)]; ok && tag == "main" {
			r.page.IsCopy = true
		}
		corrected := tag == "aside" && markup.Corrected.In(attributes["class"])
		if kind == html.StartTagToken && (without[tag] || corrected) {
			skipped, depth = tag, 1
			if corrected {
				r.mark(markup.Corrected, "")
			}
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

func (r *reader) mark(class markup.Class, name string) {
	r.page.Marks = append(r.page.Marks, Mark{class, name})
}

func (r *reader) start(tag string, attributes map[string]string) {
	r.nest(tag, 1)
	if address, ok := fact.ParseAddress(attributes[string(markup.DataCell)]); ok {
		r.cells = append(r.cells, openCell{len(r.page.Texts), tag, 1})
		r.page.Texts = append(r.page.Texts, Cited{Address: address})
	}
	if address, ok := fact.ParseAddress(attributes[string(markup.DataCondition)]); ok {
		r.page.Rests = append(r.page.Rests, address)
	}
	switch tag {
	case "h1":
		r.inTitle = true
	case "span":
		r.open = append(r.open, -1)
		if address, ok := fact.ParseAddress(attributes[string(markup.DataFinding)]); ok && markup.Finding.In(attributes["class"]) {
			r.mark(markup.Finding, address.String())
			r.open[len(r.open)-1] = len(r.findings)
			r.findings = append(r.findings, span{address, r.block.Len(), -1})
		}
	case "data":
		r.inFact = markup.Fact.In(attributes["class"])
	case "a":
		if address, ok := fact.AddressOfLink(attributes["href"]); ok {
			r.link = &address
			r.said.Reset()
		} else if id, ok := strings.CutPrefix(attributes["href"], sources); ok && id != "" {
			if plain, err := url.PathUnescape(id); err == nil {
				id = plain
			}
			r.page.Sources = append(r.page.Sources, Source{ID: id})
			r.inSource = true
		}
	case "figure":
		if id, ok := markup.ChartID(attributes["id"]); ok && markup.Chart.In(attributes["class"]) {
			r.mark(markup.Chart, id)
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

// nest counts the elements of the kind of a cell within it, so that its end is known.
func (r *reader) nest(tag string, by int) {
	for i := range r.cells {
		if r.cells[i].tag == tag {
			r.cells[i].depth += by
		}
	}
	r.cells = slices.DeleteFunc(r.cells, func(c openCell) bool {
		if c.depth == 0 {
			r.page.Texts[c.at].Text = fold(r.page.Texts[c.at].Text)
		}
		return c.depth == 0
	})
}

func (r *reader) end(tag string) {
	r.nest(tag, -1)
	switch tag {
	case "h1":
		r.inTitle = false
	case "span":
		if n := len(r.open); n > 0 {
			if i := r.open[n-1]; i >= 0 {
				r.findings[i].end = r.block.Len()
			}
			r.open = r.open[:n-1]
		}
	case "data":
		r.inFact = false
	case "a":
		r.inSource = false
		if r.link == nil {
			return
		}
		if r.inFact {
			r.mark(markup.Fact, r.link.String())
			r.facts = append(r.facts, citation{Cited{*r.link, fold(r.said.String())}, r.block.Len()})
			r.block.WriteString(placeholder)
		} else {
			r.block.WriteString(r.said.String())
			r.page.Cells = append(r.page.Cells, Cited{*r.link, fold(r.said.String())})
		}
		if r.inTitle {
			r.page.Title += r.said.String()
		}
		r.link = nil
	}
}

func (r *reader) text(s string) {
	for _, c := range r.cells {
		r.page.Texts[c.at].Text += s
	}
	if r.link != nil {
		r.said.WriteString(s)
		return
	}
	if r.inSource {
		r.page.Sources[len(r.page.Sources)-1].Text += s
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
	if len(r.facts)+len(r.findings) > 0 {
		r.pass()
	}
	r.block.Reset()
	r.facts = nil
	var goOn []span
	for n, i := range r.open {
		if i >= 0 {
			r.open[n] = len(goOn)
			goOn = append(goOn, span{r.findings[i].address, 0, -1})
		}
	}
	r.findings = goOn
}

// pass goes through the sentences of a block once: facts and findings are in order.
func (r *reader) pass() {
	text, facts, findings := r.block.String(), r.facts, r.findings
	var begun []span
	start := 0
	for _, sentence := range Split(text) {
		end := start + len(sentence)
		var p Passage
		for len(findings) > 0 && findings[0].start < end {
			begun, findings = append(begun, findings[0]), findings[1:]
		}
		begun = slices.DeleteFunc(begun, func(f span) bool {
			to := end
			if f.end >= 0 {
				to = min(f.end, end)
			}
			if from := max(f.start, start); from < to && strings.TrimSpace(text[from:to]) != "" {
				p.Facts = append(p.Facts, Cited{Address: f.address})
			}
			return f.end >= 0 && f.end <= end
		})
		n := 0
		for ; n < len(facts) && facts[n].at < end; n++ {
			p.Facts = append(p.Facts, facts[n].Cited)
		}
		if len(p.Facts) > 0 {
			p.Text = write(text, start, end, facts[:n])
			r.page.Passages = append(r.page.Passages, p)
		}
		start, facts = end, facts[n:]
	}
}

// write is a span of a text with its facts' own texts.
func write(text string, start, end int, facts []citation) string {
	var b strings.Builder
	for _, f := range facts {
		b.WriteString(text[start:f.at])
		b.WriteString(f.Text)
		start = f.at + len(placeholder)
	}
	b.WriteString(text[start:end])
	return fold(b.String())
}

// fold makes one space of all white space between words.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

// Split cuts a text into sentences, by the rules of Unicode (UAX 29). These do not
// know abbreviations: a sentence that ends with one goes on.
func Split(text string) []string {
	var list []string
	start, end := 0, 0
	for tokens := sentences.FromString(text); tokens.Next(); {
		s := tokens.Value()
		end += len(s)
		word := strings.TrimSpace(s)
		if i := strings.LastIndexFunc(word, unicode.IsSpace); i >= 0 {
			word = strings.TrimSpace(word[i:])
		}
		if !slices.Contains(abbreviations, word) && !dayOfMonth.MatchString(word+following(text[end:])) {
			list = append(list, text[start:end])
			start = end
		}
	}
	if start < end {
		list = append(list, text[start:end])
	}
	return list
}

var abbreviations = []string{
	"Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Sen.", "Rep.", "Gov.", "Gen.", "Lt.",
	"No.", "v.", "vs.", "U.S.", "D.C.", "Inc.", "Corp.", "Co.",
	"Tsd.", "Mio.", "Mrd.", "Bio.", "Nr.", "Abs.", "Art.", "bzw.", "ca.", "Prof.", // German
	"Sr.", "Sra.", "EE.", "UU.", "núm.", "pág.", // Spanish
	"janv.", "févr.", "avr.", "juill.", "sept.", "oct.", "nov.", "déc.", "M.", "art.", // French
}

// dayOfMonth is the end of a German day, 24., and the month behind it.
var dayOfMonth = regexp.MustCompile(`^(?:3[01]|[12]\d|[1-9])\. ?(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)$`)

// following is the first word of a text.
func following(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.TrimRight(word, ",;:.")
}
