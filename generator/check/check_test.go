package check

import (
	"strings"
	"testing"

	"broadsheet/generator/diag"
)

func check(t *testing.T, body string) string {
	t.Helper()
	site := map[string][]byte{
		"index.html":   []byte(`<!doctype html><html lang="en"><title>Home</title><body>` + body),
		"a/index.html": []byte(`<!doctype html><html lang="en"><title>A</title><p id="here">`),
		"main.css":     nil,
	}
	var problems diag.List
	if err := Pages(t.Context(), site, nil, &problems); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
	}
	return strings.Join(said, "\n")
}

func TestSoundLinks(t *testing.T) {
	for _, body := range []string{
		`<a href="./a/index.html#here">`, `<a href="https://example.org/">`, `<a href="mailto:a@example.org">`,
		`<link rel="stylesheet" href="main.css">`, `<a href="#x"><i id="x">`, `<img src="data:image/png;base64,AA" alt="">`,
		`<link rel="canonical" href="https://example.org/">`,
	} {
		if said := check(t, body); said != "" {
			t.Errorf("%s: %s", body, said)
		}
	}
}

func TestFaults(t *testing.T) {
	for body, want := range map[string]string{
		`<a href="a/index.html"><a href="./a/index.html">1</a> of them</a>`: "public/index.html: a link inside a link: ./a/index.html\n  hint: a fact is a link itself: take it out of the [ ]( ) around it",
		`<a href="./b/index.html">`:                                         "public/index.html: a link leads nowhere: ./b/index.html\n  hint: did you mean \"a/index.html\"?",
		`<a href="./a/index.html#nowhere">`:                                 `public/index.html: a link leads to a place that is not there: a/index.html has no id "nowhere"`,
		`<a href="/a/">`:                                                    "public/index.html: a link from the root of the server: /a/\n  hint: write it with double quotes around the address, so that it is made relative",
		`<script src="https://example.org/x.js"></script>`:                  "public/index.html: <script> is requested from another host: https://example.org/x.js\n  hint: keep the file in assets/ or static/ of the report",
		`<link rel="stylesheet" href="//fonts.example.org/x.css">`:          "public/index.html: <link> is requested from another host: //fonts.example.org/x.css\n  hint: keep the file in assets/ or static/ of the report",
		`<a href="javascript:alert(1)">`:                                    `public/index.html: a link with the scheme "javascript"`,
		`<img src="main.css">`:                                              "public/index.html: a picture has no alt text: main.css\n  hint: describe it, or write alt=\"\" where it only decorates",
		`<i id="x"></i><i id="x"></i>`:                                      `public/index.html: two elements have the id "x"`,
	} {
		if said := check(t, body); said != want {
			t.Errorf("%s: got\n%s\nwant\n%s", body, said, want)
		}
	}
}
