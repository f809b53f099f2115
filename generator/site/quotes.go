package site

import (
	"slices"
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
	row   int64
	text  string
	words []string
}

// quotations are those of all tables, of each the rows that pages show.
type quotations struct {
	all  []quotation
	like map[string]*quotation // by what was asked: a text for rows says the same on each of its pages
}

func newQuotations(data *dataset.Dataset) (*quotations, error) {
	q := &quotations{like: map[string]*quotation{}}
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
					q.all = append(q.all, quotation{t, int64(row.Number), text, quotedWords(text)})
				}
			}
		}
	}
	return q, nil
}

// fewestAlike is how many words a quotation has at least, so that another may be taken for the same.
const fewestAlike = 5

// near is the quotation that has most of the words of a text, in their order, but not all; nil where there is none, or one has all.
func (q *quotations) near(text string) (nearest *quotation) {
	if known, ok := q.like[text]; ok {
		return known
	}
	defer func() { q.like[text] = nearest }()
	words, most := quotedWords(text), 0
	if len(words) < fewestAlike {
		return nil
	}
	for i := range q.all {
		one := &q.all[i]
		if contains(one.words, words) || contains(words, one.words) {
			return nil
		}
		if n := common(words, one.words); n > most && 5*n >= 4*min(len(words), len(one.words)) && len(one.words) >= fewestAlike {
			nearest, most = one, n
		}
	}
	return nearest
}

// checkWords adds a problem where a quote says most of what a quotation in the data says, but not all.
func (p *prose) checkWords(c *content.Call, said string) {
	for _, part := range strings.Split(strings.NewReplacer("[…]", "…", "...", "…").Replace(said), "…") { // what was left out there is left out
		if one := p.quotations.near(part); one != nil {
			found, expected := fromDifference(part, one.text)
			p.add(c.NameAt, diag.Problem{
				Message: "somebody's words are not those in the data", Found: diag.Quote(found), Expected: diag.Quote(expected),
				Hint: "correct them here or in " + one.table.File() + ", " + one.table.RowName(one.row) + ", as the source has them; if these are other words, they need a row of their own",
			})
		}
	}
}

// fromDifference is both texts without most of the words with which they begin alike: a message has room for a few.
func fromDifference(said, text string) (string, string) {
	const kept = 3
	a, b := strings.Fields(said), strings.Fields(text)
	alike, at := 0, 0
	for start := range b {
		n := 0
		for n < len(a) && start+n < len(b) && slices.Equal(quotedWords(a[n]), quotedWords(b[start+n])) {
			n++
		}
		if n > alike {
			alike, at = n, start
		}
	}
	if alike <= kept {
		return strings.Join(a, " "), strings.Join(b, " ")
	}
	skip := alike - kept
	return "… " + strings.Join(a[skip:], " "), "… " + strings.Join(b[at+skip:], " ")
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
