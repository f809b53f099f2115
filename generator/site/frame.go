package site

import (
	"regexp"
	"strings"
)

// A chart in another site's page is light for every reader, as most pages are, unless the address of the frame asks for another
// look: it ends with #dark, or with #auto for what the reader prefers. CSS knows the end of an address by :target, so a frame
// needs no script, and no second file, on any server.

var (
	darkMedia  = regexp.MustCompile(`@media[^{};]*\(\s*prefers-color-scheme:\s*dark\s*\)[^{};]*\{`)
	prefersIt  = regexp.MustCompile(`\(\s*prefers-color-scheme:\s*dark\s*\)`)
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// FrameSheet is a style sheet as frames have it: what is for dark screens counts where the address asks for it.
func (Look) FrameSheet(sheet string) string {
	sheet = cssComment.ReplaceAllString(strings.ReplaceAll(sheet, "color-scheme: light dark", "color-scheme: light"), "")
	var out strings.Builder
	for {
		at := darkMedia.FindStringIndex(sheet)
		if at == nil {
			return out.String() + sheet
		}
		out.WriteString(sheet[:at[0]])
		query, end := sheet[at[0]:at[1]], at[1]+closing(sheet[at[1]:])
		rules := sheet[at[1]:end]
		out.WriteString(prefersIt.ReplaceAllString(query, "(min-width: 0)") + within(":root:has(#dark:target)", rules) + "}\n")
		out.WriteString(query + within(":root:has(#auto:target)", rules) + "}\n")
		sheet = sheet[min(end+1, len(sheet)):]
	}
}

// within makes rules count in a root that is as the selector says.
func within(root, rules string) string {
	var out strings.Builder
	for {
		selectors, rest, ok := strings.Cut(rules, "{")
		if !ok {
			return out.String()
		}
		end := closing(rest)
		body := rest[:end]
		if selectors = strings.TrimSpace(selectors); strings.HasPrefix(selectors, "@") {
			out.WriteString(selectors + " {" + within(root, body) + "}\n")
		} else {
			var list []string
			for _, selector := range selectorsOf(selectors) {
				of, isRoot := strings.CutPrefix(strings.TrimSpace(selector), ":root")
				if isRoot {
					body = "color-scheme: dark;" + body
				} else {
					of = " " + of
				}
				list = append(list, root+of)
			}
			out.WriteString(strings.Join(list, ", ") + " {" + body + "}\n")
		}
		rules = rest[min(end+1, len(rest)):]
	}
}

// closing is where the block ends in which css begins. A brace in a string counts for nothing.
func closing(css string) int {
	depth, quote := 0, byte(0)
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(css)
}

// selectorsOf cuts a list of selectors at its commas, but not at those in :is(a, b).
func selectorsOf(selectors string) (list []string) {
	depth, from := 0, 0
	for i, c := range selectors {
		switch c {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				list, from = append(list, selectors[from:i]), i+1
			}
		}
	}
	return append(list, selectors[from:])
}
