package site

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/extract"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// Of a table that a query on a server gave, readers see the query, the server, when it was run and how many rows it read: on the page of
// the table, where the query is, and behind each number that rests on the table.

// queryID is the id of the query on the page of a table.
const queryID = "query"

// Extracted says of a table from where it is, and shows the query; "" for other tables.
func (v *TableView) Extracted() template.HTML {
	if v.extract == nil || v.extract.Record == nil {
		return ""
	}
	said := v.Grid.voice
	w := &markup.Writer{}
	w.Raw("<section").Attr("id", queryID).Raw("><h2>").Text(said.Say("the_query")).Raw("</h2><p>").Text(extractedFrom(v.extract, said)).Text(" " + said.Say("query_again")).Raw("</p>")
	return w.HTML() + highlightSQL(v.extract.SQL) + v.sample() + "</section>"
}

// FetchedFrom says from where the file was fetched, and when, and whether somebody changed it since.
func (v *TableView) FetchedFrom() template.HTML {
	if v.fetched == nil {
		return ""
	}
	u, err := url.Parse(v.fetched.URL)
	if err != nil {
		return ""
	}
	query := u.Query()
	for name, values := range query {
		if slices.ContainsFunc(values, func(value string) bool { return strings.HasPrefix(value, "$") }) { // a secret of who fetched it
			delete(query, name)
			u.RawQuery = query.Encode()
		}
	}
	said := v.Grid.voice
	w := &markup.Writer{}
	w.Raw(`<p class="quiet">`).Text(said.Say("fetched_from")+" ").Raw("<a").Attr("href", u.String()).Raw(">").Text(u.Host + u.Path).Raw("</a>").Text(", " + momentOf(v.fetched.Fetched, said) + ".")
	if v.fetched.SHA256 != "" && v.fetched.SHA256 != v.SHA256 && !v.IsRewritten() {
		w.Text(" " + said.Say("fetched_changed"))
	}
	w.Raw("</p>")
	return w.HTML()
}

// sample shows some of the rows that stay where they are.
func (v *TableView) sample() template.HTML {
	if len(v.picked) < 2 {
		return ""
	}
	said, of := v.Grid.voice, v.extract.Sample
	w := &markup.Writer{}
	w.Raw("<h3>").Text(said.Say("query_sample")).Raw("</h3><p>").Text(said.Say("query_sampled", "N", said.whole(len(v.picked)-1), "By", of.By, "Seed", strconv.Itoa(of.Seed))).Raw("</p>")
	w.Raw("<section").Class(markup.Scroll).Attr("aria-label", said.Say("query_sample")).Raw(` tabindex="0"><table><thead><tr>`)
	for _, name := range v.picked[0] {
		w.Raw(`<th scope="col">`).Text(name).Raw("</th>")
	}
	w.Raw("</tr></thead><tbody>")
	for _, row := range v.picked[1:] {
		w.Raw("<tr>")
		for _, cell := range row {
			w.Raw("<td>").Text(cell).Raw("</td>")
		}
		w.Raw("</tr>")
	}
	w.Raw("</tbody></table></section>")
	return w.HTML()
}

// extractedFrom says it in a sentence or two.
func extractedFrom(e *extract.Extract, v voice) string {
	r := e.Record
	words := []string{v.Say("extracted", "Server", r.Server, "Engine", r.Engine, "Time", momentOf(r.Extracted, v))}
	if r.Read != nil {
		words = append(words, v.Count("query_read", *r.Read, v.whole(*r.Read)))
	}
	return strings.Join(words, " ")
}

// momentOf writes a time as the language does; it is universal time.
func momentOf(text string, v voice) string {
	at, err := time.Parse(time.RFC3339, text)
	unit, ok := (quantity.Units{}).In(cmp.Or(v.Language, quantity.English)).Find("datetime")
	if err != nil || !ok {
		return text
	}
	value, err := quantity.NewValue(at.UTC().Truncate(time.Minute))
	if err != nil {
		return text
	}
	return unit.Format(value, quantity.Prose) + " UTC"
}

// writeExtracted writes from where the rows behind a line are.
func (r *tables) writeExtracted(w *markup.Writer, table, feeds string) {
	e := r.extracts[table]
	if e == nil || e.Record == nil {
		return
	}
	w.Raw("<p").Class(markup.From)
	if feeds != "" {
		w.Data(markup.DataFeeds, feeds)
	}
	w.Raw(">").Text(extractedFrom(e, r.voice())+" ").Raw("<a").Attr("href", "/data/"+table+"/#"+queryID).Raw(">").Text(r.voice().Say("the_query")).Raw("</a></p>")
}
