package fetch

import "testing"

func TestFileAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://docs.google.com/spreadsheets/d/1AbC_d-9/edit#gid=42":           "https://docs.google.com/spreadsheets/d/1AbC_d-9/export?format=csv&gid=42",
		"https://docs.google.com/spreadsheets/d/1AbC/edit?usp=sharing":          "https://docs.google.com/spreadsheets/d/1AbC/export?format=csv&gid=0",
		"https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?gid=0&output=csv": "https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?gid=0&output=csv",
		"https://data.example.gov/Public-Safety/Grants-by-state/abcd-1234":      "https://data.example.gov/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD",
		"https://data.example.gov/d/abcd-1234":                                  "https://data.example.gov/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD",
		"https://data.example.gov/resource/abcd-1234.csv?$limit=5":              "https://data.example.gov/resource/abcd-1234.csv?$limit=5",
		"https://example.org/grants.csv":                                        "https://example.org/grants.csv",
	} {
		if got := fileAddress(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
