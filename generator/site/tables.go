package site

import (
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// maxRows is how many lines of an aggregate a page shows; the download has all.
const maxRows = dataset.Shown

// TableView is a table of data/ as its page shows it.
type TableView struct {
	*dataset.Table
	Grid     Grid
	Download Download

	extract *extract.Extract // nil for a table that nobody extracted
	fetched *record.Fetched  // nil for a table that nobody fetched
	picked  [][]string       // the sample of the rows behind it
}

// tables shows tables and aggregates, whole on their own pages and in part in others.
type tables struct {
	data       *dataset.Dataset
	extracts   extract.Set
	fetched    []record.Fetched
	report     fs.FS
	aggregates aggregate.Set
	palette    chart.Palette
	facts      *facts
	sources    *sources
	rows       *rowLinks
	lineage    *lineage
	pages      *rowPages
	downloads  *downloads
	lines      linesBy
	pick       func(t *dataset.Table, numbers []int64) ([]dataset.Row, error) // by their numbers
	all        func(t *dataset.Table) ([]dataset.Row, error)
	long       *longTables
	language   *quantity.Language // of pages in another language than the report's; nil for those in its own
}

// titleOf is what readers know a table by.
func titleOf(t *dataset.Table) string { return cmp.Or(t.Title, t.Name) }

// DownloadOf is the file of a table.
func (r *tables) DownloadOf(t *dataset.Table) (Download, error) {
	return r.downloads.get(t.DownloadPath())
}

// Published reports whether readers can download some table: a data package of none is not valid, and is not written.
func (r *tables) Published() bool {
	return slices.ContainsFunc(r.data.Tables, func(t *dataset.Table) bool { return t.DownloadPath() != "" })
}

// Tables lists the tables, in the order of the data package.
func (r *tables) Tables() []*dataset.Table { return r.data.Tables }

// Table is a table with its rows.
func (r *tables) Table(name string) (*TableView, error) {
	t := r.data.Table(name)
	if t == nil {
		return nil, fmt.Errorf("unknown table %q", name)
	}
	rows, err := t.Head()
	if err != nil {
		return nil, err
	}
	v := &TableView{Table: t, extract: r.extracts[t.Name], Grid: Grid{Total: t.Rows, Partly: t.DownloadPath() == "", voice: r.voice()}}
	if i := slices.IndexFunc(r.fetched, func(f record.Fetched) bool { return f.Table == t.Name }); i >= 0 && t.Fetch != nil {
		v.fetched = &r.fetched[i]
	}
	if v.Download, err = r.downloads.get(t.DownloadPath()); err != nil {
		return nil, err
	}
	if v.extract != nil && v.extract.Sample != nil {
		if v.picked, err = v.extract.Picked(r.report); err != nil {
			return nil, err
		}
	}
	toSource := map[string]bool{}
	for _, key := range t.Schema.ForeignKeys {
		if key.Reference.Resource == "sources" {
			toSource[key.Fields[0]] = true
		}
	}
	for _, f := range t.Fields {
		v.Grid.Columns = append(v.Grid.Columns, GridColumn{Name: f.Name, Label: f.Label(), Measure: f.Unit.MeasureBeside(f.Label()), Bare: f.Unit.Bare(), Numeric: f.Unit.Numeric()})
	}
	beyond, err := r.rows.beyond(t)
	if err != nil {
		return nil, err
	}
	more, err := r.pick(t, beyond)
	if err != nil {
		return nil, err
	}
	units := make([]quantity.Unit, len(t.Fields))
	for i := range units {
		units[i] = unitOf(t, i, slices.Concat(rows, more))
	}
	gridRow := func(row dataset.Row) GridRow {
		out := GridRow{Anchor: fmt.Sprintf("row-%d", row.Number), Number: row.Number}
		for i, f := range t.Fields {
			value := row.Values[i]
			cell := GridCell{Text: units[i].Format(value, quantity.InTable), Raw: value.Raw(), Numeric: f.Unit.Numeric(), Day: f.Unit.IsDate(), Missing: value.IsMissing()}
			if f.Unit.IsText() && fact.HasPlaceholder(cell.Text) {
				cell.Text = r.facts.plain(cell.Text)
			}
			if f.Type == "list" {
				cell.Text = strings.ReplaceAll(cell.Text, ";", "; ") // so that it can break
			}
			cell.Long = len(cell.Text) > longText
			if toSource[f.Name] && !cell.Missing {
				cell.Link = sourceLink(cell.Raw)
			}
			if f.Name == "id" && t.Name == "sources" {
				cell.Link = sourceLink(cell.Raw)
			}
			out.Cells = append(out.Cells, cell)
		}
		return out
	}
	for _, row := range slices.Concat(rows, more) {
		v.Grid.Rows = append(v.Grid.Rows, gridRow(row))
	}
	for i, f := range t.Fields {
		if f.Unit.IsText() {
			v.Grid.setSequence(i, f.Unit.Language())
		}
	}
	v.Grid.beyond = func() (beyond []GridRow, err error) {
		all, err := r.all(t)
		for _, row := range all[min(len(rows), len(all)):] {
			beyond = append(beyond, gridRow(row))
		}
		return beyond, err
	}
	return v, r.long.complete(&v.Grid, true)
}

// unitOf is the unit of a column, with the decimals that its values in some rows need.
func unitOf(t *dataset.Table, column int, rows []dataset.Row) quantity.Unit {
	values := make([]quantity.Value, len(rows))
	for i, row := range rows {
		values[i] = row.Values[column]
	}
	return t.Fields[column].Unit.For(values)
}

// AggregateView is an aggregate as its page shows it.
type AggregateView struct {
	*aggregate.Aggregate
	Grid     Grid
	Part     int           // which of its further pages; 0 for its own
	More     template.HTML // leads to its further pages, if there are any
	Behind   template.HTML // what each row rests on
	Stated   *Grid         // the findings of its head; nil where there are none
	Sources  []record.Source
	Download Download
}

// Aggregates lists the aggregates, by name.
func (r *tables) Aggregates() []*aggregate.Aggregate {
	var list []*aggregate.Aggregate
	for _, name := range r.aggregates.Names() {
		list = append(list, r.aggregates[name])
	}
	return list
}

// IsTable reports whether a name is a table's, and not an aggregate's.
func (r *tables) IsTable(name string) bool { return r.data.Table(name) != nil }

// Lines are the lines of an aggregate for a content adapter, which makes a page of
// each: the texts and the raw values of a line by column.
func (r *tables) Lines(name string) ([]map[string]string, error) {
	a := r.aggregates[name]
	if a == nil {
		return nil, fmt.Errorf("unknown aggregate %q", name)
	}
	lines := make([]map[string]string, 0, len(a.Rows))
	for _, line := range a.Rows {
		values := map[string]string{}
		for i, c := range a.Columns {
			values[c.Name] = line.Values[i].Raw()
		}
		lines = append(lines, values)
	}
	return lines, nil
}

// Aggregate is an aggregate with its lines and the rows behind them; on a further page those that pages cite, of the
// lines that the page is for.
func (r *tables) Aggregate(name string, part ...int) (v *AggregateView, err error) {
	a := r.aggregates[name]
	if a == nil {
		return nil, fmt.Errorf("unknown aggregate %q", name)
	}
	v = &AggregateView{Aggregate: a}
	if v.Download, err = r.downloads.get("numbers/" + a.Name + ".csv"); err != nil {
		return nil, err
	}
	var all []int
	for i := range a.Columns {
		all = append(all, i)
	}
	if len(part) > 0 && part[0] > 1 {
		v.Part, v.Grid, v.Behind = part[0], r.grid(a, all, quantity.InTable, nil), placeholder("behind", name)
		v.Grid.Rest = placeholder("lines", name)
		return v, nil
	}
	if v.Sources, err = r.sources.behind(a, a.Columns, a.Rows...); err != nil {
		return nil, err
	}
	if len(r.Parts(name)) > 0 {
		v.More = placeholder("parts", name)
	}
	v.Grid = r.grid(a, all, quantity.InTable, r.lines.of(a, -1)[""])
	if err := r.long.complete(&v.Grid, false); err != nil {
		return nil, err
	}
	v.Grid.Rest = placeholder("lines", name)
	v.Stated = r.stated(a)
	for i := range v.Grid.Rows {
		traced(&v.Grid.Rows[i], a, &a.Rows[i])
	}
	if v.Behind, err = r.behindLines(a); err != nil {
		return nil, err
	}
	v.Behind += placeholder("behind", name)
	return v, nil
}

// stated shows the findings of an aggregate's head: what is tested, what would disprove it,
// and whether it holds, to which sentences lead.
func (r *tables) stated(a *aggregate.Aggregate) *Grid {
	if len(a.Findings) == 0 {
		return nil
	}
	v := r.voice()
	g := &Grid{Total: len(a.Findings), voice: v}
	for _, key := range []string{"finding_statement", "finding_disproof", "finding_holds"} {
		g.Columns = append(g.Columns, GridColumn{Name: key, Label: v.Say(key)})
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		g.Rows = append(g.Rows, GridRow{Cells: []GridCell{
			{Text: f.Says, Long: true}, {Text: f.Disproof, Long: true},
			{Text: f.Unit.Format(f.Row.Values[0], quantity.InTable), Anchor: fact.Address{Name: a.Name, Column: f.Name}.Anchor()},
		}})
	}
	return g
}

// traced makes a row that shows all columns of a line one to which facts lead, and whose first cell leads to what it rests on.
func traced(row *GridRow, a *aggregate.Aggregate, line *aggregate.Row) {
	for i := range row.Cells {
		cell := &row.Cells[i]
		cell.Anchor, cell.Link, cell.Said, cell.Cell = cellOf(a, line, a.Columns[i].Name).Anchor(), "", "", ""
	}
	if len(line.Key) > 0 && slices.ContainsFunc(line.Lineage, func(rows aggregate.RowNumbers) bool { return rows.Len() > 0 }) {
		row.Cells[0].Link = "#" + rowsID(line)
	}
}

// grid shows some columns of some lines. Days in a story are written as in its prose,
// and elsewhere as files do.
func (r *tables) grid(a *aggregate.Aggregate, columns []int, days quantity.Style, lines []*aggregate.Row) Grid {
	g := Grid{Total: len(lines), voice: r.voice()}
	for _, i := range columns {
		c := a.Columns[i]
		g.Columns = append(g.Columns, GridColumn{Name: c.Name, Label: c.Label, Measure: c.Unit.MeasureBeside(c.Label), Bare: c.Unit.Bare(), Numeric: c.Unit.Numeric()})
	}
	for _, line := range lines[:min(maxRows, len(lines))] {
		g.Rows = append(g.Rows, r.gridRow(a, columns, days, line))
	}
	g.beyond = func() (rows []GridRow, err error) {
		for _, line := range lines[min(maxRows, len(lines)):] {
			rows = append(rows, r.gridRow(a, columns, days, line))
		}
		return rows, nil
	}
	for at, i := range columns {
		if a.Columns[i].Unit.IsText() {
			g.setSequence(at, a.Columns[i].Unit.Language())
		}
		var values []quantity.Value
		for _, line := range lines {
			values = append(values, line.Values[i])
		}
		g.Rounded = g.Rounded || a.Columns[i].Unit.Rounded(values)
	}
	return g
}

// gridRow shows some columns of a line. In a column source_id a source goes by who
// published it.
func (r *tables) gridRow(a *aggregate.Aggregate, columns []int, days quantity.Style, line *aggregate.Row) GridRow {
	var row GridRow
	for _, i := range columns {
		c, value := a.Columns[i], line.Values[i]
		style := quantity.InTable
		if c.Unit.IsDate() {
			style = days
		}
		text := a.Precision(line, i).Format(c.Unit, value, style)
		cell := GridCell{Text: text, Raw: value.Raw(), Numeric: c.Unit.Numeric(), Day: c.Unit.IsDate(), Missing: value.IsMissing()}
		cell.Long = len(cell.Text) > longText
		if written := line.Written[c.Name]; written != "" {
			cell.Said = r.facts.said(written, asIs)
		}
		switch {
		case c.Unit.IsText() || slices.Contains(a.Key, c.Name):
			cell.Cell = cellOf(a, line, c.Name).String()
		default:
			cell.Link = cellOf(a, line, c.Name).Link()
		}
		if s := r.sources.byID[cell.Raw]; s != nil && c.Name == "source_id" {
			cell.Text, cell.Link = s.Publisher(), sourceLink(s.ID)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// Pick is a part of an aggregate, for a table inside a page: some columns, and
// the lines that have a value in a column.
func (r *tables) Pick(name string, options map[string]any) (*Grid, error) {
	g, wrong := r.pickGrid(name, stringArgs(options))
	if g == nil {
		return nil, asError(wrong)
	}
	return g, r.long.complete(g, false)
}

// stringArgs is the arguments of a shortcode as texts.
func stringArgs(options map[string]any) map[string]string {
	named := map[string]string{}
	for key, value := range options {
		named[key] = fmt.Sprint(value)
	}
	return named
}

// pickGrid takes the options of a part, columns ("a, b"), link, spark, show, rank, group, total, repeats, and caption.
func (r *tables) pickGrid(name string, options map[string]string) (*Grid, *diag.Problem) {
	p, wrong := r.part(name, options, "caption", "columns", "group", "link", "rank", "repeats", "show", "spark", "summary", "total")
	if p == nil {
		return nil, wrong
	}
	columns, wrong := p.columns(options["columns"])
	if wrong != nil {
		return nil, wrong
	}
	by := -1
	if group := options["group"]; group != "" {
		if by, wrong = p.groupBy(group); wrong != nil {
			return nil, wrong
		}
	}
	if columns == nil {
		for i := range p.Columns {
			if i != by {
				columns = append(columns, i)
			}
		}
	}
	g := r.grid(p.Aggregate, columns, quantity.Prose, p.lines)
	if name := options["link"]; name != "" {
		if wrong := r.addLinks(&g, p, columns, name); wrong != nil {
			return nil, wrong
		}
	}
	if show := options["show"]; show != "" {
		if wrong := r.addForms(&g, p, columns, show); wrong != nil {
			return nil, wrong
		}
	}
	if by >= 0 {
		g.Groups = r.groups(p, by)
	}
	if wrong := r.addTotals(&g, p, columns, options); wrong != nil {
		return nil, wrong
	}
	if spark := options["spark"]; spark != "" {
		if wrong := r.addSparks(&g, p, spark); wrong != nil {
			return nil, wrong
		}
	}
	if rank := options["rank"]; rank != "" {
		if wrong := r.addRanks(&g, p, rank); wrong != nil {
			return nil, wrong
		}
	}
	return &g, nil
}

// cellOf is the address of a cell of an aggregate.
func cellOf(a *aggregate.Aggregate, line *aggregate.Row, column string) fact.Address {
	return fact.Address{Name: a.Name, Column: column, Key: line.Key}
}
