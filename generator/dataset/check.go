package dataset

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"

	"golang.org/x/sync/errgroup"
)

var integerWithZeros = regexp.MustCompile(`^-?[0-9]+\.0+$`)

func quoteMeta(s string) string { return regexp.QuoteMeta(s) }

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// rule is a constraint that a column or a key of one table must meet.
type rule struct {
	kind    string
	field   int    // of the schema
	broken  string // SQL condition on a row
	problem func(value string) diag.Problem
}

// checkRows finds every value of the table that is of the wrong type or breaks a
// constraint. One query counts the breaches of all rules over all rows; only a
// broken rule costs a second one, for the rows.
func (t *Table) checkRows(ctx context.Context, found *finder) error {
	rules := t.rules()
	counts := []string{"count(*)"}
	for _, r := range rules {
		counts = append(counts, "count(*) FILTER (WHERE "+r.broken+")")
	}
	keys := t.keys()
	for _, key := range keys {
		list := columnList(key)
		counts = append(counts, fmt.Sprintf("count(*) FILTER (WHERE %s) - count(DISTINCT (%s)) FILTER (WHERE %s)", notNull(key), list, notNull(key)))
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT %s FROM %s", strings.Join(counts, ", "), engine.Name(t.Name)))
	if err != nil {
		return err
	}
	totals := rows[0]
	total := func(i int) int { n, _ := totals[i].(int64); return int(n) }

	if t.wrongTypes {
		if err := t.listWrongTypes(ctx, found); err != nil {
			return err
		}
	}
	for i, r := range rules {
		if total(1+i) == 0 {
			continue
		}
		if err := t.list(ctx, found, r, engine.Name(t.Name), engine.Name(t.Schema.Fields[r.field].Name)); err != nil {
			return err
		}
	}
	for i, key := range keys {
		if total(1+len(rules)+i) == 0 {
			continue
		}
		if err := t.listDuplicates(ctx, found, key); err != nil {
			return err
		}
	}
	return nil
}

// list adds a problem for each row of from that breaks the rule.
func (t *Table) list(ctx context.Context, found *finder, r rule, from, value string) error {
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf(
		"SELECT _row, %s::VARCHAR, count(*) OVER () FROM %s WHERE %s ORDER BY _row LIMIT %d", value, from, r.broken, mostOfAKind))
	if err != nil {
		return err
	}
	f := t.Schema.Fields[r.field]
	for _, row := range rows {
		text, _ := row[1].(string)
		p := r.problem(text)
		number, _ := row[0].(int64)
		p.Line, p.Column, p.Field = int(number), t.header[r.field]+1, f.Name
		found.add(r.kind+" "+f.Name, p)
	}
	if len(rows) > 0 {
		n, _ := rows[0][2].(int64)
		found.more(f.Name, int(n))
	}
	return nil
}

