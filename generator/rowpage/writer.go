package rowpage

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"

	"github.com/spf13/cast"
)

// writer makes the page of one row.
type writer struct {
	page       *content.Page
	row        Row
	aggregates aggregate.Set
	problems   *diag.List

	parts      []content.Part
	cells      []string // in the front matter: the text and the address of each
	conditions []string // the addresses of the cells on which words depend
}

// cellsParam is the parameter of a page with the cells in its front matter: the text and the address of each.
const cellsParam = "cells"

// CellOf is the address of the cell whose text is a value of a page's front matter: a title that a table holds has no
// shortcodes, and is in the lock. It is "" for what an editor wrote.
func CellOf(params map[string]any, text string) string {
	cells := cast.ToStringSlice(params[cellsParam]) // Hugo's lists of strings are of another type than JSON's
	for i := 0; i+1 < len(cells); i += 2 {
		if cells[i] == text {
			return cells[i+1]
		}
	}
	return ""
}

func (w *writer) write() (*content.Page, error) {
	front := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(w.page.Front.Values)) {
		front[key] = w.frontValue(key, w.page.Front.Values[key])
	}
	front[cellsParam] = w.cells
	w.region(content.Span{Start: w.page.Front.End, End: len(w.page.Text)}, w.page.Calls)
	if len(w.conditions) > 0 {
		list := "\n\n{{< condition"
		for _, address := range w.conditions {
			list += " " + quoted(address)
		}
		list += " >}}\n"
		w.parts = append(w.parts, content.Part{Span: content.Span{Start: len(w.page.Text), End: len(w.page.Text)}, Text: &list})
	}
	return w.page.Derive(front, w.parts)
}

// frontValue is a value of the front matter for the row: the cell in place of .column,
// and the row's addresses in shortcodes.
func (w *writer) frontValue(key string, value any) any {
	switch v := value.(type) {
	case string:
		if name, ok := strings.CutPrefix(v, "."); ok && w.row.Column(name) >= 0 {
			text := w.row.Values[w.row.Column(name)].Raw()
			w.cells = append(w.cells, text, fact.Address{Name: w.row.Aggregate.Name, Column: name, Key: w.row.Row.Key}.String())
			return text
		}
		line := WriteLine(v, w.row, w.aggregates)
		for _, address := range line.RestsOn {
			w.restOn(address)
		}
		for _, problem := range line.Problems {
			problem.File = w.page.File
			problem.Line, problem.Column = w.page.Front.Position(key)
			w.problems.Add(problem)
		}
		return line.Text
	case []any:
		list := slices.Clone(v)
		for i := range list {
			list[i] = w.frontValue(key, list[i])
		}
		return list
	}
	return value
}

// keep keeps a span of the text as it is.
func (w *writer) keep(start, end int) {
	if start < end {
		w.parts = append(w.parts, content.Part{Span: content.Span{Start: start, End: end}})
	}
}

// region writes a part of the text, in which calls are those of the whole text.
func (w *writer) region(s content.Span, calls []content.Call) {
	at := s.Start
	for i := range calls {
		c := &calls[i]
		if c.Start < at || c.Start >= s.End {
			continue
		}
		if c.Name != "if" {
			at = w.arguments(c, at)
			continue
		}
		w.keep(at, w.lineStart(c.Span))
		if c.Inner == nil {
			w.add(c.NameAt, diag.Problem{Message: "{{< if >}} is not closed", Expected: "{{< /if >}} after it"})
			return
		}
		if branch := w.branch(c, calls); branch != nil {
			w.region(*branch, calls)
		}
		at = w.lineEnd(c.Closing)
	}
	w.keep(at, s.End)
}

// branch is the part of {{< if >}} whose condition holds; nil if none does.
func (w *writer) branch(c *content.Call, calls []content.Call) *content.Span {
	holds, start := w.holds(c), w.lineEnd(c.Span)
	inner := 0 // up to where another {{< if >}} goes
	for i := range calls {
		d := &calls[i]
		if d.Start < c.Inner.Start || d.Start >= c.Inner.End || d.Start < inner {
			continue
		}
		switch d.Name {
		case "if":
			if d.Inner != nil {
				inner = d.Closing.End
			}
		case "else", "elseif":
			if holds {
				return &content.Span{Start: start, End: max(start, w.lineStart(d.Span))}
			}
			start = w.lineEnd(d.Span)
			holds = d.Name == "else" || w.holds(d)
		}
	}
	if !holds {
		return nil
	}
	return &content.Span{Start: start, End: max(start, w.lineStart(c.Closing))}
}

// lineStart is the start of a tag, with the blanks before it where it is alone on its line.
func (w *writer) lineStart(tag content.Span) int {
	if start, _, alone := w.line(tag); alone {
		return start
	}
	return tag.Start
}

// lineEnd is the end of a tag, with its line end where it is alone on its line.
func (w *writer) lineEnd(tag content.Span) int {
	if _, end, alone := w.line(tag); alone {
		return end
	}
	return tag.End
}

func (w *writer) line(tag content.Span) (start, end int, alone bool) {
	start = bytes.LastIndexByte(w.page.Text[:tag.Start], '\n') + 1
	end = len(w.page.Text)
	if i := bytes.IndexByte(w.page.Text[tag.End:], '\n'); i >= 0 {
		end = tag.End + i + 1
	}
	blank := func(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }
	return start, end, blank(w.page.Text[start:tag.Start]) && blank(w.page.Text[tag.End:end])
}

