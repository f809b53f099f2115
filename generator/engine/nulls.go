package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Null is a row for which what bool_and or bool_or is given has no value: they pass
// over it, and so would a finding.
type Null struct {
	Function string
	Relation string   // what is read there: a table, an aggregate, or a name that WITH defines
	Columns  []string // that tell its rows apart
	Values   []string
	Offset   int // of the call
}

// call is one of bool_and or bool_or.
type call struct {
	Null
	node node
	path []string // of Columns, as SQL
}

// Guarded is a SELECT that ends where one of the calls in it is given no value.
type Guarded struct {
	SQL   string // "" where it cannot be looked at: a query of which the data name the columns
	Calls []Null
}

// Guard makes that of a SELECT.
func (e *Engine) Guard(ctx context.Context, query string, relations map[string]Relation) (g Guarded, err error) {
	t, err := e.serialize(ctx, query)
	if err != nil || t.Error || len(t.Statements) != 1 {
		return g, err
	}
	r := resolver{relations: relations, joins: map[Join]bool{}}
	r.query(t.Statements[0].Node, nil)
	for i, c := range r.calls {
		if err := e.guard(ctx, c, i); err != nil {
			return g, err
		}
		g.Calls = append(g.Calls, c.Null)
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
			found.Values = strings.Split(values, "\x1f")
			return &found, nil
		}
	}
	return nil, err
}

func mark(i int) string { return fmt.Sprintf("no value in call %d:", i) }

// guard makes a call end the query where its argument is NULL.
func (e *Engine) guard(ctx context.Context, c call, i int) error {
	values := Text("")
	for j, path := range c.path {
		if j > 0 {
			values += " || chr(31)"
		}
		values += " || coalesce(" + path + "::VARCHAR, '')"
	}
	template, err := e.serialize(ctx, "SELECT CASE WHEN (kept) AND (value) IS NULL THEN error("+Text(mark(i))+" || "+values+") ELSE value END")
	if err != nil {
		return err
	}
	kept, _ := c.node["filter"].(node)
	if kept == nil { // of a window
		kept, _ = c.node["filter_expr"].(node)
	}
	if kept == nil {
		yes, err := e.serialize(ctx, "SELECT true")
		if err != nil {
			return err
		}
		kept = nodes(yes.Statements[0].Node["select_list"])[0]
	}
	guarded := nodes(template.Statements[0].Node["select_list"])[0]
	arguments := anys(c.node["children"])
	arguments[0] = fill(guarded, map[string]any{"kept": kept, "value": arguments[0]})
	return nil
}

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

// noteCalls notes the calls in an expression of a SELECT from something.
func (r *resolver) noteCalls(v any, from []*derived) {
	switch v := v.(type) {
	case []any:
		for _, c := range v {
			r.noteCalls(c, from)
		}
	case node:
		if v["class"] == "SUBQUERY" {
			return
		}
		name := text(v["function_name"])
		if (v["class"] == "FUNCTION" || v["class"] == "WINDOW") && (name == "bool_and" || name == "bool_or") && len(anys(v["children"])) == 1 {
			c := call{Null: Null{Function: name, Offset: location(v)}, node: v}
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
			r.calls = append(r.calls, c)
		}
		for _, key := range sortedKeys(v) {
			r.noteCalls(v[key], from)
		}
	}
}
