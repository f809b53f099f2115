// Package content reads prose: front matter, shortcodes, and the position of each.
//
// It is the one reader of these. Package site validates what shortcodes name, fact
// looks up those in titles, literal hides them from its search for numbers: all
// three see what Hugo sees, as the parser is Hugo's own.
//
// files.go reads content/, content.go a file or a line, front.go the front matter, and
// derive.go makes a page of parts of another.
package content

import (
	"bytes"
	"slices"

	"broadsheet/generator/diag"

	"github.com/gohugoio/hugo/parser/pageparser"
)

// Span is a part of a text, from byte Start up to byte End.
type Span struct{ Start, End int }

// Holds reports whether the span holds a byte offset.
func (s Span) Holds(at int) bool { return s.Start <= at && at < s.End }

// Page is a prose file as its editor wrote it.
type Page struct {
	File  string // slash path in the report
	Text  []byte
	Front Front
	Calls []Call // of shortcodes, in the order of the text
	Shown []Span // shortcodes that are only shown: {{</* fact */>}}

	// Fault is the first thing that Hugo cannot read; nil if it reads all.
	Fault *diag.Problem
	// End is where Hugo stops to read: the end of Text, or a broken shortcode. Calls
	// are those before it.
	End int

	derived *derivation // nil for a file as it is
}

// Call is a shortcode with what it is given.
type Call struct {
	Span             // from the opening brackets to their end
	Name      string // e.g. "fact"
	NameAt    int    // byte offset of the name
	Arguments []Argument
	Inner     *Span // up to {{< /name >}}; nil where it is not closed
	Closing   Span  // {{< /name >}}
	Closed    bool  // by itself: {{< name />}}
	Markdown  bool  // what it writes is read as Markdown: {{% name %}}
}

// CheckForm is for shortcodes that write HTML, which Markdown would leave out. It
// says what is wrong with how one is written; inner, whether it has an end.
func (c *Call) CheckForm(inner bool) *diag.Problem {
	switch {
	case c.Markdown:
		return &diag.Problem{Message: "{{% " + c.Name + " %}}, which writes no Markdown", Expected: "{{< " + c.Name + " … >}}"}
	case !inner && (c.Closed || c.Inner != nil):
		return &diag.Problem{Message: "the shortcode " + diag.Quote(c.Name) + " takes no closing tag", Expected: "{{< " + c.Name + " … >}} alone"}
	}
	return nil
}

// Argument is one argument of a shortcode.
type Argument struct {
	Span         // of the value, without its quotes
	Name  string // "" for one that is known by its place
	Value string
}

// Positional lists the values of the arguments that have no name.
func (c *Call) Positional() []string {
	var list []string
	for _, a := range c.Arguments {
		if a.Name == "" {
			list = append(list, a.Value)
		}
	}
	return list
}

// First is the value of the first argument without a name, or "".
func (c *Call) First() string {
	if list := c.Positional(); len(list) > 0 {
		return list[0]
	}
	return ""
}

// Named is the values of the arguments that have a name.
func (c *Call) Named() map[string]string {
	named := map[string]string{}
	for _, a := range c.Arguments {
		if a.Name != "" {
			named[a.Name] = a.Value
		}
	}
	return named
}

// Read reads a prose file.
func Read(file string, text []byte) *Page {
	return read(file, text, pageparser.Config{})
}

// ReadLine reads a text without front matter, such as a title. Its fault has no
// place.
func ReadLine(text string) *Page {
	p := read("", []byte(text), pageparser.Config{NoFrontMatter: true})
	if p.Fault != nil {
		p.Fault.Line, p.Fault.Column = 0, 0
	}
	return p
}

func read(file string, text []byte, options pageparser.Config) *Page {
	p := &Page{File: file, Text: text, End: len(text)}
	items, err := pageparser.ParseBytes(text, options)
	p.read(items)
	if err != nil && p.Fault == nil {
		p.fail(0, 0, err)
	}
	return p
}

