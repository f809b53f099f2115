// Package lock holds what the report shows now against what was last accepted.
//
// The lock is three CSV files, read and written by package record. data/facts.lock.csv
// has every fact that a page shows: in a sentence, as the finding under one, in a chart
// with its names, in a table, a timeline or statements with their words and days, and the
// names of sources. data/places.lock.csv says which page or chart showed it.
// data/rows.lock.csv has a digest of each cell of the tables, and of the lines of
// aggregates that rested on the row, so that a change can be followed to the rows that
// caused it, also where a row left a sum or was removed. Digests are salted, of what the
// site publishes anyway, and of nothing in a private column.
//
// A row is the same where its primary key is, or else its cells, wherever it is in the file;
// of the other rows, those with most cells in common are taken for the same. An aggregate, a
// column, a key or a page of which most values are what those of another were is taken for
// renamed. A lock whose texts this program would not write, as it was edited by hand or
// written by another version, is one problem, and accept writes it anew.
//
//	lock.go     Now: what the report shows
//	shown.go    a fact with its places, how the lock writes it, and whether readers see a change
//	compare.go  Compare: Now and the lock -> changes, the most important first
//	rename.go   what is only called something else
//	rows.go     which rows were added, removed or changed
//	summary.go  changes -> causes, and each distinct change once
//	words.go    changes in words
//	between.go  Between: two locks -> changes
package lock

import (
	"cmp"
	"context"
	"crypto/rand"
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

	keys  []*Shown // parts of keys that pages show beside facts of their lines, whose addresses say them; sorted likewise
	data  *dataset.Dataset
	pages map[string][]string // the charts of each page
	has   func(path string) bool
}

// Report is what facts are looked up in.
type Report struct {
	Tables     *dataset.Dataset
	Aggregates aggregate.Set
	Charts     chart.Set
	Sources    []record.Source
	HasPage    func(path string) bool // also of those that only repeat others, and are not among what is said; nil where nobody asks
}

// Gather finds each fact that the pages show.
func Gather(r Report, said []passage.Page) *Now {
	g := gathering{Report: r, now: &Now{data: r.Tables, pages: map[string][]string{}, has: r.HasPage}, byAddress: map[string]*Shown{}, sources: map[string]*fact.Fact{}}
	for _, page := range said {
		g.page(page)
	}
	return g.sorted()
}

// sorted puts the facts in order, and parts of keys apart: they are facts only where nothing else of their line is shown.
func (g *gathering) sorted() *Now {
	now := g.now
	slices.SortFunc(now.Facts, func(a, b *Shown) int { return cmp.Compare(a.Address, b.Address) })
	others := map[*aggregate.Row]bool{}
	for _, s := range now.Facts {
		others[s.Row] = others[s.Row] || !s.isKey()
	}
	all := now.Facts
	now.Facts = nil
	for _, s := range all {
		if s.isKey() && others[s.Row] && len(s.texts) == 0 {
			now.keys = append(now.keys, s)
		} else {
			now.Facts = append(now.Facts, s)
		}
	}
	return now
}

// gathering is Gather at work.
type gathering struct {
	Report
	now       *Now
	byAddress map[string]*Shown
	sources   map[string]*fact.Fact // by id
}

func (g *gathering) page(page passage.Page) {
	for _, p := range page.Passages {
		for _, c := range p.Facts {
			g.find(c.Address, Occurrence{Page: page.Path, Sentence: p.Text}, c.Text)
		}
	}
	for _, id := range page.Charts {
		c := g.Charts[id]
		if c == nil {
			continue
		}
		if !slices.Contains(g.now.pages[page.Path], id) {
			g.now.pages[page.Path] = append(g.now.pages[page.Path], id)
		}
		for _, f := range c.Shows() {
			g.show(f, Occurrence{Page: page.Path, Chart: id}, "")
		}
	}
	for _, c := range page.Cells {
		g.find(c.Address, Occurrence{Page: page.Path, Table: true}, c.Text)
	}
	for _, address := range page.Rests {
		g.find(address, Occurrence{Page: page.Path, Condition: true}, "")
	}
	for _, c := range page.Texts {
		g.texts(c, Occurrence{Page: page.Path, Table: true})
	}
	for _, s := range page.Sources {
		if f := g.source(s.ID); f != nil && s.Text == f.Value.Raw() {
			g.show(f, Occurrence{Page: page.Path, Source: true}, "")
		}
	}
}

func (g *gathering) find(address fact.Address, place Occurrence, text string) {
	if f := fact.Lookup(g.Aggregates, address); f != nil {
		g.show(f, place, text)
	}
}

// madePages is the name under which what a content adapter calls its pages has addresses: pages.title[/states/ca/].
const madePages = "pages"

// texts finds the cells whose key begins with that of the address.
func (g *gathering) texts(c passage.Cited, place Occurrence) {
	address := c.Address
	a := g.Aggregates[address.Name]
	if a == nil && address.Name == madePages {
		g.show(textFact(address, c.Text, "path"), place, "")
		return
	}
	if a == nil || len(address.Key) >= len(a.Key) {
		g.find(address, place, "")
		return
	}
	i := a.Column(address.Column)
	for n := range a.Rows {
		if line := &a.Rows[n]; i >= 0 && slices.Equal(line.Key[:len(address.Key)], address.Key) {
			g.show(fact.FromCell(a, line, i), place, "")
		}
	}
}

