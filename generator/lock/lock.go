// Package lock holds what the report shows now against what was last accepted.
//
// The lock is two CSV files, read and written by package record. data/facts.lock.csv
// has every fact that a page shows: in a sentence, as the finding under one, in a
// chart, in a table in the prose. data/rows.lock.csv has a digest of
// each row of the tables, and of the lines of aggregates that rested on it, so
// that a change can be followed to the rows that caused it, also where a row left
// a sum or was removed. Digests are of what the site publishes anyway, and of nothing
// in a private column: a few values that somebody guesses have few digests.
//
// A row is the same where its cells are, wherever it is in the file; of the other rows, those
// with most cells in common are taken for the same. A lock whose texts this program would
// not write, as it was edited by hand or written by another version, is one problem, and
// accept writes it anew.
//
//	lock.go     Now: what the report shows
//	compare.go  Compare: Now and the lock -> changes, the most important first
//	rows.go     which rows were added, removed or changed
package lock

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/passage"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Now is what the report shows.
type Now struct {
	Facts []*Shown // sorted by address

	data *dataset.Dataset
}

// Shown is a fact with all places that show it.
type Shown struct {
	*fact.Fact
	Address string
	Places  []Occurrence

	cited []string // its texts in sentences
}

// Occurrence is where a page shows a fact: in a sentence, in a chart, or in a table.
type Occurrence struct {
	Page     string `json:"page"`
	Sentence string `json:"sentence,omitempty"`
	Chart    string `json:"chart,omitempty"`
	Table    bool   `json:"table,omitempty"`
}

// Gather finds each fact that the pages show.
func Gather(data *dataset.Dataset, aggregates aggregate.Set, charts chart.Set, said []passage.Page) *Now {
	now := &Now{data: data}
	byAddress := map[string]*Shown{}
	show := func(f *fact.Fact, place Occurrence) {
		address := f.Address.String()
		s := byAddress[address]
		if s == nil {
			s = &Shown{Fact: f, Address: address}
			byAddress[address] = s
			now.Facts = append(now.Facts, s)
		}
		if !slices.Contains(s.Places, place) {
			s.Places = append(s.Places, place)
		}
	}
	find := func(address fact.Address, place Occurrence) {
		if f := fact.Lookup(aggregates, address); f != nil {
			show(f, place)
		}
	}
	cited := func(c passage.Cited, place Occurrence) {
		find(c.Address, place)
		if s := byAddress[c.Address.String()]; s != nil {
			s.cited = append(s.cited, c.Text)
		}
	}
	for _, page := range said {
		for _, p := range page.Passages {
			for _, c := range p.Facts {
				cited(c, Occurrence{Page: page.Path, Sentence: p.Text})
			}
		}
		for _, id := range page.Charts {
			if c := charts[id]; c != nil {
				for _, f := range c.Shows() {
					show(f, Occurrence{Page: page.Path, Chart: id})
				}
			}
		}
		for _, address := range page.Cells {
			find(address, Occurrence{Page: page.Path, Table: true})
		}
	}
	slices.SortFunc(now.Facts, func(a, b *Shown) int { return cmp.Compare(a.Address, b.Address) })
	return now
}

// A CSV file keeps no carriage return before a line end, so the lock has none.
var lineEnds = strings.NewReplacer("\r\n", "\n")

func (s *Shown) raw() string { return lineEnds.Replace(s.Value.Raw()) }

func (s *Shown) prose() string { return lineEnds.Replace(s.Text(quantity.Prose)) }

// Pages lists those that show the fact, each once, in the order of their paths.
func (s *Shown) Pages() string {
	var list []string
	for _, p := range s.Places {
		if !slices.Contains(list, p.Page) {
			list = append(list, p.Page)
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// Lock is what accepting writes.
func (n *Now) Lock(ctx context.Context) (*record.Lock, error) {
	lock := &record.Lock{Facts: n.facts()}
	var err error
	lock.Rows, err = n.rows(ctx)
	return lock, err
}

func (n *Now) facts() []record.LockedFact {
	list := make([]record.LockedFact, 0, len(n.Facts))
	for _, s := range n.Facts {
		list = append(list, record.LockedFact{Fact: s.Address, Value: s.raw(), Text: s.prose(), Pages: s.Pages()})
	}
	return list
}
