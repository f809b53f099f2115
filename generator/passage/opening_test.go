package passage

import (
	"strings"
	"testing"
)

func TestLead(t *testing.T) {
	for _, tt := range []struct{ content, want string }{
		{`<h2>Money</h2><p>It cost ` + data("a/#n", "$5 &amp; more") + `. The U.S. paid.<br>Nobody asked.</p><p>Then</p>`, "It cost $5 & more. The U.S. paid. Nobody asked."},
		{`<p>First. ` + strings.Repeat("And so on it went. ", 9) + `</p>`, "First. And so on it went. And so on it went."},
		{`<p>` + strings.Repeat("very ", 20) + `long.</p>`, strings.Repeat("very ", 20) + "long."},
		{`<blockquote><p>Theirs.</p></blockquote><ul><li><p>One.</p></li></ul><p> </p><p>Ours.`, ""},
		{`<blockquote><p>Theirs.</p></blockquote><p> </p><p>Ours.</p>`, "Ours."},
		{``, ""},
	} {
		if got := Lead([]byte(tt.content), 60); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.content, got, tt.want)
		}
	}
}

func TestOpen(t *testing.T) {
	for _, tt := range []struct {
		what, page string
		want       Opening
	}{
		{"a page with all of it",
			`<h1>Letters put <span class="finding">` + data("a/#usd", "$34.8 million") + `</span> at risk</h1><p class="standfirst">In <em>12</em> states &amp; more</p><p>Text</p>
			<p class="number">` + data("a/#usd-CA", "$28.3 million") + ` <span>of it in California, ` + data("a/#n", "23") + ` grants</span></p><p class="number">` + data("a/#n", "9") + `</p>
			<figure class="chart big" id="chart-x"></figure><figure class="chart" id="chart-y"></figure>`,
			Opening{Title: "Letters put $34.8 million at risk", Standfirst: "In 12 states & more", Number: "$28.3 million", Label: "of it in California, 23 grants", Chart: "x"}},
		{"a page with nothing", `<p>Text <data class="fact">5</data></p>`, Opening{}},
		{"a page that is cut off", `<h1>Fire`, Opening{Title: "Fire"}},
	} {
		got, err := Open([]byte(tt.page), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Number != "" && got.Fact.String() != "a.usd[CA]" {
			t.Errorf("%s: the number is %s", tt.what, got.Fact)
		}
		got.Fact = tt.want.Fact
		if got.Title != tt.want.Title || got.Standfirst != tt.want.Standfirst || got.Number != tt.want.Number || got.Label != tt.want.Label || got.Chart != tt.want.Chart {
			t.Errorf("%s: got %+v, want %+v", tt.what, got, tt.want)
		}
	}
}
