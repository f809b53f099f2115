package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Null is a row for which a function or a condition that a finding goes by has no value: it passes over the row, and so
// would the finding.
type Null struct {
	Function string   // such as min; WHERE, HAVING, QUALIFY, ON, USING, FILTER, or EXISTS, of a subquery
	Relation string   // what is read there: a table, an aggregate, or a name that WITH defines
	Reads    []string // the tables and aggregates that a subquery asks for rows
	Columns  []string // that tell its rows apart
	Values   []string
	Offset   int // of the call
}

// call is one of these in a query.
type call struct {
	Null
	holder map[string]any // of what is to have a value
	slot   any            // the key or the index at which it is, or the column of what is joined
	kept   any            // the condition of the rows that are counted; nil where all are
	path   []string       // of Columns, as SQL
	reads  []Ref          // by a condition
}

// Guarded is a SELECT that ends where one of the calls in it is given no value.
type Guarded struct {
	SQL   string // "" where it cannot be looked at: a query of which the data name the columns
	Calls []Null
}

// Guard makes that of a SELECT, for the calls on which some of its columns depend.
func (e *Engine) Guard(ctx context.Context, query string, relations map[string]Relation, columns []string) (g Guarded, err error) {
	t, err := e.serialize(ctx, query)
	if err != nil || t.Error || len(t.Statements) != 1 {
		return g, err
	}
	r := resolver{relations: relations, joins: map[Join]bool{}}
	used := map[int]bool{}
	for _, o := range r.query(t.Statements[0].Node, nil).columns {
		if slices.Contains(columns, o.Name) {
			for _, i := range o.calls {
				used[i] = true
			}
		}
	}
	for i, c := range r.calls {
		if !used[i] {
			continue
		}
		if c.holder != nil {
			if err := e.guard(ctx, c, len(g.Calls)); err != nil {
				return g, err
			}
		}
		g.Calls = append(g.Calls, c.Null)
	}
	if top := t.Statements[0].Node; top["type"] == "SELECT_NODE" { // no need to list what is behind the rows
		top["select_list"] = slices.DeleteFunc(anys(top["select_list"]), func(item any) bool {
			n, _ := item.(node)
			return strings.HasSuffix(outputName(n), "_rows")
		})
	}
	g.SQL, err = e.deserialize(ctx, t)
	return g, err
}

// FindNull runs such a SELECT, and returns the first row without a value, or nil.
func (e *Engine) FindNull(ctx context.Context, g Guarded) (*Null, error) {
	if g.SQL == "" {
		return nil, nil
	}
	err := e.Exec(ctx, g.SQL)
	var said *Error
	if !errors.As(err, &said) {
		return nil, err
	}
	for i, found := range g.Calls {
		if _, values, ok := strings.Cut(said.Message, mark(i)); ok {
			found.Values = strings.Split(values, between)
			return &found, nil
		}
	}
	return nil, err
}

// between separates values: the engine keeps no control character in a message.
const between = "\u241f"

func mark(i int) string { return fmt.Sprintf("no value in call %d:", i) }

// guard makes a call end the query where its argument is NULL.
func (e *Engine) guard(ctx context.Context, c call, i int) error {
	values := Text("")
	for j, path := range c.path {
		if j > 0 {
			values += " || " + Text(between)
		}
		values += " || coalesce(" + path + "::VARCHAR, '')"
	}
	of := "(value) IS NULL"
	if c.kept != nil {
		of = "(kept) AND " + of
	}
	template, err := e.serialize(ctx, "SELECT CASE WHEN "+of+" THEN error("+Text(mark(i))+" || "+values+") ELSE value END")
	if err != nil {
		return err
	}
	guarded := nodes(template.Statements[0].Node["select_list"])[0]
	switch at := c.slot.(type) {
	case int:
		arguments := anys(c.holder["children"])
		arguments[at] = fill(guarded, map[string]any{"kept": c.kept, "value": arguments[at]})
	case string:
		c.holder[at] = fill(guarded, map[string]any{"kept": c.kept, "value": c.holder[at]})
	case joined:
		column := Name(at.column)
		t, err := e.serialize(ctx, "SELECT * FROM (SELECT * REPLACE (CASE WHEN "+column+" IS NULL THEN error("+Text(mark(i))+" || "+values+") ELSE "+column+" END AS "+column+") FROM x) AS "+Name(at.as))
		if err != nil {
			return err
		}
		part := child(t.Statements[0].Node, "from_table")
		child(child(part, "subquery"), "node")["from_table"] = maps.Clone(c.holder)
		clear(c.holder)
		maps.Copy(c.holder, part)
	}
	return nil
}

// joined is a column by which a part of FROM is joined, and the name of that part.
type joined struct{ column, as string }

// fill puts expressions in the place of names.
func fill(v any, values map[string]any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = fill(v[i], values)
		}
	case node:
		if path := names(v["column_names"]); len(path) == 1 && values[path[0]] != nil {
			return values[path[0]]
		}
		for key, c := range v {
			v[key] = fill(c, values)
		}
	}
	return v
}

// overlooks are the functions that pass over a row without a value, by how many of their arguments need one.
var overlooks = map[string]int{
	"bool_and": 1, "bool_or": 1, "min": 1, "max": 1, "sum": 1, "avg": 1, "mean": 1, "median": 1,
	"arg_min": 2, "arg_max": 2, "argmin": 2, "argmax": 2, "min_by": 2, "max_by": 2,
}

