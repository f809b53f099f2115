package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// The page of an aggregate has, below its table, what each row rests on: the rows of tables with their names and the
// values that feed it. A row leads there from its first cell, which a phone shows; the popover of a number takes its own
// from there.

const (
	mostListed  = 10     // rows of a table that are listed of a row
	mostOnPage  = 10_000 // and of all rows of a page
	mostNaming  = 3      // columns that name a row of a table
	mostColumns = 6      // columns in all
)

// lineage finds the rows behind the lines of aggregates.
type lineage struct {
	data  *dataset.Dataset
	pick  fact.Pick
	lines map[string]func() ([][]fact.Behind, error)        // of each aggregate, the rows of each table of its lineage behind each line that its page shows
	names map[string]func() (map[string]dataset.Row, error) // of each small table, its rows by their primary key
	fed   map[string]*fed                                   // of each aggregate, which of its measures rest on what
	order map[string][]int                                  // of each aggregate, the places in its lineage, tables whose numbers it is computed from first
}

func newLineage(data *dataset.Dataset, aggregates aggregate.Set, pick fact.Pick) *lineage {
	l := &lineage{data: data, pick: pick, lines: map[string]func() ([][]fact.Behind, error){}, names: map[string]func() (map[string]dataset.Row, error){}, order: map[string][]int{}, fed: map[string]*fed{}}
	for name, a := range aggregates {
		if a != nil {
			l.order[name] = l.orderOf(a)
			l.fed[name] = &fed{aggregate: a, names: map[[2]string]string{}, groups: alikeFed(a), from: a.From(a.Measures()...), shown: a.From(a.Columns...)}
			l.lines[name] = sync.OnceValues(func() ([][]fact.Behind, error) { return l.find(a, a.Rows[:min(maxRows, len(a.Rows))]) })
		}
	}
	for _, t := range data.Tables {
		l.names[t.Name] = sync.OnceValues(func() (map[string]dataset.Row, error) { return byKey(t) })
	}
	return l
}

func (l *lineage) orderOf(a *aggregate.Aggregate) []int {
	from := a.From(a.Measures()...)
	var first, others []int
	for i, table := range a.Lineage {
		t := l.data.Table(table)
		if slices.ContainsFunc(t.Fields, func(f dataset.Field) bool { return f.Unit.Numeric() && slices.Contains(from[table], f.Name) }) {
			first = append(first, i)
		} else {
			others = append(others, i)
		}
	}
	return append(first, others...)
}

