package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"

	"github.com/sourcegraph/conc/pool"
)

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
	allows  string // the property that says what is right, for a private column
	problem func(value string) diag.Problem
}

// checkRows finds every value of the table that is of the wrong type or breaks a
// constraint. Queries that count the breaches of many rules over all rows come
// first; only a broken rule costs one more, for the rows.
func (t *loading) checkRows(ctx context.Context) error {
	rules, keys := t.rules(), t.keys()
	var counts []string
	for _, r := range rules {
		counts = append(counts, "count(*) FILTER (WHERE "+r.broken+")")
	}
	for _, key := range keys {
		list := columnList(key)
		counts = append(counts, fmt.Sprintf("count(*) FILTER (WHERE %s) - count(DISTINCT (%s)) FILTER (WHERE %s)", notNull(key), list, notNull(key)))
	}
	var totals []int
	// the engine takes longer for each where they are more
	for some := range slices.Chunk(counts, 100) {
		_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT %s FROM %s", strings.Join(some, ", "), engine.Name(t.Name)))
		if err != nil {
			return err
		}
		for _, v := range rows[0] {
			n, _ := v.(int64)
			totals = append(totals, int(n))
		}
	}
	for i, r := range rules {
		nulls := 0
		wrong := t.columns[r.field].wrong
		if r.kind == "required" {
			nulls = len(wrong) // a value of the wrong type is NULL too, and listed already
		}
		if totals[i] == nulls {
			continue
		}
		name := engine.Name(t.Schema.Fields[r.field].Name)
		if nulls > 0 {
			r.broken += " AND NOT " + among(wrong)
		}
		if r.kind == "pattern" && !t.Schema.Fields[r.field].Private {
			if err := t.addExample(ctx, &r); err != nil {
				return err
			}
		}
		if r.kind == "required" && t.Rows > 2 && totals[i]*3 >= t.Rows {
			without := r.problem
			r.problem = func(value string) diag.Problem {
				p := without(value)
				p.Hint = "if cells were merged in the spreadsheet, only the first has the value: write it in each"
				return p
			}
		}
		if err := t.list(ctx, r, engine.Name(t.Name), name, false); err != nil {
			return err
		}
	}
	for i, key := range keys {
		if totals[len(rules)+i] == 0 {
			continue
		}
		if err := t.listDuplicates(ctx, key); err != nil {
			return err
		}
	}
	for i, f := range t.Schema.Fields {
		if f.Constraints.ConstantWithin != nil {
			if err := t.listInconstant(ctx, i); err != nil {
				return err
			}
		}
		if f.Constraints.Equals != "" {
			if err := t.listUnequal(ctx, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// addExample adds a value of the column that meets the rule to what was expected.
func (t *loading) addExample(ctx context.Context, r *rule) error {
	f := t.Schema.Fields[r.field]
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT min(%s::VARCHAR) FROM %s WHERE NOT (%s)", engine.Name(f.Name), engine.Name(t.Name), r.broken))
	if err != nil {
		return err
	}
	example, _ := rows[0][0].(string)
	if json.Unmarshal(f.Example, &example); example == "" {
		example = exampleOf(f.Constraints.Pattern)
	}
	if example == "" {
		return nil
	}
	without := r.problem
	r.problem = func(value string) diag.Problem {
		p := without(value)
		p.Expected += ", such as " + diag.Quote(example)
		return p
	}
	return nil
}

// list adds a problem for each row of from that breaks the rule. The value of a
// private column is not said, nor what else it could be: problems are printed, and
// printed in public where a report is built in public.
func (t *loading) list(ctx context.Context, r rule, from, value string, private bool) error {
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf(
		"SELECT _row, %s::VARCHAR, count(*) OVER () FROM %s WHERE %s ORDER BY _row LIMIT %d", value, from, r.broken, maxOfAKind+1))
	if err != nil {
		return err
	}
	f := t.Schema.Fields[r.field]
	for i, row := range rows {
		var p diag.Problem
		if text, _ := row[1].(string); f.Private || private {
			p = r.unsaid(f)
		} else {
			p = r.problem(text)
		}
		number, _ := row[0].(int64)
		if i == maxOfAKind {
			n, _ := row[2].(int64)
			t.found.more(f.Name, int(number), t.header[r.field]+1, int(n))
			break
		}
		p.Line, p.Column, p.Field = int(number), t.header[r.field]+1, f.Name
		t.found.add(r.kind+" "+f.Name, p)
	}
	return nil
}

// unsaid is the problem of a value of a private column.
func (r rule) unsaid(f Field) diag.Problem {
	if r.kind == "required" {
		return r.problem("")
	}
	if r.allows == "" {
		p := r.problem("")
		p.Found, p.Hint = "a value of a private column", ""
		return p
	}
	return diag.Problem{Found: "a value of a private column", Expected: fmt.Sprintf("what %q of the column in %s allows", r.allows, File)}
}

// listWrong adds a problem for each cell that is no value of its column's type; one for
// all of the first row, if that is no row of values.
func (t *loading) listWrong(first int) {
	second := t.isSecondHeader(first)
	if second {
		t.found.add("header", diag.Problem{Line: first, Message: fmt.Sprintf("row %d seems to be a second header", first), Found: t.found.value("", t.columns[t.wrongIn(first)].first[0]), Expected: "values",
			Hint: fmt.Sprintf("delete it, or declare \"dialect\": {\"commentRows\": [%d]} in %s", first, File)})
	}
	for i, c := range t.columns {
		if declared := t.declaredForAll(c); declared != "" && !(second && c.wrong[0] == int64(first)) {
			p := castProblem(c.Field, c.first[0])
			p.Hint = fmt.Sprintf("%d cells of the column are written so: declare %s in %s", len(c.wrong), declared, File)
			p.Line, p.Column, p.Field = int(c.wrong[0]), t.header[i]+1, c.Name
			t.found.add("type "+c.Name, p)
			continue
		}
		for n, value := range c.first {
			if second && c.wrong[n] == int64(first) {
				continue
			}
			p := castProblem(Field{Type: c.Type, Format: c.Format, Formats: c.Formats}, "")
			if c.Private {
				p.Found, p.Hint = "a value of a private column", ""
			} else {
				p = castProblem(c.Field, value)
			}
			p.Line, p.Column, p.Field = int(c.wrong[n]), t.header[i]+1, c.Name
			t.found.add("type "+c.Name, p)
		}
		if len(c.wrong) > maxOfAKind {
			t.found.more(c.Name, int(c.wrong[maxOfAKind]), t.header[i]+1, len(c.wrong))
		}
	}
}

// isSecondHeader reports whether the first row under the header has words where all others
// have values: units, or names again.
func (t *loading) isSecondHeader(first int) bool {
	words, typed := 0, 0
	for i, c := range t.columns {
		if c.value == nil || !t.present(i) {
			continue
		}
		typed++
		if len(c.wrong) > 0 && c.wrong[0] == int64(first) && strings.Map(onlyDigits, c.first[0]) == "" {
			words++
			if len(c.wrong)*2 > t.Rows { // the column has another type
				return false
			}
		}
	}
	return t.Rows > 2 && words >= 2 && words*2 > typed
}

// wrongIn is the first field of which the cell in a row is wrong.
func (t *loading) wrongIn(row int) int {
	return slices.IndexFunc(t.columns, func(c *column) bool { return len(c.wrong) > 0 && c.wrong[0] == int64(row) })
}

func (t *loading) rules() []rule {
	var rules []rule
	for i, f := range t.Schema.Fields {
		if !t.present(i) {
			continue
		}
		c, name := f.Constraints, engine.Name(f.Name)
		text := name
		if f.Type == "list" {
			text = fmt.Sprintf("array_to_string(%s, %s)", name, engine.Text(f.delimiter()))
		}
		add := func(kind, allows, broken string, problem func(string) diag.Problem) {
			rules = append(rules, rule{kind, i, broken, allows, problem})
		}
		if c.Required || slices.Contains(t.Schema.PrimaryKey, f.Name) {
			add("required", "", name+" IS NULL", func(string) diag.Problem {
				return diag.Problem{Message: "a value is missing", Expected: expectedKind(f)}
			})
		}
		for _, list := range []struct {
			key    string
			values []json.RawMessage
		}{{"enum", c.Enum}, {"categories", f.categories()}} {
			if list.values == nil {
				continue
			}
			var values, texts []string
			for _, raw := range list.values {
				l, _ := f.literal(raw) // checked before
				texts = append(texts, l.text)
				if l.sql = f.equal(l); l.sql != "" {
					values = append(values, l.sql)
				}
			}
			broken := text + " IS NOT NULL"
			if len(values) > 0 {
				broken = fmt.Sprintf("%s NOT IN (%s)", text, strings.Join(values, ", "))
			}
			add("enum", list.key, broken, func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(f.plain(value)), Expected: "one of " + quoteAll(texts), Hint: alike(value, texts)}
			})
		}
		if c.Pattern != "" {
			add("pattern", "pattern", fmt.Sprintf("NOT regexp_full_match(%s, %s)", text, engine.Text(c.Pattern)), func(value string) diag.Problem {
				return patternProblem(c.Pattern, value)
			})
		}
		for _, bound := range f.bounds() {
			if bound.value == nil {
				continue
			}
			l, _ := f.literal(bound.value)
			add("bound", bound.key, f.beyond(name, l, bound.beyond), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(f.plain(value)), Expected: fmt.Sprintf(bound.said, l.text)}
			})
		}
		if n := c.MinLength; n > 0 {
			add("length", "minLength", fmt.Sprintf("length(%s) < %d", text, n), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(value), Expected: diag.Count(n, "character") + " or more"}
			})
		}
		if n := c.MaxLength; n > 0 {
			add("length", "maxLength", fmt.Sprintf("length(%s) > %d", text, n), func(value string) diag.Problem {
				return diag.Problem{Found: diag.Quote(value), Expected: diag.Count(n, "character") + " or less"}
			})
		}
	}
	return rules
}

