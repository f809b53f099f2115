package fact

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/figure"
)

// a shortcode in a text that is no Markdown: a chart's title, a page's title
var shortcode = regexp.MustCompile(`\{\{<\s*(\S*)\s*(.*?)\s*>\}\}`)

var arguments = regexp.MustCompile("\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|(\\S+)")

// Expand writes the facts of a one-line text, as in `{{< fact "at_risk.amount_usd"
// short >}} at risk`. Problems come without a place.
func Expand(set aggregate.Set, text string) (string, []diag.Problem) {
	var problems []diag.Problem
	expanded := shortcode.ReplaceAllStringFunc(text, func(match string) string {
		parts := shortcode.FindStringSubmatch(match)
		if parts[1] != "fact" {
			problems = append(problems, diag.Problem{Message: "shortcode " + diag.Quote(parts[1]) + " in a title or a caption", Expected: "fact"})
			return ""
		}
		var args []string
		for _, m := range arguments.FindAllStringSubmatch(parts[2], -1) {
			if m[1] != "" {
				args = append(args, strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(m[1]))
			} else {
				args = append(args, m[2]+m[3])
			}
		}
		f, style, p := Cited(set, args)
		if p != nil {
			problems = append(problems, *p)
		}
		if f == nil {
			return ""
		}
		return f.Text(style)
	})
	return expanded, problems
}

// Cited looks up what the arguments of a fact shortcode name: an address and, if
// need be, a style.
func Cited(set aggregate.Set, args []string) (*Fact, figure.Style, *diag.Problem) {
	if len(args) == 0 || len(args) > 2 {
		return nil, "", &diag.Problem{Message: "a fact without an address", Expected: `{{< fact "aggregate.column[key]" >}}`}
	}
	var style figure.Style
	if len(args) == 2 {
		if !slices.Contains(figure.Styles(), args[1]) {
			return nil, "", &diag.Problem{Message: "unknown style " + diag.Quote(args[1]), Expected: "one of " + strings.Join(figure.Styles(), ", "), Hint: diag.Nearest(args[1], figure.Styles())}
		}
		style = figure.Style(args[1])
	}
	f, p := Find(set, args[0])
	return f, style, p
}
