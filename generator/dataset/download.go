package dataset

import (
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// The forms in which a report offers a table for download.
const (
	downloadCSV  = "csv"  // as without a word of it
	DownloadGzip = "gzip" // CSV, compressed
	DownloadNone = "none" // pages show its first rows and those behind facts, and say that it is not for download
)

var downloads = []string{downloadCSV, DownloadGzip, DownloadNone}

// checkDownload checks the form of the download.
func (r *Resource) checkDownload(at adder) {
	if r.Download != "" && !slices.Contains(downloads, r.Download) {
		at(diag.Problem{Message: "unknown form of a download " + diag.Quote(r.Download), Expected: "one of " + strings.Join(downloads, ", "), Hint: nearest(r.Download, downloads)}, "download")
		r.Download = ""
	}
	if r.Withheld != "" && r.Download != DownloadNone {
		at(diag.Problem{Message: "a reason why the table is not published, and it is", Hint: "add \"download\": \"none\", or delete the reason"}, "downloadReason")
	}
	if p := config.CheckReason(r.Withheld, diag.Problem{Message: "downloadReason"}); r.Withheld != "" && p != nil {
		at(*p, "downloadReason")
	}
}

// DownloadPath is the file of the table in the site, such as "data/grants.csv"; "" for none.
func (t *Table) DownloadPath() string {
	switch name := "data/" + t.Name + ".csv"; t.Download {
	case DownloadNone:
		return ""
	case DownloadGzip:
		return name + ".gz"
	default:
		return name
	}
}
