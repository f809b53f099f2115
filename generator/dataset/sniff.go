package dataset

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"broadsheet/generator/diag"
)

// disguises are what a file named .csv may be instead, by its first bytes.
var disguises = []struct{ magic, is, hint string }{
	{"PK\x03\x04", "an Excel workbook", "name it .xlsx, or save the sheet as \"CSV UTF-8\""},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook", "open it in a spreadsheet, and save it as .xlsx or \"CSV UTF-8\""},
	{"%PDF", "a PDF", "ask its publisher for the table as a CSV file"},
	{"\x1f\x8b", "compressed by gzip", "name it .csv.gz, or unpack it"},
	{"SQLite format 3", "an SQLite database", "export the table as CSV"},
	{"PAR1", "a Parquet file", "name it .parquet"},
	{"version https://git-lfs.github.com/", "a pointer of Git LFS, without the data", "run `git lfs pull`"},
}

var (
	markup    = regexp.MustCompile(`(?is)^\s*(<!doctype|<\?xml|<html|<head|<body|<table|<!--)`)
	directive = regexp.MustCompile(`^(?i)"?sep=.?"?[,;\t|]*$`)
)

// Disguised is the problem of a file that is not a CSV, whatever its name says.
func Disguised(data []byte) *diag.Problem {
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))) == 0 {
		return &diag.Problem{Message: "the file is empty", Expected: "a header and rows"}
	}
	if bytes.HasPrefix(data, []byte("PK")) && bytes.Contains(data[:min(len(data), 100)], []byte("opendocument.spreadsheet")) {
		return &diag.Problem{Message: "the file is a workbook of LibreOffice", Expected: "CSV", Hint: "name it .ods, or save the sheet as \"CSV UTF-8\""}
	}
	for _, d := range disguises {
		if bytes.HasPrefix(data, []byte(d.magic)) {
			return &diag.Problem{Message: "the file is " + d.is, Expected: "CSV", Hint: d.hint}
		}
	}
	start := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	if markup.Match(start[:min(len(start), 200)]) {
		return &diag.Problem{Message: "the file is a web page", Expected: "CSV", Hint: "open it in a browser: it may be an error message, or a table to copy into a spreadsheet"}
	}
	if (start[0] == '{' || start[0] == '[') && json.Valid(start) {
		return &diag.Problem{Message: "the file is JSON", Expected: "CSV", Hint: "name it .json"}
	}
	for _, mark := range []string{"<<<<<<< ", ">>>>>>> "} {
		at := bytes.Index(data, []byte("\n"+mark))
		if at < 0 && !bytes.HasPrefix(data, []byte(mark)) {
			continue
		}
		return &diag.Problem{Line: 1 + bytes.Count(data[:at+1], []byte("\n")), Message: "a merge conflict of git that is not resolved", Found: diag.Quote(strings.TrimSpace(mark)), Hint: "choose one of the two versions, and delete the lines that git added"}
	}
	if line, _, _ := bytes.Cut(start, []byte("\n")); directive.Match(bytes.TrimSpace(line)) {
		return &diag.Problem{Line: 1, Found: diag.Quote(string(bytes.TrimSpace(line))), Message: "a line that only Excel understands", Hint: "delete row 1"}
	}
	return nil
}
