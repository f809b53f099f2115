package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// screen passes text on and escapes what could change how a terminal shows other
// text: control characters, marks that turn the direction of writing, and bytes that
// are not text. All that a report says goes through it, from keys of a CSV to names
// of files. JSON goes through it too: there the same characters are inside strings,
// and \u009b means the same.
type screen struct {
	io.Writer
	styles bool // let the codes of our own styles pass
}

// The styles of text on a terminal.
const (
	bold  = "\x1b[1m"
	red   = "\x1b[31m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

func (s screen) Write(p []byte) (int, error) {
	text := string(p)
	if !strings.ContainsFunc(text, unsafeToShow) && utf8.ValidString(text) {
		return s.Writer.Write(p)
	}
	var b strings.Builder
	for text != "" {
		if s.styles {
			if i := slices.IndexFunc([]string{bold, red, dim, plain}, func(code string) bool { return strings.HasPrefix(text, code) }); i >= 0 {
				code, rest := text[:strings.IndexByte(text, 'm')+1], text[strings.IndexByte(text, 'm')+1:]
				b.WriteString(code)
				text = rest
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0])
		case unsafeToShow(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	if _, err := io.WriteString(s.Writer, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// unsafeToShow characters are controls but for the line break and the tab, overrides
// and isolates of direction, and separators that some terminals take for a line break.
func unsafeToShow(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

// oneLine keeps a text that a report gives on the line where it is shown.
func oneLine(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ").Replace(text)
}
