package site

import (
	"context"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"
)

// Report is what templates see as site.Params.report. Its methods are the whole
// of what a template can ask. Those that take an address, an id or a name fail
// where there is no such thing, and the build with them.
type Report struct {
	Package *dataset.Package // title, description, licences of the data

	ctx         context.Context
	data        *dataset.Dataset
	aggregates  aggregate.Set
	charts      chart.Set
	drawings    *drawings                             // while pages are made
	views       map[string]func() (*ChartView, error) // charts by id, each made once
	sources     map[string]*record.Source
	inOrder     []record.Source
	corrections []record.Correction                // oldest first
	others      map[string]func() ([]int64, error) // of each table, the rows beyond the first that its page shows
	files       map[string]func() (csvFile, error) // downloads by their path, each made once
	allRows     map[string][]string                // of each aggregate, the download of all rows behind it, by table
	uses        func() (map[string][]Use, error)   // of each source, made once
	lines       linesBy
	pictures    pictures
	words       words
	base        string // where the site will be; "" if unknown
}

// NewReport gathers what the earlier stages made.
func NewReport(ctx context.Context, data *dataset.Dataset, aggregates aggregate.Set, charts chart.Set, sources []record.Source, corrections []record.Correction) *Report {
	r := &Report{Package: data.Package, ctx: ctx, data: data, aggregates: aggregates, charts: charts, inOrder: sources, corrections: corrections, sources: map[string]*record.Source{}}
	for i := range sources {
		r.sources[sources[i].ID] = &sources[i]
	}
	r.others = r.rowsBeyond()
	r.files = r.downloads()
	r.uses = sync.OnceValues(r.findUses)
	r.views = map[string]func() (*ChartView, error){}
	for id, c := range charts {
		if c != nil {
			r.views[id] = sync.OnceValues(func() (*ChartView, error) { return r.viewChart(c) })
		}
	}
	return r
}

// Citation is a fact as it stands in a sentence.
type Citation struct {
	Text string // "$28.3 million"
	Raw  string // "28300000"
	Link string // to its cell among the numbers
}

func (r *Report) cite(f *fact.Fact, text string) Citation {
	if text != f.Text(quantity.Prose) {
		r.words.add(f.Address.String(), text)
	}
	return Citation{Text: text, Raw: f.Value.Raw(), Link: f.Address.Link()}
}

// words are the texts other than the usual one in which facts were written, by address: in another style, or chosen.
type words struct {
	mu    sync.Mutex
	texts map[string]map[string]bool
}

func (w *words) add(address, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.texts == nil {
		w.texts = map[string]map[string]bool{}
	}
	if w.texts[address] == nil {
		w.texts[address] = map[string]bool{}
	}
	w.texts[address][text] = true
}

// Reads reports whether a text can stand for a cell on a page, and what the cell holds and usually reads as. It knows the
// texts of all styles, and those that were written here. known is false where there is no such cell.
func (r *Report) Reads(address fact.Address, text string) (raw, usual string, reads, known bool) {
	f := fact.Lookup(r.aggregates, address)
	if f == nil {
		return "", "", false, false
	}
	raw, usual = f.Value.Raw(), f.Text(quantity.Prose)
	fold := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	text = fold(text)
	for _, style := range append([]string{string(quantity.Prose), string(quantity.InTable)}, quantity.Styles()...) {
		if fold(f.Text(quantity.Style(style))) == text {
			return raw, usual, true, true
		}
	}
	if f.Column.Unit.IsFlag() && (text == fold(f.RowName()) || text == fold(f.Column.Label)) {
		return raw, usual, true, true // a finding goes by its name, where it is listed
	}
	if s := r.sources[raw]; s != nil && f.Column.Name == "source_id" && text == fold(s.Publisher()) {
		return raw, usual, true, true
	}
	r.words.mu.Lock()
	defer r.words.mu.Unlock()
	for word := range r.words.texts[address.String()] {
		reads = reads || fold(word) == text
	}
	return raw, usual, reads, true
}

// Fact looks up the arguments of a fact shortcode: an address and, if need be, a
// style.
func (r *Report) Fact(args ...string) (Citation, error) {
	f, style, wrong := fact.ParseCitation(r.aggregates, args)
	if f == nil {
		return Citation{}, asError(wrong)
	}
	return r.cite(f, f.Text(style)), nil
}

// Choose picks the words that belong to a fact's value.
func (r *Report) Choose(address string, words map[string]any) (Citation, error) {
	f, word, wrong := fact.ChooseWords(r.aggregates, address, strung(words))
	if f == nil {
		return Citation{}, asError(wrong)
	}
	return r.cite(f, word), nil
}

// Address writes the address of a fact for a content adapter, whatever its key holds:
// {{ site.Params.report.Address "by_state" "amount_usd" .state }}
func (r *Report) Address(name, column string, key ...string) string {
	return fact.Address{Name: name, Column: column, Key: key}.String()
}

// asError is for templates: what stands in prose was judged before.
func asError(p *diag.Problem) error {
	if p == nil {
		return fmt.Errorf("the aggregate has no result")
	}
	return fmt.Errorf("%s", strings.TrimPrefix(p.String(), ": "))
}

