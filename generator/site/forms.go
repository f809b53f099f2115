package site

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// What the cells of a column look like beside their text, which says all of it: by CSS alone, and out of the way of screen readers.
//
//	{{< table of="by_state" columns="name, amount_usd, change, rate, outcome" show="amount_usd: bar, change: arrow, rate: heat, outcome: dot" >}}

// look is that of a cell.
type look struct {
	class  markup.Class
	style  string        // of the cell
	before template.HTML // in front of its text
	says   bool          // that is in the text of the cell too
	beside bool          // it and the text are one, in a row
}

// form makes the looks of the cells of a column, or says why the column has none.
type form func(r *tables, g *Grid, p *part, column int) (func(*aggregate.Row, *GridCell), *diag.Problem)

var forms = map[string]form{"arrow": arrows, "bar": cellBars, "dot": dots, "heat": heat}

// addForms gives columns their forms: "amount_usd: bar, outcome: dot".
func (r *tables) addForms(g *Grid, p *part, columns []int, show string) *diag.Problem {
	for pair := range strings.SplitSeq(show, ",") {
		name, word, paired := strings.Cut(pair, ":")
		name, word = strings.TrimSpace(name), strings.TrimSpace(word)
		if !paired {
			return &diag.Problem{Message: "what a column looks like", Found: diag.Quote(strings.TrimSpace(pair)), Expected: `show="COLUMN: FORM, …", with ` + strings.Join(slices.Sorted(maps.Keys(forms)), ", ")}
		}
		column, wrong := p.column(name)
		if wrong != nil {
			return wrong
		}
		at, known := slices.Index(columns, column), forms[word]
		switch {
		case known == nil:
			names := slices.Sorted(maps.Keys(forms))
			return &diag.Problem{Message: "unknown form " + diag.Quote(word), Expected: "one of " + strings.Join(names, ", "), Hint: diag.Nearest(word, names)}
		case at < 0:
			return &diag.Problem{Message: diag.Quote(name) + " is not in the table", Expected: "a column that it shows"}
		case g.Columns[at].form != "":
			return &diag.Problem{Message: diag.Quote(name) + " has a form already", Found: g.Columns[at].form + " and " + word, Expected: "one of them"}
		}
		dress, wrong := known(r, g, p, column)
		if wrong != nil {
			return wrong
		}
		g.Columns[at].form = word
		for i := range g.Rows {
			if cell := &g.Rows[i].Cells[at]; !cell.Missing {
				dress(p.lines[i], cell)
			}
		}
	}
	return nil
}

// values are those of a column in the lines of a part.
func (p *part) values(column int) []quantity.Value {
	values := make([]quantity.Value, len(p.lines))
	for i, line := range p.lines {
		values[i] = line.Values[column]
	}
	return values
}

// measured is the problem of a form for measures in another column; nil in one of them.
func (p *part) measured(column int, what string) *diag.Problem {
	if c := p.Columns[column]; !c.Unit.Numeric() {
		return &diag.Problem{Message: what + " of " + diag.Quote(c.Name) + ", which is not a measure", Found: "unit: " + c.Unit.String(), Expected: "a column of numbers"}
	}
	return nil
}

// leastBar is how long the bar of what is not nothing is at least, in percent of its column.
const leastBar = 1.0

// cellBars have a bar from zero to the value, to the left below zero, on one scale for the column.
func cellBars(_ *tables, _ *Grid, p *part, column int) (func(*aggregate.Row, *GridCell), *diag.Problem) {
	low, high := 0.0, 0.0
	for _, v := range p.values(column) {
		if !v.IsMissing() {
			low, high = min(low, v.Float()), max(high, v.Float())
		}
	}
	whole := max(high-low, 1e-300)
	zero := max(0, -low/whole*100)
	return func(line *aggregate.Row, cell *GridCell) {
		v := line.Values[column].Float()
		at := (v - low) / whole * 100
		from, to := min(zero, at), max(zero, at)
		switch {
		case v > 0:
			to = max(to, from+leastBar)
		case v < 0:
			from = min(from, to-leastBar)
		}
		style := fmt.Sprintf("--from: %.4g%%; --to: %.4g%%", from, to)
		if low < 0 {
			style += fmt.Sprintf("; --zero: %.4g%%", zero)
		}
		w := &markup.Writer{}
		w.Raw("<span").Class(markup.Bar).Attr("style", style)
		cell.look = &look{before: w.Raw("></span>").HTML(), beside: true}
	}, p.measured(column, "bars")
}

// heat colors cells as a heat map does.
func heat(_ *tables, _ *Grid, p *part, column int) (func(*aggregate.Row, *GridCell), *diag.Problem) {
	if wrong := p.measured(column, "colors"); wrong != nil {
		return nil, wrong
	}
	color := chart.Steps(p.values(column))
	return func(line *aggregate.Row, cell *GridCell) {
		step := color(line.Values[column])
		cell.look = &look{class: markup.Heat, style: fmt.Sprintf("--step: var(%s); --on-step: var(%[1]s-ink)", step)}
	}, nil
}

// arrows go up, or down, before what changed by that much. What did not change is written as a word.
func arrows(r *tables, _ *Grid, p *part, column int) (func(*aggregate.Row, *GridCell), *diag.Problem) {
	return func(line *aggregate.Row, cell *GridCell) {
		arrow, word := "↑", "up"
		switch line.Values[column].Sign() {
		case 0:
			cell.Text = r.voice().Say("unchanged")
			r.facts.words.add(cellOf(p.Aggregate, line, p.Columns[column].Name).String(), cell.Text)
			return
		case -1:
			arrow, word = "↓", "down"
		}
		w := &markup.Writer{}
		w.Raw("<span").Class(markup.Arrow).Raw(` role="img"`).Attr("aria-label", r.voice().Say(word)).Raw(">").Text(arrow).Raw("</span> ")
		cell.look = &look{before: w.HTML(), says: true}
	}, p.measured(column, "arrows")
}

// dots have the color and the shape that the report's palette gives a value.
func dots(r *tables, g *Grid, p *part, column int) (func(*aggregate.Row, *GridCell), *diag.Problem) {
	c := p.Columns[column]
	if !c.Unit.IsText() && !c.Unit.IsFlag() {
		return nil, &diag.Problem{Message: "dots of " + diag.Quote(c.Name) + ", which names no kind of thing", Found: "unit: " + c.Unit.String(), Expected: "a column of text, or of yes and no"}
	}
	var ids []string
	for i := range p.Rows { // of all, so that a part has the colors of the whole
		if v := p.Rows[i].Values[column]; !v.IsMissing() && !slices.Contains(ids, v.Raw()) {
			ids = append(ids, v.Raw())
		}
	}
	if len(ids) > chart.MostKeys {
		return nil, &diag.Problem{Message: fmt.Sprintf("dots of %d values", len(ids)), Expected: fmt.Sprintf("%d or fewer, as no more colors can be told apart", chart.MostKeys)}
	}
	g.dotted = append(g.dotted, ids...)
	keys := r.palette.Keys(ids)
	return func(line *aggregate.Row, cell *GridCell) {
		key := keys[line.Values[column].Raw()]
		w := &markup.Writer{}
		w.Raw("<span").Attr("class", string(markup.Key)+" "+key.Symbol).Attr("style", "--key: var("+key.Color+")").Raw("></span>")
		cell.look = &look{before: w.HTML(), beside: true}
	}, nil
}
