package quantity

import (
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// Declaration is a unit of a report's own, in "units" of data/datapackage.json:
//
//	"units": [{"name": "bushel", "symbol": "bu", "one": "bushel", "many": "bushels", "meaning": "amount"}]
type Declaration struct {
	Name     string `json:"name,omitzero"`
	Symbol   string `json:"symbol,omitzero"` // after the number in labels and tables; that of money is before it
	One      string `json:"one,omitzero"`    // after it in prose: 1 bushel
	Many     string `json:"many,omitzero"`   // 12.4 bushels
	Meaning  string `json:"meaning,omitzero"`
	Decimals *int32 `json:"decimals,omitzero"` // at most, where the values of a column need no more
}

// meanings are what a report can say of a unit of its own.
var meanings = map[string]meaning{
	"count": isCount, "amount": isAmount, "level": isLevel, "money": isMoney, "rate": isRate, "share": isShare,
}

const maxDecimals = 6

// Declare adds a unit, or says what is wrong with it, and at which key.
func (s *Units) Declare(d Declaration) (key string, p *diag.Problem) {
	switch _, taken := s.Find(d.Name); {
	case d.Name == "" || strings.TrimSpace(d.Name) != d.Name || strings.ContainsAny(d.Name, "?\n\t") || strings.Contains(d.Name, " per "):
		return "name", &diag.Problem{Message: "the name of a unit", Found: diag.Quote(d.Name), Expected: `a word such as "bushel"`}
	case taken:
		return "name", &diag.Problem{Message: "there is a unit " + diag.Quote(d.Name), Hint: "use it, or choose another name"}
	case meanings[d.Meaning] == 0:
		names := []string{"amount", "count", "level", "money", "rate", "share"}
		return "meaning", &diag.Problem{Message: "what unit " + diag.Quote(d.Name) + " means", Found: diag.Quote(d.Meaning), Expected: "one of " + strings.Join(names, ", "), Hint: diag.Nearest(d.Meaning, names)}
	case d.Many == "":
		return "many", &diag.Problem{Message: "unit " + diag.Quote(d.Name) + " has no word for many of it", Expected: `"many": "bushels"`}
	case d.Decimals != nil && (*d.Decimals < 0 || *d.Decimals > maxDecimals):
		return "decimals", &diag.Problem{Message: "the decimals of unit " + diag.Quote(d.Name), Expected: "0 to 6"}
	}
	if s.declared == nil {
		s.declared = map[string]Unit{}
	}
	s.declared[d.Name] = Unit{name: d.Name, known: d.rule()}
	return "", nil
}

// rule gives the unit what follows from its meaning.
func (d Declaration) rule() *rule {
	r := &rule{meaning: meanings[d.Meaning], grouped: true, decimals: 1, one: d.One, many: d.Many, declared: &d}
	if r.one == "" {
		r.one = d.Many
	}
	for _, word := range []string{d.Name, d.Symbol, d.One, d.Many} {
		if word != "" && !slices.Contains(r.named, word) {
			r.named = append(r.named, word)
		}
	}
	switch r.scaled = additive[r.meaning]; r.meaning {
	case isMoney:
		r.decimals, r.small = 0, 2
		if d.Symbol != "" {
			r.prefix, r.nounOne, r.nounMany, r.one, r.many = d.Symbol, r.one, r.many, "", ""
		}
	case isCount:
		r.decimals, r.small = 0, 1
	case isShare:
		r.all = 100
	}
	if d.Symbol != "" && r.meaning != isMoney {
		r.suffix = " " + d.Symbol
	}
	if d.Decimals != nil {
		r.decimals, r.small = *d.Decimals, 0
	}
	return r
}
