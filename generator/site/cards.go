package site

import (
	"cmp"
	"context"
	"html/template"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/card"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/passage"
	"broadsheet/generator/record"

	"github.com/sourcegraph/conc/pool"
)

// Each page of prose has a card, and each chart that has a file of its own: the page /money/ the one at cards/money.png, the front page that at cards.png.
// All other pages name the front page's, and so do pages that content adapters make where they are more than maxMade: to draw
// thousands of cards that nobody may ever ask for would take longer than all the rest.

const maxMade = 500

// cardName is the file of the card of a page.
func cardName(link string) string {
	return path.Join("cards", path.Dir(fileAt(link))) + ".png"
}

// canHaveCard reports whether a page is of a kind that has cards, by its file and the file of which it is made. A name that some
// file system could not hold is none: the page's own may be short enough.
func canHaveCard(name, origin string) bool {
	card := strings.Split(cardName("/"+name), "/")
	isChart := strings.HasPrefix(origin, "data/charts/") && path.Dir(name) == strings.TrimSuffix(strings.TrimPrefix(origin, "data/"), path.Ext(origin))
	return path.Base(name) == "index.html" && (isChart || path.Ext(origin) == ".md" || isAdapter(origin)) && !slices.ContainsFunc(card, func(part string) bool { return unportable(part) != "" })
}

// withCards are the pages that have cards, by their files.
func (s *Site) withCards(pages Pages) (names []string) {
	var made []string
	for name, origin := range s.origins {
		if _, ok := pages[name]; !ok || !canHaveCard(name, origin) {
			continue
		}
		if isAdapter(origin) {
			made = append(made, name)
		} else {
			names = append(names, name)
		}
	}
	if len(made) <= maxMade {
		names = append(names, made...)
	}
	slices.Sort(names)
	return names
}

// Card stands for what the head of a page tells other sites of its card.
func (r *Report) Card() template.HTML { return placeholder("card", "") }

// writeCard writes that. Other sites want a whole address, so where the site's own is not known the card is not named.
func (r *Report) writeCard(w *markup.Writer, page string) {
	name := cardName("/" + page)
	if r.cards[name] == nil {
		name = cardName("/index.html")
	}
	if r.base == "" || r.cards[name] == nil {
		w.Raw(`<meta name="twitter:card" content="summary">`)
		return
	}
	u := url.URL{Path: name}
	address := strings.TrimSuffix(r.base, "/") + "/" + u.EscapedPath()
	w.Raw(`<meta property="og:image"`).Attr("content", address).Raw(">\n")
	w.Raw(`<meta property="og:image:width"`).Attr("content", strconv.Itoa(card.Width)).Raw(">\n")
	w.Raw(`<meta property="og:image:height"`).Attr("content", strconv.Itoa(card.Height)).Raw(">\n")
	w.Raw(`<meta name="twitter:card" content="summary_large_image">` + "\n")
	w.Raw(`<meta name="twitter:image"`).Attr("content", address).Raw(">")
}

// drawCards draws the cards, from the pages that templates made.
func (s *Site) drawCards(ctx context.Context, report *Report, pages Pages) error {
	names := s.withCards(pages)
	files := make([][]byte, len(names))
	group := pool.New().WithErrors().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			opening, err := passage.Open(pages[name], s.Memo)
			if err != nil {
				return err
			}
			c, err := report.card(opening)
			if err == nil {
				files[i], err = report.charts.painter.Draw(c)
			}
			return cmp.Or(err, ctx.Err())
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	report.cards = map[string][]byte{}
	for i, name := range names {
		if files[i] != nil {
			report.cards[cardName("/"+name)] = files[i]
		}
	}
	return nil
}

// card says what is on the card of a page.
func (r *Report) card(o passage.Opening) (card.Card, error) {
	c := card.Card{Report: r.pictures.title, Title: o.Title, Number: o.Number, Label: o.Label, Text: cmp.Or(o.Standfirst, o.Description), Language: r.pictures.language}
	var sources []record.Source
	if f := fact.Lookup(r.facts.aggregates, o.Fact); o.Number != "" && f != nil {
		var err error
		if sources, err = r.sources.behind(f.Aggregate, []aggregate.Column{f.Column}, *f.Row); err != nil {
			return c, err
		}
	} else if o.Number == "" && r.views[o.Chart] != nil {
		view, err := r.Chart(o.Chart)
		if err != nil {
			return c, err
		}
		c.Drawings = []svg.Drawing{view.Wide}
		if !view.Scaled() {
			c.Drawings = append(c.Drawings, view.Narrow)
		}
		c.Legend = legendKeys(view.Legend)
		if c.Text = view.Title.String(); c.Text == c.Title {
			c.Text = view.Subtitle.String() // on the page of the chart
		}
		sources = view.Sources
	}
	c.Source = strings.TrimSuffix(r.credited(sources), ". ")
	return c, nil
}

func legendKeys(items []chart.LegendItem) (keys []card.Key) {
	for _, i := range items {
		keys = append(keys, card.Key{Symbol: i.Symbol, Color: i.Color, Label: i.Label})
	}
	return keys
}
