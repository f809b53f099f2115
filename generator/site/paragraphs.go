package site

import (
	"bytes"
	"regexp"
	"slices"
)

// Markdown makes a paragraph of lines that follow each other, and so of a chart or a table with a sentence beside it. HTML has no block in a
// paragraph: a browser ends the paragraph there, and what is left of the sentence is in none.
var (
	tag    = regexp.MustCompile(`<(/?)([a-z][a-z0-9-]*)[^>]*>`)
	blocks = []string{"blockquote", "details", "div", "figure", "form", "h2", "h3", "hr", "ol", "p", "pre", "section", "table", "ul"}
	voids  = []string{"br", "img", "input", "wbr"}
)

// splitParagraphs makes paragraphs of the words before and behind each block.
func splitParagraphs(pages Pages) {
	_ = pages.eachPage(func(_ string, page []byte) ([]byte, error) { // it never fails
		start := []byte("<p>")
		var out []byte
		done := 0
		for at := 0; ; {
			i := bytes.Index(page[at:], start)
			if i < 0 {
				break
			}
			at += i
			parts, end := paragraph(page[at+len(start):])
			if parts == nil {
				at += len(start)
				continue
			}
			out = append(append(out, page[done:at]...), parts...)
			at += len(start) + end
			done = at
		}
		if done == 0 {
			return page, nil
		}
		return append(out, page[done:]...), nil
	})
}

// paragraph is what becomes of a paragraph with a block in it, and where it ends; nil for one without, or with a block inside of a link
// or the like.
func paragraph(text []byte) (parts []byte, end int) {
	words := func(from, to int) {
		if w := bytes.TrimSpace(text[from:to]); len(w) > 0 {
			parts = append(append(append(parts, "<p>"...), w...), "</p>\n"...)
		}
	}
	from, depth := 0, 0
	for at := 0; ; {
		m := tag.FindSubmatchIndex(text[at:])
		if m == nil {
			return nil, 0
		}
		start, next, closes, name := at+m[0], at+m[1], m[3] > m[2], string(text[at+m[4]:at+m[5]])
		switch {
		case name == "p" && closes:
			if from == 0 {
				return nil, 0
			}
			words(from, start)
			return parts, next
		case !slices.Contains(blocks, name):
			if !slices.Contains(voids, name) {
				depth++
				if closes {
					depth -= 2
				}
			}
		case closes, depth > 0:
			return nil, 0
		default:
			if name != "hr" {
				next = endOf(text, next, name)
			}
			words(from, start)
			parts = append(append(parts, text[start:next]...), '\n')
			from = next
		}
		at = next
	}
}

// endOf is where an element that starts before a place ends.
func endOf(text []byte, at int, name string) int {
	for depth := 1; depth > 0; {
		m := tag.FindSubmatchIndex(text[at:])
		if m == nil {
			return len(text)
		}
		if string(text[at+m[4]:at+m[5]]) == name {
			depth++
			if m[3] > m[2] {
				depth -= 2
			}
		}
		at += m[1]
	}
	return at
}
