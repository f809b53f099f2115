package dataset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// load creates the table in the engine. Every value is cast by SQL over all rows;
// one that the cast would change or refuse is a problem and NULL in the table.
//
// The first wrong value stops the query; only then is the table made again, with
// NULL in the place of wrong values, and a second one that lists them.
func (t *loading) load(ctx context.Context, rows *rowsCopy) error {
	var strict, lenient, wrong []string
	for i, f := range t.Schema.Fields {
		cast := t.cast(i, f)
		name := " AS " + engine.Name(f.Name)
		lenient = append(lenient, cast+name)
		if f.Type != "string" && f.Type != "list" && t.present(i) {
			wrong = append(wrong, fmt.Sprintf("CASE WHEN %[1]s IS NOT NULL AND %[2]s IS NULL THEN {'field': %[3]d, 'value': %[1]s} END", t.raw(i), cast, i))
			cast = fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN NULL ELSE coalesce(%[2]s, error(%[3]s)::%[4]s) END", t.raw(i), cast, engine.Text(wrongType), sqlType(f))
		}
		strict = append(strict, cast+name)
	}
	source := "(SELECT 0::BIGINT AS _row WHERE false)"
	if rows != nil {
		source = rows.source()
	}
	create := func(columns []string) error {
		return t.engine.Exec(ctx, fmt.Sprintf("CREATE TABLE %s AS SELECT _row, %s FROM %s", engine.Name(t.Name), strings.Join(columns, ", "), source))
	}
	err := create(strict)
	var said *engine.Error
	if !errors.As(err, &said) || !strings.Contains(said.Message, wrongType) {
		return err
	}
	t.wrongTypes = true
	if err := create(lenient); err != nil {
		return err
	}
	return t.engine.Exec(ctx, fmt.Sprintf("CREATE TABLE %s AS SELECT _row, wrong.field, wrong.value FROM (SELECT _row, unnest([%s]) AS wrong FROM %s) WHERE wrong IS NOT NULL",
		engine.Name(t.wrong()), strings.Join(wrong, ", "), source))
}

// wrong names the table of values of wrong types. No table of a report has such a
// name.
func (t *loading) wrong() string { return "_wrong " + t.Name }

// drop takes private columns and what was only for checks out of the engine.
func (t *loading) drop(ctx context.Context) error {
	if t.wrongTypes {
		if err := t.engine.Exec(ctx, "DROP TABLE "+engine.Name(t.wrong())); err != nil {
			return err
		}
	}
	for _, f := range t.Schema.Fields {
		if !f.Private {
			continue
		}
		if err := t.engine.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DROP COLUMN %s", engine.Name(t.Name), engine.Name(f.Name))); err != nil {
			return err
		}
	}
	return nil
}

// wrongType is what the engine says where a value is of the wrong type.
const wrongType = "broadsheet: wrong type"

// present reports whether the file has field i.
func (t *loading) present(i int) bool { return i < len(t.header) && t.header[i] >= 0 }

// raw is field i as text, in the copy.
func (t *loading) raw(i int) string { return fmt.Sprintf("c%d", t.header[i]) }

// Numbers are DECIMAL with so many digits behind the point: exact, and room for
// 29 digits before it.
const decimals = 9

