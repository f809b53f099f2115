package typed

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/document"

	"github.com/pelletier/go-toml/v2"
)

// settings are the keys of a page's front matter, or of a chart's file, and where
// they stand.
type settings struct {
	span   // of the file
	values map[string]any
	place  func(path ...any) (line, column int)
}

// frontMatter reads what stands before the prose of a page. Where it is broken,
// which package site names, there are no values.
func frontMatter(file string, text []byte) settings {
	start := len(text) - len(bytes.TrimLeft(text, "\ufeff \t\r\n"))
	rest := text[start:]
	switch {
	case bytes.HasPrefix(rest, []byte("---")):
		s := settings{span: span{start, closes(text, start, "---")}}
		return s.yaml(file, text, start+3)
	case bytes.HasPrefix(rest, []byte("+++")):
		s := settings{span: span{start, closes(text, start, "+++")}}
		return s.toml(text)
	case bytes.HasPrefix(rest, []byte("{")) && !bytes.HasPrefix(rest, []byte("{{")):
		s := settings{span: span{start, start + braces(rest)}}
		// blanks before it keep lines and columns those of the file
		return s.read(document.JSON(file, append(blank(bytes.Clone(text[:start])), text[start:s.end]...), &s.values, &diag.List{}))
	}
	return settings{}
}

// closes is the end of the line with the second mark.
func closes(text []byte, start int, mark string) int {
	n := bytes.Index(text[start:], []byte("\n"+mark))
	if n < 0 {
		return len(text)
	}
	return start + n + 1 + len(mark)
}

// braces is the length of a JSON object.
func braces(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '{' && !quoted:
			depth++
		case c == '}' && !quoted:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// blank makes spaces of all but line ends.
func blank(text []byte) []byte {
	for i, b := range text {
		if b != '\n' && b != '\r' {
			text[i] = ' '
		}
	}
	return text
}

// chartSettings reads the file of a chart.
func chartSettings(file string, text []byte) settings {
	return settings{span: span{0, len(text)}}.yaml(file, text, 0)
}

func (s settings) yaml(file string, text []byte, from int) settings {
	line, _ := document.Position(text, from)
	return s.read(document.YAML(file, line, bytes.TrimSuffix(text[from:s.end], []byte("---")), &s.values, &diag.List{}))
}

// read takes the places from a document, which is nil where it is broken.
func (s settings) read(doc *document.Document) settings {
	if doc == nil {
		return settings{span: s.span}
	}
	s.place = doc.At
	return s
}

// toml finds keys by the look of their lines: its reader keeps no places.
func (s settings) toml(text []byte) settings {
	inner := bytes.TrimSuffix(text[s.start+3:s.end], []byte("+++"))
	if err := toml.Unmarshal(inner, &s.values); err != nil {
		s.values = nil
	}
	s.place = func(path ...any) (int, int) {
		key := regexp.MustCompile(fmt.Sprintf(`(?m)^[ \t]*(?:\[\[)?[ \t]*["']?%s\b`, regexp.QuoteMeta(fmt.Sprint(path[0]))))
		lines := key.FindAllIndex(text[s.start:s.end], -1)
		n := 0
		if len(path) > 1 {
			n, _ = path[1].(int)
		}
		if len(lines) == 0 {
			return document.Position(text, s.start)
		}
		return document.Position(text, s.start+lines[min(n, len(lines)-1)][0])
	}
	return s
}

// text is the value of a key as a reader sees it, and the name of the key as it is
// written: Hugo takes linktitle for linkTitle.
func (s settings) text(key string) (name, value string) {
	for name, value := range s.values {
		if !strings.EqualFold(name, key) {
			continue
		}
		switch value.(type) {
		case string, int, int64, uint64, float64:
			return name, fmt.Sprint(value)
		}
	}
	return "", ""
}
