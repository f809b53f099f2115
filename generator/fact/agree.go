package fact

import (
	"fmt"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// CheckAgreements adds a problem for each agreement of the data package that does not hold: facts that are the same, or
// parts that come to a total. A missing value agrees with nothing.
func CheckAgreements(set aggregate.Set, data *dataset.Dataset, problems *diag.List) {
	if data.Package == nil {
		return
	}
	for i, a := range data.Package.Agreements {
		c := agreeing{set: set, fail: func(p diag.Problem, path ...any) {
			problems.Add(data.Problem(p, append([]any{"agreements", i}, path...)...))
		}}
		switch {
		case len(a.Same) > 0 && a.Sum == nil:
			c.same(a.Same)
		case len(a.Same) == 0 && a.Sum != nil:
			c.sum(a.Sum.Parts, a.Sum.Total)
		default:
			c.fail(diag.Problem{Message: "an agreement", Expected: `either "same": ["a.b", "c.d"] or "sum": {"parts": ["a.b", "c.d"], "total": "e.f"}`})
		}
	}
}

// agreeing is one agreement while it is checked.
type agreeing struct {
	set  aggregate.Set
	fail func(p diag.Problem, path ...any)
}

// find looks up the facts at addresses. It is not ok where one is unknown, which is told, or cannot be known.
func (c *agreeing) find(addresses []string, path ...any) (facts []*Fact, ok bool) {
	ok = true
	for i, address := range addresses {
		f, wrong := Find(c.set, address)
		if wrong != nil {
			c.fail(*wrong, append(path, i)...)
		}
		if f == nil || f.Aggregate.Tainted {
			ok = false
			continue
		}
		facts = append(facts, f)
	}
	return facts, ok
}

func (c *agreeing) same(addresses []string) {
	facts, ok := c.find(addresses, "same")
	if !ok {
		return
	}
	if len(facts) < 2 {
		c.fail(diag.Problem{Message: "an agreement of one fact", Expected: "two or more"}, "same")
		return
	}
	for i, f := range facts[1:] {
		if f.Value.IsMissing() || f.Value.Kind != facts[0].Value.Kind || f.Value.Compare(facts[0].Value) != 0 {
			c.fail(diag.Problem{Message: "two facts that are the same differ", Found: f.located(), Expected: facts[0].located(), Hint: "one of the rows is wrong", Finding: f.Address.String()}, "same", i+1)
		}
	}
}

func (c *agreeing) sum(parts []string, total string) {
	facts, ok := c.find(parts, "sum", "parts")
	whole, wrong := Find(c.set, total)
	if wrong != nil {
		c.fail(*wrong, "sum", "total")
	}
	if !ok || whole == nil || whole.Aggregate.Tainted {
		return
	}
	sum, _ := quantity.NewValue(int64(0))
	comes := !whole.Value.IsMissing()
	var terms []string
	for _, f := range append(facts, whole) {
		if f.Value.Kind != quantity.Number && !f.Value.IsMissing() {
			c.fail(diag.Problem{Message: diag.Quote(f.Address.String()) + " is not a number", Found: "a value of unit " + f.Column.Unit.String()}, "sum")
			return
		}
	}
	for _, f := range facts {
		comes = comes && !f.Value.IsMissing()
		sum = sum.Plus(f.Value)
		terms = append(terms, f.located())
	}
	if comes && sum.Compare(whole.Value) == 0 {
		return
	}
	c.fail(diag.Problem{Message: "parts do not come to their total", Found: whole.Column.Unit.Format(sum, quantity.Exact) + ": " + strings.Join(terms, " + "), Expected: whole.located(), Hint: "one of the rows is wrong", Finding: total}, "sum", "total")
}

// located is a fact with the rows behind it, a few of them: at_risk.letters = 23 (data/letters.csv:2, 3 and 21 more).
func (f *Fact) located() string {
	const most = 2
	text := f.Address.String() + " = " + f.Text(quantity.Exact)
	var rows []string
	for i, table := range f.Aggregate.Lineage {
		behind := f.Row.Lineage[i]
		if behind.Len() == 0 {
			continue
		}
		said := ""
		for _, row := range behind.First(most) {
			said += fmt.Sprintf(", %d", row)
		}
		said = "data/" + table + ".csv:" + strings.TrimPrefix(said, ", ")
		if more := behind.Len() - most; more > 0 {
			said += fmt.Sprintf(" and %d more", more)
		}
		rows = append(rows, said)
	}
	if len(rows) == 0 {
		return text
	}
	return text + " (" + strings.Join(rows, "; ") + ")"
}
