package engine

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// A number or a text can be typed as what functions make of typed ones: chr(52), length('…'), repeat('I', 3), the count of a
// list of VALUES. What reads nothing is computed, and taken for typed.

// fold is what an expression that reads nothing comes to: a number or a text; nil for anything else.
func (e *Engine) fold(ctx context.Context, n node) any {
	t, err := e.serialize(ctx, "SELECT 1")
	if err != nil || len(t.Statements) != 1 {
		return nil
	}
	t.Statements[0].Node["select_list"] = []any{n}
	query, err := e.deserialize(ctx, t)
	if err != nil {
		return nil
	}
	_, rows, err := e.Collect(ctx, query)
	if err != nil || len(rows) != 1 {
		return nil // the query itself says what is wrong
	}
	switch v := rows[0][0].(type) {
	case string, bool:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case *big.Int, *big.Rat, float64:
		return fmt.Sprint(v)
	}
	return nil
}

// folded is the origin of a call, or of a subquery, that reads nothing.
func (r *resolver) folded(n node, o Origin, name string) (Origin, bool) {
	if r.fold == nil || len(o.Reads) > 0 || o.Unknown || n["class"] != "FUNCTION" || name == "" ||
		scales[name] || shifts[name] || chooses[name] || additive[name] || idempotent[name] || holdsName(n) {
		return o, false
	}
	folded, ok := r.fold(n).(string)
	if !ok {
		return o, false
	}
	if number, ok := new(big.Rat).SetString(folded); ok && !tells[name] && !textual[name] {
		return Origin{Typed: true, Values: []Literal{{number.RatString(), location(n)}}}, true
	}
	made := ofText(folded, location(n))
	if tells[name] {
		o.Texts = made.Texts // its numbers are told by its parts
		return o, false
	}
	return made, true
}

// textual are functions that make a text, which may be of digits.
var textual = words("chr repeat reverse lower upper substring substr left right trim ltrim rtrim lpad rpad replace translate regexp_replace regexp_extract " +
	"array_to_string list_aggregate split_part to_base bin hex to_hex to_binary md5 strftime")

// ofText is the origin of a text that is written.
func ofText(text string, at int) Origin {
	o := Origin{Typed: true}
	if text == "" {
		return o
	}
	o.Texts = []Literal{{text, at}}
	if written.MatchString(text) {
		o.Digits = []Literal{{written.FindStringSubmatch(text)[1], at}}
	}
	return o
}

// holdsName reports whether an expression has the name of a column, or what may not be run twice.
func holdsName(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, holdsName)
	case node:
		if v["class"] == "COLUMN_REF" || v["class"] == "LAMBDA" || v["class"] == "SUBQUERY" || v["class"] == "PARAMETER" {
			return true
		}
		for _, c := range v {
			if holdsName(c) {
				return true
			}
		}
	}
	return false
}

// decided reports whether a part of a condition decides it whatever the data are: n > 1 OR true.
func (r *resolver) decided(n node) bool {
	if r.fold == nil || n["class"] != "CONJUNCTION" {
		return false
	}
	return slices.ContainsFunc(nodes(n["children"]), func(c node) bool {
		if holdsName(c) || aggregates(c) {
			return false
		}
		holds, ok := r.fold(c).(bool)
		return ok && holds == strings.HasSuffix(str(n["type"]), "_OR")
	})
}

// noteLimit notes a number of rows, or values, that is written in the query.
func (r *resolver) noteLimit(n node) {
	number := literal(child(n, "value"))
	if n["class"] != "CONSTANT" {
		if r.fold == nil || n == nil || holdsName(n) {
			return
		}
		number, _ = r.fold(n).(string)
	}
	if value, ok := new(big.Rat).SetString(number); ok && value.Cmp(big.NewRat(1, 1)) > 0 {
		r.limits = append(r.limits, Literal{number, location(n)})
	}
}

// noteRanks notes the places in an order to which a condition limits the rows.
func (r *resolver) noteRanks(v any, s *scope) {
	switch v := v.(type) {
	case []any:
		for _, c := range v {
			r.noteRanks(c, s)
		}
	case node:
		if v["class"] == "SUBQUERY" || r.fold == nil {
			return
		}
		if v["class"] == "COMPARISON" {
			left, right := child(v, "left"), child(v, "right")
			probe := resolver{relations: r.relations, joins: map[Join]bool{}} // which notes what nobody asks for
			if probe.expression(left, s).Ranked {
				r.noteLimit(right)
			}
			if probe.expression(right, s).Ranked {
				r.noteLimit(left)
			}
			return
		}
		if v["class"] == "BETWEEN" {
			probe := resolver{relations: r.relations, joins: map[Join]bool{}}
			if probe.expression(child(v, "input"), s).Ranked {
				r.noteLimit(child(v, "upper"))
			}
			return
		}
		for _, key := range sortedKeys(v) {
			r.noteRanks(v[key], s)
		}
	}
}
