package dataset

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// Two constraints are ours: what is the same in all rows of a group, and what a value comes to by those beside it. Of an
// expression only arithmetic on columns of the row is read, as a query could read other files at this point.
//
//	"constraints": {"constantWithin": "round_id"}
//	"constraints": {"equals": "violent_crimes / residents * 100000", "tolerance": "0.5%"}

// checkRelations checks the constraints that relate columns.
func (r *Resource) checkRelations(at adder) {
	known := func(name string) int {
		return slices.IndexFunc(r.Schema.Fields, func(f Field) bool { return f.Name == name })
	}
	var all []string
	for _, f := range r.Schema.Fields {
		all = append(all, f.Name)
	}
	for i := range r.Schema.Fields {
		f := &r.Schema.Fields[i]
		here := func(p diag.Problem, key string) { at(p, "schema", "fields", f.place, "constraints", key) }
		for _, name := range f.Constraints.ConstantWithin {
			if known(name) < 0 || name == f.Name {
				here(diag.Problem{Message: "constantWithin names no other column", Found: diag.Quote(name), Expected: "a column of the table", Hint: diag.Nearest(name, all)}, "constantWithin")
				f.Constraints.ConstantWithin = nil
				break
			}
		}
		if raw := f.Constraints.Tolerance; raw != nil && f.within("1") == "" {
			here(diag.Problem{Found: string(raw), Expected: "a number above 0, in the unit of the column, or a part of the value such as \"0.5%\""}, "tolerance")
			f.Constraints.Tolerance = nil
		} else if raw != nil && f.Constraints.Equals == "" {
			here(diag.Problem{Message: "a tolerance without an expression", Expected: "\"equals\" beside it"}, "tolerance")
		}
		if f.Constraints.Equals == "" {
			continue
		}
		p := (*diag.Problem)(nil)
		if f.Type != "number" && f.Type != "integer" {
			p = &diag.Problem{Message: "\"equals\" of a column of type " + f.Type, Expected: "none"}
		} else if _, wrong := f.arithmetic(r.Schema.Fields); wrong != nil {
			p = wrong
		}
		if p != nil {
			here(*p, "equals")
			f.Constraints.Equals = ""
		}
	}
}

// operands are the columns of the expression of a column.
func (f Field) operands(fields []Field) (names []string) {
	sql, _ := f.arithmetic(fields)
	for _, o := range fields {
		if strings.Contains(sql, engine.Name(o.Name)+"::DOUBLE") {
			names = append(names, o.Name)
		}
	}
	return names
}

// within is the tolerance for a value, in SQL; "" where there is none.
func (f Field) within(value string) string {
	text := strings.Trim(string(f.Constraints.Tolerance), `"`)
	part, isPart := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(part, 64)
	switch {
	case err != nil || !(n > 0) || math.IsInf(n, 0) || isPart != strings.HasPrefix(string(f.Constraints.Tolerance), `"`):
		return ""
	case isPart:
		return fmt.Sprintf("abs(%s::DOUBLE) * %v / 100", value, n)
	}
	return fmt.Sprint(n)
}

// Tolerated says how far a value may be off, for readers; "" where it is exact.
func (f Field) Tolerated() string { return strings.Trim(string(f.Constraints.Tolerance), `"`) }

// arithmetic is the expression of a column in the words of the engine: names of columns, numbers, + - * / and parentheses.
func (f Field) arithmetic(fields []Field) (sql string, wrong *diag.Problem) {
	const expected = "columns, numbers, + - * / and parentheses, such as crimes / residents * 100000"
	var b strings.Builder
	depth, operand := 0, false // whether an operand is before this place
	text := f.Constraints.Equals
	fail := func(found string) (string, *diag.Problem) {
		return "", &diag.Problem{Message: "the expression of equals", Found: diag.Quote(found), Expected: expected}
	}
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		end := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(" +-*/()\t\r\n", r) })
		if end < 0 {
			end = len(text)
		}
		word := text[:max(end, 1)]
		text = text[len(word):]
		switch {
		case word == "(" && !operand:
			depth++
			b.WriteString("(")
		case word == ")" && operand && depth > 0:
			depth--
			b.WriteString(")")
		case end == 0 && operand && word != "(" && word != ")":
			operand = false
			b.WriteString(" " + word + " ")
		case end == 0 && word == "-": // a sign
			b.WriteString(" -")
		case end == 0 || operand:
			return fail(word)
		default:
			i := slices.IndexFunc(fields, func(o Field) bool { return o.Name == word })
			n, err := strconv.ParseFloat(word, 64)
			switch {
			case i >= 0 && (fields[i].Type == "number" || fields[i].Type == "integer"):
				b.WriteString(engine.Name(word) + "::DOUBLE")
			case err == nil && strings.Trim(word, "0123456789.") == "":
				b.WriteString(strconv.FormatFloat(n, 'f', -1, 64) + "::DOUBLE")
			default:
				var numeric []string
				for _, o := range fields {
					if o.Type == "number" || o.Type == "integer" {
						numeric = append(numeric, o.Name)
					}
				}
				return "", &diag.Problem{Message: "the expression of equals", Found: diag.Quote(word), Expected: expected, Hint: diag.Nearest(word, numeric)}
			}
			operand = true
		}
	}
	if depth > 0 || !operand {
		return fail(f.Constraints.Equals)
	}
	return b.String(), nil
}

