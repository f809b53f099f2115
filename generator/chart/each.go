package chart

import (
	"regexp"
	"slices"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/rowpage"
)

// A file can make a chart for each value of a column, of the rows that have it:
//
//	of: crime_by_city
//	each: city
//	title: 'Violent crime in {{< fact ".name" >}}'
//
// A page of rows shows the one of its row: {{< chart id="crime" where="city" is=".city" >}}. In the words of the file .column is the cell of
// the chart's rows, as in a _row.md. Each of them is a chart as any other, with an id of its own, a page, a frame and files.

// Part says which rows of its file's aggregate a chart shows.
type Part struct {
	Of     string // the id of the file
	Column string
	Value  string // as the column has it

	whole *aggregate.Aggregate
}

// newCharts makes the charts of a file, by id; nil where it has problems.
func newCharts(s *spec, aggregates aggregate.Set, day string, palette Palette, limits limit.Limits, problems *faults) (Set, error) {
	set := Set{s.id: nil}
	if s.doc == nil {
		return set, nil
	}
	if s.Each == "" || problems.failed || s.of == nil || s.of.Tainted {
		c, err := newChart(s, aggregates, day, palette, limits, problems)
		set[s.id] = c
		return set, err
	}
	var found rowpage.Problems
	values, rows := s.split(problems)
	for _, value := range values {
		own := &faults{list: &diag.List{}, doc: s.doc}
		c, err := newChart(s.forRows(value, rows[value], aggregates, own), aggregates, day, palette, limits, own)
		if err != nil {
			return nil, err
		}
		found.Add(value, own.list)
		if c == nil {
			problems.failed = true
			continue
		}
		if other := set[c.ID]; other != nil {
			problems.add(diag.Problem{Message: "the values " + diag.Quote(other.Part.Value) + " and " + diag.Quote(value) + " make the same chart", Found: c.ID, Hint: "give the rows other values of " + s.Each}, "each")
		}
		set[c.ID] = c
	}
	problems.list.Add(found.Merged()...)
	if !problems.failed {
		delete(set, s.id) // it stays where charts are missing: what cites one of them is not to blame
	}
	return set, nil
}

// split are the values of the column, in the order of the rows, and the rows of each.
func (s *spec) split(problems *faults) (values []string, rows map[string][]aggregate.Row) {
	column := s.of.Column(s.Each)
	rows = map[string][]aggregate.Row{}
	for _, row := range s.of.Rows {
		v := row.Values[column]
		if v.IsMissing() {
			problems.add(diag.Problem{Message: "a row of the aggregate has no " + s.Each, Hint: "leave it out: WHERE " + s.Each + " IS NOT NULL"}, "each")
			return nil, nil
		}
		value := v.Raw()
		if rows[value] == nil {
			values = append(values, value)
		}
		rows[value] = append(rows[value], row)
	}
	if len(values) == 0 {
		problems.add(diag.Problem{Message: "no chart, as " + s.of.Name + " has no rows"}, "each")
	}
	return values, rows
}

var columnIn = regexp.MustCompile("[\\s\"`\\[,]\\.([A-Za-z_][A-Za-z0-9_]*)")

