package engine

import (
	"encoding/json"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// resolver finds what the names of a query stand for.
type resolver struct {
	relations map[string]Relation
	joins     map[Join]bool
	calls     []call
	rows      []rowsOf
	fold      func(n node) any // what an expression that reads nothing comes to; nil where nobody asks
	limits    []Literal
}

type node = map[string]any

// derived is what a query, or a part of FROM, yields.
type derived struct {
	name    string // by which its columns are qualified
	is      string // the table, the aggregate or the WITH that it is; "" for others
	stored  bool   // it is a table or an aggregate
	columns []Output
	open    *Origin    // of columns that are not listed; nil where there are none
	rows    []Ref      // what is counted where its rows are
	keys    [][]string // sets of columns that tell its rows apart
	calls   []int      // conditions by which its rows are there
	at      node       // where FROM has it; nil where its columns have other names there
}

func (d *derived) column(name string) (Origin, bool) {
	found := false
	var o Origin
	for _, c := range d.columns {
		if c.Name == name {
			if !found {
				o, found = c.Origin, true
			} else {
				o = o.with(c.Origin)
			}
		}
	}
	return o, found
}

// all is the origin of all columns together.
func (d *derived) all() Origin {
	o := Origin{Reads: d.rows}
	for _, c := range d.columns {
		o = o.with(c.Origin)
	}
	if d.open != nil {
		o = o.with(*d.open)
	}
	o.Typed = false
	return o
}

// scope is what names can stand for at a place of a query.
type scope struct {
	outer   *scope
	ctes    map[string]*derived
	from    []*derived
	counted []Ref             // by count(*)
	aliases map[string]Origin // of the columns of the SELECT so far
	known   [][]string        // columns that WHERE lets only have values
}

func (s *scope) cte(name string) *derived {
	for ; s != nil; s = s.outer {
		if d := s.ctes[name]; d != nil {
			return d
		}
	}
	return nil
}

// query resolves a SELECT, or several that UNION, INTERSECT or EXCEPT combines.
func (r *resolver) query(n node, outer *scope) *derived {
	s := &scope{outer: outer, ctes: map[string]*derived{}}
	ctes, _ := n["cte_map"].(node)
	for _, entry := range nodes(ctes["map"]) {
		value, _ := entry["value"].(node)
		query, _ := value["query"].(node)
		body, _ := query["node"].(node)
		d := r.query(body, s)
		d.rename(names(value["aliases"]))
		s.ctes[text(entry["key"])] = d
	}
	for _, modifier := range nodes(n["modifiers"]) {
		r.noteLimit(child(modifier, "limit"))
		r.noteLimit(child(modifier, "offset"))
	}
	switch n["type"] {
	case "SELECT_NODE":
		return r.selected(n, s)
	case "SET_OPERATION_NODE":
		left, right := child(n, "left"), child(n, "right")
		return combine(r.query(left, s), r.query(right, s), strings.HasSuffix(str(n["setop_type"]), "BY_NAME"), str(n["setop_type"]) == "EXCEPT")
	case "RECURSIVE_CTE_NODE":
		first := r.query(child(n, "left"), s)
		first.rename(names(n["aliases"]))
		first.keys = nil
		s.ctes[text(n["cte_name"])] = first
		return combine(first, r.query(child(n, "right"), s), false, false)
	}
	return unknown()
}

func unknown() *derived { return &derived{open: &Origin{Unknown: true}} }

// combine makes one of the results of two queries.
func combine(left, right *derived, byName, except bool) *derived {
	if except {
		return left
	}
	d := &derived{rows: slices.Concat(left.rows, right.rows), calls: slices.Concat(left.calls, right.calls)}
	for i, c := range left.columns {
		switch o, found := right.column(c.Name); {
		case byName && found:
			c.Origin = c.or(o)
		case !byName && i < len(right.columns):
			c.Origin = c.or(right.columns[i].Origin)
		}
		d.columns = append(d.columns, c)
	}
	if byName {
		for _, c := range right.columns {
			if _, found := left.column(c.Name); !found {
				d.columns = append(d.columns, c)
			}
		}
	}
	if left.open != nil || right.open != nil {
		o := left.all().with(right.all())
		d.open = &o
	}
	return d
}

func (d *derived) rename(aliases []string) {
	renamed := map[string]string{}
	d.columns = slices.Clone(d.columns)
	for i, alias := range aliases {
		if i < len(d.columns) {
			renamed[d.columns[i].Name] = alias
			d.columns[i].Name = alias
		}
	}
	if len(renamed) == 0 {
		return
	}
	keys := d.keys
	d.keys = nil
	for _, key := range keys {
		key = slices.Clone(key)
		for i, name := range key {
			if alias := renamed[name]; alias != "" {
				key[i] = alias
			}
		}
		d.keys = append(d.keys, key)
	}
}

// selected resolves a SELECT.
func (r *resolver) selected(n node, s *scope) *derived {
	equal := equalities(n["where_clause"])
	s.known = knownIn(n["where_clause"])
	s.from, s.counted = r.from(child(n, "from_table"), s, equal)
	s.aliases = map[string]Origin{}
	under := r.noteConditions(n, s)
	for _, group := range nodes(n["group_expressions"]) {
		r.expression(group, s)
	}
	d := &derived{rows: s.counted, calls: under.calls}
	byAll := n["aggregate_handling"] == "FORCE_AGGREGATES" // GROUP BY ALL
	aggregated := byAll || len(nodes(n["group_expressions"])) > 0
	plain := map[string]string{} // the names of output columns that are columns of FROM
	single := []string{}         // those that take one row
	for _, item := range nodes(n["select_list"]) {
		if item["class"] == "STAR" && item["columns"] != true {
			columns, open := r.star(item, s)
			for i := range columns {
				columns[i].Origin = columns[i].with(under)
			}
			d.add(columns, open)
			continue
		}
		o := Output{Name: outputName(item), Origin: r.expression(item, s).with(under)}
		if item["class"] == "STAR" { // COLUMNS(…): of any name
			d.open = &o.Origin
			continue
		}
		if aggregates(item) {
			aggregated = true
		} else {
			single = append(single, o.Name)
		}
		d.columns = append(d.columns, o)
		if s.aliases[o.Name] = o.Origin; item["class"] == "COLUMN_REF" {
			path := names(item["column_names"])
			plain[path[len(path)-1]] = o.Name
			if strings.HasSuffix(o.Name, "_rows") {
				item["alias"] = o.Name // a variant of the query has something else there
			}
		}
	}
	r.noteResults(n, s, d)
	r.noteRanks(n["where_clause"], s)
	r.noteRanks(n["qualify"], s)
	switch {
	case len(s.from) == 0 && !calls(n["select_list"], "unnest"):
		d.keys = [][]string{{}} // one row
	case byAll:
		d.keys = [][]string{single}
	case aggregated:
		d.keys = groupKeys(n, plain, d)
	case !aggregated && len(s.from) == 1:
		d.keys = s.from[0].keptKeys(plain, equal, d)
	}
	return d
}

// star resolves * and t.*.
func (r *resolver) star(item node, s *scope) (columns []Output, open *Origin) {
	exclude := names(item["exclude_list"])
	renamed := map[string]string{}
	for _, entry := range nodes(item["rename_list"]) {
		key, _ := entry["key"].(node)
		renamed[text(key["column"])] = text(entry["value"])
	}
	replaced := map[string]Origin{}
	for _, entry := range nodes(item["replace_list"]) {
		if value, ok := entry["value"].(node); ok {
			replaced[text(entry["key"])] = r.expression(value, s)
		}
	}
	relation := text(item["relation_name"])
	for _, d := range s.from {
		if relation != "" && relation != d.name {
			continue
		}
		for _, c := range d.columns {
			if slices.Contains(exclude, c.Name) {
				continue
			}
			if o, ok := replaced[c.Name]; ok {
				c.Origin = o
			}
			if name := renamed[c.Name]; name != "" {
				c.Name = name
			}
			columns = append(columns, c)
		}
		if d.open != nil {
			all := d.all()
			open = &all
		}
	}
	return columns, open
}

func (d *derived) add(columns []Output, open *Origin) {
	d.columns = append(d.columns, columns...)
	if open != nil {
		d.open = open
	}
}

// expression resolves an expression.
func (r *resolver) expression(n node, s *scope) Origin {
	switch n["class"] {
	case "COLUMN_REF":
		r.noteRows(n, s)
		return r.column(names(n["column_names"]), s)
	case "CONSTANT":
		value := child(n, "value")
		if value["is_null"] == true {
			return Origin{}
		}
		if number := literal(value); number != "" {
			return Origin{Typed: true, Values: []Literal{{number, location(n)}}}
		}
		text, _ := value["value"].(string)
		return ofText(text, location(n))
	case "STAR":
		o := Origin{Unknown: len(s.from) == 0}
		for _, d := range s.from {
			o = o.with(d.all())
		}
		return o
	case "SUBQUERY":
		return r.subquery(n, s)
	case "CASE":
		return r.choice(n, s)
	}
	o := r.children(n, s)
	name := strings.ToLower(str(n["function_name"]))
	o, folded := r.folded(n, o, name)
	if folded {
		return o
	}
	values, digits := o.Values, o.Digits
	if n["class"] != "CAST" && n["type"] != "OPERATOR_COALESCE" && !chooses[name] {
		o.Values, o.Digits = nil, nil
	}
	switch {
	case scales[name]:
		o.Factors = slices.Concat(o.Factors, values)
	case shifts[name]:
		o.Shifts = slices.Concat(o.Shifts, values)
	case tells[name]:
		o.Joined = slices.Concat(o.Joined, values, digits)
	case replaces[name]:
		if arguments := nodes(n["children"]); len(arguments) > 2 {
			o.Joined = slices.Concat(o.Joined, r.expression(arguments[2], s).Digits)
		}
	case n["class"] == "WINDOW" && ranks[name]:
		o.Ranked = true
	case picks[name]:
		if arguments := nodes(n["children"]); len(arguments) > 1 {
			r.noteLimit(arguments[len(arguments)-1])
		}
	}
	o = r.noteCall(n, o, name, s)
	if len(o.Reads) > 0 && (n["class"] == "COMPARISON" || n["class"] == "CONJUNCTION" || n["class"] == "OPERATOR" && n["type"] != "OPERATOR_COALESCE") {
		o.Typed = r.decided(n) // a condition of a value is not the value
	}
	if n["type"] == "OPERATOR_IS_NULL" || n["type"] == "OPERATOR_IS_NOT_NULL" {
		o.Typed = len(o.Reads) == 0 && !o.Unknown
	}
	if n["class"] == "COMPARISON" || n["class"] == "CONJUNCTION" {
		o.Texts, o.Ranked = nil, false
	}
	if additive[name] && n["distinct"] != true {
		if len(o.Reads) == 0 { // rows are counted
			if o.Reads, o.Typed = s.counted, len(s.counted) == 0; o.Typed && n["class"] == "FUNCTION" {
				o.Values = []Literal{{strings.TrimSuffix(name, "_star") + "(…)", location(n)}} // of a list that the query makes
			}
		}
		o.Counts = append(o.Counts, o.Reads)
	}
	return o
}

// written is a text that is a number, and no code such as 06.
var written = regexp.MustCompile(`^[ (+$€£–-]*([1-9][0-9.,]*|0?\.[0-9]*[1-9])[ )%,;:–-]*$`)

// What functions do with a number that is written in the query: one of their arguments is the result, or a part of the sum,
// or of the text.
var (
	chooses = words("any_value arbitrary first greatest if ifnull last least max min mode nullif")
	scales  = words("* / // % ** ^ << >> pow power multiply divide mod fmod sum sum_no_overflow fsum kahan_sum sumkahan avg favg mean median product")
	shifts  = words("+ - add subtract & | xor")
	tells   = words("|| concat concat_ws format printf")
	// of which the third argument is put in the place of what is found
	replaces = words("replace regexp_replace translate")
	ranks    = words("row_number rank dense_rank rank_dense percent_rank ntile cume_dist")
	// of which the last argument may say how many values are taken
	picks = words("arg_max arg_min argmax argmin max max_by min min_by")
)

// children is the origin of all expressions in an expression.
func (r *resolver) children(n node, s *scope) Origin {
	var o Origin
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, v := range v {
				walk(v)
			}
		case node:
			if _, ok := v["class"].(string); ok {
				o = o.with(r.expression(v, s))
				return
			}
			for _, key := range sortedKeys(v) {
				walk(v[key])
			}
		}
	}
	for _, key := range sortedKeys(n) {
		walk(n[key])
	}
	return o
}

