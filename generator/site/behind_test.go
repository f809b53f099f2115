package site_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestRowsBehindSayWhatTheyFeed holds that tables, and columns of them, name the numbers of a row that are computed from
// them, so that the trace of a number shows no value that has nothing to do with it.
func TestRowsBehindSayWhatTheyFeed(t *testing.T) {
	t.Parallel()
	page := string(pages(t)["numbers/by_place/index.html"])
	_, behind, _ := strings.Cut(page, `id="rows:dade"`)
	behind, _, _ = strings.Cut(behind, "</details>")
	for _, want := range []string{
		`data-feeds="budget usd_per_1k opened">budget</th>`, `data-feeds="per_head usd_per_1k opened">residents</th>`,
		`<p class="from" data-feeds="open">Source: <a href="../../sources/index.html#county">County clerk</a> (Open)</p>`,
	} {
		if !strings.Contains(behind, want) {
			t.Errorf("no %s in %s", want, behind)
		}
	}
}

// TestRowsBehindAreTheLargestFirst reads the values of the rows that are listed behind the sum of all.
func TestRowsBehindAreTheLargestFirst(t *testing.T) {
	t.Parallel()
	_, behind, _ := strings.Cut(string(pages(t)["numbers/total/index.html"]), `<div class="behind">`)
	behind, _, _ = strings.Cut(behind, "</table>")
	var values []string
	for _, m := range regexp.MustCompile(`<td class="n">([^<]*)</td></tr>`).FindAllStringSubmatch(behind, -1) {
		values = append(values, m[1])
	}
	if got, want := strings.Join(values, " "), "91,000 90,500 21,000 8,200 8,000 2,500 1,350 1,200 400 95"; got != want {
		t.Errorf("the rows behind the sum are listed with %s, want %s", got, want)
	}
}
