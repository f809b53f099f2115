package site

import "cmp"

// Use is what a source was used for: rows of a table.
type Use struct {
	Table string // its title
	Rows  int
	Link  string // to the first of them, or to the table
}

// UsedFor lists the tables that name a source, in the order of the data package.
func (r *Report) UsedFor(source string) ([]Use, error) {
	uses, err := r.uses()
	return uses[source], err
}

// findUses lists the uses of all sources.
func (r *Report) findUses() (map[string][]Use, error) {
	uses := map[string][]Use{}
	for _, t := range r.data.Tables {
		rows, err := t.RowsOfSources()
		if err != nil {
			return nil, err
		}
		for id, numbers := range rows {
			link, err := r.rowLink(t.Name, numbers[0])
			if err != nil {
				return nil, err
			}
			if link == "" {
				link = "/data/" + t.Name + "/"
			}
			uses[id] = append(uses[id], Use{cmp.Or(t.Title, t.Name), len(numbers), link})
		}
	}
	return uses, nil
}
