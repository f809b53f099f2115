package check_test

import (
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// template is a file of the theme with one change.
func template(t *testing.T, name, from, to string) *fstest.MapFile {
	t.Helper()
	text, err := os.ReadFile("../../layouts/" + name)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %q, %v", name, from, err)
	}
	return &fstest.MapFile{Data: []byte(strings.Replace(string(text), from, to, 1))}
}

// TestTemplatesMayAddClasses overrides what shows facts: the lock holds the same ones.
func TestTemplatesMayAddClasses(t *testing.T) {
	t.Parallel()
	report := frozen(t)
	report["layouts/_partials/chart.html"] = template(t, "_partials/chart.html", `<figure class="chart"`, `<figure class="chart big"`)
	report["layouts/_shortcodes/finding.html"] = template(t, "_shortcodes/finding.html", `class="finding"`, `class="marked finding"`)
	report["layouts/_shortcodes/fact.html"] = &fstest.MapFile{Data: []byte(
		`{{- $f := cond (eq (.Get 1) "exact") (site.Params.report.Fact (.Get 0) "exact") (site.Params.report.Fact (.Get 0)) -}}<data class="large fact" value="{{ $f.Raw }}"><a href="{{ $f.Link }}">{{ $f.Text }}</a></data>`)}
	before, err := built()
	if err != nil {
		t.Fatal(err)
	}
	after, said := build(t, report)
	if said != "" {
		t.Fatal(said)
	}
	if len(before.Lock.Facts) != len(after.Lock.Facts) {
		t.Errorf("%d facts are locked, and %d with templates of the report", len(before.Lock.Facts), len(after.Lock.Facts))
	}
	for i, f := range before.Lock.Facts {
		if !after.Lock.Facts[i].Reads(f) {
			t.Errorf("%v is locked, and %v with templates of the report", f, after.Lock.Facts[i])
		}
	}
}