// listInconstant adds a problem for each row whose value differs from that of most rows of its group, and names one of those.
// A row without a value differs from none.
func (t *loading) listInconstant(ctx context.Context, i int) error {
	f := t.Schema.Fields[i]
	group := f.Constraints.ConstantWithin
	if !t.present(i) || slices.ContainsFunc(group, func(name string) bool {
		return !t.present(slices.IndexFunc(t.Schema.Fields, func(o Field) bool { return o.Name == name }))
	}) {
		return nil
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf(`WITH v AS (SELECT _row, %[1]s, concat_ws(', ', %[1]s) AS of, %[2]s::VARCHAR AS value FROM %[3]s WHERE %[4]s),
		c AS (SELECT *, count(*) OVER (PARTITION BY %[1]s, value) AS alike, min(_row) OVER (PARTITION BY %[1]s, value) AS first FROM v),
		w AS (SELECT *, first_value(value) OVER g AS usual, first_value(_row) OVER g AS usual_row FROM c WINDOW g AS (PARTITION BY %[1]s ORDER BY alike DESC, first, _row))
		SELECT _row, value, of, usual, usual_row, count(*) OVER () FROM w WHERE value <> usual ORDER BY _row LIMIT %[5]d`,
		columnList(group), engine.Name(f.Name), engine.Name(t.Name), notNull(append(slices.Clone([]string(group)), f.Name)), maxOfAKind+1))
	if err != nil {
		return err
	}
	text := func(v any) string {
		s, _ := v.(string)
		return diag.Quote(f.plain(s))
	}
	for n, row := range rows {
		number, _ := row[0].(int64)
		if n == maxOfAKind {
			total, _ := row[5].(int64)
			t.found.more(f.Name, int(number), t.header[i]+1, int(total))
			break
		}
		of, _ := row[2].(string)
		first, _ := row[4].(int64)
		p := diag.Problem{
			Line: int(number), Column: t.header[i] + 1, Field: f.Name, Found: text(row[1]),
			Expected: fmt.Sprintf("%s, as in %s with the same %s, %s", text(row[3]), t.RowName(first), strings.Join(group, ", "), diag.Quote(of)),
			Hint:     "one of the two rows is wrong",
		}
		if f.Private || t.anyPrivate(group) {
			p.Found, p.Expected = "a value of a private column", fmt.Sprintf("that of %s, which has the same %s", t.RowName(first), strings.Join(group, ", "))
		}
		t.found.add("constant "+f.Name, p)
	}
	return nil
}

// listUnequal adds a problem for each value that is not what the expression of its column comes to: to as many decimals as
// the column has, or within the tolerance.
func (t *loading) listUnequal(ctx context.Context, i int) error {
	f := t.Schema.Fields[i]
	sql, wrong := f.arithmetic(t.Schema.Fields)
	if wrong != nil || !t.present(i) {
		return nil // which is told
	}
	operands := f.operands(t.Schema.Fields)
	for _, name := range operands {
		if !t.present(slices.IndexFunc(t.Schema.Fields, func(o Field) bool { return o.Name == name })) {
			return nil
		}
	}
	private := f.Private || t.anyPrivate(operands)
	name := engine.Name(f.Name)
	within := f.within(name)
	decimals := "(SELECT coalesce(max(length(split_part(rtrim(" + name + "::VARCHAR, '0'), '.', 2))), 0) FROM " + engine.Name(t.Name) + ")"
	if within == "" {
		within = "0.5 * power(10, -" + decimals + ")"
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT _row, %[1]s::VARCHAR, round(%[2]s, greatest(1, %[5]s)::INTEGER)::VARCHAR, count(*) OVER () FROM %[3]s WHERE isfinite(%[2]s) AND abs(%[1]s::DOUBLE - (%[2]s)) > %[4]s * 1.000001 ORDER BY _row LIMIT %[6]d",
		name, sql, engine.Name(t.Name), within, decimals, maxOfAKind+1))
	if err != nil {
		return err
	}
	for n, row := range rows {
		number, _ := row[0].(int64)
		if n == maxOfAKind {
			total, _ := row[3].(int64)
			t.found.more(f.Name, int(number), t.header[i]+1, int(total))
			break
		}
		value, _ := row[1].(string)
		comes, _ := row[2].(string)
		p := diag.Problem{
			Line: int(number), Column: t.header[i] + 1, Field: f.Name, Found: f.plain(value), Expected: strings.TrimSuffix(comes, ".0") + ", which is " + f.Constraints.Equals,
			Hint: "fix the row; where the source itself gives another value, say how far it may be off: \"tolerance\"",
		}
		if f.Tolerated() != "" {
			p.Expected += ", within " + f.Tolerated()
		}
		if private {
			p.Found, p.Expected = "a value that disagrees with its row", "what \"equals\" of the column says"
		}
		t.found.add("equals "+f.Name, p)
	}
	return nil
}
