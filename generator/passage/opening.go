package passage

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/fact"
	"broadsheet/generator/markup"
	"broadsheet/generator/memo"

	"golang.org/x/net/html"
)

// Opening is what somebody sees first on a page: what a card shows of it.
type Opening struct {
	Title         string
	Standfirst    string
	Description   string
	Number, Label string // of the first number that stands alone
	Fact          fact.Address
	Chart         string // the id of the first chart
}

// Open reads the opening of a finished page, whose links are from the root of the site.
func Open(page []byte, m *memo.Memo) (Opening, error) {
	key, err := memo.KeyOf(page)
	if err != nil {
		return Opening{}, err
	}
	return memo.Do(m, "opening", key, func() (Opening, error) { return open(page), nil })
}

func open(page []byte) Opening {
	var o Opening
	var texts []*string // where the text of each open element goes
	into := func() *string {
		if len(texts) == 0 {
			return nil
		}
		return texts[len(texts)-1]
	}
	inNumber := false
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			for _, text := range []*string{&o.Title, &o.Standfirst, &o.Number, &o.Label} {
				*text = fold(*text)
			}
			return o
		case html.TextToken:
			if t := into(); t != nil {
				*t += string(z.Text())
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); len(texts) > 0 && paired[string(tag)] {
				texts = texts[:len(texts)-1]
				inNumber = inNumber && string(tag) != "p"
			}
		case html.StartTagToken:
			t := z.Token()
			attributes := map[string]string{}
			for _, a := range t.Attr {
				attributes[a.Key] = a.Val
			}
			class := attributes["class"]
			to := into()
			switch {
			case t.Data == "meta" && attributes["name"] == "description":
				o.Description = attributes["content"]
			case t.Data == "h1" && o.Title == "":
				to = &o.Title
			case t.Data == "p" && markup.Standfirst.In(class) && o.Standfirst == "":
				to = &o.Standfirst
			case t.Data == "p" && markup.Lead.In(class) && o.Number == "":
				inNumber, to = true, &o.Label
			case t.Data == "data" && inNumber && o.Number == "":
				to = &o.Number
			case t.Data == "a" && to == &o.Number:
				o.Fact, _ = fact.AddressOfLink(attributes["href"])
			case t.Data == "figure" && markup.Chart.In(class) && o.Chart == "":
				o.Chart, _ = markup.ChartID(attributes["id"])
			}
			if paired[t.Data] {
				texts = append(texts, to)
			}
		}
	}
}

// Lead is what a text says first: whole sentences of its first paragraph, as many as fit into some characters, and one at
// least. A page is described by it that has no description of its own.
func Lead(content []byte, characters int) string {
	var said strings.Builder
	z := html.NewTokenizer(bytes.NewReader(content))
	within, inside := 0, false // a quotation, a chart, a list; a paragraph of the text itself
	for {
		t := z.Next()
		tag, _ := z.TagName()
		switch name := string(tag); {
		case t == html.ErrorToken:
			return ""
		case t == html.TextToken && inside:
			said.Write(z.Text())
		case inside && name == "br":
			said.WriteByte(' ')
		case t == html.StartTagToken && apart[name]:
			within++
		case t == html.EndTagToken && apart[name]:
			within--
		case t == html.StartTagToken && name == "p":
			inside = within == 0
		case t == html.EndTagToken && name == "p" && inside:
			inside = false
			if text := fold(said.String()); text != "" {
				return firstSentences(text, characters)
			}
		}
	}
}

// apart are what is not the text itself, if there is a paragraph in it.
var apart = map[string]bool{"blockquote": true, "figure": true, "aside": true, "section": true, "div": true, "ul": true, "ol": true, "table": true, "details": true}

func firstSentences(text string, characters int) string {
	end := 0
	for _, sentence := range Split(text) {
		if end > 0 && utf8.RuneCountInString(text[:end+len(sentence)]) > characters {
			break
		}
		end += len(sentence)
	}
	return strings.TrimSpace(text[:end])
}

// paired are the elements whose ends matter: all of them have one.
var paired = map[string]bool{"h1": true, "p": true, "data": true, "span": true}