// cast is the SQL that makes a value of field i from its text, or NULL.
//
// The engine's own casts are generous: '12.5' becomes 13, ' 1e3' becomes 1000,
// '2017-1-5' becomes a day. A value is only taken if it reads the same when it is
// written back.
func (t *loading) cast(i int, f Field) string {
	if !t.present(i) {
		return "NULL::" + sqlType(f)
	}
	raw := t.raw(i)
	number := raw
	if f.GroupChar != "" {
		number = fmt.Sprintf("replace(%s, %s, '')", number, engine.Text(f.GroupChar))
	}
	switch f.Type {
	case "integer":
		grouped := ""
		if f.GroupChar != "" {
			grouped = fmt.Sprintf(" AND regexp_full_match(%s, %s)", raw, engine.Text("-?"+f.whole()))
		}
		return fmt.Sprintf("CASE WHEN TRY_CAST(%[1]s AS BIGINT)::VARCHAR = %[1]s%[2]s THEN TRY_CAST(%[1]s AS BIGINT) END", number, grouped)
	case "number":
		if f.decimalChar() != "." {
			number = fmt.Sprintf("replace(%s, %s, '.')", number, engine.Text(f.decimalChar()))
		}
		pattern := fmt.Sprintf(`-?%s(%s[0-9]{1,%d})?`, f.whole(), regexp.QuoteMeta(f.decimalChar()), decimals)
		// the wide cast costs fifty times the narrow one, and is seldom needed
		return fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, %[2]s) THEN coalesce(TRY_CAST(%[3]s AS DECIMAL(18, %[4]d))::%[5]s, TRY_CAST(%[3]s AS %[5]s)) END", raw, engine.Text(pattern), number, decimals, sqlType(f))
	case "year":
		return fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, '[0-9]{4}') THEN %[1]s::BIGINT END", raw)
	case "boolean":
		yes, no := f.booleans()
		return fmt.Sprintf("CASE WHEN %[1]s IN %[2]s THEN true WHEN %[1]s IN %[3]s THEN false END", raw, engine.Texts(yes), engine.Texts(no))
	case "date":
		if f.Format != "" && f.Format != "default" {
			return fmt.Sprintf("CASE WHEN strftime(try_strptime(%[1]s, %[2]s), %[2]s) = %[1]s THEN try_strptime(%[1]s, %[2]s)::DATE END", raw, engine.Text(f.Format))
		}
		return fmt.Sprintf("CASE WHEN TRY_CAST(%[1]s AS DATE)::VARCHAR = %[1]s AND isfinite(TRY_CAST(%[1]s AS DATE)) THEN TRY_CAST(%[1]s AS DATE) END", raw)
	case "list":
		return fmt.Sprintf("list_transform(string_split(%s, %s), x -> trim(x))", raw, engine.Text(f.delimiter()))
	}
	return raw
}

// booleans are the texts that mean yes and those that mean no.
func (f Field) booleans() (yes, no []string) {
	if yes, no = f.TrueValues, f.FalseValues; yes == nil {
		yes = []string{"true", "True", "TRUE", "1"}
	}
	if no == nil {
		no = []string{"false", "False", "FALSE", "0"}
	}
	return yes, no
}

// isNumber reports whether values have a size.
func (f Field) isNumber() bool { return f.Type == "integer" || f.Type == "number" || f.Type == "year" }

// whole is the pattern of the digits before the decimal sign. Groups have three
// digits each, or it is no grouping: 1,5 with commas as group signs is not 15.
func (f Field) whole() string {
	if f.GroupChar == "" {
		return "(0|[1-9][0-9]*)"
	}
	return "(0|[1-9][0-9]*|[1-9][0-9]{0,2}(" + regexp.QuoteMeta(f.GroupChar) + "[0-9]{3})+)"
}

func (f Field) decimalChar() string { return cmp.Or(f.DecimalChar, ".") }

// delimiter is what stands between the items of a list.
func (f Field) delimiter() string { return cmp.Or(f.Delimiter, ",") }

func sqlType(f Field) string {
	switch f.Type {
	case "integer", "year":
		return "BIGINT"
	case "number":
		return fmt.Sprintf("DECIMAL(38, %d)", decimals)
	case "boolean":
		return "BOOLEAN"
	case "date":
		return "DATE"
	case "list":
		return "VARCHAR[]"
	}
	return "VARCHAR"
}

