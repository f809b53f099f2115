package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"

	"golang.org/x/text/encoding/htmlindex"
)

// disguises are what a file named .csv may be instead, by its first bytes.
var disguises = []struct{ magic, is, hint string }{
	{"PK\x03\x04", "an Excel workbook", "open it in a spreadsheet, and save the sheet as \"CSV UTF-8\""},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook", "open it in a spreadsheet, and save the sheet as \"CSV UTF-8\""},
	{"%PDF", "a PDF", "ask its publisher for the table as a CSV file"},
	{"\x1f\x8b", "compressed by gzip", "unpack it"},
	{"SQLite format 3", "an SQLite database", "export the table as CSV"},
	{"PAR1", "a Parquet file", "export the table as CSV"},
	{"version https://git-lfs.github.com/", "a pointer of Git LFS, without the data", "run `git lfs pull`"},
}

var (
	markup   = regexp.MustCompile(`(?is)^\s*(<!doctype|<\?xml|<html|<head|<body|<table|<!--)`)
	conflict = regexp.MustCompile(`(?m)^(<<<<<<< |>>>>>>> )`)
)

// disguised is the problem of a file that is no CSV, whatever its name says.
func disguised(data []byte) *diag.Problem {
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))) == 0 {
		return &diag.Problem{Message: "the file is empty", Expected: "a header and rows"}
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
		return &diag.Problem{Message: "the file is JSON", Expected: "CSV", Hint: "convert it to CSV, a column for each key"}
	}
	if at := conflict.FindIndex(data); at != nil {
		return &diag.Problem{Line: 1 + bytes.Count(data[:at[0]], []byte("\n")), Message: "a merge conflict of git that is not resolved", Found: diag.Quote(strings.TrimSpace(string(data[at[0]:at[1]]))), Hint: "choose one of the two versions, and delete the lines that git added"}
	}
	return nil
}

// decode makes UTF-8 of a file, and names its encoding; "" for UTF-8.
func decode(data []byte) (text []byte, encoding string, err error) {
	switch name := guessEncoding(data); name {
	case "":
		return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "", nil
	default:
		known, err := htmlindex.Get(name)
		if err != nil {
			return nil, "", err
		}
		text, err = known.NewDecoder().Bytes(data)
		return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), name, err
	}
}

func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	// a Latin letter in UTF-16 is itself and a zero byte
	var zeros [2]int
	some := data[:min(len(data), 4000)]
	for i, b := range some {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > len(some)/4 && zeros[0] == 0:
		return "utf-16le"
	case zeros[0] > len(some)/4 && zeros[1] == 0:
		return "utf-16be"
	case utf8.Valid(data):
		return ""
	case oddness(data, "macintosh") < oddness(data, "windows-1252"):
		return "macintosh"
	}
	return "windows-1252"
}

// oddness counts what no text has, if the bytes are read in an encoding: a capital or a
// sign inside a word, and control characters.
func oddness(data []byte, encoding string) int {
	known, err := htmlindex.Get(encoding)
	if err != nil {
		return len(data)
	}
	decoder, odd := known.NewDecoder(), 0
	for i, b := range data {
		if b < utf8.RuneSelf {
			continue
		}
		text, err := decoder.Bytes([]byte{b})
		r, _ := utf8.DecodeRune(text)
		inside := i > 0 && i+1 < len(data) && isSmall(data[i-1]) && isSmall(data[i+1])
		ends := i > 0 && isSmall(data[i-1])
		switch {
		case err != nil || unicode.IsControl(r) || r == utf8.RuneError:
			odd += 3
		case r == '’', r == '–', r == '—', r == '\u00a0', r == '…':
		case inside && !unicode.IsLower(r), ends && unicode.IsUpper(r):
			odd += 2
		case !unicode.IsLetter(r) && !strings.ContainsRune("“”‘€£§©®°•", r):
			odd++
		}
	}
	return odd
}

func isSmall(b byte) bool { return b >= 'a' && b <= 'z' }

// guessDelimiter is the one at which most rows have the same number of cells, more than
// one, and as many as the header.
func guessDelimiter(text []byte) byte {
	best, score := byte(','), 0.0
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		widths, rows, header := map[int]int{}, 0, 0
		for _, cells := range dataset.Rows(text, delimiter) {
			if rows++; rows > 500 {
				break
			}
			if rows == 1 {
				header = len(cells)
			}
			widths[len(cells)]++
		}
		width, alike := commonest(widths)
		s := float64(alike) / float64(max(rows, 1))
		if header != width {
			s /= 2
		}
		if width > 1 && s > score+0.05 {
			best, score = delimiter, s
		}
	}
	return best
}

// commonest is the width that most rows have; the larger of equals.
func commonest(widths map[int]int) (width, rows int) {
	for w, n := range widths {
		if n > rows || n == rows && w > width {
			width, rows = w, n
		}
	}
	return width, rows
}

var directive = regexp.MustCompile(`^(?i)"?sep=(.)"?\s*$`)

// misplaced is the problem of a header that is not in row 1, or cannot name columns.
func misplaced(grid [][]string) *diag.Problem {
	header := grid[0]
	if filled(header) == 0 {
		return &diag.Problem{Line: 1, Message: "row 1 is blank", Expected: "the header", Hint: "delete the blank rows above the names of the columns"}
	}
	if m := directive.FindStringSubmatch(strings.Join(header, "")); len(grid) > 1 && (m != nil || strings.EqualFold(header[0], "sep=")) {
		return &diag.Problem{Line: 1, Found: diag.Quote(strings.Join(header, "")), Message: "a line that only Excel understands", Hint: "delete row 1"}
	}
	if len(grid) == 1 {
		return &diag.Problem{Message: "the table has no rows", Expected: "rows under the header"}
	}
	if filled(header) == 1 && strings.TrimSpace(header[0]) != "" {
		for i := 1; i < min(len(grid), 30); i++ {
			if n := filled(grid[i]); n < 2 {
				continue
			}
			if n := len(grid[i]); i+1 < len(grid) && filled(grid[i]) == n && !anyNumber(grid[i]) {
				return &diag.Problem{Line: 1, Message: "a title above the table, and the header seems to be in row " + fmt.Sprint(i+1), Found: diag.Quote(header[0]), Expected: "the header in row 1", Hint: "delete the rows above the header, and save the file again"}
			}
			break
		}
	}
	seen := map[string]int{}
	for i, name := range header {
		name = strings.TrimSpace(name)
		p := diag.Problem{Line: 1, Column: i + 1, Found: diag.Quote(name)}
		at, again := seen[strings.ToLower(name)]
		switch {
		case name == "":
			continue
		case again:
			p.Message, p.Hint = "the name of column "+diag.Letters(at)+" again", "give the two columns different names"
			return &p
		case strings.HasPrefix(name, "_"), strings.ContainsAny(name, "\n\r\x00"):
			p.Message, p.Hint = "the name of a column", "name it without line breaks, and without _ at its start"
			return &p
		}
		seen[strings.ToLower(name)] = i + 1
	}
	return nil
}

func filled(row []string) (n int) {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

func anyNumber(row []string) bool {
	for _, cell := range row {
		if number.MatchString(strings.TrimSpace(cell)) {
			return true
		}
	}
	return false
}
