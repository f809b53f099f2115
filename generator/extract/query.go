package extract

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// value is a parameter: a number, a text, a list of these. It becomes a part of the query, so that what pages show can be run as it is.
type value []item

type item struct {
	text   string
	isText bool
}

// number is what every server reads as one.
var number = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

func (v *value) UnmarshalYAML(n *yaml.Node) error {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, i := range items {
		if i.Kind != yaml.ScalarNode || i.Tag == "!!null" || (i.Tag == "!!int" || i.Tag == "!!float") && !number.MatchString(i.Value) {
			return &yaml.TypeError{Errors: []string{"no value"}}
		}
		*v = append(*v, item{i.Value, i.Tag != "!!int" && i.Tag != "!!float" && i.Tag != "!!bool"})
	}
	if len(*v) == 0 {
		return &yaml.TypeError{Errors: []string{"no value"}}
	}
	return nil
}

// Expected says what a parameter can be.
func (*value) Expected() string { return "a number, a text, or a list of these" }

// literal writes the value in the SQL of a server.
func (v value) literal(driver string) string {
	var list []string
	for _, i := range v {
		text := i.text
		if i.isText {
			if driver == "clickhouse" {
				text = strings.ReplaceAll(text, `\`, `\\`)
			}
			text = "'" + strings.ReplaceAll(text, "'", "''") + "'"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// query renders the SELECTs of a file.
type query struct {
	driver     string
	parameters map[string]value
	used       map[string]bool
}

// rendered is a SELECT with its parameters in it.
type rendered struct {
	sql     string
	parts   []part
	ordered bool
}

// part is a piece of the file in the SELECT, from an offset in the one to an offset in the other.
type part struct{ run, in int }

var (
	named    = regexp.MustCompile(`^\{([a-z][a-z0-9_]*)\}`)
	selects  = regexp.MustCompile(`(?i)^(?:select|with)\b`)
	orderBy  = regexp.MustCompile(`(?i)\border\s+by\b`)
	emptySQL = diag.Problem{Message: "there is no SELECT", Expected: "one SELECT behind the comment"}
)

// render puts parameters in their places, outside of quotes and comments. The column of a problem is an offset in the text.
func (q *query) render(text string) (r rendered, wrong *diag.Problem) {
	start := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	text = strings.TrimRight(text, "; \t\r\n")
	if start >= len(text) {
		p := emptySQL
		p.Column = min(start, len(text))
		return r, &p
	}
	var sql, code strings.Builder // code has blanks for quotes and comments
	r.parts = []part{{0, start}}
	for i := start; i < len(text); {
		end := i + q.aside(text[i:])
		switch m := named.FindStringSubmatch(text[i:]); {
		case end > i:
			sql.WriteString(text[i:end])
			code.WriteString(strings.Repeat(" ", end-i))
			i = end
		case m != nil && q.parameters[m[1]] == nil:
			names := []string{}
			for name := range q.parameters {
				names = append(names, name)
			}
			slices.Sort(names)
			return r, &diag.Problem{Column: i, Message: "unknown parameter " + diag.Quote(m[1]), Hint: hint(diag.Nearest(m[1], names), "give it in the head: parameters: {"+m[1]+": …}")}
		case m != nil:
			q.used[m[1]] = true
			sql.WriteString(q.parameters[m[1]].literal(q.driver))
			code.WriteString(" 1 ")
			i += len(m[0])
			r.parts = append(r.parts, part{sql.Len(), i})
		case text[i] == ';':
			return r, &diag.Problem{Column: i, Message: "a second statement", Expected: "one SELECT"}
		default:
			sql.WriteByte(text[i])
			code.WriteByte(text[i])
			i++
		}
	}
	if plain := strings.TrimLeft(code.String(), " \t\r\n("); !selects.MatchString(plain) {
		return r, &diag.Problem{Column: start, Message: "the query is no SELECT", Expected: "one SELECT, with or without WITH", Hint: "a report reads, and changes nothing on a server"}
	}
	r.sql, r.ordered = sql.String(), orderBy.MatchString(code.String())
	return r, nil
}

func hint(near, otherwise string) string {
	if near != "" {
		return near
	}
	return otherwise
}

// aside is how long the quote or the comment is with which a text begins; 0 where it begins with neither.
func (q *query) aside(text string) int {
	until := func(end string) int {
		if i := strings.Index(text[1:], end); i >= 0 {
			return 1 + i + len(end)
		}
		return len(text)
	}
	switch {
	case strings.HasPrefix(text, "--"):
		return until("\n")
	case strings.HasPrefix(text, "/*"):
		return until("*/")
	case text[0] == '\'' && q.driver == "clickhouse":
		for i := 1; i < len(text); i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == '\'' {
				return i + 1
			}
		}
		return len(text)
	case text[0] == '\'', text[0] == '"', text[0] == '`':
		return until(text[:1])
	}
	return 0
}

// At is the place in the file of an offset in the SELECT that the server got.
func (e *Extract) At(offset int) (line, column int) {
	of := e.parts[0]
	for _, p := range e.parts {
		if p.run <= offset {
			of = p
		}
	}
	return config.Position([]byte(e.text), min(of.in+offset-of.run, len(e.text)))
}
