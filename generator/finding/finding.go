// Package finding is a statement on an aggregate that the program tests: what an
// editor says in the head of a query, and a sentence, a title or a chart rests on.
//
//	findings:
//	  ca_leads:  {claim: largest, of: amount_usd, for: CA}
//	  ca_half:   {claim: majority, of: amount_usd, for: CA, known: true}
//	  small:     {claim: most, where: {kind: not state}, is: {amount_usd: "< 100000"}}
//	  only_2nd:  {claim: only, for: Second Circuit, is: {holding: held lawful}}
//	  la_rose:   {claim: rose, of: violent_rate, over: year, from: 2014, to: 2015, for: los-angeles-ca}
//	  fell:      {claim: fell, from: amount_2016, to: amount_2020}
//
// A row is named by its key, or by a part of it, or by conditions on its columns. A
// statement holds only where every row that could change it has a value, unless it is of
// known values only; where no two values that it tells apart read the same; and where
// there is a row to speak of. What keeps it from holding is said (Result.Why), and so is
// what would (Result.Disproof).
//
//	finding.go  Spec: the statement as written, and Result
//	check.go    the keys of each claim
//	select.go   conditions, and the rows that a statement is about
//	test.go     the claims about rows; over.go, those about times
//	words.go    a statement in words
package finding

import (
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"

	"go.yaml.in/yaml/v3"
)

// Spec is a statement as its editor wrote it.
type Spec struct {
	Claim string     `yaml:"claim"`
	Of    string     `yaml:"of"`    // the column whose values are compared
	For   Selection  `yaml:"for"`   // the rows that the sentence is about
	Where Conditions `yaml:"where"` // the rows among which they are
	Is    Conditions `yaml:"is"`    // what rows are, or are not
	Than  string     `yaml:"than"`  // a number, a day, a column of the same row, or the key of another
	Times string     `yaml:"times"` // how many times that: 2, 1.5, 2/3
	Share string     `yaml:"share"` // of a majority, what it is more than: 2/3
	Low   string     `yaml:"low"`
	High  string     `yaml:"high"`
	N     *int       `yaml:"n"`     // a count, or a place in the order
	Over  string     `yaml:"over"`  // the column of times
	From  string     `yaml:"from"`  // a time, or a column
	To    string     `yaml:"to"`    // a time, or a column; of equal, what it is equal to
	At    string     `yaml:"at"`    // a time
	Since string     `yaml:"since"` // a time before it
	Known bool       `yaml:"known"` // only rows with a value are compared
}

// Selection is rows by their keys, or by conditions.
type Selection struct {
	Keys       []string
	Conditions Conditions
}

func (s Selection) empty() bool { return len(s.Keys)+len(s.Conditions) == 0 }

// UnmarshalYAML reads a key, a list of keys, or conditions by column.
func (s *Selection) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		s.Keys = []string{n.Value}
		return nil
	case yaml.SequenceNode:
		return n.Decode(&s.Keys)
	}
	return n.Decode(&s.Conditions)
}

// Expected says what a selection can be.
func (s *Selection) Expected() string {
	return "a key, a list of keys, or conditions such as {kind: state}"
}

// Conditions are what the values of some columns must be.
type Conditions map[string]Condition

// Condition is one of several values, or what a comparison says: "< 100000", "not state".
type Condition []string

// UnmarshalYAML reads a value or a list of values.
func (c *Condition) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*c = Condition{n.Value}
		return nil
	}
	return n.Decode((*[]string)(c))
}

// Expected says what a condition can be.
func (c *Condition) Expected() string {
	return `a value, a list of values, or a comparison such as "< 100000" or "not state"`
}

// Table is what a statement is tested on.
type Table struct {
	Columns []Column
	Key     []string
	Rows    []Row
}

// Column is a column of a table.
type Column struct {
	Name, Label string
	Unit        quantity.Unit
}

// Row is a row of a table.
type Row struct {
	Key    []string
	Values []quantity.Value
}

func (t *Table) column(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

func (t *Table) names() []string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}

// name is how a row is called in words: by its column "name", or its key.
func (t *Table) name(row int) string {
	if i := t.column("name"); i >= 0 {
		if v := t.Rows[row].Values[i]; !v.IsMissing() {
			return t.Columns[i].Unit.Format(v, quantity.Prose)
		}
	}
	return strings.Join(t.Rows[row].Key, ", ")
}

// Result is what became of a statement.
type Result struct {
	Holds    bool
	Why      string   // what keeps it from holding; "" where it holds
	Says     string   // the test in words
	Disproof string   // what would keep it from holding
	Rows     []int    // places of the rows that it rests on
	Mentions []string // the values, keys and names that the test is about
}

// Fault is a problem of a statement, without the file, and the key at which it is.
type Fault struct {
	Problem diag.Problem
	Key     string
}
