package site

import (
	"strings"
	"unicode"

	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
)

// Somebody's words may be in the prose and in a column of quotations of a table. There they must be the same, as one of the
// two was copied: from the other, or from the source.

// quotation is a text of a column of quotations.
type quotation struct {
	table *dataset.Table
	cell  dataset.Cell
	text  string
	words []string
}

// quotationsOf are those of all tables, of each the rows that pages show.
func quotationsOf(data *dataset.Dataset) (list []quotation, err error) {
	for _, t := range data.Tables {
		for i, f := range t.Fields {
			if f.Role != "quotation" || f.Private || t.Tainted {
				continue
			}
			rows, err := t.Head()
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if text := row.Values[i].Raw(); text != "" {
					list = append(list, quotation{t, dataset.Cell{Row: int64(row.Number), Field: f.Name}, text, quotedWords(text)})
				}
			}
		}
	}
	return list, nil
}

// fewestAlike is how many words a quotation has at least, so that another may be taken for the same.
const fewestAlike = 5

// checkWords adds a problem where most words of a quote are those of a quotation in the data, in their order, but not all.
func (p *prose) checkWords(c *content.Call, said string) {
	all := p.quotations
	for _, part := range strings.Split(strings.NewReplacer("[…]", "…", "...", "…").Replace(said), "…") { // what was left out there is left out
		words := quotedWords(part)
		if len(words) < fewestAlike {
			continue
		}
		var nearest *quotation
		most := 0
		for i := range all {
			q := &all[i]
			if contains(q.words, words) || contains(words, q.words) {
				nearest = nil
				break
			}
			if n := common(words, q.words); n > most && 5*n >= 4*min(len(words), len(q.words)) && len(q.words) >= fewestAlike {
				nearest, most = q, n
			}
		}
		if nearest != nil {
			at := nearest.table.At(nearest.cell, diag.Problem{})
			p.add(c.NameAt, diag.Problem{
				Message: "somebody's words are not those in the data", Found: diag.Quote(strings.TrimSpace(part)), Expected: diag.Quote(nearest.text),
				Hint: "correct them here or in " + at.File + ", " + nearest.table.RowName(nearest.cell.Row) + ", as the source has them; if these are other words, they need a row of their own",
			})
		}
	}
}

// quotedWords are the words of a quotation, without marks around them and whatever their capitals.
func quotedWords(text string) (words []string) {
	text = strings.NewReplacer("’", "'", "‘", "'", "[", "", "]", "").Replace(strings.ToLower(text))
	for _, word := range strings.Fields(text) {
		if word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsSymbol(r) }); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// contains reports whether some words follow each other among others.
func contains(among, words []string) bool {
	return len(words) > 0 && strings.Contains(" "+strings.Join(among, " ")+" ", " "+strings.Join(words, " ")+" ")
}

// common is how many words two lists have in common, in the same order.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, word := range a {
		before := 0
		for j := range b {
			here := row[j+1]
			if b[j] == word {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = here
		}
	}
	return row[len(b)]
}
