package dataset

import (
	"slices"

	"broadsheet/generator/diag"
)

// checkKeys checks the columns that keys, and the sources of columns, name. What
// names an unknown one is left out.
func checkKeys(r *Resource, all []Resource, at adder) {
	known := func(r *Resource) []string {
		var list []string
		for _, f := range r.Schema.Fields {
			list = append(list, f.Name)
		}
		return list
	}
	check := func(columns []string, of *Resource, path ...any) bool {
		ok := len(columns) > 0
		if !ok {
			at(diag.Problem{Message: "a key names no column"}, path...)
		}
		names := known(of)
		for _, c := range columns {
			if slices.Contains(names, c) {
				continue
			}
			ok = false
			if !of.unnamed { // it may be the one without a name
				at(diag.Problem{Message: "unknown column " + diag.Quote(c), Hint: nearest(c, names)}, path...)
			}
		}
		return ok
	}
	for i, f := range r.Schema.Fields {
		if f.Source != "" && !check([]string{f.Source}, r, "schema", "fields", f.place, "source") {
			r.Schema.Fields[i].Source = ""
		}
	}
	if len(r.Schema.PrimaryKey) > 0 && !check(r.Schema.PrimaryKey, r, "schema", "primaryKey") {
		r.Schema.PrimaryKey = nil
	}
	r.Schema.UniqueKeys = slices.DeleteFunc(r.Schema.UniqueKeys, func(key []string) bool {
		return !check(key, r, "schema", "uniqueKeys")
	})
	find := func(name string, path ...any) *Resource {
		j := slices.IndexFunc(all, func(o Resource) bool { return o.Name == name })
		if j >= 0 {
			return &all[j]
		}
		var tables []string
		for _, o := range all {
			tables = append(tables, o.Name)
		}
		at(diag.Problem{Message: "unknown table " + diag.Quote(name), Hint: nearest(name, tables)}, path...)
		return nil
	}
	for i, f := range r.Schema.Fields {
		for _, name := range f.Constraints.KeyOf {
			path := []any{"schema", "fields", f.place, "constraints", "keyOf"}
			target := find(name, path...)
			switch {
			case target == nil:
			case f.Type == "list":
				at(diag.Problem{Message: "\"keyOf\" of a column of type list", Expected: "none", Hint: "write foreignKeys"}, path...)
			case len(target.Schema.PrimaryKey) != 1:
				at(diag.Problem{Message: "keyOf " + diag.Quote(name), Expected: "a table whose primaryKey is one column"}, path...)
			default:
				continue
			}
			r.Schema.Fields[i].Constraints.KeyOf = nil
		}
	}
	var usable []ForeignKey
	for i, key := range r.Schema.ForeignKeys {
		ok := check(key.Fields, r, "schema", "foreignKeys", i, "fields")
		target := r
		if name := key.Reference.Resource; name != "" {
			if target = find(name, "schema", "foreignKeys", i, "reference"); target == nil {
				continue
			}
		}
		if !check(key.Reference.Fields, target, "schema", "foreignKeys", i, "reference") || !ok {
			continue
		}
		if len(key.Fields) != len(key.Reference.Fields) {
			at(diag.Problem{Message: "a foreign key needs as many columns on both sides"}, "schema", "foreignKeys", i)
			continue
		}
		key.Reference.Resource = target.Name
		usable = append(usable, key)
	}
	r.Schema.ForeignKeys = usable
}

// PublicSchema is the schema of a table as it is published: without private columns,
// and without what names one.
func (d *Dataset) PublicSchema(t *Table) Schema {
	s := t.Schema
	s.Fields = slices.Clone(t.Fields)
	for i, f := range s.Fields {
		if t.anyPrivate([]string{f.Source}) {
			s.Fields[i].Source = ""
		}
		c := &s.Fields[i].Constraints
		if t.anyPrivate(c.ConstantWithin) {
			c.ConstantWithin = nil
		}
		if t.anyPrivate(f.operands(t.Schema.Fields)) {
			c.Equals, c.Tolerance = "", nil
		}
	}
	if t.anyPrivate(s.PrimaryKey) {
		s.PrimaryKey = nil
	}
	s.UniqueKeys, s.ForeignKeys = nil, nil
	for _, key := range t.Schema.UniqueKeys {
		if !t.anyPrivate(key) {
			s.UniqueKeys = append(s.UniqueKeys, key)
		}
	}
	for _, key := range t.Schema.ForeignKeys {
		target := d.Table(key.Reference.Resource)
		if target != nil && !t.anyPrivate(key.Fields) && !target.anyPrivate(key.Reference.Fields) {
			s.ForeignKeys = append(s.ForeignKeys, key)
		}
	}
	return s
}