// choice resolves CASE: its values are those after THEN and ELSE.
func (r *resolver) choice(n node, s *scope) Origin {
	var o Origin
	for _, check := range nodes(n["case_checks"]) {
		when := r.expression(child(check, "when_expr"), s)
		when.Values, when.Digits, when.Texts, when.Typed = nil, nil, nil, false
		o = o.with(when).with(r.expression(child(check, "then_expr"), s))
	}
	return o.with(r.expression(child(n, "else_expr"), s))
}

// subquery resolves a SELECT in an expression: the columns that it yields, and, where
// it is asked for a row, what is asked of it.
func (r *resolver) subquery(n node, s *scope) Origin {
	body := child(child(n, "subquery"), "node")
	d := r.query(body, s)
	if len(d.columns) > 0 && n["subquery_type"] == "SCALAR" {
		return d.columns[0].Origin
	}
	o := d.all()
	o.Values, o.Digits = nil, nil
	r.noteReads(n, &o, d.rows)
	if c := child(n, "child"); c != nil {
		o = o.with(r.expression(c, s))
		o.Values, o.Digits = nil, nil
	}
	return o
}

// column resolves a name: table.column, column, or column.field.
func (r *resolver) column(path []string, s *scope) Origin {
	for at := s; at != nil; at = at.outer {
		if len(path) > 1 {
			for _, d := range at.from {
				if d.name != path[0] {
					continue
				}
				if o, ok := d.column(path[1]); ok {
					return o
				}
				if d.open != nil {
					return d.all()
				}
			}
		}
		var o Origin
		found := false
		for _, d := range at.from {
			if c, ok := d.column(path[0]); ok {
				o, found = o.with(c), true
			}
		}
		if found {
			return o
		}
		if alias, ok := at.aliases[path[0]]; ok {
			return alias
		}
		for _, d := range at.from {
			if d.open != nil || d.name == path[0] {
				o, found = o.with(d.all()), true
			}
		}
		if found {
			return o
		}
	}
	return Origin{} // the parameter of a lambda
}

