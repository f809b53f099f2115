package site

import (
	"html/template"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Side is what one side said.
type Side struct {
	Name       string
	Statements []Statement
}

// Statement is what somebody said: in the newsroom's words and, where there is a
// quotation, in their own.
type Statement struct {
	Claim, Quote  template.HTML
	Speaker, Role template.HTML
	Date          string
	Source        *record.Source

	cells map[string]string
}

// Cell is the address of what is in a column: claim, quote, speaker, role, date, side or source_id.
func (s Statement) Cell(column string) string { return s.cells[column] }

// statementColumns are those that an aggregate of statements has.
var statementColumns = []string{"claim", "quote", "speaker", "role", "date", "side", "source_id"}

// Statements lists the lines of an aggregate by side, in the order in which the
// sides first speak. It takes the options of, where and is.
func (r *tables) Statements(options map[string]any) ([]Side, error) {
	sides, wrong := r.statements(stringArgs(options))
	if sides == nil {
		return nil, asError(wrong)
	}
	return sides, nil
}

func (r *tables) statements(options map[string]string) ([]Side, *diag.Problem) {
	a, wrong := r.part("", options)
	if a == nil {
		return nil, wrong
	}
	place := map[string]int{}
	for _, name := range statementColumns {
		if place[name] = a.Column(name); place[name] < 0 {
			return nil, &diag.Problem{Message: a.Name + " has no column " + diag.Quote(name), Expected: "an aggregate with the columns " + strings.Join(statementColumns, ", ")}
		}
	}
	var sides []Side
	for _, line := range a.lines {
		text := func(name string) string {
			v := line.Values[place[name]]
			if v.IsMissing() {
				return ""
			}
			return a.Columns[place[name]].Unit.Format(v, quantity.Prose)
		}
		i := slices.IndexFunc(sides, func(s Side) bool { return s.Name == text("side") })
		if i < 0 {
			i = len(sides)
			sides = append(sides, Side{Name: text("side")})
		}
		said := func(name string) template.HTML {
			if written := line.Written[name]; written != "" {
				return r.facts.said(written, asIs)
			}
			return (&markup.Writer{}).Text(text(name)).HTML()
		}
		cells := map[string]string{}
		for _, name := range statementColumns {
			cells[name] = cellOf(a.Aggregate, line, name).String()
		}
		sides[i].Statements = append(sides[i].Statements, Statement{
			Claim: said("claim"), Quote: said("quote"), Speaker: said("speaker"), Role: said("role"), Date: text("date"),
			Source: r.sources.byID[text("source_id")], cells: cells,
		})
	}
	if sides == nil && !a.Tainted {
		return nil, &diag.Problem{Message: a.Name + " has no lines"}
	}
	return sides, nil
}