// find lists the rows of each table behind each line.
func (l *lineage) find(a *aggregate.Aggregate, lines []aggregate.Row) ([][]fact.Behind, error) {
	most := max(1, min(mostListed, mostOnPage/max(1, len(lines)*len(a.Lineage))))
	all := make([][]fact.Behind, len(a.Lineage))
	for i, table := range a.Lineage {
		var err error
		if all[i], err = fact.RowsBehind(a, i, a.Measures(), lines, most, l.data.Table(table), l.pick); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// byKey are the rows of a table by a primary key of one column.
func byKey(t *dataset.Table) (map[string]dataset.Row, error) {
	key := t.Schema.PrimaryKey
	if t.Rows > dataset.Shown || len(key) != 1 {
		return nil, nil
	}
	i := slices.IndexFunc(t.Fields, func(f dataset.Field) bool { return f.Name == key[0] })
	rows, err := t.Head()
	if err != nil || i < 0 {
		return nil, err
	}
	named := map[string]dataset.Row{}
	for _, row := range rows {
		named[row.Values[i].Raw()] = row
	}
	return named, nil
}

// nameOf is the name of what a value of a field leads to, by a foreign key; "" where there is none.
func (l *lineage) nameOf(t *dataset.Table, field dataset.Field, value quantity.Value) (string, error) {
	into := slices.Clone(field.Constraints.KeyOf)
	for _, key := range t.Schema.ForeignKeys {
		if len(key.Fields) == 1 && key.Fields[0] == field.Name {
			if other := l.data.Table(key.Reference.Resource); other != nil && slices.Equal(key.Reference.Fields, other.Schema.PrimaryKey) {
				into = append(into, other.Name)
			}
		}
	}
	for _, name := range into {
		other := l.data.Table(name)
		i := placeOfName(other)
		if i < 0 {
			continue
		}
		rows, err := l.names[other.Name]()
		if err != nil {
			return "", err
		}
		if row, ok := rows[value.Raw()]; ok {
			return other.Fields[i].Unit.Format(row.Values[i], quantity.InTable), nil
		}
	}
	return "", nil
}

// placeOfName is the place of the column that names the rows of a table for readers, or -1.
func placeOfName(t *dataset.Table) int {
	return slices.IndexFunc(t.Fields, func(f dataset.Field) bool { return f.Name == "name" || f.Name == "title" })
}

// told are the places of the columns that tell of the rows behind a line: what names them, and the numbers and days from
// which its values are computed.
func told(of *fed, b fact.Behind) (columns []int) {
	t := b.Table
	from, shown := of.from[t.Name], of.shown[t.Name]
	named := placeOfName(t)
	isID := func(f dataset.Field) bool { // says nothing to readers
		return len(t.Schema.PrimaryKey) == 1 && t.Schema.PrimaryKey[0] == f.Name || f.Constraints.Unique
	}
	if named >= 0 {
		columns = append(columns, named)
	}
	for i, f := range t.Fields {
		if i != named && len(columns) < mostNaming && t.Names(f.Name) && (named < 0 || !isID(f)) {
			columns = append(columns, i)
		}
	}
	if named < 0 && len(columns) < 2 { // a text tells more than an id
		i := slices.IndexFunc(t.Fields, func(f dataset.Field) bool {
			return f.Unit.IsText() && slices.Contains(shown, f.Name) && !t.Names(f.Name)
		})
		if i >= 0 {
			columns = append(columns, i)
		}
	}
	columns, same := varying(columns, b.Rows)
	for i, f := range t.Fields {
		feeds := slices.Contains(from, f.Name) && !f.Unit.IsText() && !slices.Contains(columns, i)
		if feeds && len(columns)+len(same) < mostColumns && slices.ContainsFunc(b.Rows, func(row dataset.Row) bool { return !row.Values[i].IsMissing() }) {
			columns = append(columns, i)
		}
	}
	if columns = append(columns, same...); len(columns) == 0 {
		columns = []int{0}
	}
	return columns
}

// varying parts the columns after the first that are the same in all of some rows from the others: a phone shows what comes first.
func varying(columns []int, rows []dataset.Row) (list, same []int) {
	for at, i := range columns {
		differs := func(row dataset.Row) bool { return row.Values[i].Raw() != rows[0].Values[i].Raw() }
		if at == 0 || len(rows) < 2 || slices.ContainsFunc(rows, differs) {
			list = append(list, i)
		} else {
			same = append(same, i)
		}
	}
	return list, same
}

// rowsID is the id of what a line rests on. No cell has one with a colon.
func rowsID(line *aggregate.Row) string {
	return "rows:" + fact.Address{Column: line.Key[0], Key: line.Key[1:]}.Anchor()
}

// behindLines writes what the lines of an aggregate that its page shows rest on.
func (r *tables) behindLines(a *aggregate.Aggregate) (template.HTML, error) {
	w := &markup.Writer{}
	all, err := r.lineage.lines[a.Name]()
	if err != nil {
		return "", err
	}
	for i := range a.Rows[:min(maxRows, len(a.Rows))] {
		if err := r.writeBehind(w, a, &a.Rows[i], all, i); err != nil {
			return "", err
		}
	}
	return w.HTML(), nil
}

// writeBehind writes what a line rests on, of what was found of some lines.
func (r *tables) writeBehind(w *markup.Writer, a *aggregate.Aggregate, line *aggregate.Row, all [][]fact.Behind, at int) error {
	v, total := r.voice(), 0
	for _, of := range all {
		total += of[at].Total
	}
	sources, err := r.sources.behind(a, a.Measures(), *line)
	if err != nil || total == 0 && len(sources) == 0 {
		return err
	}
	end := template.HTML("</div>\n")
	if len(line.Key) > 0 {
		f := fact.Fact{Aggregate: a, Row: line}
		w.Raw("<details").Class(markup.Behind).Attr("id", rowsID(line)).Raw("><summary>").Text(f.RowName() + ": " + v.count("rows", total)).Raw("</summary>")
		end = "</details>\n"
	} else {
		w.Raw("<div").Class(markup.Behind).Raw(">")
	}
	for _, i := range r.lineage.order[a.Name] {
		if b := all[i][at]; b.Total > 0 {
			if err := r.writeRowsBehind(w, a, i, line.Lineage[i], b); err != nil {
				return err
			}
		}
	}
	if err := r.writeSourcesBehind(w, a, line, sources); err != nil {
		return err
	}
	w.Raw(end)
	return nil
}

// writeSourcesBehind writes the sources of a line; where columns have others than their neighbors, those of each.
func (r *tables) writeSourcesBehind(w *markup.Writer, a *aggregate.Aggregate, line *aggregate.Row, all []record.Source) error {
	type group struct {
		columns []aggregate.Column
		sources []record.Source
	}
	var groups []group
	if len(all) > 1 {
		for _, columns := range r.lineage.fed[a.Name].groups {
			sources, err := r.sources.behind(a, columns, *line)
			if err != nil {
				return err
			}
			same := func(g group) bool {
				return slices.EqualFunc(g.sources, sources, func(x, y record.Source) bool { return x.ID == y.ID })
			}
			if i := slices.IndexFunc(groups, same); i >= 0 {
				groups[i].columns = append(groups[i].columns, columns...)
			} else if len(sources) > 0 {
				groups = append(groups, group{columns, sources})
			}
		}
	}
	if len(groups) < 2 {
		groups = []group{{nil, all}}
	}
	v := r.voice()
	for _, g := range groups {
		if len(g.sources) == 0 {
			continue
		}
		w.Raw("<p").Class(markup.From)
		var labels, names []string
		for _, c := range g.columns {
			labels, names = append(labels, c.Label), append(names, fact.Address{Column: c.Name}.Anchor())
		}
		if names != nil {
			w.Data(markup.DataFeeds, strings.Join(names, " "))
		}
		w.Raw(">").Text(v.Count("source", len(g.sources), v.whole(len(g.sources))) + ": ")
		writeOutlets(w, r.sources.Outlets(g.sources), v)
		if labels != nil {
			w.Text(" (" + strings.Join(labels, ", ") + ")")
		}
		w.Raw("</p>")
	}
	return nil
}

// alikeFed parts the measures of an aggregate by the columns of tables from which they are computed.
func alikeFed(a *aggregate.Aggregate) (groups [][]aggregate.Column) {
	places := map[string]int{}
	for _, c := range a.Measures() {
		from := a.From(c)
		key := ""
		for _, table := range a.Lineage {
			if columns, reads := from[table]; reads {
				key += table + ": " + strings.Join(columns, ", ") + "\n"
			}
		}
		i, known := places[key]
		if !known {
			i = len(groups)
			places[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// fed is which measures of an aggregate rest on what. It is the same for all lines.
type fed struct {
	aggregate *aggregate.Aggregate
	groups    [][]aggregate.Column // of measures that are computed from the same columns
	from      map[string][]string  // of each table, the columns that feed measures
	shown     map[string][]string  // and those that feed any column

	mu    sync.Mutex
	names map[[2]string]string // by a table and a column of it
}

// by says which measures a table feeds, or a column of it; nothing where that is all of them, or none.
func (f *fed) by(table, column string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := [2]string{table, column}
	if names, known := f.names[key]; known {
		return names
	}
	f.names[key] = feeds(f.aggregate, table, column)
	return f.names[key]
}

func feeds(a *aggregate.Aggregate, table, column string) string {
	var names []string
	measures := a.Measures()
	for _, c := range measures {
		if columns, reads := a.From(c)[table]; reads && (column == "" || slices.Contains(columns, column)) {
			names = append(names, fact.Address{Column: c.Name}.Anchor())
		}
	}
	if len(names) == len(measures) {
		return ""
	}
	return strings.Join(names, " ")
}

// writeRowsBehind writes the rows of one table behind a line, and the numbers of those that it does not list.
func (r *tables) writeRowsBehind(w *markup.Writer, a *aggregate.Aggregate, lineage int, numbers aggregate.RowNumbers, b fact.Behind) (err error) {
	t, v := b.Table, r.voice()
	columns := told(r.lineage.fed[a.Name], b)
	units := make([]quantity.Unit, len(t.Fields))
	for _, i := range columns {
		units[i] = unitOf(t, i, b.Rows)
	}
	w.Raw("<table")
	fed := r.lineage.fed[a.Name]
	whole := fed.by(t.Name, "")
	if whole != "" {
		w.Data(markup.DataFeeds, whole)
	}
	w.Raw("><caption><a").Attr("href", "/data/"+t.Name+"/").Raw(">").Text(titleOf(t)).Raw("</a>: ").Text(v.count("rows", b.Total)).Raw("</caption><thead><tr><th scope=\"col\">").Text(v.Say("row")).Raw("</th>")
	for _, i := range columns {
		f := t.Fields[i]
		w.Raw("<th scope=\"col\"")
		if f.Unit.Numeric() {
			w.Class(markup.Numeric)
		}
		if of := fed.by(t.Name, f.Name); of != "" && of != whole && !f.Unit.IsText() && !t.Names(f.Name) {
			w.Data(markup.DataFeeds, of)
		}
		w.Raw(">").Text(f.Label()).Raw("</th>")
	}
	w.Raw("</tr></thead><tbody>")
	for _, row := range b.Rows {
		link, err := r.rows.link(t.Name, int64(row.Number))
		if err != nil {
			return err
		}
		w.Raw(`<tr><th scope="row">`)
		if link != "" {
			w.Raw("<a").Attr("href", link).Raw(">").Text(strconv.Itoa(row.Number)).Raw("</a>")
		} else {
			w.Text(strconv.Itoa(row.Number))
		}
		w.Raw("</th>")
		for _, i := range columns {
			text, err := r.cellBehind(t, t.Fields[i], units[i], row.Values[i])
			if err != nil {
				return err
			}
			writeBehindCell(w, t.Fields[i], text)
		}
		w.Raw("</tr>")
	}
	w.Raw("</tbody></table>")
	defer func() {
		if err == nil {
			r.writeExtracted(w, t.Name, whole)
		}
	}()
	more := b.Total - len(b.Rows)
	if more == 0 {
		return nil
	}
	all, err := r.downloads.get(r.downloads.allRows[a.Name][lineage])
	if err != nil {
		return err
	}
	if b.Total > fact.MostBehind && all.Link == "" {
		w.Raw("<p>").Text(v.Say("and_more", "N", v.whole(more)) + ".").Raw("</p>")
		return nil
	}
	w.Raw("<p>").Text(v.Say("and_more", "N", v.whole(more)) + ": ")
	if b.Total > fact.MostBehind {
		w.Raw("<a").Attr("href", all.Link).Raw(" download>").Text(v.Say("all_csv", "N", v.whole(b.Total))).Raw("</a>")
		if all.Sheet != nil {
			w.Raw(", <a").Attr("href", all.Sheet.Link).Raw(" download>").Text(v.Say("spreadsheets")).Raw("</a>")
		}
	} else {
		listed := map[int64]bool{}
		for _, row := range b.Rows {
			listed[int64(row.Number)] = true
		}
		rest := slices.DeleteFunc(numbers.First(fact.MostBehind), func(n int64) bool { return listed[n] })
		w.Text(v.Say("rows_numbered", "Rows", ranges(rest))+" ").Raw("<a").Attr("href", "/data/"+t.Name+"/").Raw(">").Text(titleOf(t)).Raw("</a>")
	}
	w.Raw("</p>")
	return nil
}

func writeBehindCell(w *markup.Writer, f dataset.Field, text string) {
	w.Raw("<td")
	if f.Unit.Numeric() {
		w.Class(markup.Numeric)
	}
	w.Raw(">").Text(text).Raw("</td>")
}

// cellBehind is a value of a row behind a line, short.
func (r *tables) cellBehind(t *dataset.Table, f dataset.Field, unit quantity.Unit, value quantity.Value) (string, error) {
	if name, err := r.lineage.nameOf(t, f, value); name != "" || err != nil {
		return r.facts.plain(name), err
	}
	text := unit.Format(value, quantity.InTable)
	if f.Unit.IsText() && fact.HasPlaceholder(text) {
		text = r.facts.plain(text)
	}
	if letters := []rune(text); len(letters) > longText {
		text = strings.TrimRight(string(letters[:longText-1]), " ") + "…"
	}
	return text, nil
}

// ranges writes sorted numbers, those that follow each other as a range: "2, 5–7".
func ranges(numbers []int64) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		part := strconv.FormatInt(numbers[i], 10)
		if j > i {
			part += "-" + strconv.FormatInt(numbers[j], 10)
		}
		parts, i = append(parts, part), j+1
	}
	return strings.Join(parts, ", ")
}
