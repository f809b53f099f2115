// Package markup is the contract of the finished HTML: the names by which the theme (layouts/, and package site) marks
// what packages passage and check, and the scripts of assets/ts, read.
//
//	<data class="fact" value="RAW"><a href="CELL">TEXT</a></data>   a fact in a sentence
//	<span class="finding" data-finding="ADDRESS">                   words that rest on a finding
//	<figure class="chart" id="chart-ID">                            a chart, with its drawings, its table and its download
//	<td data-cell="ADDRESS">                                        the text of a cell, of any element; without the last parts of the
//	                                                                key it is of several cells, as a sparkline is
//	<span hidden data-condition="ADDRESS">                          the cell on which words of the page depend
//	<aside class="corrected">                                       corrections, with figures that are no longer true
//	<main data-copy>                                                a page that repeats others
//
// All of it is inside <main>. A class is one of a list: class="chart big" is a chart. Classes that only the style
// sheet reads are not part of the contract. A test holds layouts/, assets/ts and all Go files to these names.
//
// A Writer makes HTML of constants and of escaped text. Its type is html/template's, to which only constants convert
// by themselves.
package markup

import (
	"html"
	"html/template"
	"slices"
	"strings"
)

// Class is a name in the attribute class.
type Class string

// What passage and check count.
const (
	Fact      Class = "fact"
	Words     Class = "words" // of a fact that is not a figure, such as "seven" or a day
	Finding   Class = "finding"
	Chart     Class = "chart"
	Corrected Class = "corrected"
)

// The parts of a chart.
const (
	Drawing Class = "drawing"
	Wide    Class = "wide"
	Middle  Class = "middle"
	Narrow  Class = "narrow"
	Scaled  Class = "scaled"
	Plot    Class = "plot"
	Title   Class = "title"
	Legend  Class = "legend"
	Key     Class = "key"
)

// The parts of a table.
const (
	Scroll  Class = "scroll"
	Stacked Class = "stacked" // row below row on a phone
	Tail    Class = "tail"    // on a phone the last cell of a row is below the others
	Twofold Class = "twofold" // on paper its rows are in two columns
	Single  Class = "single"  // one row, its columns below each other
	Filter  Class = "filter"  // where scripts put what readers choose by
	Numeric Class = "n"
	Day     Class = "d"
	Long    Class = "long"
	Missing Class = "missing"
	Unit    Class = "unit"
	Sparks  Class = "sparks"
	Start   Class = "start" // what a small line begins with
	Bar     Class = "bar"   // beside a number, as long as that is large
	Heat    Class = "heat"
	Arrow   Class = "arrow"
	Group   Class = "group"  // the heading of some rows
	Behind  Class = "behind" // the rows behind a row
	From    Class = "from"   // and their sources
)

// Other parts of a page.
const (
	Cited      Class = "cited"
	Quoted     Class = "quoted"
	Standfirst Class = "standfirst"
	Lead       Class = "number" // a number that stands alone
	Timeline   Class = "timeline"
	Year       Class = "year"
	Event      Class = "event"
	About      Class = "about"
	Passages   Class = "passages" // of /method/: what each sentence rests on
	Traces     Class = "traces"   // for paper: where the numbers come from
	SQL        Class = "sql"
	Comment    Class = "c"
	String     Class = "s"
	Number     Class = "m"
	Keyword    Class = "k"
	Find       Class = "find"
	Seek       Class = "seek" // the search at the top of each page
	Snippet    Class = "snippet"
	Take       Class = "take" // what can be taken along of a chart
	Own        Class = "own"  // words of the program, with what it counts itself
	Embed      Class = "embed"
	Cards      Class = "cards" // a list of pages
)

// Classes are all of them.
var Classes = []Class{
	Fact, Words, Finding, Chart, Corrected, Drawing, Wide, Middle, Narrow, Scaled, Plot, Title, Legend, Key, Scroll, Stacked, Tail, Twofold, Single, Filter, Numeric, Day, Long,
	Missing, Unit, Sparks, Start, Bar, Heat, Arrow, Group, Behind, From, Cited, Quoted, Standfirst, Lead, Timeline, Year, Event, About, Passages, Traces, SQL, Comment, String, Number,
	Keyword, Find, Seek, Snippet, Take, Own, Embed, Cards,
}

// In reports whether a list of classes, the value of an attribute, has the class.
func (c Class) In(list string) bool {
	if list == string(c) {
		return true
	}
	return len(list) > len(c) && slices.Contains(strings.Fields(list), string(c))
}

// Attr is the attribute with this class alone.
func (c Class) Attr() string { return `class="` + string(c) + `"` }

// Pattern is a regular expression for the attribute in HTML, whatever other classes it has.
func (c Class) Pattern() string {
	return `class="(?:[a-z0-9_ -]+ )?` + string(c) + `(?: [a-z0-9_ -]+)?"`
}

// Data is the name of an attribute for programs.
type Data string