// Read looks up the facts of a one-line text, such as a title. What it returns
// prints as plain text, and Said writes it as HTML in which facts can be followed.
func (r *Report) Read(text string) (fact.Prose, error) {
	prose, wrong := fact.ParseProse(r.aggregates, text)
	if len(wrong) > 0 {
		return nil, asError(&wrong[0])
	}
	return prose, nil
}

// Said writes a one-line text as HTML.
func (r *Report) Said(prose fact.Prose) template.HTML {
	w := &markup.Writer{}
	var resting *fact.Fact
	rest := func(on *fact.Fact) {
		if on != resting {
			if resting != nil {
				w.Raw("</span>")
			}
			if on != nil {
				w.Raw("<span").Class(markup.Finding).Data(markup.DataFinding, on.Address.String()).Raw(">")
			}
			resting = on
		}
	}
	for _, part := range prose {
		rest(part.Finding)
		if part.Fact != nil {
			writeCitation(w, r.cite(part.Fact, part.Text))
		} else {
			w.Text(part.Text)
		}
	}
	rest(nil)
	return w.HTML()
}

// HTML is the fact in a sentence: its value for machines, its text for people,
// and the way to its trace.
func (c Citation) HTML() template.HTML {
	w := &markup.Writer{}
	writeCitation(w, c)
	return w.HTML()
}

func writeCitation(w *markup.Writer, c Citation) {
	w.Raw("<data").Class(markup.Fact).Attr("value", c.Raw).Raw("><a").Attr("href", c.Link).Raw(">").Text(c.Text).Raw("</a></data>")
}

// Day writes a day, given as 2018-01-24.
func (r *Report) Day(day string) string {
	v, ok := quantity.Day.Read(day)
	if !ok {
		return day
	}
	return quantity.Day.Format(v, quantity.Prose)
}

// Source is the source of that id, or nil.
func (r *Report) Source(id string) *record.Source { return r.sources[id] }

// Sources lists all sources, in the order of their file.
func (r *Report) Sources() []record.Source { return r.inOrder }

// Chart is a chart with its drawings and its sources, made once for all pages that
// show it.
func (r *Report) Chart(id string) (*ChartView, error) {
	view := r.views[id]
	if view == nil {
		return nil, fmt.Errorf("unknown chart %q", id)
	}
	return view()
}

func (r *Report) viewChart(c *chart.Chart) (*ChartView, error) {
	sources, err := r.behind(c.Of, c.Of.Rows...)
	if err != nil {
		return nil, err
	}
	v := &ChartView{Chart: c, Sources: sources, Numbers: "/numbers/" + c.Of.Name + "/", Page: "/charts/" + c.ID + "/"}
	if v.Narrow, err = r.drawings.wait(c, chart.Narrow); err != nil {
		return nil, err
	}
	if v.Wide, err = r.drawings.wait(c, chart.Wide); err != nil {
		return nil, err
	}
	if v.Download, err = r.download("numbers/" + c.Of.Name + ".csv"); err != nil {
		return nil, err
	}
	v.Picture, err = r.picture(c, v.Wide, sources)
	return v, err
}

// ChartView is a chart as a page shows it.
type ChartView struct {
	*chart.Chart
	Narrow, Wide svg.Drawing
	Sources      []record.Source // those of most rows first
	Numbers      string          // address of the aggregate's page
	Page         string          // address of its own page
	Download     Download        // the aggregate
	Picture      *Picture
}

// Charts lists the charts, by id.
func (r *Report) Charts() []*chart.Chart {
	var list []*chart.Chart
	for _, id := range r.charts.IDs() {
		list = append(list, r.charts[id])
	}
	return list
}

// behind lists the sources of the rows behind lines of an aggregate.
func (r *Report) behind(a *aggregate.Aggregate, lines ...aggregate.Row) ([]record.Source, error) {
	return fact.SourcesOf(a, lines, r.data, r.inOrder)
}

// Outlet is who published one or more sources.
type Outlet struct {
	Name  string
	ID    string // of its first source
	Count int
}

// Outlets groups sources by who published them, in their order.
func (r *Report) Outlets(sources []record.Source) []Outlet {
	var list []Outlet
	for _, s := range sources {
		name := s.Publisher()
		if i := slices.IndexFunc(list, func(o Outlet) bool { return o.Name == name }); i >= 0 {
			list[i].Count++
			continue
		}
		list = append(list, Outlet{Name: name, ID: s.ID, Count: 1})
	}
	return list
}

// cellOf is the address of a cell of an aggregate.
func cellOf(a *aggregate.Aggregate, line *aggregate.Row, column string) fact.Address {
	return fact.Address{Name: a.Name, Column: column, Key: line.Key}
}

// OnPaper writes a link for those who cannot follow it: where the site will be, if
// that is known, and the path from there.
func (r *Report) OnPaper(link string) string {
	path := strings.TrimPrefix(link, "/")
	if r.base == "" {
		return path
	}
	return strings.TrimSuffix(r.base, "/") + "/" + path
}

// sourceLink leads to a source.
func sourceLink(id string) string { return "/sources/#" + url.PathEscape(id) }
