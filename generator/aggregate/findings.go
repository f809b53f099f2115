package aggregate

import (
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/finding"
	"broadsheet/generator/quantity"
)

// Finding is a statement of an aggregate's head, tested. It is a fact at NAME.FINDING, true
// or false.
type Finding struct {
	Column // its name, and as label the test in words
	finding.Result
	Claim string // of what kind it is: largest, rose
	Row   Row    // the value, and the table rows that it rests on
}

// Finding is the one with that name, or nil.
func (a *Aggregate) Finding(name string) *Finding {
	if i := slices.IndexFunc(a.Findings, func(f Finding) bool { return f.Name == name }); i >= 0 {
		return &a.Findings[i]
	}
	return nil
}

// test tests the statements of the head, in their order there.
func (a *Aggregate) test(s *spec, flag quantity.Unit, problems *diag.List) {
	t := a.table()
	for _, name := range s.doc.Keys("findings") {
		stated := s.Findings[name]
		if s.doc.Mistyped("findings", name) {
			continue
		}
		before := s.problems
		if !nameOf.MatchString(name) || len(name) > longestName {
			s.failAt(problems, diag.Problem{Message: "the name of a finding", Found: diag.Quote(name), Expected: "small letters, digits and _, starting with a letter"}, "findings", name)
		}
		if a.Column(name) >= 0 {
			s.failAt(problems, diag.Problem{Message: "a finding has the name of the column " + diag.Quote(name), Hint: "rename the finding"}, "findings", name)
		}
		for _, fault := range stated.Check(t) {
			s.failAt(problems, fault.Problem, "findings", name, fault.Key)
		}
		f := Finding{Column: Column{Name: name, Unit: flag}, Claim: stated.Claim}
		if s.problems > before {
			f.Holds = true // so that what rests on it is not to blame
		} else {
			f.Result = stated.Test(t)
		}
		f.Label = f.Says
		value, _ := quantity.NewValue(f.Holds) // a flag always is one
		f.Row = Row{Values: []quantity.Value{value}, Lineage: make([]RowNumbers, len(a.Lineage))}
		for _, row := range f.Rows {
			for i, numbers := range a.Rows[row].Lineage {
				f.Row.Lineage[i] = f.Row.Lineage[i].and(numbers)
			}
		}
		a.Findings = append(a.Findings, f)
	}
}

// table is the result as a statement is tested on it.
func (a *Aggregate) table() finding.Table {
	t := finding.Table{Key: a.Key}
	for _, c := range a.Columns {
		t.Columns = append(t.Columns, finding.Column{Name: c.Name, Label: c.Label, Unit: c.Unit})
	}
	for _, row := range a.Rows {
		t.Rows = append(t.Rows, finding.Row{Key: row.Key, Values: row.Values})
	}
	return t
}