// fail notes what cannot be read, and where reading ends.
func (p *Page) fail(end, offset int, err error) {
	p.End = min(end, len(p.Text))
	if p.Fault == nil {
		p.Fault = p.At(offset, diag.Problem{Message: "broken shortcode: " + err.Error()})
	}
}

// read makes calls of the parser's items.
func (p *Page) read(items pageparser.Items) {
	p.findShown()
	open := map[string][]int{} // of each name, the calls that wait for their end
	for i := 0; i < len(items); i++ {
		item := items[i]
		switch {
		case item.IsError():
			p.fail(item.Pos(), item.Pos(), item.Err)
			return
		case item.IsFrontMatter():
			p.Front = readFront(p, item)
		case item.IsLeftShortcodeDelim():
			i = p.call(items, i, open)
		}
	}
}

// call reads the shortcode whose brackets open at items[i], and returns the place of
// its last item.
func (p *Page) call(items pageparser.Items, i int, open map[string][]int) int {
	start := items[i].Pos()
	c := Call{Span: Span{Start: start}, Markdown: bytes.HasPrefix(p.Text[start:], []byte("{{%"))}
	closes, name := false, ""
	for i++; i < len(items); i++ {
		item := items[i]
		switch {
		case item.IsRightShortcodeDelim():
			c.End = item.Pos() + len(item.Val(p.Text))
			p.add(c, closes, open)
			return i
		case item.IsError():
			p.fail(c.Start, item.Pos(), item.Err)
			return len(items)
		case item.IsShortcodeClose():
			closes, c.Closed = closes || c.Name == "", c.Name != ""
		case item.IsShortcodeName(), item.IsInlineShortcodeName():
			c.Name, c.NameAt = item.ValStr(p.Text), item.Pos()
		case item.IsShortcodeParamVal():
			c.Arguments = append(c.Arguments, argument(p.Text, item, name))
			name = ""
		case item.IsShortcodeParam():
			if i+1 < len(items) && items[i+1].IsShortcodeParamVal() {
				name = item.ValStr(p.Text)
			} else {
				c.Arguments = append(c.Arguments, argument(p.Text, item, ""))
			}
		}
	}
	return i
}

func argument(text []byte, item pageparser.Item, name string) Argument {
	value, end := item.ValStr(text), item.Pos()
	for i := range len(value) {
		if text[end] != value[i] {
			end++ // the backslash before a quote
		}
		end++
	}
	return Argument{Span{item.Pos(), end}, name, value}
}

// add keeps a call, or ends the innermost one of its name that is still open: those
// in between, such as facts, have no end.
func (p *Page) add(c Call, closes bool, open map[string][]int) {
	waiting := open[c.Name]
	switch n := len(waiting); {
	case !closes:
		open[c.Name] = append(waiting, len(p.Calls))
		p.Calls = append(p.Calls, c)
	case n > 0:
		began := &p.Calls[waiting[n-1]]
		began.Inner, began.Closing = &Span{began.End, c.Start}, c.Span
		open[c.Name] = waiting[:n-1]
		// what is left open inside it stays so
		for name, calls := range open {
			open[name] = slices.DeleteFunc(calls, func(at int) bool { return p.Calls[at].Start > began.Start })
		}
	}
}

// findShown finds the shortcodes that are only shown.
func (p *Page) findShown() {
	for _, marks := range [][2]string{{"{{</*", "*/>}}"}, {"{{%/*", "*/%}}"}} {
		for at := 0; ; {
			begin := bytes.Index(p.Text[at:], []byte(marks[0]))
			if begin < 0 {
				break
			}
			end := bytes.Index(p.Text[at+begin:], []byte(marks[1]))
			if end < 0 {
				break
			}
			p.Shown = append(p.Shown, Span{at + begin, at + begin + end + len(marks[1])})
			at += begin + end + len(marks[1])
		}
	}
}
