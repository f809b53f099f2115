package engine

import (
	"maps"
	"slices"
	"strings"
)

// What a join passes over: rows that have no value in what is compared.

// noteJoin notes the condition of a join: a row without a value in what is compared is joined to none, unless the join keeps it.
func (r *resolver) noteJoin(n node, s *scope, left, right []*derived) {
	kind := str(n["join_type"])
	if len(left) == 0 || len(right) == 0 || kind == "OUTER" || kind == "FULL" {
		return
	}
	var o Origin
	keeps := []string{"LEFT", "RIGHT"}
	for _, name := range names(n["using_columns"]) {
		for i, side := range [][]*derived{left, right} {
			if d := holder(name, side); kind != keeps[i] && d != nil && d.at != nil && !isKnown(s.known, d, name, side) {
				column, _ := d.column(name)
				r.note(&o, call{Null: Null{Function: "USING", Offset: max(0, location(n))}, holder: d.at, slot: joined{name, d.name}, reads: column.Reads}, []*derived{d})
			}
		}
	}
	if condition := child(n, "condition"); condition != nil {
		both := *s
		both.from = slices.Concat(left, right)
		both.known = slices.Concat(s.known, knownIn(condition))
		o.calls = slices.Concat(o.calls, r.asked(condition, &both).calls)
		r.noteOn(n, condition, &both, &o, func(d *derived) bool {
			return slices.Contains(left, d) && kind != keeps[0] || slices.Contains(right, d) && kind != keeps[1]
		})
	}
	left[0].calls = slices.Concat(left[0].calls, o.calls)
}

// noteOn notes what ON compares, of the parts of FROM of which rows are dropped, and its other conditions, as far as the rows are equal.
func (r *resolver) noteOn(n, condition node, s *scope, o *Origin, drops func(d *derived) bool) {
	all, at := []any{condition}, n
	if condition["type"] == "CONJUNCTION_AND" {
		all, at = anys(condition["children"]), condition
	}
	var equal []any
	var others []int
	for i, c := range all {
		c, _ := c.(node)
		l, m := only(child(c, "left"), s.from), only(child(c, "right"), s.from)
		if c["type"] != "COMPARE_EQUAL" || l == nil || m == nil || l == m {
			others = append(others, i)
			continue
		}
		equal = append(equal, copied(c))
		for i, d := range []*derived{l, m} {
			operand := []string{"left", "right"}[i]
			path := names(child(c, operand)["column_names"])
			if drops(d) && (len(path) == 0 || !isKnown(s.known, d, path[len(path)-1], s.from)) {
				r.note(o, call{Null: Null{Function: "ON", Offset: place(c)}, holder: c, slot: operand, reads: r.asked(child(c, operand), s).Reads}, []*derived{d})
			}
		}
	}
	for _, i := range others {
		part, _ := all[i].(node)
		c := call{Null: Null{Function: "ON", Offset: place(part)}, holder: at, slot: i, reads: r.asked(part, s).Reads}
		if at["type"] != "CONJUNCTION_AND" {
			c.slot = "condition"
		}
		switch len(equal) {
		case 0:
		case 1:
			c.kept = copied(equal[0])
		default:
			kept := maps.Clone(condition)
			kept["children"] = copied(equal)
			c.kept = kept
		}
		if part["class"] == "COMPARISON" && !strings.Contains(str(part["type"]), "DISTINCT") { // its sides tell of which row a value is missing
			for _, operand := range []string{"left", "right"} {
				if d := only(child(part, operand), s.from); d != nil {
					side := c
					side.holder, side.slot, side.kept = part, operand, copied(c.kept)
					r.note(o, side, []*derived{d})
				}
			}
			continue
		}
		r.note(o, c, sources(part, s.from))
	}
}

// knownIn are the columns that a condition lets only have values.
func knownIn(condition any) (paths [][]string) {
	n, _ := condition.(node)
	switch n["type"] {
	case "CONJUNCTION_AND":
		for _, c := range nodes(n["children"]) {
			paths = append(paths, knownIn(c)...)
		}
	case "OPERATOR_IS_NOT_NULL":
		if of := nodes(n["children"]); len(of) == 1 && of[0]["class"] == "COLUMN_REF" {
			paths = append(paths, names(of[0]["column_names"]))
		}
	}
	return paths
}

// isKnown reports whether one of the names is a column of a part of FROM.
func isKnown(known [][]string, d *derived, column string, from []*derived) bool {
	return slices.ContainsFunc(known, func(path []string) bool {
		return path[len(path)-1] == column && (len(path) > 1 && path[len(path)-2] == d.name || len(path) == 1 && holder(column, from) == d)
	})
}

// holder is the one part of FROM that has a column; nil where none or several have it.
func holder(column string, from []*derived) (found *derived) {
	for _, d := range from {
		if _, ok := d.column(column); ok {
			if found != nil {
				return nil
			}
			found = d
		}
	}
	return found
}

// only is the part of FROM of which all columns of an expression are; nil where there is none.
func only(v any, from []*derived) (found *derived) {
	paths := columnsIn(v)
	for _, path := range paths {
		var d *derived
		if len(path) == 1 {
			d = holder(path[0], from)
		} else if i := slices.IndexFunc(from, func(d *derived) bool { return d.name == path[0] }); i >= 0 {
			d = from[i]
		}
		if d == nil || found != nil && found != d {
			return nil
		}
		found = d
	}
	return found
}

// columnsIn are the names of columns in an expression.
func columnsIn(v any) (paths [][]string) {
	switch v := v.(type) {
	case []any:
		for _, c := range v {
			paths = append(paths, columnsIn(c)...)
		}
	case node:
		if v["class"] == "COLUMN_REF" {
			return [][]string{names(v["column_names"])}
		}
		for _, key := range sortedKeys(v) {
			paths = append(paths, columnsIn(v[key])...)
		}
	}
	return paths
}