// small is a report with a fact, a finding, a chart and a correction.
var small = fstest.MapFS{
	"hugo.toml":                {Data: []byte(`title = "Report"`)},
	"data/datapackage.json":    {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}, {"name": "n", "type": "integer"}]}}]}`)},
	"data/t.csv":               {Data: []byte("a,n\nx,1\ny,2\n")},
	"data/corrections.csv":     {Data: []byte("date,fact,old,new,text,pages\n2018-01-02,by_a.n[x],3,1,A typing error.,/\n")},
	"data/aggregates/by_a.sql": {Data: []byte("/*\ntitle: A\nkey: a\ncolumns: {a: {label: A, unit: text}, n: {label: N, unit: count}, most: {label: Y has most, unit: flag}}\n*/\nSELECT a, n, n = 2 AS most, [_row] AS t_rows FROM t")},
	"data/charts/bars.yaml":    {Data: []byte("kind: bar\nof: by_a\nx: n\ny: a\ntitle: Things by kind\nsubtitle: Number of things, 2018\n")},
	"content/_index.md":        {Data: []byte("---\ntitle: Front\n---\nThere is {{< fact \"by_a.n[x]\" words >}}, and {{< finding \"by_a.most[y]\" >}}Y has most{{< /finding >}}.\n\n{{< chart \"bars\" >}}\n")},
	"content/other.md":         {Data: []byte("---\ntitle: Other\n---\nThere is {{< fact \"by_a.n[y]\" words >}}, and {{< finding \"by_a.most[y]\" >}}Y has most{{< /finding >}}.\n")},
}

// TestTemplatesCannotHideFacts overrides what shows facts so that they would not be counted: each is one problem, which
// names the page and, where it can, the template.
func TestTemplatesCannotHideFacts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, from, to, want string }{
		{"nothing", "baseof.html", "<body>", "<body class=\"mine\">", ""},
		{
			"a chart without its figure", "_partials/chart.html", `class="chart" id="chart-{{ .ID }}"`, "",
			`content/_index.md: a chart of content/_index.md is not counted for the lock, expected <figure class="chart" id="chart-ID"> around its drawings
  hint: write it as layouts/_partials/chart.html of Broadsheet does`,
		},
		{
			"a chart without its id", "_partials/chart.html", `class="chart" id="chart-{{ .ID }}"`, `class="chart big"`,
			`layouts/_partials/chart.html:3:9: a chart of content/_index.md is not counted for the lock, expected <figure class="chart" id="chart-ID"> around its drawings
  hint: write it as layouts/_partials/chart.html of Broadsheet does`,
		},
		{
			"a fact in another element", "_shortcodes/fact.html", `{{- $f.HTML -}}`, `<b class="fact"><a href="{{ $f.Link }}">{{ $f.Text }}</a></b>`,
			`layouts/_shortcodes/fact.html:3:4: the fact "by_a.n[x]" of content/_index.md is not counted for the lock, expected <data class="fact" value="…"> around a link
  hint: write it as layouts/_shortcodes/fact.html of Broadsheet does`,
		},
		{
			"a finding in another element", "_shortcodes/finding.html", `<span class="finding" data-finding="{{ .Get 0 }}">{{ $inline.Restore (.Page.RenderString $inline.Text) }}</span>`,
			`<b class="finding" data-finding="{{ .Get 0 }}">{{ $inline.Restore (.Page.RenderString $inline.Text) }}</b>`,
			`layouts/_shortcodes/finding.html:2:4: the finding "by_a.most[y]" of content/_index.md is not counted for the lock, expected <span class="finding" data-finding="ADDRESS">
  hint: write it as layouts/_shortcodes/finding.html of Broadsheet does`,
		},
		{
			"a finding without its address", "_shortcodes/finding.html", ` data-finding="{{ .Get 0 }}"`, ``,
			`layouts/_shortcodes/finding.html:2:7: a finding of content/_index.md is not counted for the lock, expected <span class="finding" data-finding="ADDRESS">
  hint: write it as layouts/_shortcodes/finding.html of Broadsheet does`,
		},
		{
			"corrections in another element", "_partials/corrected.html", `<aside class="corrected" aria-label="{{ T "corrections" }}">`, `<section class="corrected"><aside>`,
			`layouts/_partials/corrected.html:3:10: a list of corrections of content/_index.md is not counted for the lock, expected <aside class="corrected">
  hint: write it as layouts/_partials/corrected.html of Broadsheet does`,
		},
		{
			"a page that is all corrections", "home.html", `{{ .Content }}`, `<aside class="corrected">{{ .Content }}</aside>`,
			`layouts/home.html:5:10: the chart "bars" of content/_index.md is not counted for the lock, expected among corrections only what was once published
  hint: write it outside of <aside class="corrected">
layouts/home.html:5:10: the fact "by_a.n[x]" of content/_index.md is not counted for the lock, expected among corrections only what was once published
  hint: write it outside of <aside class="corrected">
layouts/home.html:5:10: the finding "by_a.most[y]" of content/_index.md is not counted for the lock, expected among corrections only what was once published
  hint: write it outside of <aside class="corrected">`,
		},
		{
			"a fact in the footer", "_partials/footer.html", `<p>`, `<p>{{ (site.Params.report.Fact "by_a.n[x]").HTML }} `,
			`content/_index.md: the fact "by_a.n[x]" of content/_index.md is not counted for the lock, expected <main> around all that the page says
  hint: write <main> as layouts/baseof.html of Broadsheet does, and facts nowhere else`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report := maps.Clone(small)
			report["layouts/"+tt.file] = template(t, tt.file, tt.from, tt.to)
			if _, got := build(t, report); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestACopyCountsForWhatNoOtherPageShows says of all pages that they repeat others.
func TestACopyCountsForWhatNoOtherPageShows(t *testing.T) {
	t.Parallel()
	report := maps.Clone(small)
	report["layouts/baseof.html"] = template(t, "baseof.html", `{{ if eq .Type "computed-chart" }} data-copy{{ end }}`, ` data-copy`)
	want, said := build(t, small)
	got, saidToo := build(t, report)
	if said+saidToo != "" {
		t.Fatal(said, saidToo)
	}
	if want.Facts != 3 || got.Facts != want.Facts {
		t.Errorf("%d facts are locked, and %d where all pages are copies", want.Facts, got.Facts)
	}
}
