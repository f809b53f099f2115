package literal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
)

// Texts of tables come to pages as they are, so a number in one is a fact too, {fact: …}, or the column holds names or
// quotations, or the number is allowed in hugo.toml. Only columns count that text columns of aggregates are made of.

// mostTexts is how many texts of a column are read; of a column with more, as many again of those that aggregates hold, from
// which pages are made.
const mostTexts = 20_000

// CheckCells lists the numbers that were typed in texts of tables which pages show, and the sentences in them that
// claim something.
func CheckCells(ctx context.Context, data *dataset.Dataset, aggregates aggregate.Set, language string, settings *Settings, problems *diag.List) (numbers []diag.Problem, claims []Claim, err error) {
	var found []literal
	shown := shownTexts(aggregates)
	for _, t := range data.Tables {
		if t.Tainted || t.Name == "sources" { // titles
			continue
		}
		for _, f := range t.TextFields() {
			waivers := data.Waivers(t, f.Name)
			if !shown[t.Name][f.Name] || t.IsName(f) {
				for _, w := range waivers {
					problems.Add(w.Unused)
				}
				continue
			}
			cells, err := t.DistinctTexts(ctx, f.Name, mostTexts+1)
			if err != nil {
				return nil, nil, err
			}
			if len(cells) > mostTexts {
				cells = cells[:mostTexts]
				held, all := textsOf(t, f.Name, aggregates, cells)
				if cells = append(cells, held...); !all {
					numbers = append(numbers, t.At(dataset.Cell{Row: 1, Field: f.Name}, diag.Problem{
						Message: fmt.Sprintf("aggregates hold more than %d texts of this column, of which the others are not read for numbers", mostTexts),
						Hint:    "let them hold the rows that pages show, or give the column a role (quotation, name)",
					}))
				}
			}
			of := &file{name: t.File(), language: language, settings: settings, aggregates: aggregates}
			allowed := waived(waivers)
			for _, c := range cells {
				of.allowed = nil
				for i, w := range waivers {
					if strings.Contains(c.Text, w.Text) { // with the facts in it
						of.allowed = append(of.allowed, allowed[i])
					}
				}
				of.cell(t, c)
			}
			for _, a := range allowed {
				problems.Add(a.check()...)
			}
			found, claims = append(found, of.found...), append(claims, of.claimed...)
			numbers = append(numbers, of.beyond...)
		}
	}
	addHints(found, aggregates)
	for _, l := range found {
		numbers = append(numbers, l.problem)
	}
	return numbers, claims, nil
}

// waived are the allowances of a column.
func waived(waivers []dataset.Waiver) (list []*allowance) {
	keys := map[string]string{dataset.NoteTyped: allowKey, dataset.NoteClaims: claimsKey}
	for _, w := range waivers {
		list = append(list, &allowance{of: allowedBy[keys[w.Kind]], text: wordsOf(w.Text), reason: w.Reason, times: w.Times, written: w.Unused})
	}
	return list
}

// wordsOf are the words of a text of a table, which may hold facts, as they are read for numbers and claims.
func wordsOf(text string) string {
	line, wrong := fact.Line(text)
	if wrong != nil {
		line = text
	}
	return strings.TrimSpace(string(plain(mask(content.ReadLine(line)).text, 0).text))
}

// textsOf are texts of aggregates that are made of a column of a table, but for those that were read; all is false where
// there are more.
func textsOf(t *dataset.Table, column string, aggregates aggregate.Set, read []dataset.Cell) (cells []dataset.Cell, all bool) {
	seen := map[string]bool{}
	for _, c := range read {
		seen[c.Text] = true
	}
	for _, name := range aggregates.Names() {
		a := aggregates[name]
		if a == nil {
			continue
		}
		lineage := slices.Index(a.Lineage, t.Name)
		for i, c := range a.Columns {
			if !c.Unit.IsText() || slices.Contains(a.Key, c.Name) || !slices.Contains(a.From(c)[t.Name], column) {
				continue
			}
			for r := range a.Rows {
				row := &a.Rows[r]
				text := cmp.Or(row.Written[c.Name], row.Values[i].Raw())
				if text == "" || seen[text] {
					continue
				}
				if len(cells) == mostTexts {
					return cells, false
				}
				seen[text] = true
				cell := dataset.Cell{Row: 1, Field: column, Text: text}
				if lineage >= 0 && row.Lineage[lineage].Len() > 0 {
					cell.Row = row.Lineage[lineage].First(1)[0]
				}
				cells = append(cells, cell)
			}
		}
	}
	return cells, true
}