// castProblem says what a value of the wrong type is, and the way out.
func castProblem(f Field, value string) diag.Problem {
	p := diag.Problem{Found: diag.Quote(value)}
	trimmed := strings.TrimSpace(value)
	switch f.Type {
	case "integer":
		p.Expected = "a whole number, such as 28300000"
	case "number":
		p.Expected = "a number, such as 12" + f.decimalChar() + "5"
	case "year":
		p.Expected = "a year, such as 2017"
	case "date":
		p.Expected = "a day, such as 2017-12-31"
		if f.Format != "" && f.Format != "default" {
			p.Expected = "a day written as " + f.Format
		}
		return p
	case "boolean":
		p.Expected = "yes or no as " + File + " says them: true, false"
		if f.TrueValues != nil || f.FalseValues != nil {
			p.Expected = "one of " + quoteAll(append(slices.Clone(f.TrueValues), f.FalseValues...))
		}
		return p
	}
	switch {
	case f.GroupChar != "" && strings.Contains(value, f.GroupChar):
		p.Hint = "three digits follow each " + diag.Quote(f.GroupChar) + ", as in 1" + f.GroupChar + "234" + f.GroupChar + "567"
	case f.Type == "number" && f.decimalChar() != "." && strings.Contains(value, "."):
		p.Hint = "the decimal sign is " + diag.Quote(f.DecimalChar) + "; where . separates thousands, declare \"groupChar\": \".\" in " + File
	case f.Type == "integer" && shortened.MatchString(trimmed):
		p.Hint = "write the number in full: " + inFull(trimmed)
	case trimmed != value && trimmed != "":
		p.Hint = "remove the spaces around it"
	case slices.Contains([]string{"NA", "N/A", "n/a", "null", "NULL", "-", "—", "..."}, value):
		p.Hint = "leave the cell blank, or declare \"missingValues\": [\"\", " + diag.Quote(value) + "] in " + File
	case strings.HasPrefix(value, "#"):
		p.Hint = "the spreadsheet could not compute this cell"
	case strings.Map(onlyDigits, trimmed) == "":
	case f.Type == "integer" && integerWithZeros.MatchString(value):
		p.Hint = "write " + strings.TrimRight(strings.TrimRight(value, "0"), ".")
	case f.Type == "integer" && strings.HasPrefix(value, "0"):
		p.Hint = "write it without leading zeros, or declare the column as a string if it is a code"
	case strings.ContainsAny(value, "$€£%"), strings.Contains(value, ",") && f.GroupChar == "":
		p.Hint = "write only the number"
		number := bare(trimmed)
		if number != "" && (f.Type == "number" || !strings.Contains(number, ".")) {
			p.Hint += ": " + number
		}
		switch {
		case !strings.Contains(value, ","):
		case number != "":
			p.Hint += ", or declare \"groupChar\": \",\" in " + File
		case f.Type == "number" && strings.Count(value, ",") == 1:
			p.Hint += ", or declare \"decimalChar\": \",\" in " + File
		}
	case f.Type == "integer" && strings.Contains(value, "."):
		p.Hint = "declare the column as a number if parts of a whole are meant"
	default:
		p.Hint = "write only digits"
	}
	return p
}

var grouped = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$|^-?[0-9]+(\.[0-9]+)?$`)

// bare is a number without its signs, 0.25 for 0.25%, "" where nobody can tell.
func bare(value string) string {
	value = strings.NewReplacer("$", "", "€", "", "£", "", "%", "", " ", "").Replace(value)
	if !grouped.MatchString(value) {
		return ""
	}
	return strings.ReplaceAll(value, ",", "")
}

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = diag.Quote(s)
	}
	return strings.Join(quoted, ", ")
}

var shortened = regexp.MustCompile(`(?i)^[$€£]?([0-9]+)(?:\.([0-9]{1,9}))? ?(k|m|b|thousand|million|billion)$`)

// inFull writes out 28.3m as 28300000.
func inFull(value string) string {
	m := shortened.FindStringSubmatch(value)
	zeros := map[byte]int{'k': 3, 't': 3, 'm': 6, 'b': 9}[strings.ToLower(m[3])[0]]
	whole, fraction := m[1], m[2]
	for len(fraction) < zeros {
		fraction += "0"
	}
	return strings.TrimLeft(whole+fraction[:zeros], "0")
}
