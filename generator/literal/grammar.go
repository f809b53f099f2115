package literal

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
)

// following is the word behind a fact: "were", "letters".
var following = regexp.MustCompile(`^[*_]{0,2}\s([a-z]{3,})\b`)

// ofMany are verbs that go with more than one.
var ofMany = map[string]string{"were": "was", "are": "is", "have": "has"}

// agreement adds a problem for each fact that is one and has words for many behind it: "one were", "1 letters". A noun is known
// by the column and the title of the aggregate. In a text for rows it may be one of any row, but for what a condition chooses.
func (f *file) agreement(call *content.Call) {
	arguments := call.Positional()
	if call.Name != "fact" || f.language != english || f.aggregates == nil || len(arguments) == 0 {
		return
	}
	found := following.FindSubmatch(f.text[call.End:])
	if found == nil {
		return
	}
	rows, word := 1, string(found[1])
	if f.rows != nil && strings.HasPrefix(arguments[0], ".") {
		rows = len(f.rows.Rows)
		if slices.ContainsFunc(f.calls, func(c content.Call) bool { return c.Name == "if" && c.Inner != nil && c.Inner.Holds(call.Start) }) {
			return
		}
	}
	for row := range rows {
		cited, style, _ := fact.ParseCitation(f.aggregates, append([]string{f.ofRow(arguments[0], row)}, arguments[1:]...))
		if cited == nil || cited.Aggregate.Tainted {
			return
		}
		one := inSingular(word, cited)
		if one == "" {
			return
		}
		written := cited.Text(style)
		if lower := strings.ToLower(written); lower != "1" && lower != "one" {
			continue
		}
		p := diag.Problem{File: f.name, Message: "words for many behind one", Found: diag.Quote(written + " " + word), Hint: `write {{< plural of="` + arguments[0] + `" one="` + one + `" other="` + word + `" >}}`}
		if rows > 1 {
			p.Message += " (row " + strings.Join(cited.Row.Key, ", ") + " of " + f.rows.Name + ")"
		}
		p.Line, p.Column = config.Position(f.text, call.Start)
		f.beyond = append(f.beyond, p)
		return
	}
}

// inSingular is the word for one in place of that for many; "" where it is not known to be one.
func inSingular(word string, cited *fact.Fact) string {
	if one := ofMany[word]; one != "" {
		return one
	}
	known := strings.Fields(strings.ToLower(cited.Column.Label + " " + cited.Column.Name + " " + cited.Aggregate.Title))
	if !strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ss") || !slices.Contains(known, word) {
		return ""
	}
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(word, "s")
}
