package passage

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"broadsheet/generator/fact"

	"golang.org/x/net/html"
)

// Figure is a fact as a published page shows it.
type Figure struct {
	Fact string // its address
	Text string
}

// Figures lists what links to a cell of the numbers, and the cells of a page of
// numbers, in the order of the page. Links are relative to the page, as they are once a
// site is finished.
func Figures(name string, page []byte) []Figure {
	var list []Figure
	open := -1        // the figure that is open
	var closes string // its tag
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			for i := range list {
				list[i].Text = fold(list[i].Text)
			}
			return list
		case html.TextToken:
			if open >= 0 {
				list[open].Text += string(z.Text())
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); open >= 0 && string(tag) == closes {
				open = -1
			}
		case html.StartTagToken:
			t := z.Token()
			address, ok := addressed(name, t)
			if ok && open < 0 {
				list = append(list, Figure{Fact: address.String()})
				open, closes = len(list)-1, t.Data
			}
		}
	}
}

// addressed is the fact of a link, or of a cell of the page.
func addressed(name string, t html.Token) (fact.Address, bool) {
	for _, a := range t.Attr {
		switch {
		case t.Data == "a" && a.Key == "href":
			u, err := url.Parse(a.Val)
			if err != nil || u.Host != "" || u.Fragment == "" {
				return fact.Address{}, false
			}
			target := name
			if u.Path != "" {
				target = path.Join(path.Dir(name), u.Path)
			}
			return inNumbers(target, u.Fragment)
		case (t.Data == "td" || t.Data == "th") && a.Key == "id":
			return inNumbers(name, a.Val)
		}
	}
	return fact.Address{}, false
}

// inNumbers is the fact at an anchor of a page.
func inNumbers(page, anchor string) (fact.Address, bool) {
	return fact.AddressOfLink("/" + strings.TrimSuffix(page, "index.html") + "#" + anchor)
}
