package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"
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
		if len(key) == 1 && !t.columns[slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == key[0] })].repeat {
			counts = append(counts, "0") // the values grow from row to row, so that the engine need not hold them side by side
			continue
		}
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

// listWrong adds a problem for each cell that is not a value of its column's type; one for
// all of the first row, if that is not a row of values.
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
		if t.isMisnamed(c) && !second {
			p := castProblem(c.Field, c.first[0])
			p.Hint = "no cell of the column has a digit: look whether " + diag.Quote(c.Name) + " is the name of the right column"
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

// isMisnamed reports whether a column of numbers or times holds words alone, as where names in the header changed places.
func (t *loading) isMisnamed(c *column) bool {
	const few = 3
	return len(c.wrong) >= few && len(c.wrong) == t.Rows && !c.Private && slices.Contains([]string{"integer", "number", "year", "yearmonth", "date", "datetime", "time"}, c.Type) &&
		!slices.ContainsFunc(c.first, func(cell string) bool { return strings.Map(onlyDigits, cell) != "" || slices.Contains(Marks, cell) })
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
			hint := "write it, or take \"required\" out of the column in " + File + ", if it need not be known"
			if slices.Contains(t.Schema.PrimaryKey, f.Name) {
				hint = "write it, as it tells the row from others; of merged cells only the first has the value"
			}
			add("required", "", name+" IS NULL", func(string) diag.Problem {
				return diag.Problem{Message: "a value is missing", Expected: expectedKind(f), Hint: hint}
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

// keys lists the column sets whose values may be there only once.
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
		first, _ := row[1].(int64)
		value, _ := row[2].(string)
		value = diag.Quote(value)
		if t.anyPrivate(key) {
			value = "a key with a private column"
		}
		t.found.add("unique "+strings.Join(key, " "), diag.Problem{
			Line: int(number), Column: t.header[i] + 1, Field: strings.Join(key, ", "),
			Found: value + " again, first in " + t.RowName(first), Expected: "each key once",
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

// keysInto lists the foreign keys of a table, each with those that may take its place: a value of a column with
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

func (t *Table) field(name string) Field {
	return t.Schema.Fields[slices.IndexFunc(t.Schema.Fields, func(f Field) bool { return f.Name == name })]
}
