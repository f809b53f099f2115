package literal

import (
	"cmp"
	"regexp"
	"strings"
	"testing"

	"broadsheet/generator/content"
	"broadsheet/generator/diag"
)

// TestExpressions lists what counts as a number, and its whole text.
func TestExpressions(t *testing.T) {
	for text, want := range map[string]string{
		// digits
		"it cost $28.3 million in all":          "$28.3 million",
		"a rise of 12.4 percent.":               "12.4 percent",
		"up 12.4%, or 12 %":                     "12.4%|12 %",
		"up 3 percentage points":                "3 percentage points",
		"up 3 per cent":                         "3 per cent",
		"$1,234,567, of which €5 and £6.50":     "$1,234,567|€5|£6.50",
		"US$ 5 and $ 6 and 7 €":                 "US$ 5|$ 6|7 €",
		"$525K, $28.3M":                         "$525K|$28.3M",
		"the 10th letter, 1st, 22nd":            "10th|1st|22nd",
		"5 hundred thousand people":             "5 hundred thousand",
		"28 300 000 dollars":                    "28 300 000",
		"(5) or 'six' or “7”":                   "5|six|7",
		"-5 or −6 or about ~7":                  "-5|−6|~7",
		".5 of it; 1/2 of it; ½ of it; 2½ days": ".5|1/2|½|2½",
		"10-15 letters, 10–15 letters":          "10-15|10–15",
		"a 10-year span":                        "10-year",
		"more—5—less":                           "5",
		"100+ cities, 5x as many":               "100+|5x",
		"٣ letters":                             "٣",
		"3 and a half million":                  "3 and a half million",
		"$2,017 and 2,017 people":               "$2,017|2,017",
		"$2017, 2017 percent, 1.2017":           "$2017|2017 percent|1.2017",
		"in the U.S. 20 cities":                 "20",
		"section 1373 and 12 cities":            "12",
		"May 24 percent be so?":                 "24 percent",
		"in may 15 cities":                      "15",
		"1776 and 2150":                         "1776|2150",
		"April 31,000":                          "31,000",

		// words
		"two or three":                         "two|three",
		"Twenty-three states":                  "Twenty-three",
		"two hundred and five":                 "two hundred and five",
		"five million, six percent":            "five million|six percent",
		"a hundred, a dozen, dozens":           "a hundred|a dozen|dozens",
		"hundreds of thousands":                "hundreds of thousands",
		"half a million, half-million":         "half a million|half-million",
		"one million, one hundred":             "one million|one hundred",
		"one percent":                          "one percent",
		"two-thirds and three quarters":        "two-thirds|three quarters",
		"one-third, one third, one-fifth":      "one-third|one third|one-fifth",
		"a third of it, an eighth of it":       "a third|an eighth",
		"fell by a third, to about a fifth":    "a third|a fifth",
		"a quarter, a half":                    "a quarter|a half",
		"half the money, more than half":       "half|half",
		"twice, doubled, threefold, ten-fold":  "twice|doubled|threefold|ten-fold",
		"a double, then a triple":              "double|triple",
		"zero letters":                         "zero",
		"a two-year, three-judge, million-dol": "two-year|three-judge|million-dol",
		"twenty twenty-one":                    "twenty twenty-one",
		"one and a half":                       "one and a half",
		"two and a half":                       "two and a half",
		"two’s company":                        "two",

		// one
		"One letter came; only one city answered": "One|one",
		"one more letter, one California city":    "one|one",
		"a one-year award":                        "one-year",
		"one 2017 award":                          "one",
		"one but not two. One of them, one who":   "two",
		"no one, this one letter, the one city":   "",
		"one could say, one has to, one awarded":  "",
		"one-time, one-sided, one-on-one":         "",
		"at one, or one with":                     "",

		// no numbers
		"first, second and third, the third letter":               "",
		"a third letter, a second time":                           "",
		"the first half of it, the second half":                   "",
		"twenty-first, thirty-second":                             "",
		"none, someone, alone, often, weight, tent, network":      "",
		"half-hearted, halfway, headquarters, quarterly":          "",
		"zero tolerance, zero-sum, double jeopardy":               "",
		"km², third-party":                                        "",
		"in 2017, the 2010s, 2017-2021, 2017–2021, 2016-17":       "",
		"fiscal 2017, FY17, FY2017, mid-2017, 2017’s, pre-2016":   "",
		"2018-era and 2017–present":                               "",
		"(2017) “2018” 2019; 2020/21":                             "",
		"Jan. 24, 2018, and January 24, and 24 January 2018":      "",
		"on 2018-01-24, or 1/24/2018, May 3-5, the 3rd of May":    "",
		"Nov. 15, to Feb. 23.":                                    "",
		"at 5 p.m., at 10:30 a.m. and 5pm":                        "",
		"the ’90s, the 21st century":                              "",
		"8 USC 1373, 8 U.S.C. § 1373, 8 U.S.C. 1373(a) and 1644":  "1644",
		"section 1373, Section 287(g), sections 1373 and 1644":    "",
		"§ 1373, §§ 1373, 1644; Title 8; Article 5, Part 66":      "",
		"H.R. 3009, S. 5, SB 54, Assembly Bill 60":                "",
		"Public Law 109-162; Pub. L. 109-162; Proposition 47":     "",
		"Executive Order 13768 of 2017":                           "",
		"28 CFR 66, 28 C.F.R. part 66, 28 CFR 66.3":               "",
		"the 10th Amendment, the Tenth Amendment, 115th Congress": "",
		"9th Circuit, Ninth Circuit, 9th U.S. Circuit Court":      "",
		"No. 17-cv-00485, No. 3:17-cv-00485-WHO, No. 17-2991":     "",
	} {
		var got []string
		for _, e := range expressions(text, english, nil) {
			got = append(got, text[e.start:e.end])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestNamesHoldTheirExamples keeps the tables of names true.
func TestNamesHoldTheirExamples(t *testing.T) {
	for language, list := range names {
		for _, n := range list {
			if !regexp.MustCompile(patternOf.Replace(n.pattern)).MatchString(n.example) {
				t.Errorf("%s does not match %q", n.pattern, n.example)
			}
			if list := expressions("the "+n.example+" of it", cmp.Or(language, english), nil); len(list) > 0 {
				t.Errorf("%q holds a number", n.example)
			}
		}
	}
}

func TestPassages(t *testing.T) {
	for source, want := range map[string]string{
		"# A **5** b\n\nc\nd":                 "A 5 b|c d",
		"1. one\n2. two":                      "one|two",
		"41. one\n2. two":                     "41|one|two",
		"1. one\n\nand\n\n2. two\n3. three":   "one|and|two|three",
		"a `41 letters` b `41` letters":       "a 41 letters b \x1a letters",
		"`41` is `rows=41` and `page 41`":     "\x1a is \x1a and \x1a",
		"- a\n- b":                            "a|b",
		"| a | 5 |\n|---|---|\n| 6 | b |":     "a|5|6|b",
		"`5` <http://x.org/5> <b>6</b>":       "\x1a \x1a \x1a6\x1a",
		"    5\n\n```\n6\n```\n<div>7</div>":  "",
		"[a 5](/x/6 \"t 7\") ![b 8](y9.png)":  "t 7|a 5 \x1ab 8\x1a",
		"[a][r]\n\n[r]: /5 \"t 6\"":           "t 6|a",
		"28.3\\\n&nbsp;million\\.\n12\\.4":    "28.3 million. 12.4",
		"&#8212;a &amp; b":                    "—a & b",
		"a[^1]\n\n[^1]: note 5":               "a|note 5",
		"term 5\n: meaning 6":                 "term 5|meaning 6",
		"## a 5 {#id-6}":                      "a 5",
		"~~5~~ - [ ] x https://example.org/5": "5 - [ ] x \x1a",
		"- [x] 5":                             "5",
		"> quoted 5\n> more":                  "quoted 5 more",
		"5\u200b0\u00ad0":                     "500",
	} {
		var got []string
		for _, p := range passages([]byte(source)) {
			got = append(got, strings.TrimSpace(string(p.text)))
			if len(p.text) != len(p.at) {
				t.Error("a byte without a place")
			}
			for i, at := range p.at {
				if c := p.text[i]; at >= len(source) || at >= 0 && c >= '0' && c <= '9' && source[at] != c {
					t.Errorf("%q: %q stands at %d", source, c, at)
				}
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"a {{< fact \"x\" >}} b":                                    "a _ b",
		"{{% x %}}5{{% /x %}}":                                      "_5_",
		"{{< x a=\"1 >}} 2\" b=`3 >}}` c=4 >}}5":                    "_5",
		"{{</* fact 5 */>}}6":                                       "_6",
		"{{< quote source=\"a\" >}}5\n6{{< /quote >}}":              "_\n_",
		"{{< highlight go >}}5{{< /highlight >}}7":                  "_7",
		"{{< finding \"a\" >}}5 {{< fact \"b\" >}}{{< /finding >}}": "_5 _",
		"{{< quote >}}5":                                            "_5",
		"{{< x \"\\\" >}}\" >}}5":                                   "_5",
		"{{< broken 5":                                              "_",
		"{{ 5 }} {{<>}}":                                            "{{ 5 }} _",
		"{{<x>}}5{{<x/>}}":                                          "_5_",
	} {
		m := mask(content.ReadLine(text))
		got := string(m.text)
		for strings.Contains(got, "\x1a\x1a") {
			got = strings.ReplaceAll(got, "\x1a\x1a", "\x1a")
		}
		if got = strings.ReplaceAll(got, "\x1a", "_"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	m := mask(content.ReadLine(`{{< table of="a" caption="b" >}}{{< quote >}}{{< x caption="c" >}}{{< /quote >}}`))
	if len(m.calls) != 2 || m.calls[0].Arguments[1].Name != "caption" {
		t.Error(m.calls)
	}
}

// FuzzNumbers looks for panics, for a mask that moves the text, and for numbers
// outside of the file.
func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: 5 \"x\"\nallow_numbers: [{text: '5', reason: a rule}]\n---\n# Two {{< fact \"a.b\" >}} $28.3 million\n",
		"+++\ntitle = '5'\n[[allow_numbers]]\ntext = 'x'\n+++\n| a | 5 |\n|---|---|\n",
		"{\"title\": \"5\"}\n{{< quote source=\"x\" >}}5{{< /quote >}} {{< choose of=\"a\" b=`5 >}}` >}}",
		"\ufeff---\n---\n[a](b \"c 5\") &#53; \\5 {{</* 5 */>}}",
		"---\r\ntitle: a third\r\n---\r\nhalf a\r\nmillion ½ \u00a7 5",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		page := content.Read("p.md", text)
		m := mask(page)
		if len(m.text) != len(text) {
			t.Fatal("the mask is longer or shorter than the text")
		}
		for i, b := range text {
			if (b == '\n') != (m.text[i] == '\n') {
				t.Fatal("the mask moves a line end")
			}
		}
		lines := strings.Count(string(text), "\n") + 1
		var problems diag.List
		for _, f := range []*file{readPage(page, english, nil, nil, &problems), readChart("c.yaml", text, english, nil, nil, &problems)} {
			for _, n := range f.found {
				if p := n.problem; p.Line < 1 || p.Line > lines || p.Column < 1 || p.Column > len(text)+1 {
					t.Fatalf("%s of %d lines", p, lines)
				}
				if n.text == "" {
					t.Fatal("a number without a text")
				}
			}
		}
	})
}
