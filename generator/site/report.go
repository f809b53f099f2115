package site

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
	"broadsheet/generator/figure"
	"broadsheet/generator/record"
)

// Report is what templates see as site.Params.report. Its methods are the whole
// of what a template can ask. Those that take an address, an id or a name fail
// where there is no such thing, and the build with them.
type Report struct {
	Package *dataset.Package // title, description, licences of the data

	ctx        context.Context
	data       *dataset.Dataset
	aggregates aggregate.Set
	charts     chart.Set
	drawings   *drawings // while pages are made
	sources    map[string]*record.Source
	inOrder    []record.Source
}

// NewReport gathers what the earlier stages made.
func NewReport(ctx context.Context, data *dataset.Dataset, aggregates aggregate.Set, charts chart.Set, sources []record.Source) *Report {
	r := &Report{Package: data.Package, ctx: ctx, data: data, aggregates: aggregates, charts: charts, inOrder: sources, sources: map[string]*record.Source{}}
	for i := range sources {
		r.sources[sources[i].ID] = &sources[i]
	}
	return r
}

// Citation is a fact as it stands in a sentence.
type Citation struct {
	Text string // "$28.3 million"
	Raw  string // "28300000"
	Link string // to its cell among the numbers
}

// Fact looks up the arguments of a fact shortcode: an address and, if need be, a
// style.
func (r *Report) Fact(args ...string) (Citation, error) {
	f, style, wrong := fact.Cited(r.aggregates, args)
	if f == nil {
		return Citation{}, asError(wrong)
	}
	return Citation{Text: f.Text(style), Raw: f.Value.Raw(), Link: cellLink(f.Aggregate, f.Line, f.Column.Name)}, nil
}

// asError is for templates: what stands in prose was judged before.
func asError(p *diag.Problem) error {
	if p == nil {
		return fmt.Errorf("the aggregate has no result")
	}
	return fmt.Errorf("%s", strings.TrimPrefix(p.String(), ": "))
}

// Expand writes the facts of a one-line text, such as a title.
func (r *Report) Expand(text string) (string, error) {
	expanded, wrong := fact.Expand(r.aggregates, text)
	if len(wrong) > 0 {
		return "", asError(&wrong[0])
	}
	return expanded, nil
}

// Choose picks the words that belong to a fact's value.
func (r *Report) Choose(address string, words map[string]any) (string, error) {
	named := map[string]string{}
	for value, word := range words {
		named[value] = fmt.Sprint(word)
	}
	chosen, wrong := r.choose(address, named)
	if wrong != nil {
		return "", asError(wrong)
	}
	return chosen, nil
}

func (r *Report) choose(address string, words map[string]string) (string, *diag.Problem) {
	f, wrong := fact.Find(r.aggregates, address)
	if f == nil {
		return "", wrong
	}
	value := f.Value.Raw()
	if f.Value.Kind == figure.Flag {
		value = f.Text(figure.Prose) // yes or no
	}
	word, ok := words[value]
	if !ok && f.Aggregate.Tainted {
		return "", nil
	}
	if !ok {
		known := slices.Sorted(maps.Keys(words))
		return "", &diag.Problem{Message: "no words for the value " + diag.Quote(value) + " of " + diag.Quote(address), Found: "words for " + strings.Join(known, ", "), Hint: diag.Nearest(value, known)}
	}
	return word, nil
}

// finding judges the sentence inside a shortcode.
func (r *Report) finding(address, inner string) *diag.Problem {
	_, sentence, _ := strings.Cut(inner, ">}}")
	if end := strings.LastIndex(sentence, "{{<"); end >= 0 {
		sentence = sentence[:end]
	}
	return fact.Finding(r.aggregates, address, sentence)
}

// Source is the source of that id, or nil.
func (r *Report) Source(id string) *record.Source { return r.sources[id] }

// Sources lists all sources, in the order of their file.
func (r *Report) Sources() []record.Source { return r.inOrder }

// Chart is a chart with its drawings and its sources.
func (r *Report) Chart(id string) (*ChartView, error) {
	c := r.charts[id]
	if c == nil {
		return nil, fmt.Errorf("unknown chart %q", id)
	}
	sources, err := r.behind(c.Of)
	if err != nil {
		return nil, err
	}
	v := &ChartView{Chart: c, Sources: sources, Numbers: "/numbers/" + c.Of.Name + "/", Download: "/numbers/" + c.Of.Name + ".csv"}
	if v.Narrow, err = r.drawings.wait(c, chart.Narrow); err != nil {
		return nil, err
	}
	if v.Wide, err = r.drawings.wait(c, chart.Wide); err != nil {
		return nil, err
	}
	return v, nil
}

// ChartView is a chart as a page shows it.
type ChartView struct {
	*chart.Chart
	Narrow, Wide svg.Drawing
	Sources      []record.Source // those of most rows first
	Numbers      string          // address of the aggregate's page
	Download     string          // address of its CSV
}

// behind lists the sources of the rows behind an aggregate.
func (r *Report) behind(a *aggregate.Aggregate) ([]record.Source, error) {
	counts := map[string]int{}
	for i, table := range a.Lineage {
		for _, line := range a.Lines {
			found, err := r.data.Table(table).SourcesOf(line.Rows[i], a.Uses[table])
			if err != nil {
				return nil, err
			}
			for id, n := range found {
				counts[id] += n
			}
		}
	}
	var list []record.Source
	for _, s := range r.inOrder {
		if counts[s.ID] > 0 {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b record.Source) int { return counts[b.ID] - counts[a.ID] })
	return list, nil
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
		name := cmp.Or(s.Outlet, s.Title, s.ID)
		if i := slices.IndexFunc(list, func(o Outlet) bool { return o.Name == name }); i >= 0 {
			list[i].Count++
			continue
		}
		list = append(list, Outlet{Name: name, ID: s.ID, Count: 1})
	}
	return list
}

// cellLink leads to the cell of a fact among the numbers.
func cellLink(a *aggregate.Aggregate, line *aggregate.Line, column string) string {
	return "/numbers/" + a.Name + "/#" + anchor(line, column)
}

// anchor names a cell in its table: the column and the key. Letters and digits
// stay as they are, all else becomes a dot and its number, so that different keys
// have different anchors.
func anchor(line *aggregate.Line, column string) string {
	var b strings.Builder
	b.WriteString(column)
	for _, part := range line.Key {
		b.WriteByte('-')
		for _, r := range part {
			if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, ".%x", r)
			}
		}
	}
	return b.String()
}

// rowLink leads to a row of a table.
func rowLink(table string, row int64) string { return fmt.Sprintf("/data/%s/#row-%d", table, row) }

// sourceLink leads to a source.
func sourceLink(id string) string { return "/sources/#" + url.PathEscape(id) }
