package engine

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Lists of rows that a query concatenates name a row twice with no join: the part and
// the whole. So do the lists of two rows of an aggregate that share a row of a table. And
// DISTINCT hides that a join did. All are looked through by variants of the query.

// Variants are such queries: each takes one of the lists that are concatenated, and none
// has a DISTINCT. With own, a list that an aggregate has of the rows behind it is a list
// of the one row of that aggregate. There are none where no tree of the query can be run:
// a PIVOT with columns from the data.
func (e *Engine) Variants(ctx context.Context, query string, relations map[string]Relation, own bool) ([]string, error) {
	t, err := e.serialize(ctx, query)
	if err != nil || t.Error || len(t.Statements) != 1 {
		return nil, err
	}
	most := 1
	for _, n := range rowLists(t.Statements[0].Node) {
		most = max(most, len(lists(n)))
	}
	var variants []string
	for i := range most {
		v, err := decodeTree(t.text)
		if err != nil {
			return nil, err
		}
		for _, n := range rowLists(v.Statements[0].Node) {
			pick(n, i)
		}
		if own {
			r := resolver{relations: relations, joins: map[Join]bool{}}
			r.query(v.Statements[0].Node, nil)
			for _, list := range r.rows {
				if err := e.ownRow(ctx, list); err != nil {
					return nil, err
				}
			}
		}
		text, err := e.deserialize(ctx, v)
		if err != nil {
			return nil, err
		}
		variants = append(variants, text)
	}
	return variants, nil
}

// rowsOf is a reference to the rows behind a row of an aggregate.
type rowsOf struct {
	node  node
	alias string // of the aggregate in FROM
}

// noteRows notes a column that is one.
func (r *resolver) noteRows(n node, s *scope) {
	path := names(n["column_names"])
	column := path[len(path)-1]
	if !strings.HasSuffix(column, "_rows") {
		return
	}
	for at := s; at != nil; at = at.outer {
		for _, d := range at.from {
			if len(path) > 1 && path[0] != d.name {
				continue
			}
			if _, ok := d.column(column); ok {
				if _, table := d.column("_row"); d.stored && !table {
					r.rows = append(r.rows, rowsOf{n, d.name})
				}
				return
			}
		}
	}
}

// ownRow puts [aggregate.rowid] in the place of a list.
func (e *Engine) ownRow(ctx context.Context, list rowsOf) error {
	t, err := e.serialize(ctx, "SELECT ["+Name(list.alias)+".rowid]")
	if err != nil {
		return err
	}
	alias := list.node["alias"]
	own := nodes(t.Statements[0].Node["select_list"])[0]
	clear(list.node)
	maps.Copy(list.node, own)
	list.node["alias"] = alias
	return nil
}

// deserialize writes a tree as SQL.
func (e *Engine) deserialize(ctx context.Context, t *tree) (string, error) {
	data, err := json.Marshal(map[string]any{"error": false, "statements": t.Statements})
	if err != nil {
		return "", err
	}
	var text string
	err = e.db.QueryRowContext(ctx, "SELECT json_deserialize_sql(?::JSON)", string(data)).Scan(&text)
	return text, wrapError(ctx, err)
}

// rowLists finds the concatenations of lists of rows in a query, and those that are
// DISTINCT.
func rowLists(v any) (found []node) {
	switch v := v.(type) {
	case []any:
		for _, c := range v {
			found = append(found, rowLists(c)...)
		}
	case node:
		if len(lists(v)) > 0 {
			return []node{v}
		}
		for _, key := range sortedKeys(v) {
			found = append(found, rowLists(v[key])...)
		}
	}
	return found
}

// lists are what an expression concatenates, or makes DISTINCT: lists of rows. There
// are none where it is another expression.
func lists(v node) []node {
	arguments := nodes(v["children"])
	switch text(v["function_name"]) {
	case "list_concat", "list_cat", "array_concat", "array_cat", "||":
	case "list_value": // [a._row, b._row]
		if len(arguments) < 2 {
			return nil
		}
		if slices.ContainsFunc(arguments, func(a node) bool { return a["class"] != "COLUMN_REF" }) {
			return nil
		}
	case "flatten": // flatten([a_rows, b_rows])
		if len(arguments) != 1 || text(arguments[0]["function_name"]) != "list_value" {
			return nil
		}
		arguments = nodes(arguments[0]["children"])
	case "list_distinct", "array_distinct":
	case "list", "array_agg":
		if v["distinct"] != true {
			return nil
		}
	default:
		return nil
	}
	var all []node
	for _, a := range arguments {
		if !namesRows(a) {
			continue
		}
		if inner := lists(a); len(inner) > 0 && text(a["function_name"]) != "list" && text(a["function_name"]) != "array_agg" {
			all = append(all, inner...)
		} else {
			all = append(all, a)
		}
	}
	return all
}

// pick puts one of its lists in the place of a concatenation.
func pick(n node, i int) {
	list := lists(n)
	chosen := list[min(i, len(list)-1)]
	switch name := text(n["function_name"]); name {
	case "list", "array_agg":
		n["distinct"] = false
		n["children"] = []any{chosen}
		return
	case "list_value":
		n["children"] = []any{chosen}
		return
	}
	alias := n["alias"]
	chosen = maps.Clone(chosen)
	clear(n)
	maps.Copy(n, chosen)
	n["alias"] = alias
	for _, inner := range rowLists(n) {
		pick(inner, i)
	}
}

// namesRows reports whether an expression names a column of rows: _row, or TABLE_rows.
func namesRows(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, namesRows)
	case node:
		if path := names(v["column_names"]); len(path) > 0 {
			return path[len(path)-1] == "_row" || strings.HasSuffix(path[len(path)-1], "rows")
		}
		for _, c := range v {
			if namesRows(c) {
				return true
			}
		}
	}
	return false
}
