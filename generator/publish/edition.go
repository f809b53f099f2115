package publish

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/fact"
	"broadsheet/generator/listing"
	"broadsheet/generator/lock"
	"broadsheet/generator/markup"
	"broadsheet/generator/phrase"
	"broadsheet/generator/record"
	"broadsheet/generator/site"

	"golang.org/x/net/html"
)

// Where editions are on the branch.
const (
	editions   = "editions/"
	since      = editions + "since/"
	editionsIn = editions + "index.html"

	// EditionFile says in an edition which one it is.
	EditionFile = ".broadsheet-edition"
)

// editionName is a year, a month or a day, so that no edition is called "since".
var editionName = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

func (b *Branch) checkEdition(context.Context) error {
	name := b.o.Edition
	switch {
	case name == "":
		return nil
	case !editionName.MatchString(name):
		return &Refused{fmt.Sprintf("%q is not the date of an edition", name), "name it by a day, a month or a year: 2018-01-24, 2018-01 or 2018", false}
	case slices.Contains(b.editions(), name):
		return &Refused{fmt.Sprintf("the edition %s exists, and an edition is never rewritten", name), "publish without --edition, or name another day", false}
	}
	return nil
}

// editions lists those on the branch, the latest first.
func (b *Branch) editions() []string {
	found := map[string]bool{}
	for file := range b.files {
		name, _, _ := strings.Cut(strings.TrimPrefix(file, editions), "/")
		if strings.HasPrefix(file, editions) && editionName.MatchString(name) {
			found[name] = true
		}
	}
	names := slices.Sorted(maps.Keys(found))
	slices.Reverse(names)
	return names
}

// frozen reports whether a file belongs to an edition.
func frozen(file string) bool {
	return strings.HasPrefix(file, editions) && !strings.HasPrefix(file, since) && file != editionsIn
}

// addEditions adds the new edition to the files, and what is said of all of them.
func (b *Branch) addEditions(ctx context.Context, files map[string][]byte, c Content) (err error) {
	names := b.editions()
	if b.o.Edition != "" {
		names = slices.Sorted(slices.Values(append(names, b.o.Edition)))
		slices.Reverse(names)
	}
	if len(names) == 0 {
		return nil
	}
	for file := range c.Pages {
		if strings.HasPrefix(file, editions) {
			return &Refused{"the report has pages of its own at /editions/, where editions go", "move these pages", false}
		}
	}
	look, now := lookOf(c.Pages["index.html"]), listing.Links(c.Pages[listing.FactsFile])
	var list []listed
	for _, name := range names {
		before := c.Facts
		if name == b.o.Edition {
			for file, data := range Edition(c.Edition, name) {
				files[editions+name+"/"+file] = data
			}
			files[editions+name+"/"+factsFile] = files[factsFile]
		} else {
			if before, err = b.factsOf(ctx, name); err != nil {
				return err
			}
		}
		changes := slices.DeleteFunc(lock.Between(before, c.Facts), func(c lock.Change) bool { return c.Kind == lock.Added })
		visible := slices.DeleteFunc(slices.Clone(changes), func(c lock.Change) bool { return c.Same })
		changed := look.Say("edition_unchanged")
		if n := len(visible); n > 0 {
			changed = look.Count("edition_changed", n, strconv.Itoa(n))
		}
		list = append(list, listed{name, changed})
		then := c.Pages[listing.FactsFile]
		if of, ok := b.files[editions+name+"/"+listing.FactsFile]; ok && len(visible) > 0 {
			if then, err = b.git.read(ctx, of.blob); err != nil {
				return err
			}
		}
		page, err := sincePage(look, name, visible, len(changes)-len(visible), listing.Links(then), now)
		if err != nil {
			return err
		}
		files[since+name+"/index.html"] = page
	}
	files[editionsIn], err = look.write("../", look.Say("editions"), list, editionsText)
	return err
}

