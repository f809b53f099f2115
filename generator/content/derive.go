package content

import (
	"bytes"
	"encoding/json"
	"sort"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// Part is a part of a derived page: a span of the page from which it is derived, or a
// text in its place.
type Part struct {
	Span
	Text *string // nil for the span as it is
}

// derivation is how a derived page follows from another.
type derivation struct {
	from   *Page
	parts  []Part
	starts []int // of the parts, in the derived text
}

// Derive makes another page of parts of one, with other values in its front matter. What
// is wrong with the new page is placed in the file of the old one, where an editor can
// change it.
func (p *Page) Derive(front map[string]any, parts []Part) (*Page, error) {
	var text bytes.Buffer
	if len(front) > 0 {
		encoded, err := json.Marshal(front)
		if err != nil {
			return nil, err
		}
		text.Write(encoded)
		text.WriteByte('\n')
	}
	d := &derivation{from: p, parts: parts}
	for _, part := range parts {
		d.starts = append(d.starts, text.Len())
		if part.Text != nil {
			text.WriteString(*part.Text)
		} else {
			text.Write(p.Text[part.Start:part.End])
		}
	}
	derived := Read(p.File, text.Bytes())
	derived.derived = d
	derived.Front.names, derived.Front.place = p.Front.names, p.Front.place
	return derived, nil
}

// IsDerived reports whether the page was derived from another.
func (p *Page) IsDerived() bool { return p.derived != nil }

// position is the line and the column of an offset in the file that the editor wrote.
func (p *Page) position(offset int) (line, column int) {
	d := p.derived
	if d == nil {
		return config.Position(p.Text, offset)
	}
	i := sort.SearchInts(d.starts, offset+1) - 1
	if i < 0 {
		return p.Front.Position("")
	}
	at := d.parts[i].Start
	if d.parts[i].Text == nil {
		at += offset - d.starts[i]
	}
	return d.from.position(min(at, len(d.from.Text)))
}

// At puts a problem at a byte offset of the page.
func (p *Page) At(offset int, problem diag.Problem) *diag.Problem {
	problem.File = p.File
	problem.Line, problem.Column = p.position(offset)
	return &problem
}
