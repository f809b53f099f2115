package scaffold

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/engine"
	"broadsheet/generator/quantity"
)

// story is what is said of a table: a number, a finding, a chart and a table.
type story struct {
	*table
	form     form
	name     *column // of a bar, or nil
	year     *column // of the times of a line, or nil
	monthly  bool    // its months are meant, as it has few years
	measure  *column // nil for rows that are counted
	others   []*column
	averaged bool
	cut      bool     // there are more bars than are shown
	total    []string // names that stand for all others, and are left out

	files   map[string]string // by path in the report
	section string            // of the page
	labels  []string          // of columns, that the page says
}

const mostBars = 15

// tell chooses what to say of a table, and writes it.
func tell(ctx context.Context, t *table) (*story, error) {
	s := &story{table: t, files: map[string]string{}}
	s.choose()
	return s, s.write(ctx)
}

// sqlNumber is the SQL of the values of a measure.
func (c *column) sqlNumber() string {
	switch {
	case c.number != "" && c.Unit.Exact():
		return strings.ReplaceAll(c.number, "AS DOUBLE", "AS DECIMAL(38, 9)")
	case c.number != "":
		return c.number
	}
	return sqlName(c.Name)
}

// unit is that of the values of a measure.
func (c *column) unit() quantity.Unit {
	if !c.Unit.Known() {
		return quantity.Plain
	}
	return c.Unit
}

// alias names a column of an aggregate.
func alias(name string, taken ...string) string {
	s := slug(name, '_')
	if s == "" || s[0] < 'a' || slices.Contains(reserved, s) || slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}, s) || strings.HasSuffix(s, "_rows") {
		s = strings.TrimRight("column_"+s, "_")
	}
	for slices.Contains(taken, s) {
		s += "_2"
	}
	return s
}

// where is the SQL of the rows that a chart shows.
func (s *story) where() string {
	var all []string
	if s.form == overTime {
		if s.monthly {
			if s.year.blank > 0 {
				all = append(all, sqlName(s.year.Name)+" IS NOT NULL")
			}
		} else if s.year.year != "" {
			all = append(all, s.year.yearSQL()+" BETWEEN 1500 AND 2099")
		} else if s.year.blank > 0 {
			all = append(all, s.year.yearSQL()+" IS NOT NULL")
		}
	}
	if c := s.name; c != nil {
		name := sqlName(c.Name)
		switch {
		case c.Type == "string" && c.any(func(cell string) bool { return cell != "" && strings.TrimSpace(cell) == "" }):
			all = append(all, name+" IS NOT NULL", "regexp_matches("+name+`, '[^\s\p{Z}]')`)
		case c.blank > 0:
			all = append(all, name+" IS NOT NULL")
		}
	}
	for _, name := range s.total {
		all = append(all, sqlName(s.name.Name)+" <> "+engine.Text(name))
	}
	if s.measure != nil && (s.measure.blank > 0 || s.measure.number != "") {
		all = append(all, s.measure.sqlNumber()+" IS NOT NULL")
	}
	if len(all) == 0 {
		return ""
	}
	return "\nWHERE " + strings.Join(all, " AND ")
}

// sqlLabel is the SQL of a name.
func (s *story) sqlLabel() string {
	name := sqlName(s.name.Name)
	switch {
	case s.name.Type == "boolean":
		yes, no := s.words.flags()
		return "CASE WHEN " + name + " THEN " + engine.Text(yes) + " ELSE " + engine.Text(no) + " END"
	case s.name.alike:
		return "trim(regexp_replace(regexp_replace(nfc_normalize(" + name + `), '[\x{ad}\x{200b}\x{2060}\x{feff}]', '', 'g'), '[\s\p{Z}]+', ' ', 'g'))`
	}
	return name
}

// sqlMeasure is the SQL of a measure of several rows.
func (s *story) sqlMeasure() string {
	switch m := s.measure; {
	case m == nil:
		return "count(*)"
	case s.averaged && m.Unit.Exact():
		return "avg(" + m.sqlNumber() + ")::DECIMAL(18, 2)"
	case s.averaged:
		return "avg(" + m.sqlNumber() + ")"
	case m.Type == "integer":
		return "sum(" + m.sqlNumber() + ")::BIGINT"
	default:
		return "sum(" + m.sqlNumber() + ")"
	}
}

// measureUnit and measureLabel say what bars measure.
func (s *story) measureUnit() quantity.Unit {
	if s.measure == nil {
		return quantity.Count
	}
	return s.measure.unit()
}

func (s *story) measureLabel() string {
	switch {
	case s.form == filledIn:
		return s.words.Say("new_filled")
	case s.measure == nil:
		return s.words.Say("table_rows")
	case s.averaged && !notSummed.MatchString(plainName(s.measure.Name)):
		return capital(s.words.Say("new_average", "A", s.words.within(s.measure.Label())))
	case !s.averaged && s.form != ranking && !summed.MatchString(plainName(s.measure.Name)):
		return capital(s.words.Say("new_total", "A", s.words.within(s.measure.Label())))
	}
	return s.measure.Label()
}

// as is an expression under a name.
func as(expression, name string) string {
	if expression == sqlName(name) {
		return expression
	}
	return expression + " AS " + sqlName(name)
}

// columnSpec describes a column of an aggregate.
type columnSpec struct {
	name, label string
	unit        quantity.Unit
}

