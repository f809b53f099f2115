package fetch

import (
	"net/url"
	"regexp"
)

// socrataPage is how many rows a Socrata server sends where nobody says how many.
const socrataPage = 1000

var (
	googleSheet = regexp.MustCompile(`^https://docs\.google\.com/spreadsheets/d/([\w-]+)/(?:edit|view|htmlview)?`)
	socrata     = regexp.MustCompile(`^(https://[^/]+)/(?:[^/]+/)?(?:[^/]+/)?(?:d/)?([a-z0-9]{4}-[a-z0-9]{4})(?:/(?:data|about_data|explore.*))?/?$`)
)

// fileAddress is the address of the file itself, of that of a page which people copy from their browser: a Google Sheet that is
// shared, or a data set on a Socrata site.
func fileAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if m := googleSheet.FindStringSubmatch(address); m != nil && u.Query().Get("output") == "" && m[1] != "e" {
		gid := "0"
		for _, text := range []string{u.RawQuery, u.Fragment} {
			if values, err := url.ParseQuery(text); err == nil && values.Get("gid") != "" {
				gid = values.Get("gid")
			}
		}
		return "https://docs.google.com/spreadsheets/d/" + m[1] + "/export?format=csv&gid=" + gid
	}
	if m := socrata.FindStringSubmatch(address); m != nil {
		return m[1] + "/api/views/" + m[2] + "/rows.csv?accessType=DOWNLOAD"
	}
	return address
}