// plain takes off the zeros with which the engine fills up a decimal.
func (f Field) plain(value string) string {
	if f.Type == "number" && strings.Contains(value, ".") && !strings.Contains(value, "e") {
		return strings.TrimSuffix(strings.TrimRight(value, "0"), ".")
	}
	return value
}

func expectedKind(f Field) string {
	if f.Type == "string" || f.Type == "list" || f.Type == "any" {
		return "text"
	}
	return castProblem(f, "").Expected
}

// patternProblem notices what a spreadsheet made of a code: FIPS 06 that became 6, 3-1 that
// became a day, a long one that became 1.2E+11.
func patternProblem(pattern, value string) diag.Problem {
	p := diag.Problem{Found: diag.Quote(value), Expected: "text like " + pattern}
	matches, err := regexp.Compile(`^(?:` + pattern + `)$`)
	switch {
	case err != nil || value == "":
	case Seen(value) != value && matches.MatchString(Seen(value)):
		p.Hint = "it differs from " + diag.Quote(Seen(value)) + " only in " + Difference(value, Seen(value))
	case turnedIntoDay.MatchString(value):
		p.Hint = "a spreadsheet took a code for a day: format the column as text, and enter it again as it is in the source"
	case shortenedCode.MatchString(value):
		p.Hint = "a spreadsheet took a code for a number, and lost its last digits: format the column as text, and enter it again as it is in the source"
	case strings.Map(onlyDigits, value) == value:
		for padded := "0" + value; len(padded) <= len(value)+3; padded = "0" + padded {
			if matches.MatchString(padded) {
				p.Hint = "is it " + diag.Quote(padded) + "? a spreadsheet drops leading zeros: format the column as text"
				break
			}
		}
	}
	return p
}