// show notes a fact; text is how the page writes it, "" where that is not known.
func (g *gathering) show(f *fact.Fact, place Occurrence, text string) {
	address := f.Address.String()
	s := g.byAddress[address]
	if s == nil {
		s = &Shown{Fact: f, Address: address}
		if s.namesSource() {
			if source := g.source(f.Value.Raw()); source != nil {
				s.reads, s.source = source.Value.Raw(), source.Row.Lineage[0].First(1)[0]
			}
		}
		g.byAddress[address] = s
		g.now.Facts = append(g.now.Facts, s)
	}
	var styles []quantity.Style
	switch {
	case text != "":
		if !slices.Contains(s.texts, text) {
			s.texts = append(s.texts, text)
		}
	case place.Chart != "" && g.Charts[place.Chart].Places(f):
		s.maps = append(s.maps, g.Charts[place.Chart])
	case place.Chart != "":
		styles = []quantity.Style{quantity.InTable, quantity.Short}
	default:
		styles = []quantity.Style{quantity.InTable, quantity.Prose}
	}
	for _, style := range styles {
		if !slices.Contains(s.styles, style) {
			s.styles = append(s.styles, style)
		}
	}
	if !slices.Contains(s.Places, place) {
		s.Places = append(s.Places, place)
	}
	if i := f.Column.PrecisionIn; i > 0 { // it decides how the value is written
		g.show(fact.FromCell(f.Aggregate, f.Row, i-1), place, "")
	}
	if written := f.Written(); written != "" {
		prose, _ := fact.ParseText(g.Aggregates, written)
		for _, part := range prose {
			if part.Fact != nil {
				g.show(part.Fact, place, part.Text)
			}
			if part.Finding != nil {
				g.show(part.Finding, place, "")
			}
			if part.Than != nil {
				g.show(part.Than, place, "")
			}
		}
	}
}

// sourcesTable is the name under which sources have addresses.
const sourcesTable = "sources"

// source is the name of a source as a fact: sources.outlet[ID], or sources.title[ID] where it has no outlet.
func (g *gathering) source(id string) *fact.Fact {
	if f, known := g.sources[id]; known {
		return f
	}
	i := slices.IndexFunc(g.Sources, func(s record.Source) bool { return s.ID == id })
	if i < 0 {
		g.sources[id] = nil
		return nil
	}
	s := &g.Sources[i]
	column := "outlet"
	if s.Outlet == "" {
		column = "title"
	}
	f := textFact(fact.Address{Name: sourcesTable, Column: column, Key: []string{id}}, s.Publisher(), "id")
	f.Aggregate.Tables, f.Aggregate.Lineage = []string{sourcesTable}, []string{sourcesTable}
	f.Aggregate.Uses = map[string][]string{sourcesTable: {"id", "outlet", "title"}}
	f.Row.Lineage = []aggregate.RowNumbers{aggregate.NumberRows(int64(s.Row))}
	g.sources[id] = f
	return f
}

// textFact is a text that is a cell of no aggregate, as if it were one.
func textFact(at fact.Address, text, key string) *fact.Fact {
	value, err := quantity.NewValue(text)
	if err != nil {
		panic(err) // a text always is a value
	}
	a := &aggregate.Aggregate{Name: at.Name, Key: []string{key}}
	a.Columns = []aggregate.Column{{Name: at.Column, Label: at.Column, Unit: quantity.Words}}
	return fact.FromCell(a, &aggregate.Row{Key: at.Key, Values: []quantity.Value{value}}, 0)
}

// Lock is what accepting writes. The salt of the last lock is kept, so that a cell that
// did not change has the digest that it had.
func (n *Now) Lock(ctx context.Context, last *record.Lock) (*record.Lock, error) {
	lock := &record.Lock{Places: n.places()}
	if last != nil {
		lock.Salt = last.Salt
	}
	if lock.Salt == "" {
		lock.Salt = rand.Text()
	}
	for _, s := range n.Facts {
		f := s.locked()
		f.Pages, f.Charts = s.Pages(), s.charts()
		lock.Facts = append(lock.Facts, f)
	}
	var err error
	lock.Rows, err = n.rows(ctx, salt(lock.Salt))
	return lock, err
}

// places lists what each page and each chart shows. A column is named once where every
// line of its aggregate is shown, whatever other places show of it.
func (n *Now) places() []record.LockedPlace {
	type part struct{ place, aggregate, column string }
	type line struct{ place, aggregate, key string }
	parts, lines := map[part][]*Shown{}, map[line][]string{}
	var list []record.LockedPlace
	for page, charts := range n.pages {
		for _, id := range charts {
			list = append(list, record.LockedPlace{Place: page, Shows: record.ChartPlace(id)})
		}
	}
	for _, s := range n.Facts {
		seen := map[string]bool{}
		for _, o := range s.Places {
			place := o.Page
			if o.Chart != "" {
				place = record.ChartPlace(o.Chart)
			}
			if !seen[place] {
				seen[place] = true
				p := part{place, s.Fact.Address.Name, s.columnInAddress()}
				parts[p] = append(parts[p], s)
			}
		}
	}
	const every = "*"
	for p, facts := range parts {
		if whole := len(facts[0].Aggregate.Rows); len(facts) == whole && whole > 1 {
			l := line{p.place, p.aggregate, every}
			lines[l] = append(lines[l], p.column)
			continue
		}
		for _, s := range facts {
			l := line{p.place, p.aggregate, strings.TrimPrefix(s.Address, p.aggregate+"."+p.column)}
			lines[l] = append(lines[l], p.column)
		}
	}
	for l, columns := range lines {
		for _, shows := range (record.Line{Aggregate: l.aggregate, Key: l.key, Every: l.key == every, Columns: columns}).Shows() {
			list = append(list, record.LockedPlace{Place: l.place, Shows: shows})
		}
	}
	return record.SortPlaces(list)
}

// columnInAddress is the column as the address writes it.
func (s *Shown) columnInAddress() string {
	at := s.Fact.Address
	at.Key = nil
	return strings.TrimPrefix(at.String(), at.Name+".")
}