// forRows is the file as it is for some rows.
func (s *spec) forRows(value string, rows []aggregate.Row, aggregates aggregate.Set, problems *faults) *spec {
	own := *s
	own.id, own.part = s.id+"-"+rowpage.FileName([]string{value}), &Part{s.id, s.Each, value, s.of}
	own.of = s.of.Part(rows)
	row := rowpage.Row{Aggregate: own.of, Row: &rows[0]}
	take := func(l rowpage.Line, written string, path ...any) string {
		for _, m := range columnIn.FindAllStringSubmatch(" "+written, -1) {
			if i := own.of.Column(m[1]); i >= 0 && slices.ContainsFunc(rows, func(r aggregate.Row) bool { return r.Values[i].Raw() != rows[0].Values[i].Raw() }) {
				problems.add(diag.Problem{Message: "the rows of the chart have several values of " + m[1], Found: "." + m[1], Expected: "a column that is the same in all of them, or an address with its key"}, path...)
				return ""
			}
		}
		for _, p := range l.Problems {
			problems.add(p, path...)
		}
		for _, address := range l.RestsOn {
			if f, _ := fact.Find(aggregates, address); f != nil {
				own.restsOn = append(own.restsOn, f)
			}
		}
		return l.Text
	}
	line := func(text string, path ...any) string {
		return take(rowpage.WriteLine(text, row, aggregates), text, path...)
	}
	address := func(text string, path ...any) string {
		return take(rowpage.WriteAddress(text, row, aggregates), text, path...)
	}
	own.Title, own.Subtitle, own.Note, own.Alt = line(s.Title, "title"), line(s.Subtitle, "subtitle"), line(s.Note, "note"), line(s.Alt, "alt")
	own.Finding = address(s.Finding, "finding")
	own.Highlight = nil
	for i, text := range s.Highlight {
		own.Highlight = append(own.Highlight, take(rowpage.WriteText(text, row), text, "highlight", i))
	}
	if s.Annotate == nil {
		return &own
	}
	notes := *s.Annotate
	notes.Points, notes.Lines, notes.Bands, notes.Events = slices.Clone(notes.Points), slices.Clone(notes.Lines), slices.Clone(notes.Bands), slices.Clone(notes.Events)
	for i := range notes.Points {
		notes.Points[i].Text = line(notes.Points[i].Text, "annotate", "points", i, "text")
	}
	for i := range notes.Lines {
		n := &notes.Lines[i]
		n.Value, n.Text = address(n.Value, "annotate", "lines", i, "value"), line(n.Text, "annotate", "lines", i, "text")
	}
	for i := range notes.Bands {
		n := &notes.Bands[i]
		n.From, n.To, n.Text = address(n.From, "annotate", "bands", i, "from"), address(n.To, "annotate", "bands", i, "to"), line(n.Text, "annotate", "bands", i, "text")
	}
	for i := range notes.Events {
		n := &notes.Events[i]
		n.At, n.Text = address(n.At, "annotate", "events", i, "at"), line(n.Text, "annotate", "events", i, "text")
	}
	own.Annotate = &notes
	return &own
}

// Pick is the chart that a shortcode names: {{< chart "ID" >}}, or {{< chart id="ID" where="COLUMN" is="VALUE" >}} of a file that makes one for
// each value. A chart with problems is nil without one.
func (s Set) Pick(id string, options map[string]string) (*Chart, *diag.Problem) {
	if id == "" {
		id = options["id"]
	}
	for key := range options {
		if known := []string{"id", "is", "where"}; !slices.Contains(known, key) {
			return nil, &diag.Problem{Message: "unknown option " + diag.Quote(key), Expected: "one of id, is, where", Hint: diag.Nearest(key, known)}
		}
	}
	c, known := s[id]
	parts := s.partsOf(id)
	where, is := options["where"], options["is"]
	switch {
	case known && c == nil:
		return nil, nil
	case known && where+is != "":
		return nil, &diag.Problem{Message: "the chart " + diag.Quote(id) + " is one, of all rows", Found: "where " + diag.Quote(where), Hint: "to make one for each value of a column, write in " + c.File + ": each: " + where}
	case known:
		return c, nil
	case len(parts) == 0:
		return nil, &diag.Problem{Message: "unknown chart " + diag.Quote(id), Hint: diag.Nearest(id, s.files())}
	}
	column := parts[0].Part.Column
	if where != column {
		p := &diag.Problem{Message: "the chart " + diag.Quote(id) + " is one for each " + column, Expected: `where="` + column + `" is="VALUE"`}
		if where != "" {
			p.Found = "where " + diag.Quote(where)
		}
		return nil, p
	}
	var values []string
	for _, c := range parts {
		if c.Part.Value == is {
			return c, nil
		}
		values = append(values, c.Part.Value)
	}
	return nil, &diag.Problem{Message: "no line of " + parts[0].Of.Name + " is " + diag.Quote(is) + " in " + column, Hint: diag.Nearest(is, values)}
}

// OfFile is a chart that a file makes; nil where there is none.
func (s Set) OfFile(id string) *Chart {
	if parts := s.partsOf(id); len(parts) > 0 {
		return parts[0]
	}
	return s[id]
}

// partsOf are the charts that a file makes for the values of a column.
func (s Set) partsOf(id string) (list []*Chart) {
	for _, name := range s.IDs() {
		if c := s[name]; c != nil && c.Part != nil && c.Part.Of == id {
			list = append(list, c)
		}
	}
	return list
}

// files are the ids of all files.
func (s Set) files() (list []string) {
	for id, c := range s {
		if c != nil && c.Part != nil {
			id = c.Part.Of
		}
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}
