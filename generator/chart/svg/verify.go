package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/markup"
)

// A drawing is part of a page, so it holds nothing that a browser could run or
// fetch: no element and no attribute but those that charts are made of, and no
// address but that of a clip in the same drawing. That holds for what ECharts
// returns, and for what is in the memo, which anybody may have written.

var (
	paints = map[string]bool{"fill": true, "stroke": true}
	// of a shape: a path, or a text
	looks = []string{
		"transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linejoin", "stroke-linecap",
		"stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "paint-order", "opacity", "style",
	}
	stands = names(
		markup.DataSeries, markup.DataIndex, markup.DataName, markup.DataGroup, markup.DataLow, markup.DataHigh, markup.DataAcross, markup.DataFrom,
		markup.DataValue, markup.DataStack,
	)
	labels  = names(markup.DataNames, markup.DataValues, markup.DataTick, markup.DataSeries, markup.DataIndex)
	allowed = map[string][]string{
		"path":     slices.Concat([]string{"d"}, looks, stands),
		"text":     slices.Concat([]string{"x", "y", "dominant-baseline", "text-anchor"}, looks, labels),
		"g":        {"clip-path"},
		"defs":     {},
		"clipPath": {"id"},
	}
)

func names(list ...markup.Data) (names []string) {
	for _, name := range list {
		names = append(names, string(name))
	}
	return names
}

// Color is a colour as a chart may have it: a name, digits, or a property of the page.
var Color = regexp.MustCompile(`^(?:[a-z]{1,30}|#[0-9a-fA-F]{3,8}|var\(--[a-z0-9-]{1,40}\)|(?:rgb|hsl)a?\([0-9., %]{1,40}\))$`)

var (
	style   = regexp.MustCompile(`^(?:font-size:[0-9.]+px;|font-weight:[a-z0-9]+;)*$`)
	clipped = regexp.MustCompile(`^url\(#([a-z0-9-]+)\)$`)
)

// verify reports the first thing in a drawing that must not be there.
func verify(shapes, prefix string) error {
	if strings.Contains(shapes, "<!") { // XML reads a CDATA section as text
		return errors.New("a declaration")
	}
	decoder := xml.NewDecoder(strings.NewReader(shapes))
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			if err := verifyElement(token, prefix); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(strings.TrimSpace(string(token))) > 0 {
				return fmt.Errorf("text outside all elements: %.40q", token)
			}
		default:
			return fmt.Errorf("a %T", token)
		}
	}
}

func verifyElement(e xml.StartElement, prefix string) error {
	known, ok := allowed[e.Name.Local]
	if !ok || e.Name.Space != "" {
		return fmt.Errorf("an element %q", e.Name.Local)
	}
	for i, a := range e.Attr {
		name := a.Name.Local
		if a.Name.Space != "" || !slices.Contains(known, name) || slices.ContainsFunc(e.Attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
			return fmt.Errorf("an attribute %q of %s", name, e.Name.Local)
		}
		if !verifyValue(name, a.Value, prefix) {
			return fmt.Errorf("%s=%.80q of %s", name, a.Value, e.Name.Local)
		}
	}
	return nil
}

func verifyValue(name, value, prefix string) bool {
	switch {
	case markup.IsData(name):
		return true // says something, and does nothing
	case paints[name]:
		return Color.MatchString(value)
	case name == "style":
		return style.MatchString(value)
	case name == "id":
		return strings.HasPrefix(value, prefix+"-")
	case name == "clip-path":
		m := clipped.FindStringSubmatch(value)
		return m != nil && strings.HasPrefix(m[1], prefix+"-")
	}
	return !strings.ContainsFunc(value, func(r rune) bool { return !plain(r) }) && !strings.Contains(value, "url")
}

// plain are the characters of paths, numbers, transforms and words.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" .,()-", r)
}
