package check

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"
)

const policy = "default-src 'self'"

// head is what each page begins with.
const head = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` + policy + `"><title>Home</title>`

func problemsOf(t *testing.T, site Site) string {
	t.Helper()
	var problems diag.List
	if err := Pages(t.Context(), site, &problems); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
	}
	return strings.Join(said, "\n")
}

// check checks a page with that body, or a file of that name.
func check(t *testing.T, body string, files ...string) string {
	t.Helper()
	site := map[string][]byte{
		"index.html":   []byte(head + `<body>` + body),
		"a/index.html": []byte(head + `<p id="here">`),
		"main.css":     nil, "x.png": nil, "x.js": nil, "font.woff2": nil, "shapes.svg": nil,
	}
	for i := 0; i < len(files); i += 2 {
		site[files[i]] = []byte(files[i+1])
	}
	delete(site, "shapes.svg")
	site["shapes.svg"] = []byte(`<svg xmlns="http://www.w3.org/2000/svg"><path id="x"/></svg>`)
	return problemsOf(t, Site{Pages: site, Policy: policy})
}

func TestSoundPages(t *testing.T) {
	for _, body := range []string{
		`<a href="./a/index.html#here">`, `<a href="https://example.org/">`, `<a href="mailto:a@example.org">`, `<a href="tel:+1555">`,
		`<link rel="stylesheet" href="main.css">`, `<a href="#x"><i id="x">`, `<img src="data:image/png;base64,AA" alt="">`,
		`<link rel="canonical" href="https://example.org/">`, `<link rel="icon" href="data:,">`, `<blockquote cite="https://example.org/">`,
		`<script src="x.js" defer></script>`, `<script type="application/json">{"a": "https://example.org"}</script>`,
		`<img src="x.png" srcset="x.png 1x, x.png 2x,x.png 3x" alt="">`, `<picture><source srcset="x.png" media="(min-width: 9em)"><img src="x.png" alt=""></picture>`,
		`<video src="x.png" poster="x.png" controls><track src="x.png" kind="captions"></video>`, `<iframe src="a/index.html" title="A"></iframe>`,
		`<p style="color: red; background: url(x.png)">`, `<style>@import "main.css"; @font-face {src: url(font.woff2) format("woff2")} a::after {content: "https://x"}</style>`,
		`<style>p {background: image-set("x.png" type("image/png") 1x)}</style>`, `<style>@namespace svg url(http://www.w3.org/2000/svg);</style>`,
		`<svg viewBox="0 0 1 1"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)" width="1" transform="rotate(3)"/><use xlink:href="shapes.svg#x"/><a xlink:href="https://example.org/"><text>x</text></a></svg>`,
		`<math display="block"><mrow><mi>x</mi><mo stretchy="false">(</mo></mrow><semantics><annotation encoding="application/x-tex">x</annotation></semantics></math>`,
		`<ul><li><input type="checkbox" checked disabled> done</ul>`, `<table><td style="text-align:right" align="right">1</table>`,
		`<sup id="f1"><a href="#f2" class="footnote-ref" role="doc-noteref">1</a></sup><div class="footnotes" role="doc-endnotes"><ol><li id="f2">x <a href="#f1" role="doc-backlink">↩</a></ol></div>`,
		`<noscript><p>Put the address in front</p></noscript>`, `<details open><summary>x</summary></details>`, `<textarea readonly><script>a &amp; b</script></textarea>`,
		`<a href="./a/index.html?q=1">`, `<!-- <a href="javascript:x"> -->`, `<base target="_blank">`, `<a href="#top">`, `<meta http-equiv="refresh" content="5">`, `<meta http-equiv="refresh" content="0; url=a/index.html">`, `<meta http-equiv="refresh" content="0;url='a/index.html'">`,
	} {
		if said := check(t, body); said != "" {
			t.Errorf("%s: %s", body, said)
		}
	}
	for name, text := range map[string]string{
		"x.css":       `@charset "utf-8"; @import url("main.css"); p {background: url( 'x.png' ) , URL(x.png); mask: url(shapes.svg#x)}`,
		"x.svg":       `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xml:space="preserve" viewBox="0 0 1 1"><style>path {fill: red}</style><inkscape:grid inkscape:x="1"/><path d="M0 0" inkscape:label="x" style="fill:#000"/><a xlink:href="https://example.org/"><text>x</text></a></svg>`,
		"index.xml":   `<?xml version="1.0"?><rss xmlns:atom="http://www.w3.org/2005/Atom"><atom:link href="https://example.org/index.xml" rel="self"/><item><description>&lt;script&gt;</description></item></rss>`,
		"sitemap.xml": `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>https://example.org/</loc><xhtml:link rel="alternate" hreflang="de" href="https://example.org/de/"/></url></urlset>`,
	} {
		if said := check(t, "", name, text); said != "" {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// TestTheLostPageIsAnywhere: its links are from the root, where that is known or not,
// and its scripts are looked for at each depth.
func TestTheLostPageIsAnywhere(t *testing.T) {
	for _, tt := range []struct{ root, body, want string }{
		{"", `<a href="/index.html">a</a><a href="#x">b</a><i id="x"><script src="./x.js"></script><script src="../../x.js"></script>`, ""},
		{"/letters/", `<a href="/letters/index.html">`, ""},
		{"", `<a href="/nowhere.html">`, "404.html: a link leads nowhere: /nowhere.html"},
		{"/letters/", `<a href="/letters/nowhere.html">`, "404.html: a link leads nowhere: /nowhere.html"},
		{"/letters/", `<a href="/index.html">`, "404.html: a link from the root of the server: /index.html\n  hint: write it with double quotes around the address, so that it is made relative"},
	} {
		pages := map[string][]byte{"404.html": []byte(head + tt.body), "index.html": []byte(head + "x"), "x.js": nil}
		got := problemsOf(t, Site{Pages: pages, Policy: policy, Root: tt.root})
		if got != tt.want {
			t.Errorf("%s below %q: %s", tt.body, tt.root, got)
		}
	}
}

// TestNothingIsRequestedOrRun tries what makes a browser ask another host, or run something.
func TestNothingIsRequestedOrRun(t *testing.T) {
	for _, body := range []string{
		// elements and attributes that load
		`<script src="https://evil.test/x.js"></script>`, `<link rel="stylesheet" href="//evil.test/x.css">`, `<link rel="preconnect" href="https://evil.test">`,
		`<link rel="dns-prefetch" href="//evil.test">`, `<link rel="prefetch" href="https://evil.test/">`, `<link rel="modulepreload" href="https://evil.test/">`,
		`<link rel="alternate stylesheet" href="https://evil.test/">`, `<link rel="preload" as="image" imagesrcset="https://evil.test/x.png 1x" href="x.png">`, `<link href="https://evil.test/">`,
		`<img alt="" src="https://evil.test/x.png">`, `<img alt="" srcset="x.png 1x, https://evil.test/x.png 2x">`, `<picture><source srcset="https://evil.test/x.png"></picture>`,
		`<img alt="" src="https:\\evil.test\x.png">`, `<img alt="" src="\\evil.test\x.png">`, `<img alt="" src="/\evil.test/x.png">`, `<img alt="" src="//evil.test/x.png">`,
		`<img alt="" src="` + "ht\ntps://evil.test/x.png" + `">`, `<img alt="" src="&#104;ttps://evil.test/x.png">`, `<img alt="" src=" https://evil.test/x.png">`, `<img alt="" src="HTTPS:/evil.test/x.png">`,
		`<img alt="" src="blob:https://evil.test/1">`, `<img alt="" src="ftp://evil.test/x.png">`, `<img alt="" src="data:text/html,x">`,
		`<video src="https://evil.test/x.mp4"></video>`, `<video poster="https://evil.test/x.png"></video>`, `<audio src="https://evil.test/x.mp3"></audio>`,
		`<video><source src="https://evil.test/x.mp4"><track src="https://evil.test/x.vtt"></video>`, `<iframe src="https://evil.test/"></iframe>`,
		`<iframe srcdoc="<script>alert()</script>"></iframe>`, `<iframe src="data:text/html,<script>alert()</script>"></iframe>`, `<iframe src="javascript:alert()"></iframe>`,
		`<object data="https://evil.test/x.swf"></object>`, `<embed src="https://evil.test/x.swf">`, `<applet archive="https://evil.test/">`,
		`<a href="./a/index.html" ping="https://evil.test/">x</a>`, `<form action="https://evil.test/"><button>x</button></form>`, `<button formaction="https://evil.test/">x</button>`,
		`<input type="image" src="https://evil.test/x.png">`, `<table background="https://evil.test/x.png"></table>`, `<table><td background="https://evil.test/x.png"></table>`,
		`<meta http-equiv="refresh" content="0; url=https://evil.test/">`, `<meta http-equiv="refresh" content="0; url='javascript:alert()'">`, `<meta http-equiv="refresh" content="0;https://evil.test/?a=b">`, `<meta http-equiv="refresh" content="0, //evil.test/">`, `<meta http-equiv="refresh" content=" 0 ; URL = &quot;https://evil.test/&quot; x">`, `<meta http-equiv="Refresh" content="1 https://evil.test/">`, `<base href="https://evil.test/">`, `<meta http-equiv="set-cookie" content="x">`,
		`<html manifest="https://evil.test/">`, `<body background="https://evil.test/x.png">`, `<link rel="manifest" href="https://evil.test/m.json">`,
		`<bgsound src="https://evil.test/">`, `<img alt="" lowsrc="https://evil.test/x.png">`, `<img alt="" longdesc="https://evil.test/">`, `<portal src="https://evil.test/">`,
		`<div data-places="https://evil.test/places.json"></div>`, `<noscript><img alt="" src="https://evil.test/x.png"></noscript>`, `<template><img alt="" src="https://evil.test/x.png"></template>`,
		`<noscript><p title="</noscript><img alt='' src=https://evil.test/x.png>"></noscript>`,
		// links that run or hide something
		`<a href="javascript:alert()">`, `<a href=" &#1;java&#10;script:alert()">`, `<a href="java&Tab;script:alert()">`, `<a href="JaVaScRiPt&colon;alert()">`, `<a href="vbscript:x">`,
		`<a href="data:text/html,<script>alert()</script>">`, `<a href="//evil.test/">`, `<a href="https:evil">`, `<map><area href="javascript:alert()"></map>`, `<a href="file:///etc/passwd">`,
		// scripts
		`<script>fetch("https://evil.test/")</script>`, `<script type="module">import "https://evil.test/x.js"</script>`, `<script type="importmap">{}</script>`, `<script type="speculationrules">{}</script>`,
		`<p onclick="alert()">`, `<img alt="" src="x.png" onerror="alert()">`, `<svg onload="alert()">`, `<details ontoggle="alert()">`,
		// drawings
		`<svg><use xlink:href="https://evil.test/x.svg#y"/></svg>`, `<svg><image href="https://evil.test/x.png"/></svg>`, `<svg><image xlink:href="https://evil.test/x.png"/></svg>`,
		`<svg><rect fill="url(https://evil.test/x.svg#y)"/></svg>`, `<svg><rect filter="url('https://evil.test/x.svg#y')"/></svg>`, `<svg><a xlink:href="javascript:alert()"><text>x</text></a></svg>`,
		`<svg><a><animate attributeName="href" values="javascript:alert()"/></a></svg>`, `<svg><set attributeName="onclick" to="alert()"/></svg>`, `<svg><script>alert()</script></svg>`,
		`<svg><foreignObject><iframe srcdoc="x"></iframe></foreignObject></svg>`, `<svg><style>@import "https://evil.test/x.css";</style></svg>`, `<svg><feImage href="https://evil.test/x.png"/></svg>`,
		`<svg><desc><b></svg></b></desc><style><img src=x onerror=alert()></style></svg>`, `<svg><style>&lt;/style>&#64;import &quot;https://evil.test/x.css&quot;;</style></svg>`,
		`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<math><maction actiontype="statusline#https://evil.test">`, `<math href="javascript:alert()">`,
		`<svg xml:base="https://evil.test/"><use href="#x"/></svg>`,
		// styles
		`<p style="background: url(https://evil.test/x.png)">`, `<p style="background: URL( 'https://evil.test/x.png' )">`, `<p style="background: \75rl(https://evil.test/x.png)">`, `<p style="background: u\72 l(https://evil.test/x.png)">`,
		`<p style="background: url(https\3a //evil.test/x.png)">`, `<p style="background: url(\68ttps://evil.test)">`, `<p style="background: image-set('https://evil.test/x.png' 1x)">`, `<p style="--x: 'https://evil.test/'; background: image-set(var(--x) 1x)">`,
		`<p style="background: -webkit-image-set(url(//evil.test/x.png) 1x)">`, `<p style="background: src('https://evil.test/x.png')">`, `<p style="background: url(/\evil.test/x.png)">`, `<p style="background: url(https://evil.test/x.png">`,
		`<style>@import "https://evil.test/x.css";</style>`, `<style>@\69mport "https://evil.test/x.css";</style>`, `<style>@import/**/url(https://evil.test/x.css);</style>`, `<style>@import 'data:text/css,x';</style>`,
		`<style>@font-face {src: url("https://fonts.evil.test/x.woff2")}</style>`, `<style>p {background: url("` + "https://evil.test\n" + `x.png")}</style>`, `<style>p {behavior: url(https://evil.test/x.htc)}</style>`,
		`<style>@charset "utf-7";</style>`, `<style>p { /* x */ background: url(/**/https://evil.test) }</style>`,
	} {
		if said := check(t, body); said == "" {
			t.Errorf("passed: %s", body)
		}
	}
	for _, file := range [][2]string{
		{"x.css", `@import url(https://evil.test/x.css);`}, {"x.css", "\xff\xfe@\x00i\x00"}, {"x.css", `@charset "iso-2022-jp";`}, {"x.css", "p {background: u\\\nrl(https://evil.test/)} q {background: url(//evil.test/)}"},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert()</script></svg>`}, {"x.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert()"/>`},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert()"><text>x</text></a></svg>`}, {"x.svg", `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script href="https://evil.test/"/></s:svg>`},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[@import "https://evil.test/x.css";]]></style></svg>`}, {"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill: url(https://evil.test/#x)"/></svg>`},
		{"x.svg", `<?xml-stylesheet href="https://evil.test/x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>`}, {"x.svg", `<!DOCTYPE svg [<!ENTITY x "javascript:alert()">]><svg xmlns="http://www.w3.org/2000/svg"><a href="&x;"/></svg>`},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><image xmlns:x="http://www.w3.org/1999/xlink" x:href="https://evil.test/x.png"/></svg>`}, {"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert()"/></foreignObject></svg>`},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><handler xmlns="http://www.w3.org/2001/xml-events">x</handler></svg>`}, {"x.svg", `<html xmlns="http://www.w3.org/1999/xhtml"><script>alert()</script></html>`}, {"x.svg", `<svg xmlns="http://www.w3.org/2000/svg"><g>`},
		{"x.SVG", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert()"/>`}, {"x.xml", `<x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert()</h:script></x>`}, {"x.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><body onload="alert()"/></html>`},
		{"x.xml", `<?xml-stylesheet type="text/xsl" href="https://evil.test/x.xsl"?><x/>`}, {"x.html", head + `<frameset><frame src="https://evil.test/"></frameset>`}, {"x.htm", head + `<p onclick="alert()">`}, {"x.html", head + "<p>\xff"}, {"x.html", "\xfe\xff\x00<"},
		{"x.html", strings.Replace(head, "utf-8", "iso-2022-jp", 1)}, {"x.html", strings.Replace(head, `<meta charset="utf-8">`, "", 1)}, {"x.html", strings.Replace(head, policy, "default-src *", 1)},
		{"x.html", strings.Replace(head, `<meta charset="utf-8">`, `<meta charset="utf-8"><script src="x.js"></script>`, 1)}, {"x.html", head + strings.Repeat("<div>", 1000)},
		{"x.html", `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><p>x<meta http-equiv="Content-Security-Policy" content="` + policy + `">`},
	} {
		if said := check(t, "", file[0], file[1]); said == "" {
			t.Errorf("passed: %s of %q", file[0], file[1])
		}
	}
}

func TestFaults(t *testing.T) {
	for body, want := range map[string]string{
		`<a href="a/index.html"><a href="./a/index.html">1</a> of them</a>`: "index.html: a link inside a link: ./a/index.html\n  hint: a fact is a link itself: take it out of the [ ]( ) around it",
		`<a href="./b/index.html">`:                                         "index.html: a link leads nowhere: /b/\n  hint: did you mean \"/a/\"?",
		`<a href="./a/index.html#nowhere">`:                                 `index.html: a link leads to a place that is not there: /a/ has no id "nowhere"`,
		`<a href="/a/">`:                                                    "index.html: a link from the root of the server: /a/\n  hint: write it with double quotes around the address, so that it is made relative",
		`<script src="https://example.org/x.js"></script>`:                  "index.html: <script> is requested from another host: https://example.org/x.js\n  hint: keep the file in assets/ or static/ of the report",
		`<link rel="stylesheet" href="//fonts.example.org/x.css">`:          "index.html: <link> is requested from another host: //fonts.example.org/x.css\n  hint: keep the file in assets/ or static/ of the report",
		`<a href="javascript:alert(1)">`:                                    `index.html: a link with the scheme "javascript", expected https, http, mailto or tel`,
		`<img src="main.css">`:                                              "index.html: a picture has no alt text: main.css\n  hint: describe it, or write alt=\"\" where it only decorates",
		`<i id="x"></i><i id="x"></i>`:                                      `index.html: two elements have the id "x"`,
		`<p onclick="x">`:                                                   "index.html: <p> with the attribute onclick, expected an attribute that neither loads nor runs anything\n  hint: put scripts in a file of assets/, and add event listeners there",
		`<object data="x.png"></object>`:                                    "index.html: a page with the element <object>, expected text, tables, pictures and drawings\n  hint: what it does can be done by a script in a file of assets/",
		`<p style="background: url(https://example.org/x.png)">`:            "index.html: <p style> is requested from another host: https://example.org/x.png\n  hint: keep the file in assets/ or static/ of the report",
		`<script>x()</script>`:                                              "index.html: a script in the page itself, expected <script src=\"…\"> of a file of the site\n  hint: keep it in assets/, and load it as layouts/_partials/script.html does",
		`<p style="background: url(y.png)">`:                                "index.html: a link leads nowhere: y.png",
	} {
		if said := check(t, body); said != want {
			t.Errorf("%s: got\n%s\nwant\n%s", body, said, want)
		}
	}
}

// TestFaultsHavePlaces looks for faults in the files that an editor wrote.
func TestFaultsHavePlaces(t *testing.T) {
	got := problemsOf(t, Site{
		Pages: map[string][]byte{
			"index.html":   []byte(head + `<p><a href="./nowhere/index.html">a</a> <a href="./a/index.html#gone">b</a> <a href="https:">c</a><p onclick="x()"><footer><a href="./lost/index.html"></a></footer>`),
			"a/index.html": []byte(head + `<p style="background: url(https://example.org/x.png)"><footer><a href="../lost/index.html"></a></footer>`),
			"css/x.css":    []byte(`@import "https://fonts.example.org/css"`),
			"logo.svg":     []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
		},
		Report: fstest.MapFS{
			"content/_index.md":    {Data: []byte("---\ntitle: Home\n---\nA [link](/nowhere/else/) and\n[a link](/nowhere/), [b](/a/#gone).\n{onclick=\"x()\"}\n")},
			"content/a.md":         {Data: []byte("Text")},
			"layouts/baseof.html":  {Data: []byte("<p>\n<a href=\"/lost/\">")},
			"assets/css/theme.css": {Data: []byte("/* fonts */\n@import \"https://fonts.example.org/css\"")},
			"static/logo.svg":      {Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <script/></svg>")},
		},
		Sources: map[string]string{"index.html": "content/_index.md", "a/index.html": "content/a.md"},
	})
	want := `assets/css/theme.css:2:10: the style sheet is requested from another host: https://fonts.example.org/css
  hint: keep the file in assets/ or static/ of the report
content/_index.md: a link that is not a URL: "https:"
content/_index.md:5:10: a link leads nowhere: /nowhere/
content/_index.md:5:26: a link leads to a place that is not there: /a/ has no id "gone"
content/_index.md:6:2: <p> with the attribute onclick, expected an attribute that neither loads nor runs anything
  hint: put scripts in a file of assets/, and add event listeners there
content/a.md: <p style> is requested from another host: https://example.org/x.png
  hint: keep the file in assets/ or static/ of the report
layouts/baseof.html:2:10: a link leads nowhere: /lost/
static/logo.svg:2:3: a page with the element <script>, expected text, tables, pictures and drawings
  hint: what it does can be done by a script in a file of assets/`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFactsSayWhatTheirCellsHold forges facts.
func TestFactsSayWhatTheirCellsHold(t *testing.T) {
	reads := func(a fact.Address, text string) (raw, usual string, reads, known bool) {
		return "1", "1", text == "1" || text == "one", a.String() == "all.n[a]"
	}
	const hint = "\n  hint: write it with the shortcode fact, or in a template with (site.Params.report.Fact \"…\").HTML"
	for body, want := range map[string]string{
		`<data class="fact" value="1"><a href="numbers/all/index.html#n-a">1</a></data>`:         "",
		`<data class="fact" value="1"><a href="./numbers/all/index.html#n-a">one</a></data>`:     "",
		`<table><td data-raw="1"><a href="numbers/all/index.html#n-a">one</a></table>`:           "",
		`<a href="numbers/all/index.html#n-a">How many</a>`:                                      "",
		`<aside class="corrected"><ins><a href="numbers/all/index.html#n-a">7</a></ins></aside>`: "",
		`<data value="7">7</data>`: "",
		`<data class="fact" value="99000000"><a href="numbers/all/index.html#n-a">$99 million</a></data>`: `index.html: the value "99000000" for all.n[a], expected "1"` + hint,
		`<data class="fact" value="1"><a href="numbers/all/index.html#n-a">$99 million</a></data>`:        `index.html: the text "$99 million" for all.n[a], expected "1"` + hint,
		`<data class="fact" value="1"><a href="numbers/all/index.html#n-a">the most ever</a></data>`:      `index.html: the text "the most ever" for all.n[a], expected "1"` + hint,
		`<data class="fact" value="1"><a href="numbers/all/index.html#n-a">1</a> million</data>`:          `index.html: a fact that cannot be followed: "1 million", expected <data class="fact" value="…"> around a link to a cell, and nothing else` + hint,
		`<data class="fact" value="1">1</data>`:                                                           `index.html: a fact that cannot be followed: "1", expected <data class="fact" value="…"> around a link to a cell, and nothing else` + hint,
		`<data class="big fact" value="1"><a href="numbers/all/index.html#n-a">1</a></data>`:              "",
		`<data class="big fact" value="1"><a href="numbers/all/index.html#n-a">2</a></data>`:              `index.html: the text "2" for all.n[a], expected "1"` + hint,
		`<table><td data-raw="2"><a href="numbers/all/index.html#n-a">1</a></table>`:                      `index.html: the value "2" for all.n[a], expected "1"` + hint,
		`<table><td><a href="numbers/all/index.html#n-a">2</a></table>`:                                   `index.html: the text "2" for all.n[a], expected "1"` + hint,
		`<a href="numbers/all/index.html#n-a">About 99 million</a>`:                                       `index.html: the text "About 99 million" for all.n[a], expected "1"` + hint,
		`<table><td><a href="%6eumbers/all/index.html?x#n-a">2</a></table>`:                               `index.html: the text "2" for all.n[a], expected "1"` + hint,
		`<table><td id="n-a">one</table>`:                                                                 "",
		`<table><td id="n-b">5<td id="other">7</table>`:                                                   "",
	} {
		got := problemsOf(t, Site{Reads: reads, Pages: map[string][]byte{"index.html": []byte(head + body), "numbers/all/index.html": []byte(head + `<p id="n-a">1`)}})
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", body, got, want)
		}
	}
	got := problemsOf(t, Site{Reads: reads, Pages: map[string][]byte{"numbers/all/index.html": []byte(head + `<table><td id="n-a" data-raw="2">2<td id="n-b">2</table>`)}})
	if want := `numbers/all/index.html: the value "2" for all.n[a], expected "1"` + hint; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestManyFaultsTakeNoTime has so many links that lead nowhere that the nearest page cannot be looked for each time.
func TestManyFaultsTakeNoTime(t *testing.T) {
	pages := map[string][]byte{}
	for i := range 2000 {
		pages[strings.Repeat("a", i%90)+"/"+strings.Repeat("b", i/90)+"/index.html"] = []byte(head + strings.Repeat(`<a href="x/nowhere.html">x</a>`, 10))
	}
	started := time.Now()
	problemsOf(t, Site{Pages: pages, Report: fstest.MapFS{"layouts/baseof.html": {Data: []byte("x")}}})
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
}
