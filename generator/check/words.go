package check

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/literal"
	"broadsheet/generator/markup"

	"golang.org/x/net/html"
)

// Package literal reads what editors write in prose and in the files of charts. Numbers also come to a page another
// way: from a template, a content adapter, hugo.toml, a translation, the title of a query. So every number that a
// finished page says is a fact, or rests on a finding, or is not the report's own, or is allowed with a reason.
//
// Pages repeat each other, in descriptions, in lists of pages, in what to cite. There a number passes with the words
// next to it that it has where it is a fact. When the fact changes and the copy does not, they differ, and the copy
// is a problem.

// spoken is a number in the words of a page.
type spoken struct {
	literal.Number
	Text    string // all that is read in one go; "" of a number that is known
	Context string // the number, and a word on each side
	Known   bool
}

// silent are elements whose insides are not words.
var silent = map[string]bool{
	"svg": true, "script": true, "style": true, "template": true, "code": true, "pre": true, "kbd": true, "samp": true, "math": true,
}

// fieldTypes are those of fields in which a reader sees no words.
var fieldTypes = map[string]bool{"hidden": true, "checkbox": true, "radio": true, "color": true, "range": true, "image": true, "file": true}

// known are elements, and knownOf classes, whose numbers are facts or somebody's words, or are read where they come
// from: the files of charts, and the tables.
var (
	known   = map[string]bool{"data": true, "time": true, "blockquote": true, "q": true}
	knownOf = []markup.Class{markup.Chart, markup.Corrected, markup.Cited, markup.Quoted, markup.Timeline, markup.Own, markup.Take, markup.Embed, markup.Snippet, markup.Scroll}
	// repeats list what is said elsewhere
	repeats = []markup.Class{markup.Traces, markup.Passages}
)

// inline are elements that do not end a text.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "br": true, "cite": true, "code": true, "data": true, "del": true, "dfn": true, "em": true,
	"font": true, "i": true, "img": true, "ins": true, "mark": true, "q": true, "s": true, "small": true, "span": true, "strong": true, "sub": true,
	"sup": true, "time": true, "tt": true, "u": true, "var": true, "wbr": true,
}

// hearing collects what a page says, one text at a time.
type hearing struct {
	walk     *walk
	language string
	text     strings.Builder
	parts    []part
	next     int // the number by which a list goes on where the one before it ended
}

// part is a stretch of the text, up to an offset.
type part struct {
	end           int
	known, tested bool
}

// hear lists the numbers that a page says.
func (w *walk) hear(root *html.Node) {
	h := &hearing{walk: w}
	h.visit(root, part{})
	h.flush()
}

func (h *hearing) visit(n *html.Node, in part) {
	switch {
	case n.Type == html.TextNode:
		h.write(n.Data, in)
		return
	case n.Type != html.ElementNode:
	case n.Data == "html":
		h.language, _, _ = strings.Cut(attribute(n, "lang"), "-")
	case n.Data == "meta":
		if key := attribute(n, "name") + attribute(n, "property"); key == "description" || key == "og:title" || key == "og:description" {
			h.alone(attribute(n, "content"), in)
		}
		return
	case n.Data == "code" && n.Namespace == "" && saysNumber(n):
	case silent[n.Data] || n.Namespace != "":
		h.alone(attribute(n, "aria-label"), part{known: true}) // what a drawing says is read where it comes from
		h.write(" ", in)
		return
	case hasOne(n, repeats), attribute(n, "role") == "doc-noteref":
		h.write(" ", in)
		return
	default:
		in = h.enter(n, in)
	}
	block := n.Type == html.ElementNode && !inline[n.Data]
	if block {
		h.flush()
	}
	for c := range n.ChildNodes() {
		h.visit(c, in)
	}
	if block {
		h.flush()
	}
}

