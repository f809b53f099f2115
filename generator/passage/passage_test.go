package passage

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// show writes a page as lines, for comparison.
func show(p Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q\n", p.Path, p.Title)
	for _, q := range p.Passages {
		b.WriteString(q.Text)
		for _, f := range q.Facts {
			fmt.Fprintf(&b, " | %s", f.Address)
			if f.Text != "" {
				b.WriteString(" " + f.Text)
			}
		}
		b.WriteByte('\n')
	}
	for _, c := range p.Cells {
		fmt.Fprintf(&b, "cell %s\n", c.Address)
	}
	for _, c := range p.Charts {
		fmt.Fprintf(&b, "chart %s\n", c)
	}
	return b.String()
}

func data(link, text string) string {
	return `<data class="fact" value="1"><a href="/numbers/` + link + `">` + text + `</a></data>`
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"sentences with facts, and only those",
			"<p>Nothing here. On " + data("a/#day", "Jan. 24, 2018") + " it cost\n " + data("a/#usd-CA", "$28.3 million") + ". In the U.S. District Court nothing. And " + data("a/#n", "23") + "!</p>",
			"On Jan. 24, 2018 it cost $28.3 million. | a.day Jan. 24, 2018 | a.usd[CA] $28.3 million\nAnd 23! | a.n 23\n"},
		{"a finding over two sentences, a finding inside a sentence",
			`<p><span class="finding" data-finding="f.x">One <em>holds</em>. Two <span>too</span>.</span> Three. Four <span class="finding" data-finding="f.y">rests</span> here.</p>`,
			"One holds. | f.x\nTwo too. | f.x\nFour rests here. | f.y\n"},
		{"a title",
			"<h1>Letters put " + data("a/#usd", "$34.8 million") + " at risk</h1>",
			"Letters put $34.8 million at risk | a.usd $34.8 million\n"},
		{"a table: links are cells, facts are a passage",
			`<table><tr><th>CA</th><td><a href="/numbers/a/#usd-CA">$1</a></td></tr><tr><th>All</th><td>` + data("a/#usd", "$2") + "</td></tr></table>",
			"All · $2 | a.usd $2\ncell a.usd[CA]\n"},
		{"a chart: its words and its id, not its drawing",
			`<figure class="chart" id="chart-x"><p class="title">About ` + data("a/#n", "9") + `</p><svg><text>7</text></svg><details><table><tr><td>7</td></tr></table></details></figure>`,
			"About 9 | a.n 9\nchart x\n"},
		{"a letter that stands for a fact elsewhere", "<p>\U000F0000 and " + data("a/#n", "5") + ".</p>", "\U000F0000 and 5. | a.n 5\n"},
		{"a finding in a finding, and sentences after it",
			`<p><span class="finding" data-finding="f.x">One <span class="finding" data-finding="f.y">two</span>. Three</span>. Four ` + data("a/#n", "5") + `.</p>`,
			"One two. | f.x | f.y\nThree. | f.x\nFour 5. | a.n 5\n"},
		{"an entity, a quotation", "<p>R&amp;D said “No.” It costs " + data("a/#n", "5 &lt; 6") + ".</p>", "It costs 5 < 6. | a.n 5 < 6\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site := map[string][]byte{"x/index.html": []byte("<nav>" + data("a/#outside", "1") + "</nav><main>" + tt.page + "</main>"), "empty/index.html": []byte("<main></main>")}
			pages, _, err := Read(t.Context(), site, nil)
			if err != nil || len(pages) != 1 {
				t.Fatal(pages)
			}
			got := show(pages[0])
			title := ""
			if strings.Contains(tt.page, "<h1>") {
				title = "Letters put $34.8 million at risk"
			}
			if want := fmt.Sprintf("/x/ %q\n", title) + tt.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// FuzzRead holds that no page stops the reader.
func FuzzRead(f *testing.F) {
	f.Add("<p>a " + data("a/#b", "c") + `<span class="finding" data-finding="f.x"></span></p>`)
	f.Add("<span></span></span><a href=/numbers/a/#b><main><a href='/numbers/a/#b-.e4.'>")
	f.Fuzz(func(t *testing.T, page string) {
		pages, _, err := Read(t.Context(), map[string][]byte{"index.html": []byte("<main>" + page)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			for _, q := range p.Passages {
				if len(q.Facts) == 0 {
					t.Errorf("a passage without facts: %q", q.Text)
				}
			}
		}
	})
}

func TestCopiesCountOnlyForChartsOfTheirOwn(t *testing.T) {
	page := func(attribute string, charts ...string) []byte {
		text := "<main" + attribute + ">"
		for _, id := range charts {
			text += `<figure class="chart" id="chart-` + id + `"><p>` + data("a/#n", "23") + "</p></figure>"
		}
		return []byte(text + "</main>")
	}
	var got []string
	pages, _, err := Read(t.Context(), map[string][]byte{
		"index.html":            page("", "one"),
		"charts/one/index.html": page(" data-copy", "one"),
		"charts/two/index.html": page(" data-copy", "two"),
		"embed/one/index.html":  page(" data-copy", "one"),
		"embed/two/index.html":  page(" data-copy", "two"),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		got = append(got, p.Path)
	}
	if s := strings.Join(got, " "); s != "/ /charts/two/" {
		t.Errorf("these count: %s", s)
	}
}

// TestLongBlocksTakeNoTime reads a paragraph of very many facts and findings, and one of
// abbreviations: it would take minutes if sentences were compared with all facts.
func TestLongBlocksTakeNoTime(t *testing.T) {
	const many = 100_000
	for _, page := range []string{
		"<p>" + strings.Repeat("So "+data("a/#n", "5")+" are. ", many),
		"<p>" + data("a/#n", "5") + strings.Repeat(" No.", many),
		"<p>" + strings.Repeat(`<span class="finding" data-finding="f.x">So. </span>`, many),
		"<p>" + strings.Repeat(`<span>So `, many) + data("a/#n", "5") + strings.Repeat(`</span>`, many),
	} {
		started := time.Now()
		pages, _, err := Read(t.Context(), map[string][]byte{"index.html": []byte("<main>" + page)}, nil)
		if err != nil || len(pages) != 1 {
			t.Fatal(err, len(pages))
		}
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%.60s… took %s", page, took)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Read(done, map[string][]byte{"index.html": []byte("<main><p>" + data("a/#n", "5"))}, nil); err == nil {
		t.Error("a build that is stopped goes on")
	}
}