// holds reports whether a condition holds for the row.
func (w *writer) holds(c *content.Call) bool {
	if len(c.Arguments) == 0 {
		w.add(c.NameAt, diag.Problem{Message: "{{< " + c.Name + " >}} without a condition", Expected: `{{< ` + c.Name + ` ".column" >}}, or of="…" is="…", or rows="…" where="…" is="…"`})
		return false
	}
	named := c.Named()
	if name := named["rows"]; name != "" {
		return w.hasRows(c, name, named)
	}
	written := c.First()
	if written == "" {
		written = named["of"]
	}
	address := w.address(written)
	f, wrong := fact.Find(w.aggregates, address)
	if wrong != nil {
		if parsed, ok := fact.ParseAddress(address); ok && w.aggregates[parsed.Name] != nil && w.aggregates[parsed.Name].Column(parsed.Column) >= 0 && len(parsed.Key) == len(w.aggregates[parsed.Name].Key) {
			return false // no such row
		}
		w.add(c.NameAt, *wrong)
		return false
	}
	if f == nil {
		return false // its problem is known
	}
	w.restOn(f.Address.String())
	text := w.text(named["is"])
	if other, ok := named["isnot"]; ok {
		return f.Value.Raw() != w.text(other)
	}
	if _, ok := named["is"]; ok {
		return f.Value.Raw() == text
	}
	switch f.Value.Kind {
	case quantity.Missing:
		return false
	case quantity.Flag:
		return f.Value.True()
	case quantity.Number:
		return f.Value.Sign() != 0
	}
	return f.Value.Raw() != ""
}

// hasRows reports whether an aggregate has rows with a value in a column.
func (w *writer) hasRows(c *content.Call, name string, named map[string]string) bool {
	a, known := w.aggregates[name]
	if !known {
		w.add(c.NameAt, diag.Problem{Message: "unknown aggregate " + diag.Quote(name), Hint: diag.Nearest(name, w.aggregates.Names())})
		return false
	}
	if a == nil {
		return false // its problem is known
	}
	i := a.Column(named["where"])
	if i < 0 {
		w.add(c.NameAt, diag.Problem{Message: "unknown column " + diag.Quote(named["where"]) + " of " + name, Expected: `where="a column" is=".column"`, Hint: diag.Nearest(named["where"], a.ColumnNames())})
		return false
	}
	text := w.text(named["is"])
	return slices.ContainsFunc(a.Rows, func(r aggregate.Row) bool { return r.Values[i].Raw() == text })
}

// takeAddresses are the shortcodes whose first argument, of and than are addresses.
var takeAddresses = []string{"fact", "number", "choose", "plural", "finding", "cell"}

// arguments writes a call from at on with the row's addresses and texts, and returns its end.
func (w *writer) arguments(c *content.Call, at int) int {
	if c.Name == "else" || c.Name == "elseif" {
		w.add(c.NameAt, diag.Problem{Message: "{{< " + c.Name + " >}} belongs to nothing", Expected: "{{< if … >}} before it"})
	}
	positional := 0
	for _, a := range c.Arguments {
		isAddress := slices.Contains(takeAddresses, c.Name) && (a.Name == "of" || a.Name == "than" || a.Name == "" && positional == 0)
		if a.Name == "" {
			positional++
		}
		var value string
		if isAddress {
			value = w.address(a.Value)
		} else if value = w.text(a.Value); value == a.Value && strings.HasPrefix(a.Value, ".") && len(a.Value) > 1 && a.Name == "is" {
			w.add(a.Start, diag.Problem{Message: "unknown column " + diag.Quote(a.Value[1:]) + " of " + w.row.Aggregate.Name, Hint: diag.Nearest(a.Value[1:], w.row.ColumnNames())})
		}
		if value == a.Value {
			continue
		}
		start, end := a.Start, a.End
		if start > 0 && end < len(w.page.Text) && w.page.Text[start-1] == w.page.Text[end] && strings.IndexByte("\"`", w.page.Text[end]) >= 0 {
			start, end = start-1, end+1
		}
		w.keep(at, start)
		text := quoted(value)
		w.parts = append(w.parts, content.Part{Span: content.Span{Start: start, End: end}, Text: &text})
		at = end
	}
	w.keep(at, c.End)
	return c.End
}

// address is an address in which .column and [.] are of the row.
func (w *writer) address(written string) string {
	if strings.HasPrefix(written, ".") {
		if a, ok := fact.ParseAddress(w.row.Aggregate.Name + written); ok && len(a.Key) == 0 {
			a.Key = w.row.Row.Key
			return a.String()
		}
		return written
	}
	a, ok := fact.ParseAddress(written)
	if !ok {
		return written
	}
	var key []string
	changed := false
	for _, part := range a.Key {
		switch value := w.text(part); {
		case part == ".":
			key, changed = append(key, w.row.Row.Key...), true
		default:
			key, changed = append(key, value), changed || value != part
		}
	}
	if !changed {
		return written
	}
	a.Key = key
	return a.String()
}

// text is the text of the cell in place of .column. What the page shows depends on the cell, such as which source it names
// or where a map has its mark; with another key it is another page.
func (w *writer) text(written string) string {
	if name, ok := strings.CutPrefix(written, "."); ok {
		if i := w.row.Column(name); i >= 0 {
			if !slices.Contains(w.row.Aggregate.Key, name) {
				w.restOn(fact.Address{Name: w.row.Aggregate.Name, Column: name, Key: w.row.Row.Key}.String())
			}
			return w.row.Values[i].Raw()
		}
	}
	return written
}

// restOn notes that the page depends on a cell.
func (w *writer) restOn(address string) {
	if !slices.Contains(w.conditions, address) {
		w.conditions = append(w.conditions, address)
	}
}

func (w *writer) add(offset int, problem diag.Problem) {
	w.problems.Add(*w.page.At(offset, problem))
}

// quoted is an argument of a shortcode.
func quoted(text string) string {
	if !strings.Contains(text, "`") {
		return "`" + text + "`"
	}
	return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
}