// factsOf are those that an edition shows.
func (b *Branch) factsOf(ctx context.Context, name string) ([]record.LockedFact, error) {
	file := editions + name + "/" + factsFile
	text, err := b.git.read(ctx, b.files[file].blob)
	if err != nil {
		return nil, err
	}
	facts, ok := record.ReadFacts(text)
	if !ok {
		return nil, &Refused{fmt.Sprintf("%s on the branch %s cannot be read", file, b.o.Branch), "use the version of Broadsheet that made this edition", false}
	}
	return facts, nil
}

// Edition is the pages of a site as an edition keeps them: each says that it is one,
// and leads to the current page and to what has changed since. The page for addresses
// that lead nowhere is none of them.
func Edition(pages map[string][]byte, name string) map[string][]byte {
	marked := map[string][]byte{EditionFile: []byte(name + "\n")}
	for file, data := range pages {
		switch {
		case file == "404.html":
			continue
		case path.Ext(file) == ".html":
			data = mark(data, file, name)
		}
		marked[file] = data
	}
	return marked
}

// markText is at the beginning of each page. It brings its style, as a report may
// have a style sheet of its own.
var markText = template.Must(template.New("").Parse(`
<aside style="max-width: 40rem; margin: 1rem auto; padding: .5rem 1rem; border: 1px solid currentcolor"><p style="margin: 0"><strong>{{.Words.Say "edition" "Name" .Name}}.</strong> {{.Words.Say "edition_kept"}} <a href="{{.Current}}">{{.Words.Say "edition_current"}}</a>. <a href="{{.Since}}">{{.Words.Say "edition_since"}}</a>.</p></aside>
`))

func mark(page []byte, file, name string) []byte {
	words := phrase.In("en")
	z := html.NewTokenizer(bytes.NewReader(page))
	for at := 0; ; {
		kind := z.Next()
		at += len(z.Raw())
		if kind == html.ErrorToken {
			return page // it leads on to another page, and says nothing
		}
		if kind != html.StartTagToken {
			continue
		}
		t := z.Token()
		switch t.Data {
		case "html":
			words = wordsOf(t)
			continue
		case "main":
		default:
			continue
		}
		up := strings.Repeat("../", strings.Count(file, "/")) // to the edition
		var said bytes.Buffer
		if err := markText.Execute(&said, map[string]any{"Words": words, "Name": name, "Current": up + "../../" + file, "Since": up + "../since/" + name + "/index.html"}); err != nil {
			panic(err) // the template is ours
		}
		return slices.Concat(page[:at], said.Bytes(), page[at:])
	}
}

// wordsOf are the phrases of the language of a page, by its first element.
func wordsOf(t html.Token) *phrase.Book {
	for _, a := range t.Attr {
		if a.Key == "lang" {
			return phrase.In(a.Val)
		}
	}
	return phrase.In("en")
}

// listed is an edition in the list of all.
type listed struct {
	Name    string
	Changed string // how many figures, in words
}

// moved is a figure of an edition that is not the same now.
type moved struct {
	Fact, Before, Now         string
	BeforeLink, NowLink, Kind string
}

// sincePage lists the figures that read otherwise now; others is how many changed by less
// than they are rounded to; then and now are the links of both.
func sincePage(l look, name string, changes []lock.Change, others int, then, now map[string]string) ([]byte, error) {
	var list []moved
	for _, c := range changes {
		m := moved{Fact: c.Fact, Before: c.Old, Now: c.New, Kind: string(c.Kind)}
		if a, ok := fact.ParseAddress(c.Fact); ok {
			cell := func(links map[string]string) string {
				return strings.TrimPrefix(strings.Replace(cmp.Or(links[c.Fact], a.Link()), "/#", "/index.html#", 1), "/")
			}
			m.BeforeLink, m.NowLink = "../../"+name+"/"+cell(then), "../../../"+cell(now)
		}
		list = append(list, m)
	}
	more := ""
	if others > 0 {
		more = l.Count("edition_less", others, strconv.Itoa(others))
	}
	return l.write("../../../", l.Say("edition_since_of", "Name", name), map[string]any{"Name": name, "Moved": list, "More": more, "Scroll": markup.Scroll}, sinceText)
}