// Of pages and their parts.
const (
	DataFinding   Data = "data-finding"   // the address of the finding
	DataCondition Data = "data-condition" // the address of a cell on which words of the page depend
	DataCell      Data = "data-cell"      // the address of the cell whose text this is, where no link leads to it
	DataCopy      Data = "data-copy"
	DataClaims    Data = "data-claims" // of a chart: what its alt text says of its figures
	DataSaid      Data = "data-said"   // the part of an alt text that is written by hand
	DataAddress   Data = "data-address"
	DataWidth     Data = "data-width"
	DataHeight    Data = "data-height"
	DataPaper     Data = "data-paper" // of the table of a chart that is too long for paper: how many of its rows that shows
	DataFacets    Data = "data-facets"
	DataPlaces    Data = "data-places" // an address: the list of places
	DataRows      Data = "data-rows"   // an address: the rows of a long table that its page does not show
	DataEmbed     Data = "data-embed"
	DataRoot      Data = "data-root"       // of 404.html: where the site is, once its script knows
	DataHref      Data = "data-href"       // of 404.html, from the root of a site whose address nobody knows: its script makes the link
	DataFrame     Data = "data-broadsheet" // of an iframe in another site's page
)

// Of tables.
const (
	DataAs     Data = "data-as" // what a column is in the drawing: name, group, value …
	DataColumn Data = "data-column"
	DataUnit   Data = "data-unit"
	DataEvery  Data = "data-every" // of times: how far apart they are, where the unit does not say it
	DataLabel  Data = "data-label"
	DataShow   Data = "data-show"  // what the cells of a column look like: bar, heat, arrow, dot; or what a row says: total
	DataScale  Data = "data-scale" // "log" of a measure on a logarithmic scale
	DataFeeds  Data = "data-feeds" // the columns of the aggregate that some rows, a column of them or sources are behind, where they are not behind all
	DataRaw    Data = "data-raw"   // the value of a cell whose text is another

	DataSequence Data = "data-sequence" // the texts of a column in their order, as JSON, where that is not one by letters
)

// Of the shapes of drawings.
const (
	DataPanel  Data = "data-panel"
	DataSeries Data = "data-series"
	DataIndex  Data = "data-index"
	DataName   Data = "data-name"
	DataGroup  Data = "data-group"
	DataValue  Data = "data-value"
	DataLow    Data = "data-low"
	DataHigh   Data = "data-high"
	DataAcross Data = "data-across"
	DataFrom   Data = "data-from"
	DataStack  Data = "data-stack"
	DataNames  Data = "data-names" // "x" or "y": a label of that axis stands for a name
	DataValues Data = "data-values"
	DataTick   Data = "data-tick"
)

// What data-values says of what stands for no value of an axis.
const (
	Counted = "count"  // how many squares a group has
	Month   = "month"  // the name of a month above its days
	Box     = "box"    // the middle half of a row of dots
	Median  = "median" // of a row of dots: a line, and a number
	Part    = "part"   // what part of a whole a step is
)

// Names are all of them.
var Names = []Data{
	DataFinding, DataCondition, DataCell, DataCopy, DataClaims, DataSaid, DataAddress, DataPaper, DataWidth, DataHeight, DataFacets, DataPlaces, DataRows, DataEmbed, DataRoot, DataHref, DataFrame, DataAs, DataColumn, DataUnit, DataEvery,
	DataLabel, DataFeeds, DataShow, DataScale, DataRaw, DataSequence, DataPanel, DataSeries, DataIndex, DataName, DataGroup, DataValue, DataLow, DataHigh, DataAcross, DataFrom, DataStack,
	DataNames, DataValues, DataTick,
}

// Attr is the attribute with a value, which must need no escaping.
func (d Data) Attr(value string) string { return string(d) + `="` + value + `"` }

// RankBy is in front of the name of a column of a table, in the one that ranks rows by it.
const RankBy = "rank_by_"

// IsData reports whether an attribute is of the kind of Data, of the contract or not.
func IsData(attribute string) bool { return strings.HasPrefix(attribute, "data-") }

// chartID is in front of a chart's id.
const chartID = "chart-"

// ChartID is the id of a chart, from the id of its figure.
func ChartID(id string) (chart string, ok bool) { return strings.CutPrefix(id, chartID) }

// Writer writes HTML. Its zero value is ready.
type Writer struct{ b strings.Builder }

// Raw writes HTML, mostly a constant.
func (w *Writer) Raw(s template.HTML) *Writer { w.b.WriteString(string(s)); return w }

// Text writes a text, escaped.
func (w *Writer) Text(s string) *Writer { w.b.WriteString(html.EscapeString(s)); return w }

// Attr writes an attribute of a tag, its value escaped.
func (w *Writer) Attr(name template.HTML, value string) *Writer {
	return w.Raw(" ").Raw(name).Raw(`="`).Text(value).Raw(`"`)
}

// Class writes the attribute class.
func (w *Writer) Class(list ...Class) *Writer {
	w.Raw(` class="`)
	for i, c := range list {
		if i > 0 {
			w.Raw(" ")
		}
		w.Text(string(c))
	}
	return w.Raw(`"`)
}

// Data writes an attribute for programs, its value escaped.
func (w *Writer) Data(name Data, value string) *Writer { return w.Attr(template.HTML(name), value) }

// HTML is what was written.
func (w *Writer) HTML() template.HTML { return template.HTML(w.b.String()) }
