package onefile

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"broadsheet/generator"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const head = `<!DOCTYPE html><html lang="en"><head><title>Letters</title><meta name="description" content="D"><link rel="stylesheet" href="./css/a.css">
<script src="./dist/a.js"></script></head><body><header class="masthead"><nav><ul><li><a href="./index.html">Story</a></li><li><a href="./money/index.html">Money</a></li></ul></nav></header>`

func site() map[string][]byte {
	return map[string][]byte{
		"index.html": []byte(head + `<main id="main"><h1 id="top">Letters</h1><p><a href="./money/index.html">all</a> <a href="./money/index.html#row-2">one</a> <a href="#top">top</a>
			<a href="./numbers/a/index.html#b-c">$5</a> <a href="https://example.com/x">else</a></p><p class="take"><a href="./a.csv" download>CSV</a> <a href="./numbers/index.html">how</a></p>
			<img src="./a.png" alt="a" srcset="b.png 2x"><p data-label="x" data-places="./places.json">p</p><script>1</script><iframe src="./embed/index.html"></iframe></main></body></html>`),
		"money/index.html": []byte(`<main id="main"><h1 id="top">Money</h1><p id="row-2"><a href="../index.html#top">story</a><svg><g clip-path="url(#c)"></g><a href="../numbers/a/index.html"><path d="M0 0"></path></a><clipPath id="c"></clipPath></svg></p><label for="top">x</label></main>`),
		"css/a.css":        []byte(`p::before { content: attr(data-label) } @font-face { src: url("../faces/a.woff2"); font-display: optional; unicode-range: U+0??, U+131 } @font-face { src: url("../faces/b.woff2"); unicode-range: U+0100-017F }`),
		"faces/a.woff2":    []byte("face"), "a.png": []byte("picture"), "a.csv": []byte("a"), "numbers/a/index.html": nil,
	}
}

func TestMake(t *testing.T) {
	for _, tt := range []struct {
		what, base string
		has, lacks []string
	}{
		{"where the site will be is not known", "", []string{
			`<a href="#page-money">all</a>`, `<a href="#money--row-2">one</a>`, `<a href="#top">top</a>`, `<span>$5</span>`, `<a href="https://example.com/x">else</a>`, // links
			`<section id="page-money"><h1 id="money--top">Money</h1>`, `<a href="#top">story</a>`, `clip-path="url(#money--c)"`, `<clipPath id="money--c">`, `for="money--top"`, // a second page
			`<img src="data:image/png;base64,cGljdHVyZQ==" alt="a"/>`, `src: url("data:font/woff2;base64,ZmFjZQ=="); font-display: swap;`, `</g><path d="M0 0"/>`, `data-label="x"`, `<title>Letters</title>`,
			`http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;`,
		}, []string{"<script", "iframe", "CSV", "places.json", "b.png", "./", "U+0100"}},
		{"where the site will be is known", "https://example.org/a/", []string{
			`<a href="https://example.org/a/numbers/a/#b-c">$5</a>`, `<a href="https://example.org/a/a.csv">CSV</a> <a href="https://example.org/a/numbers/">how</a>`, `<a href="#page-money">all</a>`,
		}, []string{"<script", "iframe", "places.json"}},
	} {
		file, err := Make(site(), tt.base)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.has {
			if !strings.Contains(string(file), want) {
				t.Errorf("%s: no %s in\n%s", tt.what, want, file)
			}
		}
		for _, bad := range tt.lacks {
			if strings.Contains(string(file), bad) {
				t.Errorf("%s: %s in\n%s", tt.what, bad, file)
			}
		}
	}
}

func TestAFrontPageOfAnotherKind(t *testing.T) {
	for _, front := range []string{"", "<p>x</p>"} {
		if _, err := Make(map[string][]byte{"index.html": []byte(front)}, ""); !errors.Is(err, ErrNoFront) {
			t.Errorf("%q: %v", front, err)
		}
	}
	if _, err := Make(nil, ""); !errors.Is(err, ErrNoFront) {
		t.Error(err)
	}
}

var built = sync.OnceValues(func() (*generator.Result, error) {
	return generator.Build(context.Background(), os.DirFS("../testdata/report"), generator.Options{})
})

// TestTheFileNeedsNoOther of a whole report: each address is in the file, or one to which only a reader goes.
func TestTheFileNeedsNoOther(t *testing.T) {
	result, err := built()
	if err != nil || result.Pages == nil {
		t.Fatal(err, result.Problems)
	}
	before := len(result.Pages)
	file, err := Make(result.Pages, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := Make(result.Pages, "")
	if err != nil || !bytes.Equal(file, again) || len(result.Pages) != before {
		t.Error("a second one differs, or the site was changed", err)
	}
	page, err := html.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]int{}, []string{}
	for n := range page.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href" && n.DataAtom == atom.A && strings.HasPrefix(a.Val, "#"):
				links = append(links, a.Val[1:])
			case (a.Key == "href" || a.Key == "src") && strings.HasPrefix(a.Val, "data:"), a.Key == "href" && n.DataAtom == atom.A && strings.HasPrefix(a.Val, "https://"):
			case a.Key == "href" || a.Key == "src" || a.Key == "srcset" || a.Key == "data" || a.Key == "poster" || a.Key == "action":
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if n.DataAtom == atom.Script {
			t.Error("a script")
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d elements have the id %s", n, id)
		}
	}
	for _, link := range links {
		if ids[link] == 0 {
			t.Errorf("a link to #%s, which is not there", link)
		}
	}
	if len(links) == 0 || !bytes.Contains(file, []byte(`class="drawing wide"`)) {
		t.Error("no links, or no chart")
	}
}