// listWrongTypes reads the file again for the values that could not be cast.
func (t *Table) listWrongTypes(ctx context.Context, found *finder) error {
	for i, f := range t.Schema.Fields {
		if f.Type == "string" || f.Type == "list" || !t.present(i) {
			continue
		}
		r := rule{
			kind: "type", field: i,
			broken:  fmt.Sprintf("%s IS NOT NULL AND %s IS NULL", t.raw(i), t.cast(i, f)),
			problem: func(value string) diag.Problem { return castProblem(f, value) },
		}
		if err := t.list(ctx, found, r, t.source(), t.raw(i)); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) rules() []rule {
	var rules []rule
	for i, f := range t.Schema.Fields {
		if !t.present(i) {
			continue
		}
		c, name := f.Constraints, engine.Name(f.Name)
		text := name
		if f.Type == "list" {
			text = fmt.Sprintf("array_to_string(%s, %s)", name, engine.Text(f.Delimiter))
		}
		add := func(kind, broken string, problem func(string) diag.Problem) {
			rules = append(rules, rule{kind, i, broken, problem})
		}
		if c.Required || slices.Contains(t.Schema.PrimaryKey, f.Name) {
			// a value of the wrong type is NULL too, but is reported as such
			broken := name + " IS NULL"
			if t.wrongTypes && f.Type != "string" && f.Type != "list" {
				broken += " AND NOT list_contains(_bad, " + engine.Text(f.Name) + ")"
			}
			add("required", broken, func(string) diag.Problem {
				return diag.Problem{Message: "a value is missing", Expected: expectedKind(f)}
			})
		}
		if c.Enum != nil {
			allowed := make([]string, len(c.Enum))
			for i, v := range c.Enum {
				allowed[i] = fmt.Sprint(v)
			}
			add("enum", fmt.Sprintf("%s::VARCHAR NOT IN %s", name, engine.Texts(allowed)), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(value), Expected: "one of " + quoteAll(allowed), Hint: diag.Nearest(value, allowed)}
			})
		}
		if c.Pattern != "" {
			add("pattern", fmt.Sprintf("NOT regexp_full_match(%s, %s)", text, engine.Text(unanchored(c.Pattern))), func(value string) diag.Problem {
				return patternProblem(c.Pattern, value)
			})
		}
		for _, bound := range []struct {
			value        any
			compare, say string
		}{{c.Minimum, "<", "or more"}, {c.Maximum, ">", "or less"}} {
			if bound.value == nil {
				continue
			}
			limit := fmt.Sprint(bound.value)
			if n, ok := bound.value.(float64); ok {
				limit = fmt.Sprintf("%.0f", n)
				if n != float64(int64(n)) {
					limit = fmt.Sprint(n)
				}
			}
			add("bound", fmt.Sprintf("%s %s %s::%s", name, bound.compare, engine.Text(limit), sqlType(f)), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(trimZeros(value)), Expected: limit + " " + bound.say}
			})
		}
		if n := c.MinLength; n > 0 {
			add("length", fmt.Sprintf("length(%s) < %d", text, n), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(value), Expected: count(n, "character") + " or more"}
			})
		}
		if n := c.MaxLength; n > 0 {
			add("length", fmt.Sprintf("length(%s) > %d", text, n), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(value), Expected: count(n, "character") + " or less"}
			})
		}
	}
	return rules
}

// trimZeros takes off the zeros with which the engine fills up a decimal.
func trimZeros(value string) string {
	if strings.Contains(value, ".") {
		return strings.TrimSuffix(strings.TrimRight(value, "0"), ".")
	}
	return value
}

// unanchored takes ^ and $ off: the whole value must match anyway.
func unanchored(pattern string) string {
	return strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
}

func expectedKind(f Field) string {
	if f.Type == "string" || f.Type == "list" {
		return "text"
	}
	return castProblem(f, "").Expected
}

// patternProblem notices the code that a spreadsheet took for a number: FIPS 06
// that became 6.
func patternProblem(pattern, value string) diag.Problem {
	p := diag.Problem{Found: diag.Quote(value), Expected: "text like " + pattern}
	matches, err := regexp.Compile(`^(?:` + unanchored(pattern) + `)$`)
	if err != nil || value == "" || strings.Map(onlyDigits, value) != value {
		return p
	}
	for padded := "0" + value; len(padded) <= len(value)+3; padded = "0" + padded {
		if matches.MatchString(padded) {
			p.Hint = "is it " + diag.Quote(padded) + "? a spreadsheet drops leading zeros: format the column as text"
			break
		}
	}
	return p
}

// keys lists the column sets whose values may stand only once.
func (t *Table) keys() [][]string {
	var keys [][]string
	add := func(key []string) {
		for _, name := range key {
			if i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name }); !t.present(i) {
				return
			}
		}
		if len(key) > 0 {
			keys = append(keys, key)
		}
	}
	add(t.Schema.PrimaryKey)
	for _, key := range t.Schema.UniqueKeys {
		add(key)
	}
	for _, f := range t.Schema.Fields {
		if f.Constraints.Unique {
			add([]string{f.Name})
		}
	}
	return keys
}

func columnList(key []string) string {
	quoted := make([]string, len(key))
	for i, name := range key {
		quoted[i] = engine.Name(name)
	}
	return strings.Join(quoted, ", ")
}

// notNull is true of rows that have a key at all: as in SQL, a key with a
// missing part is like no other.
func notNull(key []string) string {
	parts := make([]string, len(key))
	for i, name := range key {
		parts[i] = engine.Name(name) + " IS NOT NULL"
	}
	return strings.Join(parts, " AND ")
}