// noteCall notes a call of such a function, and the condition of the rows that a function counts.
func (r *resolver) noteCall(n node, o Origin, name string, s *scope) Origin {
	if n["class"] != "FUNCTION" && n["class"] != "WINDOW" {
		return o
	}
	filter := "filter"
	if n["class"] == "WINDOW" {
		filter = "filter_expr"
	}
	kept, filtered := n[filter].(node)
	if filtered {
		r.note(&o, call{Null: Null{Function: "FILTER", Offset: cmp.Or(place(kept), location(n))}, holder: n, slot: filter}, sources(kept, s.from))
	}
	for i := range min(overlooks[name], len(anys(n["children"]))) {
		c := call{Null: Null{Function: name, Offset: location(n)}, holder: n, slot: i}
		if filtered {
			c.kept = copied(kept)
		}
		r.note(&o, c, sources(anys(n["children"])[i], s.from))
	}
	return o
}

// sources is the part of FROM of which an expression is, or all where it is of several.
func sources(v any, from []*derived) []*derived {
	if d := only(v, from); d != nil {
		return []*derived{d}
	}
	return from
}

// noteConditions notes the conditions of a SELECT before its rows are grouped, and returns the origin that all of its columns
// have by them.
func (r *resolver) noteConditions(n node, s *scope) (o Origin) {
	for _, d := range s.from {
		o.calls = slices.Concat(o.calls, d.calls)
	}
	o.Passes = len(o.calls) > 0
	r.noteCondition(n, "where_clause", "WHERE", &o, s)
	return o
}

// noteResults notes the conditions of the rows that a SELECT yields, HAVING and QUALIFY, which all of its columns have.
func (r *resolver) noteResults(n node, s *scope, d *derived) {
	var o Origin
	r.noteCondition(n, "having", "HAVING", &o, s)
	r.noteCondition(n, "qualify", "QUALIFY", &o, s)
	if !o.Passes {
		return
	}
	d.calls = slices.Concat(d.calls, o.calls)
	for i := range d.columns {
		c := &d.columns[i]
		c.calls, c.Passes = slices.Concat(c.calls, o.calls), true
	}
	if d.open != nil {
		open := *d.open
		open.calls, open.Passes = slices.Concat(open.calls, o.calls), true
		d.open = &open
	}
}

// noteCondition notes a condition.
func (r *resolver) noteCondition(n node, slot, function string, o *Origin, s *scope) {
	condition := child(n, slot)
	if condition == nil {
		return
	}
	asked := r.asked(condition, s)
	o.calls = slices.Concat(o.calls, asked.calls)
	c := call{Null: Null{Function: function, Offset: place(condition)}, holder: n, slot: slot, reads: asked.Reads}
	r.note(o, c, sources(condition, s.from))
	if of := r.calls[len(r.calls)-1]; function == "HAVING" || function == "QUALIFY" && len(nodes(n["group_expressions"])) > 0 { // of a group, by its first row
		for i, path := range of.path {
			of.path[i] = "min(" + path + ")"
		}
	}
}

// asked resolves a condition, of which joins and limits count for no column.
func (r *resolver) asked(condition node, s *scope) Origin {
	inner := *r
	inner.joins, inner.rows, inner.limits = map[Join]bool{}, nil, nil
	o := inner.expression(condition, s)
	r.calls = inner.calls
	return o
}

// noteReads notes what a subquery is asked for: whether it has rows, or a value.
func (r *resolver) noteReads(n node, o *Origin, rows []Ref) {
	c := call{Null: Null{Function: "EXISTS", Offset: location(n)}}
	for _, ref := range unique(rows) {
		c.Reads = append(c.Reads, ref.Relation)
	}
	r.note(o, c, nil)
}

// note notes a call in a SELECT from something.
func (r *resolver) note(o *Origin, c call, from []*derived) {
	if len(from) > 0 {
		d := from[0]
		c.Relation = d.is
		switch {
		case len(d.keys) > 0:
			c.Columns = d.keys[0]
		case len(d.columns) > 0:
			c.Columns = []string{d.columns[0].Name}
		}
		for _, name := range c.Columns {
			path := Name(name)
			if d.name != "" {
				path = Name(d.name) + "." + path
			}
			c.path = append(c.path, path)
		}
	}
	o.Passes, o.calls = true, append(slices.Clip(o.calls), len(r.calls))
	r.calls = append(r.calls, c)
}

// place is the first place of an expression that is known, 0 where none is.
func place(v any) (first int) {
	switch v := v.(type) {
	case []any:
		for _, c := range v {
			if at := place(c); at > 0 && (first == 0 || at < first) {
				first = at
			}
		}
	case node:
		first = max(0, location(v))
		for _, c := range v {
			if at := place(c); at > 0 && (first == 0 || at < first) {
				first = at
			}
		}
	}
	return first
}

// copied is an expression that may be written at another place, too.
func copied(v any) any {
	switch v := v.(type) {
	case []any:
		v = slices.Clone(v)
		for i := range v {
			v[i] = copied(v[i])
		}
		return v
	case node:
		of := node{}
		for key, c := range v {
			of[key] = copied(c)
		}
		return of
	}
	return v
}
