package limit

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestEachLimitIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/content/reference.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bounds {
		found := false
		for line := range strings.Lines(string(page)) {
			found = found || strings.HasPrefix(line, "| `") && strings.Contains(line, "`"+string(b.name)+"`") && strings.Contains(line, fmt.Sprint(b.value))
		}
		if !found {
			t.Errorf("docs/content/reference.md has no row with `%s` and %d", b.name, b.value)
		}
	}
}

func TestSettingsAreParsed(t *testing.T) {
	l := Limits{}
	if err := l.Parse("pages=500000"); err != nil || l.Get(Pages) != 500_000 || l.Get(Rows) != 50_000_000 {
		t.Error(l, err)
	}
	for setting, want := range map[string]string{
		"pages":                       `"pages", expected NAME=NUMBER, with one of time, `,
		"page=1":                      `"page=1", expected NAME=NUMBER, `,
		"pages=many":                  `"pages=many", expected a whole number behind pages=, as in pages=60`,
		"pages=0":                     `"pages=0", expected a whole number behind pages=, as in pages=60`,
		"pages=-1":                    `"pages=-1", expected a whole number behind pages=, as in pages=60`,
		"pages=9e9":                   `"pages=9e9", expected a whole number behind pages=, as in pages=60`,
		"pages=999999999999999999999": `"pages=999999999999999999999", expected a whole number behind pages=, as in pages=60`,
	} {
		if err := l.Parse(setting); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", setting, err, want)
		}
	}
}

func TestAProblemNamesItsLimit(t *testing.T) {
	got := Limits{Pages: 3}.Exceeded(Pages, "4 pages").String()
	want := ": found 4 pages, expected at most 3 pages\n  hint: if this is meant, raise the limit: --limit pages=NUMBER"
	if got != want {
		t.Errorf("%q", got)
	}
}
