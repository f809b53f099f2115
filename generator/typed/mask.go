package typed

import (
	"bytes"
	"slices"
	"strings"
)

// filler stands where something was that is no prose, as many times as that had
// bytes. It is no space, no letter and no punctuation: Markdown and the search for
// numbers both pass over it, and offsets stay those of the file.
const filler = '\x1a'

// span is a part of a text, from start up to end.
type span struct{ start, end int }

func within(spans []span, at int) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.start <= at && at < s.end })
}

// shortcode is a call as it stands in the text, with its brackets.
type shortcode struct {
	span
	name    string // "" for one that is only shown: {{</* fact */>}}
	closing bool
	params  []parameter
}

type parameter struct {
	span        // the value, without its quotes
	name string // "" for one that is known by its place
}

// masked is a text without its shortcodes.
type masked struct {
	text     []byte      // of the same length, with the same line ends
	calls    []shortcode // whose parameters a reader may see
	findings []span      // between {{< finding >}} and {{< /finding >}}
}

// The insides of these are not the report's own words: somebody's, and code.
var verbatim = []string{"quote", "highlight"}

// mask hides shortcodes, which are no Markdown, and what is not the report's own
// words. What stands inside any other shortcode is prose.
func mask(text []byte) masked {
	m := masked{text: bytes.Clone(text)}
	var hidden []span
	var open []shortcode
	for at := 0; ; {
		next := bytes.Index(text[at:], []byte("{{"))
		if next < 0 {
			break
		}
		at += next
		call, ok := scanShortcode(text, at)
		if !ok {
			at += 2
			continue
		}
		at = call.end
		fill(m.text[call.start:call.end])
		if !call.closing {
			open = append(open, call)
			m.calls = append(m.calls, call)
			continue
		}
		// those in between, such as facts, have no end
		for i := len(open) - 1; i >= 0; i-- {
			if open[i].name != call.name {
				continue
			}
			inside := span{open[i].end, call.start}
			if slices.Contains(verbatim, call.name) {
				fill(m.text[inside.start:inside.end])
				hidden = append(hidden, inside)
			} else if call.name == "finding" {
				m.findings = append(m.findings, inside)
			}
			open = open[:i]
			break
		}
	}
	m.calls = slices.DeleteFunc(m.calls, func(c shortcode) bool { return within(hidden, c.start) })
	return m
}

func fill(text []byte) {
	for i, b := range text {
		if b != '\n' && b != '\r' {
			text[i] = filler
		}
	}
}

// scanShortcode reads the call that starts at text[at]. It fails on one that is
// broken, which package site names.
func scanShortcode(text []byte, at int) (shortcode, bool) {
	s := shortcode{span: span{start: at}}
	end := ">}}"
	if bytes.HasPrefix(text[at:], []byte("{{%")) {
		end = "%}}"
	} else if !bytes.HasPrefix(text[at:], []byte("{{<")) {
		return s, false
	}
	ends := func(i int) bool { return bytes.HasPrefix(text[i:], []byte(end)) }
	i := at + 3
	if bytes.HasPrefix(text[i:], []byte("/*")) {
		n := bytes.Index(text[i:], []byte("*/"+end))
		s.end = i + n + len("*/"+end)
		return s, n >= 0
	}
	name := ""
	for i < len(text) {
		if ends(i) {
			s.end = i + len(end)
			return s, s.name != ""
		}
		switch c := text[i]; c {
		case ' ', '\t', '\r', '\n':
			i++
		case '/':
			s.closing = s.closing || s.name == ""
			i++
		case '"', '`':
			start := i + 1
			for i = start; i < len(text) && text[i] != c; i++ {
				if c == '"' && text[i] == '\\' {
					i++
				}
			}
			if i >= len(text) {
				return s, false
			}
			s.params = append(s.params, parameter{span{start, i}, name})
			name = ""
			i++
		default:
			start := i
			for i < len(text) && !ends(i) && strings.IndexByte(" \t\r\n=", text[i]) < 0 {
				if bytes.HasPrefix(text[i:], []byte("{{<")) || bytes.HasPrefix(text[i:], []byte("{{%")) {
					return s, false // this one has no end, and the next begins
				}
				i++
			}
			switch {
			case s.name == "":
				s.name = string(text[start:i])
			case i < len(text) && text[i] == '=' && name == "":
				name = string(text[start:i])
			default:
				s.params = append(s.params, parameter{span{start, i}, name})
				name = ""
			}
			if i < len(text) && text[i] == '=' {
				i++
			}
		}
	}
	return s, false
}