// keys lists the column sets whose values may stand only once.
func (t *loading) keys() [][]string {
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

func (t *loading) listDuplicates(ctx context.Context, key []string) error {
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf(
		`SELECT _row, first_row, value, count(*) OVER () FROM (
			SELECT _row, min(_row) OVER (PARTITION BY %[1]s) AS first_row, concat_ws(', ', %[1]s) AS value FROM %[2]s WHERE %[3]s
		) WHERE _row > first_row ORDER BY _row LIMIT %[4]d`, columnList(key), engine.Name(t.Name), notNull(key), maxOfAKind+1))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key[0] })
	for n, row := range rows {
		number, _ := row[0].(int64)
		if n == maxOfAKind {
			total, _ := row[3].(int64)
			t.found.more(strings.Join(key, ", "), int(number), t.header[i]+1, int(total))
			break
		}
		value, _ := row[2].(string)
		value = diag.Quote(value)
		if t.anyPrivate(key) {
			value = "a key with a private column"
		}
		t.found.add("unique "+strings.Join(key, " "), diag.Problem{
			Line: int(number), Column: t.header[i] + 1, Field: strings.Join(key, ", "),
			Found: value + fmt.Sprintf(" again, first in row %d", row[1]), Expected: "each key once",
			Hint: "delete one of the two rows, or fix its key",
		})
	}
	return nil
}

// unlessSound does a check of what was read of the inputs, unless the memo knows that it finds nothing.
func (t *loading) unlessSound(answers *memo.Memo, name string, inputs []any, check func() error) error {
	if t.found.any() {
		return check()
	}
	key, err := memo.KeyOf(append([]any{name}, inputs...)...)
	if err != nil {
		return err
	}
	_, err = memo.Do(answers, "sound", key, func() (bool, error) {
		err := check()
		if err == nil && t.found.any() {
			err = errUnsound
		}
		return true, err
	})
	if errors.Is(err, errUnsound) {
		return nil
	}
	return err
}

// errUnsound keeps a check that found something out of the memo.
var errUnsound = errors.New("the table has problems")

// checkForeignKeys finds values that should be in another table and are not.
// A key into a table that could not be read in full says nothing.
func checkForeignKeys(ctx context.Context, all map[string]*loading, answers *memo.Memo) error {
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, t := range all {
		for _, keys := range t.keysInto(all) {
			unsound := false
			inputs := []any{t.Name, t.Key, []string(keys[0].Fields)}
			known := t.has(keys[0].Fields)
			for _, key := range keys {
				target := all[key.Reference.Resource]
				if known = known && target != nil && !target.gaps && target.has(key.Reference.Fields); !known {
					break
				}
				unsound = unsound || target.found.any()
				inputs = append(inputs, target.Name, target.Key, []string(key.Reference.Fields))
			}
			if !known {
				continue
			}
			group.Go(func() error {
				if unsound {
					return t.checkForeignKey(ctx, all, keys)
				}
				return t.unlessSound(answers, "foreign key", inputs, func() error { return t.checkForeignKey(ctx, all, keys) })
			})
		}
	}
	return group.Wait()
}

