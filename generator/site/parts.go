package site

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
)

// Where pages cite more than a thousand of an aggregate's lines beyond the first thousand, as the pages of ten thousand
// places do, its page would grow with them, and with it what is fetched for the trace of one number. Then each thousand
// lines has a page of its own, with those that are cited: /numbers/NAME/3/ is for the lines from 2,001 to 3,000.

// Part is one of the further pages of an aggregate.
type Part struct {
	Number int // from 2
	Title  string
}

// Parts are the further pages that an aggregate may have. Those that are not needed go once it is known what is cited.
func (r *tables) Parts(name string) (list []Part) {
	a := r.aggregates[name]
	if a == nil || len(a.Rows) <= 2*maxRows {
		return nil
	}
	for first := maxRows; first < len(a.Rows); first += maxRows {
		number := first/maxRows + 1
		list = append(list, Part{number, r.voice().Say("part_of", "Title", a.Title, "Rows", r.rowsOf(a, number))})
	}
	return list
}

// rowsOf says which lines a further page is for: "1,001–2,000".
func (r *tables) rowsOf(a *aggregate.Aggregate, number int) string {
	v := r.voice()
	return v.whole((number-1)*maxRows+1) + "–" + v.whole(min(number*maxRows, len(a.Rows)))
}

// furtherPages are the places of the lines on further pages, by aggregate and number.
type furtherPages map[string]map[int][]int

func newParts(aggregates aggregate.Set, cited map[string][]fact.Address) furtherPages {
	p := furtherPages{}
	for name, addresses := range cited {
		a := aggregates[name]
		if a == nil {
			continue
		}
		beyond := citedBeyond(a, addresses)
		if len(beyond) <= maxRows {
			continue
		}
		p[name] = map[int][]int{}
		for _, i := range beyond {
			number := i/maxRows + 1
			p[name][number] = append(p[name][number], i)
		}
	}
	return p
}

var partOf = regexp.MustCompile(`(?:^|/)numbers/([a-z0-9_]+)/([0-9]+)/index\.html$`)

// prune removes the pages of parts that are not needed. A page of the report that is called like one stays.
func (p furtherPages) prune(pages Pages, aggregates aggregate.Set) {
	for name := range pages {
		if m := partOf.FindStringSubmatch(name); m != nil && aggregates[m[1]] != nil && len(aggregates[m[1]].Rows) > 2*maxRows {
			if number, _ := strconv.Atoi(m[2]); p[m[1]][number] == nil {
				delete(pages, name)
			}
		}
	}
}

// lines are the places of the lines beyond the first thousand that a page of an aggregate shows.
func (p furtherPages) lines(page string, a *aggregate.Aggregate, cited []fact.Address) []int {
	if m := partOf.FindStringSubmatch(page); m != nil {
		number, _ := strconv.Atoi(m[2])
		return p[a.Name][number]
	}
	if p[a.Name] != nil {
		return nil
	}
	return citedBeyond(a, cited)
}

// linkOf leads to the page that shows the cell of a fact.
func (p furtherPages) linkOf(address fact.Address, aggregates aggregate.Set) string {
	if p[address.Name] != nil {
		if i := aggregates[address.Name].Index(address.Key...); i >= maxRows {
			return address.LinkOn(i/maxRows + 1)
		}
	}
	return address.Link()
}

// LinkOf leads to the cell of a fact, from the root of the site, once its pages are made.
func (s *Site) LinkOf(address fact.Address) string { return s.parts.linkOf(address, s.Aggregates) }

// leadToParts has the links of all pages lead to the cells that are on further pages.
func (s *Site) leadToParts(pages Pages) error {
	if len(s.parts) == 0 {
		return nil
	}
	return pages.eachPage(func(_ string, page []byte) ([]byte, error) {
		return toNumbers.ReplaceAllFunc(page, func(link []byte) []byte {
			start, end := bytes.IndexByte(link, '"')+1, len(link)-1
			address, ok := fact.AddressOfLink(html.UnescapeString(string(link[start:end])))
			if !ok {
				return link
			}
			return slices.Concat(link[:start], []byte(html.EscapeString(s.LinkOf(address))), link[end:])
		}), nil
	})
}

var toNumbers = regexp.MustCompile(`="/numbers/[a-z0-9_]+/#[^"<>]*"`)

// writeParts leads to the further pages of an aggregate.
func (r *Report) writeParts(w *markup.Writer, name string, of map[int][]int) {
	if len(of) == 0 {
		return
	}
	numbers := make([]int, 0, len(of))
	for number := range of {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	v := r.tables.voice()
	w.Raw("<p").Class(markup.Own).Raw(">").Text(v.Say("more_cited"))
	for i, number := range numbers {
		if i > 0 {
			w.Raw(",")
		}
		w.Raw(" ")
		w.Raw("<a").Attr("href", fmt.Sprintf("/numbers/%s/%d/", name, number)).Raw(">").Text(r.tables.rowsOf(r.tables.aggregates[name], number)).Raw("</a>")
	}
	w.Raw(".</p>\n")
}
