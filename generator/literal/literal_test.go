package literal

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/chart"
	"broadsheet/generator/content"
	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// search looks for numbers in a report.
func search(t testing.TB, report fs.FS, problems *diag.List) {
	t.Helper()
	prose, err := content.Load(report)
	if err != nil {
		t.Fatal(err)
	}
	Check(report, prose, chart.Files(report, problems), nil, func(string) *quantity.Language { return quantity.English }, nil, problems)
}

// found is what is said of a report with these files.
func found(t *testing.T, files map[string]string) string {
	t.Helper()
	report := fstest.MapFS{}
	for name, text := range files {
		report[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var problems diag.List
	search(t, report, &problems)
	var said []string
	for _, p := range problems.Sorted() {
		p.Hint = ""
		said = append(said, strings.Replace(p.String(), ": hand-typed number", "", 1))
	}
	return strings.Join(said, "\n")
}

func TestFrontMatterInEveryForm(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: a 5\n---\n6":                              "p.md:2:10: \"5\"|p.md:4:1: \"6\"",
		"---\r\ntitle: é 5\r\n---\r\n6":                        "p.md:2:10: \"5\"|p.md:4:1: \"6\"",
		"\ufeff---\ntitle: a 5\n---\n6":                        "p.md:2:10: \"5\"|p.md:4:1: \"6\"",
		"---\nlinktitle: 50\n---":                              "p.md:2:12: \"50\"",
		"---\ntitle: \"a\\u0035\"\n---":                        "p.md:2:1: \"a5\"",
		"---\ntitle: a # 5\n---":                               "",
		"---\nparams: {title: a 5}\nweight: 5\n---":            "",
		"---\ntitle: [\n---\n6":                                "p.md:4:1: \"6\"",
		"---\ntitle: a":                                        "",
		"+++\ntitle = \"a 5\"\n+++\n6":                         "p.md:2:12: \"5\"|p.md:4:1: \"6\"",
		"{\"title\": \"a 5\"}\n6":                              "p.md:1:14: \"5\"|p.md:2:1: \"6\"",
		"{{< fact \"5\" >}} 6":                                 "p.md:1:18: \"6\"",
		"6":                                                    "p.md:1:1: \"6\"",
		"---\ntitle: '{{< fact \"a.b[5]\" >}} a 5'\n---":       "p.md:2:33: \"5\"",
		"---\ntitle: \"{{< fact \\\"a.b[5]\\\" >}} a 5\"\n---": "p.md:2:35: \"5\"",
		// words that rest on a finding
		"---\ntitle: '{{< finding \"a.b\" >}}Two of 3{{< /finding >}} or two'\n---":  "p.md:2:37: \"3\"|p.md:2:58: \"two\"",
		"---\ntitle: '{{< quote source=\"a\" >}}Two of 3{{< /quote >}} or two'\n---": "p.md:2:59: \"two\"",
	} {
		files := map[string]string{"content/p.md": text}
		if got := strings.ReplaceAll(strings.ReplaceAll(found(t, files), "content/", ""), "\n", "|"); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestAllowances(t *testing.T) {
	for text, want := range map[string]string{
		"allow_numbers: [{text: '5', reason: a rule}]":                                   "",
		"allow_numbers: [{text: '5  cities', reason: a rule}]":                           "",
		"allow_numbers: [{text: 5 cities, reason: a rule}, {text: '5', reason: a rule}]": "c.yaml:2:51: a number is allowed that is not there: \"5\"",
		"allow_numbers: [{text: '15', reason: a rule}]":                                  "c.yaml:1:10: \"5\"|c.yaml:2:17: a number is allowed that is not there: \"15\"",
		"allow_numbers: [{text: '5'}]":                                                   `c.yaml:2:17: a number is allowed without a reason: "5", expected {text: "1,000 people", reason: "the unit of the rate"}`,
		"allow_numbers: ['5']":                                                           `c.yaml:1:10: "5"|c.yaml:2:17: a number is allowed without its text, expected {text: "1,000 people", reason: "the unit of the rate"}`,
		"allow_numbers: '5'":                                                             `c.yaml:1:10: "5"|c.yaml:2:1: allow_numbers is not a list, expected a list of items such as {text: "1,000 people", reason: "the unit of the rate"}`,
	} {
		files := map[string]string{"data/charts/c.yaml": "title: a 5 cities\n" + text}
		if got := strings.ReplaceAll(strings.ReplaceAll(found(t, files), "data/charts/", ""), "\n", "|"); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	report := os.DirFS("../testdata/report")
	for b.Loop() {
		search(b, report, &diag.List{})
	}
}

// Where Hugo stops to read, nobody can tell numbers of the prose from those of an
// address. What comes before is searched, and so is the page's front matter.
func TestBrokenShortcodes(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: a 5\n---\n6 {{< fact \"a.b[7] >}} 8\n9": "p.md:2:10: \"5\"|p.md:4:1: \"6\"",
		"a 6 {{< b\n{{< fact \"a.b[7]\" >}} 8":               "p.md:1:3: \"6\"",
		strings.Repeat("a {{< b\n", 100_000) + "5":           "",
	} {
		if got := strings.ReplaceAll(strings.ReplaceAll(found(t, map[string]string{"content/p.md": text}), "content/", ""), "\n", "|"); got != want {
			t.Errorf("%.99q: got %s, want %s", text, got, want)
		}
	}
}

func TestParametersThatReadersSee(t *testing.T) {
	for text, want := range map[string]string{
		`a {{< figure caption="so \"it\" is 5" src="6.png" />}} b`:       `p.md:1:36: "5"`,
		"a {{% x title=`5` %}}b {{< y title=`6` >}}{{% /x %}}":           `p.md:1:16: "5"|p.md:1:37: "6"`,
		`{{</* x title="5" */>}}`:                                        "",
		`a {{< choose of="a.b[5]" CA="6" NY="so" >}}`:                    `p.md:1:30: "6"`,
		`a {{< highlight sql >}}5 {{< x title="6" >}}{{< /highlight >}}`: "",
	} {
		if got := strings.ReplaceAll(strings.ReplaceAll(found(t, map[string]string{"content/p.md": text}), "content/", ""), "\n", "|"); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