// keysInto lists the foreign keys of a table, each with those that may stand in its place: a value of a column with
// keyOf is in one of several tables.
func (t *loading) keysInto(all map[string]*loading) (list [][]ForeignKey) {
	for _, key := range t.Schema.ForeignKeys {
		list = append(list, []ForeignKey{key})
	}
	for _, f := range t.Schema.Fields {
		var keys []ForeignKey
		for _, name := range f.Constraints.KeyOf {
			key := ForeignKey{Fields: names{f.Name}}
			key.Reference.Resource = name
			if target := all[name]; target != nil {
				key.Reference.Fields = target.Schema.PrimaryKey
			}
			keys = append(keys, key)
		}
		if keys != nil {
			list = append(list, keys)
		}
	}
	return list
}

// checkForeignKey finds the values that are in none of the tables to which keys of the same columns lead.
func (t *loading) checkForeignKey(ctx context.Context, all map[string]*loading, keys []ForeignKey) error {
	var from string
	var missing []string
	for _, key := range keys {
		in, where := t.dangling(all[key.Reference.Resource], key)
		from, missing = in, append(missing, where)
	}
	where, key := strings.Join(missing, " AND "), keys[0]
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", from, where))
	if err != nil {
		return err
	}
	if n, _ := rows[0][0].(int64); n == 0 {
		return nil
	}
	private := t.anyPrivate(key.Fields)
	var known, expected []string
	for _, key := range keys {
		target := all[key.Reference.Resource]
		expected = append(expected, fmt.Sprintf("%s, column %s", target.File(), strings.Join(key.Reference.Fields, ", ")))
		if !private && !target.anyPrivate(key.Reference.Fields) {
			values, err := target.values(ctx, key.Reference.Fields)
			if err != nil {
				return err
			}
			known = append(known, values...)
		}
	}
	r := rule{
		kind:   "foreign key",
		field:  slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key.Fields[0] }),
		broken: where,
		problem: func(value string) diag.Problem {
			return diag.Problem{
				Found:    diag.Quote(value),
				Expected: "a value in " + strings.Join(expected, " or "),
				Hint:     alike(value, known),
			}
		},
	}
	return t.list(ctx, r, from, "value", private)
}

// anyPrivate reports whether one of these columns is private.
func (t *Table) anyPrivate(columns []string) bool {
	return slices.ContainsFunc(t.Schema.Fields, func(f Field) bool { return f.Private && slices.Contains(columns, f.Name) })
}

// has reports whether the file has all of these columns.
func (t *loading) has(columns []string) bool {
	for _, name := range columns {
		i := slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })
		if !t.present(i) {
			return false
		}
	}
	return true
}

// dangling is the SQL of the rows of t whose key is not in target. Items of a
// list are checked one by one.
func (t *loading) dangling(target *loading, key ForeignKey) (from, where string) {
	var parts, texts, present []string
	isList := false
	for i, name := range key.Fields {
		f, other := t.field(name), target.field(key.Reference.Fields[i])
		column := engine.Name(name)
		if f.Type == "list" {
			isList, column = true, "unnest("+column+")"
		}
		compared := "VARCHAR"
		if f.isNumber() && other.isNumber() {
			compared = commonType(f, other) // 5 and 5.0 are the same
		}
		texts = append(texts, fmt.Sprintf("%s::VARCHAR AS k%d", column, i))
		parts = append(parts, fmt.Sprintf("target.%s::%[3]s = k%[2]d::%[3]s", engine.Name(key.Reference.Fields[i]), i, compared))
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

// commonType is a type of numbers that holds those of two columns.
func commonType(a, b Field) string {
	if a.stored == "DOUBLE" || b.stored == "DOUBLE" {
		return "DOUBLE"
	}
	var ad, bd int
	_, _ = fmt.Sscanf(a.stored, "DECIMAL(38, %d)", &ad)
	_, _ = fmt.Sscanf(b.stored, "DECIMAL(38, %d)", &bd)
	return fmt.Sprintf("DECIMAL(%d, %d)", maxDigits, max(ad, bd))
}

func (t *Table) field(name string) Field {
	return t.Schema.Fields[slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })]
}

// values lists the keys of a table for hints; none where they are too many to
// compare with.
func (t *loading) values(ctx context.Context, columns []string) ([]string, error) {
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