// enter is what the insides of an element are.
func (h *hearing) enter(n *html.Node, in part) part {
	class := attribute(n, "class")
	in.known = in.known || known[n.Data] || hasOne(n, knownOf)
	switch n.Data {
	case "a":
		_, isCell := h.walk.cell(leads(n))
		in.known = in.known || isCell
	case "span":
		_, isAddress := fact.ParseAddress(attribute(n, string(markup.DataFinding)))
		in.tested = in.tested || isAddress && markup.Finding.In(class)
	case "br":
		h.write(" ", in)
	case "img":
		h.alone(attribute(n, "alt"), in)
	case "input":
		if !fieldTypes[attribute(n, "type")] {
			h.alone(attribute(n, "value"), in)
		}
		h.alone(attribute(n, "placeholder"), in)
	case "textarea":
		h.alone(attribute(n, "placeholder"), in)
	case "option":
		h.alone(attribute(n, "label"), in)
	case "ol":
		h.list(n, in)
	}
	h.alone(attribute(n, "aria-label"), in)
	if n.Data != "iframe" { // its title is what it is called
		h.alone(attribute(n, "title"), in)
	}
	return in
}

// list hears the numbers of a list that does not count from 1, or goes on where the one before it ended.
func (h *hearing) list(n *html.Node, in part) {
	start := attribute(n, "start")
	at, err := strconv.Atoi(start)
	if err != nil {
		at = 1
	}
	if at > 1 && at != h.next {
		h.alone(start, in)
	}
	for item := range n.ChildNodes() {
		if item.Type == html.ElementNode && item.Data == "li" {
			if value := attribute(item, "value"); value != "" && value != strconv.Itoa(at) {
				h.alone(value, in)
			}
			at++
		}
	}
	h.next = at
}

// saysNumber reports whether what is set as code is prose, and has a number.
func saysNumber(n *html.Node) bool {
	if n.FirstChild == nil || n.FirstChild != n.LastChild || n.FirstChild.Type != html.TextNode || n.Parent != nil && n.Parent.Data == "pre" {
		return false
	}
	return literal.SaysNumber(n.FirstChild.Data)
}

func hasOne(n *html.Node, of []markup.Class) bool {
	class := attribute(n, "class")
	return class != "" && slices.ContainsFunc(of, func(c markup.Class) bool { return c.In(class) })
}

// write adds a text as an editor may have written it: with one space wherever there is space, and with straight
// quotation marks, of which Hugo makes curly ones.
func (h *hearing) write(text string, in part) {
	spaced := strings.HasSuffix(h.text.String(), " ")
	for _, r := range literal.Straight.Replace(text) {
		if unicode.IsSpace(r) {
			if !spaced {
				h.text.WriteByte(' ')
			}
			spaced = true
			continue
		}
		spaced = false
		h.text.WriteRune(r)
	}
	in.end = h.text.Len()
	h.parts = append(h.parts, in)
}

// alone hears a text that is read by itself.
func (h *hearing) alone(text string, in part) {
	text = literal.Straight.Replace(strings.Join(strings.Fields(text), " "))
	in.end = len(text)
	h.numbers(text, []part{in})
}

func (h *hearing) flush() {
	h.numbers(h.text.String(), h.parts)
	h.text.Reset()
	h.parts = nil
}

func (h *hearing) numbers(text string, parts []part) {
	for _, n := range h.walk.site.Literals.Numbers(text, h.language) {
		start, s := 0, spoken{Number: n, Context: literal.Context(text, n)}
		for _, p := range parts {
			if start < n.End && n.Start < p.end {
				s.Known = s.Known || p.known || p.tested && !n.Digits
			}
			start = p.end
		}
		if !s.Known {
			s.Text = text
		}
		h.walk.Spoken = append(h.walk.Spoken, s)
	}
}

const spokenHint = "write a fact; or allow it in hugo.toml, with a reason: [[params.allow_numbers]]"

// checkSpoken adds a fault for each number without a fact behind it.
func checkSpoken(site Site, names []string, pages map[string]*page) {
	said := map[string]bool{}
	for _, name := range names {
		for i := range pages[name].Spoken {
			s := &pages[name].Spoken[i]
			s.Known = s.Known || site.Literals.Allows(site.source(name), s.Text, s.Number)
			said[s.Context] = said[s.Context] || s.Known
		}
	}
	for _, name := range names {
		if site.Listings[name] || path.Base(name) == "404.html" {
			continue
		}
		for _, s := range pages[name].Spoken {
			if number := s.Text[min(s.Start, len(s.Text)):min(s.End, len(s.Text))]; !said[s.Context] {
				pages[name].fail(diag.Problem{Message: "a number that is not a fact: " + diag.Quote(number), Hint: spokenHint}, strings.TrimSpace(number))
			}
		}
	}
}
