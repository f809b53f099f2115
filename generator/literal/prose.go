package literal

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// passage is text that is read in one go, such as a paragraph: without markup, and
// with one space wherever there is space.
type passage struct {
	text []byte
	at   []int // where in the file each byte of text is
}

// plain is a passage of a text without Markdown that starts at an offset of the file.
func plain(text []byte, offset int) *passage {
	p := &passage{}
	p.write(text, offset, false)
	return p
}

// write adds text. Markdown has backslashes before what is not markup, and
// entities; each comes out as the one character that it stands for.
func (p *passage) write(text []byte, offset int, markdown bool) {
	for i := 0; i < len(text); {
		at := offset + i
		if c := text[i]; markdown && c == '\\' && i+1 < len(text) && isPunctuation(text[i+1]) {
			at, i = at+1, i+1
		} else if markdown && c == '&' {
			if end := bytes.IndexByte(text[i:min(len(text), i+40)], ';'); end > 0 {
				entity := string(text[i : i+end+1])
				if char := html.UnescapeString(entity); char != entity {
					for _, r := range char {
						p.add(r, []byte(string(r)), at)
					}
					i += end + 1
					continue
				}
			}
		}
		r, size := utf8.DecodeRune(text[i:])
		p.add(r, text[i:i+size], at)
		i += size
	}
}

func isPunctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// add adds a character. What has no width, such as a soft hyphen, is left out.
func (p *passage) add(r rune, written []byte, at int) {
	switch {
	case unicode.IsSpace(r):
		if n := len(p.text); n > 0 && p.text[n-1] == ' ' {
			return
		}
		written = []byte{' '}
	case unicode.Is(unicode.Cf, r):
		return
	}
	for range written {
		p.at = append(p.at, at)
	}
	p.text = append(p.text, written...)
}

// gap stands for something that is not prose: no number runs across it.
func (p *passage) gap() { p.add(filler, []byte{filler}, -1) }

// markdown parses as Hugo does by default, but for typographic quotes.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
	goldmark.WithParserOptions(parser.WithAttribute()),
).Parser()

// passages lists what a reader reads of a text in Markdown.
func passages(source []byte) []*passage {
	var list []*passage
	next := 0 // the number by which a list goes on where the one before it ended
	// nothing fails in here
	_ = ast.Walk(markdown.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.List); ok && entering && l.IsOrdered() {
			if l.Start > 1 && l.Start != next {
				list = append(list, numberOf(l, source))
			}
			next = l.Start + l.ChildCount()
		}
		if !entering || n.Type() == ast.TypeInline || n.FirstChild() == nil || n.FirstChild().Type() != ast.TypeInline {
			return ast.WalkContinue, nil
		}
		p := &passage{}
		p.inline(n, source, &list)
		list = append(list, p)
		return ast.WalkSkipChildren, nil
	})
	return list
}

// numberOf is the number with which a list starts.
func numberOf(l *ast.List, source []byte) *passage {
	number := []byte(strconv.Itoa(l.Start))
	at := len(source)
	_ = ast.Walk(l, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return plain(number, max(0, bytes.LastIndex(source[:at], number)))
}

// inline adds the text of a node's children. Titles of links and pictures, which
// show when one points at them, are passages of their own.
func (p *passage) inline(n ast.Node, source []byte, titles *[]*passage) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			p.write(source[c.Segment.Start:c.Segment.Stop], c.Segment.Start, !c.IsRaw())
			if c.SoftLineBreak() || c.HardLineBreak() {
				p.add(' ', nil, c.Segment.Stop)
			}
		case *ast.CodeSpan:
			if SaysNumber(code(c, source)) {
				p.inline(c, source, titles)
				continue
			}
			p.gap()
		case *ast.AutoLink, *ast.RawHTML:
			p.gap()
		case *ast.Image:
			p.gap()
			p.inline(c, source, titles)
			p.gap()
			p.title(c.Title, source, titles)
		case *ast.Link:
			p.inline(c, source, titles)
			p.title(c.Title, source, titles)
		default:
			p.inline(c, source, titles)
		}
	}
}

// code is what a code span holds.
func code(n ast.Node, source []byte) string {
	text := ""
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text += string(t.Segment.Value(source))
		}
	}
	return text
}

var (
	onlyWords  = regexp.MustCompile(`^[\pL\pN\s,.;:'’%$€£–-]+$`)
	ofSomeSort = regexp.MustCompile(`^ [a-z]{2,}s\b`)
)

// SaysNumber reports whether what is set as code is words with a number of things: "41 letters". Options and values, such as
// "--limit 41" and "41" alone, are code, and so is a unit: "count per 100,000 residents".
func SaysNumber(code string) bool {
	return onlyWords.MatchString(code) && slices.ContainsFunc(expressions(code, english, nil), func(e expression) bool {
		return ofSomeSort.MatchString(code[e.end:]) && !ofRate.MatchString(code[:e.start])
	})
}

// title adds the title of a link. Goldmark does not tell where it is: behind
// the words of the link, or where the link's address is defined.
func (p *passage) title(title, source []byte, titles *[]*passage) {
	if len(title) == 0 {
		return
	}
	from := 0
	for i := len(p.at) - 1; i >= 0 && from == 0; i-- {
		from = max(0, p.at[i])
	}
	at := bytes.Index(source[from:], title)
	if at < 0 {
		from, at = 0, bytes.Index(source, title)
	}
	*titles = append(*titles, plain(title, max(0, from+at)))
}
