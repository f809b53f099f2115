package site

import (
	"html/template"
	"strings"
	"testing"

	"broadsheet/generator/markup"
)

func TestLinksAreRelativeToTheirPage(t *testing.T) {
	for _, tt := range []struct{ page, from, want string }{
		{"index.html", `<a href="/">`, `<a href="./index.html">`},
		{"index.html", `<a href="/a/">`, `<a href="./a/index.html">`},
		{"a/b/index.html", `<a href="/">`, `<a href="../../index.html">`},
		{"a/index.html", `<a href="/c/#x-1">`, `<a href="../c/index.html#x-1">`},
		{"a/index.html", `<a href="/c/?q=1#x">`, `<a href="../c/index.html?q=1#x">`},
		{"a/index.html", `<link rel="stylesheet" href="/css/main.css">`, `<link rel="stylesheet" href="../css/main.css">`},
		{"a/index.html", `<img src="/x.png" alt="">`, `<img src="../x.png" alt="">`},
		{"a/index.html", `<use xlink:href="/x.svg#y"/>`, `<use xlink:href="../x.svg#y"/>`},
		{"a/index.html", `<img srcset="/x.png 1x,/y.png 2x, /z.png 3x" src="/x.png">`, `<img srcset="../x.png 1x,../y.png 2x, ../z.png 3x" src="../x.png">`},
		{"a/index.html", `<img srcset="x.png, https://example.org/y.png 2x">`, `<img srcset="x.png, https://example.org/y.png 2x">`},
		{"a/index.html", `<meta http-equiv="refresh" content="0; url=/b/">`, `<meta http-equiv="refresh" content="0; url=../b/index.html">`},
		{"a/index.html", `<meta http-equiv="refresh" content="0; url=/">`, `<meta http-equiv="refresh" content="0; url=../index.html">`},
		// what is not a link from the root stays
		{"a/index.html", `<a href="//example.org/">`, `<a href="//example.org/">`},
		{"a/index.html", `<a href="https://example.org/">`, `<a href="https://example.org/">`},
		{"a/index.html", `<a href="#x">`, `<a href="#x">`},
		{"a/index.html", `<data value="/x">`, `<data value="/x">`},
		{"a/index.html", `<a href="/unclosed`, `<a href="/unclosed`},
	} {
		pages := Pages{tt.page: []byte(tt.from)}
		relativizeLinks(pages, "")
		if got := string(pages[tt.page]); got != tt.want {
			t.Errorf("%s: %s became %s, want %s", tt.page, tt.from, got, tt.want)
		}
	}
}

// TestLinksOfTheLostPageAreFromTheRoot: it is shown at any depth.
func TestLinksOfTheLostPageAreFromTheRoot(t *testing.T) {
	for base, want := range map[string]string{
		"": "/", "https://example.org": "/", "https://example.org/": "/", "https://example.org/letters": "/letters/", "https://example.org/a/b%20c/": "/a/b%20c/",
	} {
		pages := Pages{"404.html": []byte(`<a href="/"><a href="/x/#y"><img src="/z.png">`), "de/404.html": []byte(`<a href="/de/">`)}
		relativizeLinks(pages, base)
		if base == "" { // nobody knows where the root is: the script makes the links
			href := " " + string(markup.DataHref) + `="`
			if got := string(pages["404.html"]); got != "<a"+href+`index.html"><a`+href+`x/index.html#y"><img src="/z.png">` {
				t.Errorf("%s: %s", base, got)
			}
			continue
		}
		if got := string(pages["404.html"]); got != `<a href="`+want+`index.html"><a href="`+want+`x/index.html#y"><img src="`+want+`z.png">` {
			t.Errorf("%s: %s", base, got)
		}
		if got := string(pages["de/404.html"]); got != `<a href="`+want+`de/index.html">` {
			t.Errorf("%s: %s", base, got)
		}
	}
}

// FuzzRelatePage: rewriting links changes nothing but links.
func FuzzRelatePage(f *testing.F) {
	f.Add(`<a href="/x/">t</a> href="/y" <img src="/z">`)
	f.Fuzz(func(t *testing.T, page string) {
		got := string(relatePage([]byte(page), "../"))
		if strings.Contains(page, `="/`) {
			return
		}
		if got != page {
			t.Errorf("%q became %q", page, got)
		}
	})
}

func TestOnlyOurElementsGoAroundMarkdown(t *testing.T) {
	const ours = `<data class="fact" value="1"><a href="/numbers/a/#b">1</a></data>`
	r := &Report{}
	for _, tt := range []struct{ inner, text string }{
		{"a " + ours + " b", "a \ue0000\ue001 b"},
		{`<q class="quoted"><a href="/sources/#a">&lt;b&gt;</a></q> b`, "\ue0000\ue001 b"},
		{`<script>alert(1)</script>`, `<script>alert(1)</script>`},
		{`<span class="finding" data-finding="a.b">so ` + ours + `</span>, b`, "\ue0000\ue001, b"},
		{`<span class="finding" data-finding="a.b"><b>x</b></span>`, `<span class="finding" data-finding="a.b"><b>x</b></span>`},
		{`<data class="fact" value="1"><a href="javascript:alert(1)">1</a></data>`, `<data class="fact" value="1"><a href="javascript:alert(1)">1</a></data>`},
	} {
		i := r.Inline(tt.inner)
		if i.Text != tt.text {
			t.Errorf("%s leaves %q, want %q", tt.inner, i.Text, tt.text)
		}
	}
	i := r.Inline(ours)
	if got := i.Restore(template.HTML("<em>" + i.Text + "</em>")); string(got) != "<em>"+ours+"</em>" {
		t.Errorf("%s", got)
	}
	if got := i.Restore("\ue0007\ue001"); got != "" {
		t.Errorf("a mark without an element became %q", got)
	}
}

func TestSQLIsEscapedAndColoured(t *testing.T) {
	got := string(highlightSQL("SELECT '<b>', 12 -- a <i>\nFROM t"))
	want := `<pre class="sql" tabindex="0"><code><span class="k">SELECT</span> <span class="s">&#39;&lt;b&gt;&#39;</span>, <span class="m">12</span> <span class="c">-- a &lt;i&gt;</span>` + "\n" + `<span class="k">FROM</span> t</code></pre>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTheNameOfADomain: only a site at the root of a custom domain has a CNAME.
func TestTheNameOfADomain(t *testing.T) {
	for base, want := range map[string]string{
		"https://Example.org/": "example.org", "https://example.org": "example.org", "https://example.org/letters/": "", "https://somebody.github.io/": "", "https://example.org:8080/": "",
		"http://localhost/": "", "http://127.0.0.1/": "", "": "",
	} {
		if got := domain(base); got != want {
			t.Errorf("%s: got %q", base, got)
		}
	}
}

func TestBaseURLs(t *testing.T) {
	for text, want := range map[string]string{
		"https://example.org": "https://example.org/", "https://example.org/a/": "https://example.org/a/", "http://localhost:1313/x": "http://localhost:1313/x/",
		"example.org": "", "ftp://example.org/": "", "https://": "", "https://example.org/?a": "", "https://example.org/#a": "", "https://a:b@example.org/": "", "": "",
	} {
		if got, ok := ParseBaseURL(text); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %v", text, got, ok)
		}
	}
}
