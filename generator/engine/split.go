package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Split is a query over one table in two: Rest yields what the query yields, but no rows of the table, and Lists yields those
// behind each line, of a part of the table. The lists of a large table, side by side, need many times its memory.
type Split struct {
	Rest    string
	Columns []string // of Lists, in their order

	engine *Engine
	lists  *tree // of which the condition is missing
	where  any   // of the query; nil for none
}

// Split splits a query of which the lines are told apart by some columns of the table, by which it groups. It returns nil for
// any other: with joins, conditions on groups, or lists of some rows of a line.
func (e *Engine) Split(ctx context.Context, query string, key []string) (*Split, error) {
	t, err := e.serialize(ctx, query)
	if err != nil || t.Error || len(t.Statements) != 1 {
		return nil, err
	}
	root := node(t.Statements[0].Node)
	kept, ok := splittable(root, key)
	if !ok {
		return nil, nil
	}
	none, err := e.serialize(ctx, "SELECT NULL::BIGINT[]")
	if err != nil {
		return nil, err
	}
	lists, err := decodeTree(t.text)
	if err != nil {
		return nil, err
	}
	own := node(lists.Statements[0].Node)
	s := &Split{engine: e, lists: lists, where: own["where_clause"]}
	var columns []any
	for i, item := range nodes(own["select_list"]) {
		if slices.Contains(kept, i) {
			columns, s.Columns = append(columns, item), append(s.Columns, outputName(item))
		}
	}
	own["select_list"], own["modifiers"] = columns, []any{}
	items, _ := root["select_list"].([]any)
	for i, item := range nodes(root["select_list"]) {
		if isRowList(item) {
			empty, err := decodeTree(none.text)
			if err != nil {
				return nil, err
			}
			cast := nodes(empty.Statements[0].Node["select_list"])[0]
			cast["alias"] = item["alias"]
			items[i] = cast
		}
	}
	s.Rest, err = e.deserialize(ctx, t)
	return s, err
}

// Lists is a query for the columns of the key and the lists of rows, of the rows with the numbers from first to last.
func (s *Split) Lists(ctx context.Context, first, last int64) (string, error) {
	part, err := s.engine.serialize(ctx, fmt.Sprintf("SELECT 1 FROM t WHERE true AND _row >= %d AND _row <= %d", first, last))
	if err != nil {
		return "", err
	}
	where := node(part.Statements[0].Node)["where_clause"]
	if all, ok := where.(node); ok && s.where != nil {
		parts, _ := all["children"].([]any)
		parts[0] = s.where
	}
	s.lists.Statements[0].Node["where_clause"] = where
	return s.engine.deserialize(ctx, s.lists)
}

// splittable are the places of the columns of the key and of the lists of rows in a query.
func splittable(n node, key []string) (kept []int, ok bool) {
	if n["type"] != "SELECT_NODE" || child(n, "from_table")["type"] != "BASE_TABLE" || child(n, "from_table")["sample"] != nil ||
		n["having"] != nil || n["qualify"] != nil || n["sample"] != nil || hasClass(n, "SUBQUERY") || hasClass(n, "WINDOW") || hasClass(n["select_list"], "STAR") {
		return nil, false
	}
	if list, _ := child(n, "cte_map")["map"].([]any); len(list) > 0 {
		return nil, false
	}
	if sets, _ := n["group_sets"].([]any); len(sets) > 1 {
		return nil, false
	}
	for _, m := range nodes(n["modifiers"]) {
		if m["type"] != "ORDER_MODIFIER" {
			return nil, false
		}
	}
	var named, given []string // columns of the table in the key, and names that other columns of the result have
	lists := 0
	for i, item := range nodes(n["select_list"]) {
		path := names(item["column_names"])
		switch {
		case isRowList(item):
			kept = append(kept, i)
			lists++
		case item["class"] == "COLUMN_REF" && slices.Contains(key, outputName(item)):
			kept, named = append(kept, i), append(named, path[len(path)-1])
		default:
			given = append(given, outputName(item))
		}
	}
	if slices.ContainsFunc(named, func(name string) bool { return slices.Contains(given, name) }) {
		return nil, false // it may stand for that column, and not for one of the table
	}
	for _, by := range nodes(n["group_expressions"]) {
		path := names(by["column_names"])
		if by["class"] != "COLUMN_REF" || !slices.Contains(named, path[len(path)-1]) {
			return nil, false
		}
	}
	return kept, lists > 0 && len(kept) == lists+len(key)
}

// isRowList reports whether an expression lists all rows of a line.
func isRowList(n node) bool {
	arguments := nodes(n["children"])
	if n["class"] != "FUNCTION" || text(n["function_name"]) != "list" || n["filter"] != nil || n["distinct"] == true || len(arguments) != 1 || !strings.HasSuffix(text(n["alias"]), "_rows") {
		return false
	}
	if orders, _ := child(n, "order_bys")["orders"].([]any); len(orders) > 0 {
		return false
	}
	path := names(arguments[0]["column_names"])
	return arguments[0]["class"] == "COLUMN_REF" && path[len(path)-1] == "_row"
}

// hasClass reports whether an expression of a class is anywhere in a tree.
func hasClass(v any, class string) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, func(c any) bool { return hasClass(c, class) })
	case node:
		for _, c := range v {
			if hasClass(c, class) {
				return true
			}
		}
		return v["class"] == class
	}
	return false
}