// The pages that each publication makes anew. They look like the site, whose style
// sheet they use.
var (
	frame = template.Must(template.New("frame").Parse(`<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="referrer" content="same-origin">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} · {{.Site}}</title>
<link rel="icon" href="data:,">
{{with .Style}}<link rel="stylesheet" href="{{.}}">
{{end}}</head>
<body>
<header class="masthead"><p class="name"><a href="{{.Up}}index.html">{{.Site}}</a></p></header>
<main id="main">
<article class="story">
<header><h1>{{.Title}}</h1></header>
{{template "text" .}}
</article>
</main>
</body>
</html>
`))
	editionsText = `{{define "text"}}<p>{{.Words.Say "editions_about"}}</p>
<ul>
{{range .Data}}<li><a href="{{.Name}}/index.html">{{.Name}}</a>: <a href="since/{{.Name}}/index.html">{{.Changed}}</a></li>
{{end}}</ul>{{end}}`
	sinceText = `{{define "text"}}{{$words := .Words}}{{with .Data}}<p><a href="../../{{.Name}}/index.html">{{$words.Say "edition" "Name" .Name}}</a> · <a href="../../index.html">{{$words.Say "editions_all"}}</a></p>
{{if .Moved}}<div class="{{.Scroll}}" tabindex="0" role="region" aria-label="{{$words.Say "edition_since"}}">
<table>
<thead><tr><th scope="col">{{$words.Say "edition_figure"}}</th><th scope="col">{{$words.Say "edition_then"}}</th><th scope="col">{{$words.Say "revised_new"}}</th></tr></thead>
<tbody>
{{range .Moved}}<tr><th scope="row">{{.Fact}}</th><td><a href="{{.BeforeLink}}">{{or .Before "–"}}</a></td><td>{{if eq .Kind "gone"}}{{$words.Say "edition_gone"}}{{else}}<a href="{{.NowLink}}">{{or .Now "–"}}</a>{{end}}</td></tr>
{{end}}</tbody>
</table>
</div>{{else}}<p>{{$words.Say "edition_none"}}</p>{{end}}
{{with .More}}<p>{{.}}</p>{{end}}{{end}}{{end}}`
)

// write makes such a page; up leads from it to the root of the site.
func (l look) write(up, title string, data any, text string) ([]byte, error) {
	t, err := template.Must(frame.Clone()).Parse(text)
	if err != nil {
		return nil, err
	}
	style := ""
	if l.style != "" {
		style = up + strings.TrimPrefix(l.style, "./")
	}
	var out bytes.Buffer
	err = t.Execute(&out, map[string]any{"Language": l.language, "Words": l.Book, "Policy": site.ContentPolicy, "Title": title, "Site": l.title, "Style": style, "Up": up, "Data": data})
	return out.Bytes(), err
}

// look is what these pages take from the front page.
type look struct {
	*phrase.Book
	language, title, style string
}

func lookOf(home []byte) look {
	l := look{Book: phrase.In("en"), language: "en"}
	z := html.NewTokenizer(bytes.NewReader(home))
	for inTitle := false; ; {
		switch z.Next() {
		case html.ErrorToken:
			return l
		case html.TextToken:
			if inTitle && l.title == "" {
				l.title = strings.TrimSpace(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			attributes := map[string]string{}
			for _, a := range t.Attr {
				attributes[a.Key] = a.Val
			}
			switch {
			case t.Data == "html" && attributes["lang"] != "":
				l.language, l.Book = attributes["lang"], wordsOf(t)
			case t.Data == "link" && attributes["rel"] == "stylesheet" && l.style == "":
				l.style = attributes["href"]
			case t.Data == "body":
				return l
			}
			inTitle = t.Data == "title"
		case html.EndTagToken:
			inTitle = false
		}
	}
}