// sql is the file of an aggregate.
func (w voice) sql(title, key string, columns []columnSpec, query, limit string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "/*\ntitle: %s\n", quoted(title))
	if w.hasNumber(title) {
		fmt.Fprintf(&b, "allow_numbers: [{text: %s, reason: %s}]\n", quoted(title), quoted(w.Say("new_name_of_file")))
	}
	if key != "" {
		fmt.Fprintf(&b, "key: %s\n", key)
	}
	if limit != "" {
		fmt.Fprintf(&b, "by definition: {limit: %s}\n", quoted(limit))
	}
	b.WriteString("columns:\n")
	for _, c := range columns {
		fmt.Fprintf(&b, "  %s: {label: %s, unit: %s}\n", c.name, quoted(c.label), c.unit)
	}
	fmt.Fprintf(&b, "*/\n%s\n", query)
	return b.String()
}

// quoted is a text in YAML, which reads what JSON writes.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}

// write writes the aggregates, the chart and the section of the page.
func (s *story) write(ctx context.Context) error {
	rows := s.Name + "_rows"
	key, keyLabel, keyUnit := "", "", quantity.Words
	var query string
	switch s.form {
	case ranking, groups:
		key, keyLabel = alias(s.name.Name), s.name.Label()
	case overTime:
		keyUnit = s.timeUnit()
		key, keyLabel = keyUnit.String(), s.timeLabel()
		if s.year.Unit.IsYear() {
			keyLabel = s.year.Label()
		}
	case filledIn:
		key, keyLabel = "name", s.words.Say("revised_column")
	}
	value := alias(s.measureLabel(), key)
	columns := []columnSpec{{key, keyLabel, keyUnit}, {value, s.measureLabel(), s.measureUnit()}}
	switch s.form {
	case ranking:
		selected := as(s.sqlLabel(), key) + ", " + as(s.measure.sqlNumber(), value)
		taken := []string{key, value}
		for _, c := range s.others {
			name := alias(c.Name, taken...)
			taken = append(taken, name)
			selected += ",\n  " + as(c.sqlNumber(), name)
			columns = append(columns, columnSpec{name, c.Label(), c.unit()})
		}
		query = fmt.Sprintf("SELECT %s,\n  [_row] AS %s\nFROM %s%s\nORDER BY %s DESC, %s", selected, rows, sqlName(s.Name), s.where(), sqlName(value), sqlName(key))
	case groups:
		query = fmt.Sprintf("SELECT %s, %s, list(_row) AS %s\nFROM %s%s\nGROUP BY ALL\nORDER BY %s DESC, %s", as(s.sqlLabel(), key), as(s.sqlMeasure(), value), rows, sqlName(s.Name), s.where(), sqlName(value), sqlName(key))
	case overTime:
		query = fmt.Sprintf("SELECT %s, %s, list(_row) AS %s\nFROM %s%s\nGROUP BY ALL\nORDER BY %s", as(s.timeSQL(), key), as(s.sqlMeasure(), value), rows, sqlName(s.Name), s.where(), sqlName(key))
	case filledIn:
		var each []string
		for _, c := range s.columns {
			each = append(each, fmt.Sprintf("SELECT %s AS name, count(%s) AS %s, list(_row) AS %s FROM %s", engine.Text(c.Label()), sqlName(c.Name), sqlName(value), rows, sqlName(s.Name)))
			if len(each) == mostBars {
				break
			}
		}
		query = strings.Join(each, "\nUNION ALL\n") + fmt.Sprintf("\nORDER BY %s DESC, name", sqlName(value))
	}
	_, found, err := s.engine.Collect(ctx, query)
	if err != nil {
		return fmt.Errorf("%s: %w", s.File(), err)
	}
	if len(found) == 0 && s.form != filledIn {
		s.form, s.name, s.year, s.measure, s.total, s.averaged = filledIn, nil, nil, nil, nil, false
		return s.write(ctx)
	}
	limit := ""
	if s.cut = len(found) > mostBars && (s.form == ranking || s.form == groups); s.cut {
		query, found = fmt.Sprintf("%s\nLIMIT %d", query, mostBars), found[:mostBars]
		limit = s.words.Say("new_room")
	}
	by := s.Name + "_by_" + key
	s.files["data/aggregates/"+by+".sql"] = s.words.sql(s.words.by(s.measureLabel(), s.words.within(keyLabel)), key, columns, query, limit)
	if err := s.writeTotal(ctx); err != nil {
		return err
	}
	if s.name != nil && s.name.asks() {
		keyLabel = s.words.Say("new_answer")
	}
	return s.writeChart(found, by, key, value, s.words.within(keyLabel))
}

// writeTotal writes the aggregate of the whole table.
func (s *story) writeTotal(ctx context.Context) error {
	columns := []columnSpec{{"records", s.words.Say("table_rows"), quantity.Count}}
	query := "SELECT count(*) AS records, "
	if y := s.time(); y != nil {
		columns = append(columns, columnSpec{"first_year", s.words.Say("new_first_year"), quantity.Year}, columnSpec{"last_year", s.words.Say("new_last_year"), quantity.Year})
		query += fmt.Sprintf("min(%[1]s) AS first_year, max(%[1]s) AS last_year, ", y.yearSQL())
	}
	query += fmt.Sprintf("list(_row) AS %s_rows\nFROM %s", s.Name, sqlName(s.Name))
	s.files["data/aggregates/"+s.Name+"_total.sql"] = s.words.sql(s.words.Say("new_all_rows", "A", s.title), "", columns, query, "")
	return nil
}

// time is the column that says of which years the rows are; nil where none does.
func (s *story) time() *column {
	for _, c := range s.columns {
		if c.yearSQL() != "" && c.years() > 0 && c.blank < s.rows {
			return c
		}
	}
	return nil
}