// ByColumn is the first problem of each column, with how many more there are.
func ByColumn(problems []diag.Problem) (first []diag.Problem) {
	more := map[string]int{}
	for _, p := range problems {
		key := p.File + "\x00" + p.Field
		if more[key]++; more[key] == 1 {
			first = append(first, p)
		}
	}
	for i := range first {
		p := &first[i]
		if n := more[p.File+"\x00"+p.Field] - 1; n > 0 {
			p.Message += " and " + strconv.Itoa(n) + " more in this column"
		}
	}
	return first
}

// Waive takes for waived what claims no open problem is of; reason says why those of a column are.
func Waive(claims []Claim, open []diag.Problem, reason func(file, field string) string) []Claim {
	for i := range claims {
		c := &claims[i]
		isOpen := func(p diag.Problem) bool { return p.File == c.File && p.Line == c.Line && p.Column == c.Column }
		if len(c.Open) > 0 && !slices.ContainsFunc(open, isOpen) {
			c.Open, c.Rests = nil, append(c.Rests, Rest{Waived: reason(c.File, c.field)})
		}
	}
	return claims
}

// shownTexts are the columns of tables of which the text columns of aggregates are made, but for keys.
func shownTexts(aggregates aggregate.Set) map[string]map[string]bool {
	shown := map[string]map[string]bool{}
	for _, a := range aggregates {
		if a == nil {
			continue
		}
		for _, c := range a.Columns {
			if !c.Unit.IsText() || slices.Contains(a.Key, c.Name) {
				continue
			}
			for table, columns := range a.From(c) {
				if shown[table] == nil {
					shown[table] = map[string]bool{}
				}
				for _, name := range columns {
					shown[table][name] = true
				}
			}
		}
	}
	return shown
}

// cell adds the numbers and the claims of a text of a table.
func (f *file) cell(t *dataset.Table, c dataset.Cell) {
	line, wrong := fact.Line(c.Text)
	if wrong != nil {
		return // which is told
	}
	page := content.ReadLine(line)
	m := mask(page)
	p := plain(m.text, 0)
	text := string(p.text)
	f.now = current{line: int(c.Row), column: t.Place(c.Field), whole: true}
	for _, e := range expressions(text, f.language, f.settings.names()) {
		on := findingAt(m.findings, p.at[e.start])
		written := text[e.start:e.end]
		switch {
		case f.allowance(allowKey, text, e, true) != nil, f.settings.isInName(text, e):
		case on == nil || e.digits:
			f.found = append(f.found, literal{t.At(c, diag.Problem{Message: "hand-typed number: " + diag.Quote(strings.TrimSpace(written))}), written, e.digits, inCell})
		default:
			if cited := f.on(on.address); !f.testsNumber(cited, written, f.language) {
				f.beyond = append(f.beyond, t.At(c, f.untestedBy(written, cited)))
			}
		}
	}
	words := f.claimWords(text, f.language)
	if len(words) == 0 {
		return
	}
	shown, _ := fact.ParseProse(f.aggregates, line)
	claim := Claim{Sentence: strings.Join(strings.Fields(shown.String()), " "), Line: int(c.Row), Column: t.Place(c.Field), field: c.Field}
	for _, w := range words {
		on := ""
		if resting := findingAt(m.findings, p.at[w.Start]); resting != nil {
			on = resting.address
		}
		f.rest(&claim, text, w, on, -1)
	}
	f.claim(claim)
}
