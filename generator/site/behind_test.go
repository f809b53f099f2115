package site_test

import (
	"regexp"
	"strings"
	"testing"
)

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