func (t *Table) listDuplicates(ctx context.Context, found *finder, key []string) error {
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf(
		`SELECT _row, first_row, value, count(*) OVER () FROM (
			SELECT _row, min(_row) OVER (PARTITION BY %[1]s) AS first_row, concat_ws(', ', %[1]s) AS value FROM %[2]s WHERE %[3]s
		) WHERE _row > first_row ORDER BY _row LIMIT %[4]d`, columnList(key), engine.Name(t.Name), notNull(key), mostOfAKind))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key[0] })
	for _, row := range rows {
		number, _ := row[0].(int64)
		value, _ := row[2].(string)
		found.add("unique "+strings.Join(key, " "), diag.Problem{
			Line: int(number), Column: t.header[i] + 1, Field: strings.Join(key, ", "),
			Found: diag.Quote(value) + fmt.Sprintf(" again, first in row %d", row[1]), Expected: "each key once",
			Hint: "delete one of the two rows, or mend its key",
		})
	}
	if len(rows) > 0 {
		n, _ := rows[0][3].(int64)
		found.more(strings.Join(key, ", "), int(n))
	}
	return nil
}

// checkForeignKeys finds values that should stand in another table and do not.
// A key into a table that could not be read in full says nothing.
func (d *Dataset) checkForeignKeys(ctx context.Context) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, t := range d.Tables {
		for _, key := range t.Schema.ForeignKeys {
			target := d.Table(key.Reference.Resource)
			if target == nil || target.gaps || !t.has(key.Fields) || !target.has(key.Reference.Fields) {
				continue
			}
			group.Go(func() error { return t.checkForeignKey(ctx, target, key) })
		}
	}
	return group.Wait()
}

func (t *Table) checkForeignKey(ctx context.Context, target *Table, key ForeignKey) error {
	from, where := t.dangling(target, key)
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", from, where))
	if err != nil {
		return err
	}
	if n, _ := rows[0][0].(int64); n == 0 {
		return nil
	}
	known, err := target.values(ctx, key.Reference.Fields)
	if err != nil {
		return err
	}
	r := rule{
		kind:   "foreign key",
		field:  slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key.Fields[0] }),
		broken: where,
		problem: func(value string) diag.Problem {
			return diag.Problem{
				Found:    diag.Quote(value),
				Expected: fmt.Sprintf("a value that stands in %s, column %s", target.File(), strings.Join(key.Reference.Fields, ", ")),
				Hint:     diag.Nearest(value, known),
			}
		},
	}
	return t.list(ctx, t.found, r, from, "value")
}

// has reports whether the file has all of these columns and none is private.
func (t *Table) has(columns []string) bool {
	for _, name := range columns {
		i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })
		if !t.present(i) || t.Schema.Fields[i].Private {
			return false
		}
	}
	return true
}

// dangling is the SQL of the rows of t whose key is not in target. Items of a
// list are judged one by one.
func (t *Table) dangling(target *Table, key ForeignKey) (from, where string) {
	var parts, texts, present []string
	isList := false
	for i, name := range key.Fields {
		f := t.Schema.Fields[slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })]
		column := engine.Name(name)
		if f.Type == "list" {
			isList, column = true, "unnest("+column+")"
		}
		texts = append(texts, fmt.Sprintf("%s::VARCHAR AS k%d", column, i))
		parts = append(parts, fmt.Sprintf("target.%s::VARCHAR = k%d", engine.Name(key.Reference.Fields[i]), i))
		present = append(present, fmt.Sprintf("k%d IS NOT NULL", i))
	}
	value := "k0"
	if len(key.Fields) > 1 && !isList {
		var all []string
		for i := range key.Fields {
			all = append(all, fmt.Sprintf("k%d", i))
		}
		value = "concat_ws(', ', " + strings.Join(all, ", ") + ")"
	}
	from = fmt.Sprintf("(SELECT *, %s AS value FROM (SELECT _row, %s FROM %s))", value, strings.Join(texts, ", "), engine.Name(t.Name))
	where = fmt.Sprintf("%s AND NOT EXISTS (SELECT 1 FROM %s AS target WHERE %s)", strings.Join(present, " AND "), engine.Name(target.Name), strings.Join(parts, " AND "))
	return from, where
}

// values lists the keys of a table for hints; none where they are too many to
// compare with.
func (t *Table) values(ctx context.Context, columns []string) ([]string, error) {
	if t.Rows > 10_000 {
		return nil, nil
	}
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT DISTINCT concat_ws(', ', %s) FROM %s", columnList(columns), engine.Name(t.Name)))
	if err != nil {
		return nil, err
	}
	var list []string
	for _, row := range rows {
		if s, ok := row[0].(string); ok {
			list = append(list, s)
		}
	}
	return list, nil
}
