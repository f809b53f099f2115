package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
)

// part is some lines of an aggregate.
type part struct {
	*aggregate.Aggregate
	lines []*aggregate.Row
}

// linesBy are the lines of aggregates by their value in a column, each found once: pages
// of an adapter ask for one part each.
type linesBy struct {
	mu    sync.Mutex
	found map[lineColumn]map[string][]*aggregate.Row
}

type lineColumn struct {
	aggregate string
	column    int
}

// of are the lines of an aggregate by their raw value in a column; for column -1 all
// are under "".
func (l *linesBy) of(a *aggregate.Aggregate, column int) map[string][]*aggregate.Row {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := lineColumn{a.Name, column}
	if found, ok := l.found[key]; ok {
		return found
	}
	found := map[string][]*aggregate.Row{}
	for i := range a.Rows {
		line, value := &a.Rows[i], ""
		if column >= 0 {
			value = line.Values[column].Raw()
		}
		found[value] = append(found[value], line)
	}
	if l.found == nil {
		l.found = map[lineColumn]map[string][]*aggregate.Row{}
	}
	l.found[key] = found
	return found
}

// column is the place of a column.
func (p *part) column(name string) (int, *diag.Problem) {
	if i := p.Column(name); i >= 0 {
		return i, nil
	}
	return -1, &diag.Problem{Message: "unknown column " + diag.Quote(name) + " of " + p.Name, Expected: "one of " + strings.Join(p.ColumnNames(), ", "), Hint: diag.Nearest(name, p.ColumnNames())}
}

// columns are the places of the columns in a list such as "a, b"; nil for none.
func (p *part) columns(list string) (columns []int, wrong *diag.Problem) {
	if list == "" {
		return nil, nil
	}
	for name := range strings.SplitSeq(list, ",") {
		i, wrong := p.column(strings.TrimSpace(name))
		if wrong != nil {
			return nil, wrong
		}
		columns = append(columns, i)
	}
	return columns, nil
}

// part takes the options of, where and is, and knows of others that a shortcode
// accepts. It returns nil alone for an aggregate that could not be run.
func (r *tables) part(name string, options map[string]string, others ...string) (*part, *diag.Problem) {
	if name == "" {
		name = options["of"]
	}
	a, known := r.aggregates[name]
	if !known {
		return nil, &diag.Problem{Message: "unknown aggregate " + diag.Quote(name), Hint: diag.Nearest(name, r.aggregates.Names())}
	}
	if a == nil {
		return nil, nil
	}
	accepted := slices.Sorted(slices.Values(append(others, "is", "of", "where")))
	for key := range options {
		if !slices.Contains(accepted, key) {
			return nil, &diag.Problem{Message: "unknown option " + diag.Quote(key), Expected: "one of " + strings.Join(accepted, ", "), Hint: diag.Nearest(key, accepted)}
		}
	}
	p := &part{Aggregate: a}
	if where := options["where"]; where != "" {
		i, wrong := p.column(where)
		if wrong != nil {
			return nil, wrong
		}
		found := r.lines.of(a, i)
		if p.lines = found[options["is"]]; p.lines == nil && !a.Tainted {
			return nil, &diag.Problem{
				Message: fmt.Sprintf("no line of %s is %s in %s", p.Name, diag.Quote(options["is"]), p.Columns[i].Name),
				Hint:    diag.Nearest(options["is"], slices.Sorted(maps.Keys(found))),
			}
		}
	} else if _, given := options["is"]; given {
		return nil, &diag.Problem{Message: `the option "is" needs "where"`, Expected: `where="COLUMN" is="VALUE"`}
	} else {
		p.lines = r.lines.of(a, -1)[""]
	}
	return p, nil
}
