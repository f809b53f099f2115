package engine

import (
	"cmp"
	"slices"
)

// from resolves a part of FROM. It returns what is in it, and what is counted where
// its rows are: a table that is only looked up by its key adds none.
func (r *resolver) from(n node, s *scope, equal []equality) (found []*derived, counted []Ref) {
	var d *derived
	switch n["type"] {
	case "BASE_TABLE":
		d = r.table(n, s)
	case "SUBQUERY":
		d = r.query(child(child(n, "subquery"), "node"), s)
	case "JOIN":
		return r.join(n, s, equal)
	case "EXPRESSION_LIST":
		d = &derived{}
		for _, row := range anys(n["values"]) {
			for i, cell := range nodes(row) {
				o := r.expression(cell, s)
				if i == len(d.columns) {
					d.columns = append(d.columns, Output{Name: "col" + string(rune('0'+i%10))})
				}
				d.columns[i].Origin = d.columns[i].with(o)
			}
		}
	case "TABLE_FUNCTION":
		o := r.children(n, s)
		d = &derived{open: &o, name: text(child(n, "function")["function_name"]), rows: o.Reads}
	case "PIVOT":
		source, rows := r.from(child(n, "source"), s, nil)
		inner := &scope{outer: s, from: source, counted: rows}
		var all Origin
		for _, d := range source {
			all = all.with(d.all())
		}
		for _, call := range nodes(n["aggregates"]) {
			all.Counts = append(all.Counts, r.expression(call, inner).Counts...)
		}
		all.Typed, all.Values, all.Digits = false, nil, nil
		d = &derived{open: &all, rows: rows}
	case "EMPTY":
		return nil, nil
	default:
		d = unknown()
	}
	d = &derived{name: d.name, is: d.is, stored: d.stored, columns: d.columns, open: d.open, rows: d.rows, keys: d.keys, calls: d.calls}
	if t := n["type"]; (t == "BASE_TABLE" || t == "SUBQUERY") && len(anys(n["column_name_alias"])) == 0 {
		d.at = n
	}
	if alias := text(n["alias"]); alias != "" {
		d.name = alias
	}
	d.rename(names(n["column_name_alias"]))
	if d.open != nil {
		for _, alias := range names(n["column_name_alias"]) {
			if _, known := d.column(alias); !known {
				d.columns = append(d.columns, Output{Name: alias, Origin: *d.open})
			}
		}
	}
	return []*derived{d}, d.rows
}

// table is a table, an aggregate, or what a WITH defines.
func (r *resolver) table(n node, s *scope) *derived {
	name := tableName(n)
	if cte := s.cte(name); cte != nil {
		d := *cte
		d.name, d.is, d.stored = name, name, false
		return &d
	}
	relation, ok := r.relations[name]
	if !ok {
		return unknown()
	}
	d := &derived{name: name, is: name, stored: true, rows: []Ref{{Relation: name}}, keys: relation.Keys}
	for _, column := range relation.Columns {
		d.columns = append(d.columns, Output{Name: column, Origin: Origin{Reads: []Ref{{name, column}}}})
	}
	return d
}

// join resolves a join, and notes it where a row may come out of it twice.
func (r *resolver) join(n node, s *scope, equal []equality) ([]*derived, []Ref) {
	left, leftCounted := r.from(child(n, "left"), s, equal)
	lateral := *s
	lateral.from = slices.Concat(s.from, left)
	right, rightCounted := r.from(child(n, "right"), &lateral, equal)
	r.noteJoin(n, s, left, right)
	if kind := n["join_type"]; kind == "SEMI" || kind == "ANTI" {
		return left, leftCounted
	}
	equal = slices.Concat(equal, equalities(n["condition"]))
	for _, name := range names(n["using_columns"]) {
		equal = append(equal, equality{[]string{name}, nil}, equality{nil, []string{name}})
	}
	both := slices.Concat(left, right)
	switch {
	case n["ref_type"] == "ASOF", len(right) == 1 && right[0].lookedUp(left, equal):
		return both, leftCounted
	case n["join_type"] == "INNER" && len(left) == 1 && left[0].lookedUp(right, equal):
		return both, rightCounted
	}
	if len(right) > 0 {
		j := Join{With: cmp.Or(right[0].is, right[0].name), Offset: location(n)}
		if len(left) == 1 {
			j.Left = cmp.Or(left[0].is, left[0].name)
		}
		r.joins[j] = true
	}
	return both, slices.Concat(leftCounted, rightCounted)
}

// equality is a condition that two columns are equal, or one and another value.
type equality struct{ left, right []string }

// equalities lists those that all rows fulfil.
func equalities(condition any) []equality {
	n, _ := condition.(node)
	switch n["type"] {
	case "CONJUNCTION_AND":
		var list []equality
		for _, c := range nodes(n["children"]) {
			list = append(list, equalities(c)...)
		}
		return list
	case "COMPARE_EQUAL":
		l, r := child(n, "left"), child(n, "right")
		return []equality{{names(l["column_names"]), names(r["column_names"])}, {names(r["column_names"]), names(l["column_names"])}}
	}
	return nil
}

// lookedUp reports whether the equalities find at most one row of d for each of the
// others: they give a value to each column of a key.
func (d *derived) lookedUp(others []*derived, equal []equality) bool {
	isOurs := func(path []string) bool {
		switch len(path) {
		case 0:
			return false
		case 1:
			_, ours := d.column(path[0])
			return ours && !slices.ContainsFunc(others, func(o *derived) bool { _, theirs := o.column(path[0]); return theirs })
		}
		return path[0] == d.name
	}
	given := map[string]bool{}
	for _, e := range equal {
		switch {
		case len(e.left) == 1 && e.right == nil: // USING, or a value
			given[e.left[0]] = true
		case isOurs(e.left) && !isOurs(e.right):
			given[e.left[len(e.left)-1]] = true
		}
	}
	return slices.ContainsFunc(d.keys, func(key []string) bool {
		return !slices.ContainsFunc(key, func(name string) bool { return !given[name] })
	})
}

// groupKeys is the key that GROUP BY makes.
func groupKeys(n node, plain map[string]string, d *derived) [][]string {
	key := []string{}
	for _, group := range nodes(n["group_expressions"]) {
		path := names(group["column_names"])
		if len(path) == 0 {
			return nil
		}
		name := plain[path[len(path)-1]]
		if name == "" {
			if _, alias := d.column(path[len(path)-1]); alias && len(path) == 1 {
				name = path[0]
			} else {
				return nil
			}
		}
		key = append(key, name)
	}
	if len(anys(n["group_sets"])) > 1 {
		return nil
	}
	return [][]string{key}
}

// keptKeys are the keys of d that are keys of a SELECT from it too, which may have
// given some of their columns one value.
func (d *derived) keptKeys(plain map[string]string, equal []equality, result *derived) [][]string {
	var keys [][]string
	for _, key := range d.keys {
		kept := []string{}
		for _, name := range key {
			if slices.ContainsFunc(equal, func(e equality) bool {
				return len(e.left) > 0 && e.left[len(e.left)-1] == name && len(e.right) == 0
			}) {
				continue
			}
			if plain[name] != "" {
				name = plain[name]
			} else if _, starred := result.column(name); !starred {
				kept = nil
				break
			}
			kept = append(kept, name)
		}
		if kept != nil {
			keys = append(keys, kept)
		}
	}
	return keys
}