// outputName is the name of a column of a result.
func outputName(n node) string {
	if alias := text(n["alias"]); alias != "" {
		return alias
	}
	if path := names(n["column_names"]); len(path) > 0 {
		return path[len(path)-1]
	}
	return ""
}

// aggregates reports whether an expression takes many rows.
func aggregates(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, aggregates)
	case node:
		name := strings.ToLower(str(v["function_name"]))
		if v["class"] == "FUNCTION" && (additive[name] || idempotent[name]) {
			return true
		}
		if v["class"] == "SUBQUERY" || v["class"] == "WINDOW" {
			return false
		}
		for _, c := range v {
			if aggregates(c) {
				return true
			}
		}
	}
	return false
}

// calls reports whether an expression calls a function.
func calls(v any, function string) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, func(c any) bool { return calls(c, function) })
	case node:
		if text(v["function_name"]) == function {
			return true
		}
		for _, c := range v {
			if calls(c, function) {
				return true
			}
		}
	}
	return false
}

// literal is a number as SQL writes it; "" for other constants.
func literal(value node) string {
	typ := child(value, "type")
	number, ok := value["value"].(json.Number)
	if !ok {
		return ""
	}
	digits := number.String()
	if typ["id"] == "DECIMAL" { // 137 of scale 2 is 1.37
		scale, _ := child(typ, "type_info")["scale"].(json.Number)
		if exact, ok := new(big.Rat).SetString(digits + "e-" + scale.String()); ok {
			digits = strings.TrimRight(strings.TrimRight(exact.FloatString(38), "0"), ".")
		}
	}
	return digits
}

func child(n node, key string) node {
	c, _ := n[key].(node)
	return c
}

func anys(v any) []any {
	list, _ := v.([]any)
	return list
}

func sortedKeys(n node) []string { return slices.Sorted(maps.Keys(n)) }

func nodes(v any) []node {
	var found []node
	for _, v := range anys(v) {
		if n, ok := v.(node); ok {
			found = append(found, n)
		}
	}
	return found
}

func names(v any) []string {
	var found []string
	for _, v := range anys(v) {
		if name, ok := v.(string); ok {
			found = append(found, strings.ToLower(name))
		}
	}
	return found
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

func text(v any) string { return strings.ToLower(str(v)) }
