package fact

import (
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// A text in a table may hold facts, as prose does: what the shortcodes fact, choose, plural and finding write there, a
// placeholder writes here, in braces that need no quotation marks in a spreadsheet.
//
//	{fact: published.amount_usd[state-ca]} to the state agency
//	{fact: rounds.letters[2018-01-24] capital} letters, {finding: findings.most}most of them{/finding} to cities
//
// A value of an aggregate that holds some is replaced by what they say before anything reads it (FillTexts), so that
// tables, charts, downloads and the lock have plain text. Row.Written keeps what the table says, from which pages
// write links.

const endOfFinding = "{/finding}"

// placeholders are the shortcodes that a text in a table may hold.
var placeholders = []string{"choose", "fact", "finding", "plural"}

// HasPlaceholder reports whether a text may hold a placeholder.
func HasPlaceholder(text string) bool {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return false
		}
		if nameOf(after) != "" || strings.HasPrefix("{"+after, endOfFinding) || isShortcode("{"+after) {
			return true
		}
		rest = after
	}
}

// isShortcode reports whether a text begins as one that prose has in the place of a placeholder, two of whose braces are
// there.
func isShortcode(text string) bool {
	for _, name := range placeholders {
		if strings.HasPrefix(text, "{{< "+name+" ") {
			return true
		}
	}
	return false
}

// nameOf is the name of a placeholder, or what looks like one, behind its brace.
func nameOf(after string) string {
	name, _, ok := strings.Cut(after[:min(len(after), longestName+1)], ":")
	if !ok || diag.Closest(name, placeholders) == "" || strings.ContainsAny(name, " {}\"") {
		return ""
	}
	return name
}

const longestName = 10

// ParseText looks up the facts of a text of a table. Problems come without a place.
func ParseText(set aggregate.Set, text string) (Prose, []diag.Problem) {
	if !HasPlaceholder(text) {
		return Prose{{Text: text}}, nil
	}
	line, wrong := Line(text)
	if wrong != nil {
		return nil, []diag.Problem{*wrong}
	}
	prose, problems := ParseProse(set, line)
	for i := range problems {
		problems[i].Expected = strings.ReplaceAll(problems[i].Expected, "{{< /finding >}}", endOfFinding)
	}
	for _, f := range prose.Facts() {
		if f.Written() != "" || f.Value.Kind == quantity.Text && HasPlaceholder(f.Value.Raw()) {
			problems = append(problems, diag.Problem{Message: "a text with facts in a text", Found: diag.Quote(f.Address.String()), Expected: "the address of a value"})
		}
	}
	return prose, problems
}

// IsSound reports whether a text with these problems still says something: all are of findings that do not hold, of which
// diff is to show the words.
func IsSound(problems []diag.Problem) bool {
	return !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Finding == "" })
}

// Line writes the placeholders of a text as shortcodes. A text without any stays as it is.
func Line(text string) (string, *diag.Problem) {
	if !HasPlaceholder(text) {
		return text, nil
	}
	var b strings.Builder
	for text != "" {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			break
		}
		b.WriteString(text[:at])
		text = text[at:]
		name := nameOf(text[1:])
		switch {
		case isShortcode(text):
			return "", &diag.Problem{Message: "a shortcode in a text of a table", Found: diag.Quote(text[:min(len(text), 30)]), Expected: "{fact: aggregate.column[key]}"}
		case strings.HasPrefix(text, endOfFinding):
			b.WriteString("{{< /finding >}}")
			text = text[len(endOfFinding):]
		case name == "":
			b.WriteByte('{')
			text = text[1:]
		case !slices.Contains(placeholders, name):
			return "", &diag.Problem{Message: "unknown placeholder " + diag.Quote("{"+name+":"), Expected: "one of {" + strings.Join(placeholders, ":, {") + ":", Hint: diag.Nearest(name, placeholders)}
		default:
			end := closing(text)
			if end < 0 {
				return "", &diag.Problem{Message: "a placeholder is not closed", Found: diag.Quote(text[:min(len(text), 30)]), Expected: "} at its end"}
			}
			b.WriteString("{{< " + name + " " + arguments(name, strings.TrimSpace(text[len("{"+name+":"):end])) + " >}}")
			text = text[end+1:]
		}
	}
	return b.String() + text, nil
}

// closing is where a placeholder ends: at its brace that is not in quotation marks; -1 if nowhere.
func closing(text string) int {
	quoted, escaped := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case c == '}' && !quoted:
			return i
		}
	}
	return -1
}

// arguments writes what is between the name and the brace as arguments of a shortcode: an address, and a style behind it.
func arguments(name, text string) string {
	if name != "fact" && name != "finding" {
		return text
	}
	address, style := text, ""
	if at := strings.LastIndexByte(text, ' '); at >= 0 && name == "fact" && !strings.ContainsAny(text[at:], "]\"") {
		address, style = strings.TrimSpace(text[:at]), text[at:]
	}
	return "`" + address + "`" + style
}

// Written is the text of a cell as its table has it, with placeholders; "" where it has none.
func (f *Fact) Written() string { return f.Row.Written[f.Column.Name] }

// FillTexts replaces the placeholders in the texts of a set by what they say. A value of which something is wrong stays
// as it is, with a problem in the file of the aggregate.
func FillTexts(set aggregate.Set, problems *diag.List) aggregate.Set {
	filled := maps.Clone(set)
	for name, a := range set {
		if a == nil {
			continue
		}
		var rows []aggregate.Row // a copy, once one is needed
		for i := range a.Rows {
			for j, c := range a.Columns {
				if !c.Unit.IsText() {
					continue
				}
				written := a.Rows[i].Written[c.Name]
				if written == "" {
					written = a.Rows[i].Values[j].Raw()
				}
				if !HasPlaceholder(written) {
					continue
				}
				prose, wrong := ParseText(set, written)
				if slices.Contains(a.Key, c.Name) {
					wrong = append(wrong, diag.Problem{Message: "a fact in the key " + diag.Quote(c.Name), Found: diag.Quote(written), Hint: "take a column without facts as key, such as an id"})
				}
				for _, p := range wrong {
					p.File, p.Line = a.File, 1
					problems.Add(p)
				}
				if !IsSound(wrong) {
					continue
				}
				value, err := quantity.NewValue(prose.String())
				if err != nil {
					continue // a text always is a value
				}
				if rows == nil {
					rows = slices.Clone(a.Rows)
				}
				row := &rows[i]
				row.Values, row.Written = slices.Clone(row.Values), maps.Clone(row.Written)
				if row.Written == nil {
					row.Written = map[string]string{}
				}
				row.Values[j], row.Written[c.Name] = value, written
			}
		}
		if rows != nil {
			b := *a
			b.Rows = rows
			filled[name] = &b
		}
	}
	return filled
}
