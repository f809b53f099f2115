package site

import (
	"net/url"
	"slices"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/record"
)

// sources are where the data come from.
type sources struct {
	data *dataset.Dataset
	list []record.Source // in the order of their file
	byID map[string]*record.Source
	uses func() (map[string][]Use, error) // of each source, found once
}

func newSources(data *dataset.Dataset, list []record.Source, rows *rowLinks) *sources {
	s := &sources{data: data, list: list, byID: map[string]*record.Source{}}
	for i := range list {
		s.byID[list[i].ID] = &list[i]
	}
	s.uses = sync.OnceValues(func() (map[string][]Use, error) { return findUses(data, rows) })
	return s
}

// Source is the source of that id, or nil.
func (r *sources) Source(id string) *record.Source { return r.byID[id] }

// Sources lists all sources, in the order of their file.
func (r *sources) Sources() []record.Source { return r.list }

// behind lists the sources of some columns of lines of an aggregate.
func (r *sources) behind(a *aggregate.Aggregate, columns []aggregate.Column, lines ...aggregate.Row) ([]record.Source, error) {
	return fact.SourcesOf(a, columns, lines, r.data, r.list)
}

// Outlet is who published one or more sources.
type Outlet struct {
	Name  string
	ID    string // of its first source
	Count int
}

// Outlets groups sources by who published them, in their order.
func (r *sources) Outlets(sources []record.Source) []Outlet {
	var list []Outlet
	for _, s := range sources {
		name := s.Publisher()
		if i := slices.IndexFunc(list, func(o Outlet) bool { return o.Name == name }); i >= 0 {
			list[i].Count++
			continue
		}
		list = append(list, Outlet{Name: name, ID: s.ID, Count: 1})
	}
	return list
}

// sourceLink leads to a source.
func sourceLink(id string) string { return "/sources/#" + url.PathEscape(id) }

// Use is what a source was used for: rows of a table.
type Use struct {
	Table string // its title
	Rows  int
	Link  string // to the first of them, or to the table
}

// UsedFor lists the tables that name a source, in the order of the data package.
func (r *sources) UsedFor(source string) ([]Use, error) {
	uses, err := r.uses()
	return uses[source], err
}

// SourcesIn counts the sources that the rows of a table name, or else those that its description names.
func (r *sources) SourcesIn(t *dataset.Table) (int, error) {
	rows, err := t.RowsOfSources()
	if len(rows) > 0 {
		return len(rows), err
	}
	return len(t.Sources), err
}

// findUses lists the uses of all sources.
func findUses(data *dataset.Dataset, rows *rowLinks) (map[string][]Use, error) {
	uses := map[string][]Use{}
	for _, t := range data.Tables {
		bySource, err := t.RowsOfSources()
		if err != nil {
			return nil, err
		}
		for id, numbers := range bySource {
			link, err := rows.link(t.Name, numbers[0])
			if err != nil {
				return nil, err
			}
			if link == "" {
				link = "/data/" + t.Name + "/"
			}
			uses[id] = append(uses[id], Use{titleOf(t), len(numbers), link})
		}
	}
	return uses, nil
}
