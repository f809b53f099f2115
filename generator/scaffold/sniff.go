package scaffold

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"

	"golang.org/x/text/encoding/htmlindex"
)

// decode makes UTF-8 of a file, and names its encoding; "" for UTF-8.
func decode(data []byte) (text []byte, encoding string, err error) {
	switch name := dataset.GuessEncoding(data); name {
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

// guessDialect finds how the columns of a text are kept apart.
func (t *table) guessDialect(text []byte) {
	delimiter := guessDelimiter(text)
	for _, header := range dataset.Rows(text, delimiter) {
		if widths, ruled := dataset.Aligned(text); len(header) == 1 && widths != nil {
			if grid, _ := readGrid(dataset.Dialect{Delimiter: string(delimiter)}, text); headerBelow(grid) > 0 {
				break // a title above columns that the delimiter keeps apart
			}
			t.Dialect.Widths = widths
			if ruled {
				t.Dialect.CommentRows = []int{2}
			}
			t.doubt(fmt.Sprintf("the columns are read by their widths, %s characters: look whether each cell is whole", strings.Trim(fmt.Sprint(widths), "[]")))
			return
		}
		break
	}
	if delimiter != ',' {
		t.Dialect.Delimiter = string(delimiter)
	}
}

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

// misplaced is the problem of a header that is not in row 1, or cannot name columns. Numbers are those of the rows.
func misplaced(grid [][]string, numbers []int) *diag.Problem {
	header := grid[0]
	if filled(header) == 0 {
		return &diag.Problem{Line: 1, Message: "row 1 is blank", Expected: "the header", Hint: "delete the blank rows above the names of the columns"}
	}
	if len(grid) == 1 {
		return &diag.Problem{Message: "the table has no rows", Expected: "rows under the header"}
	}
	if i := headerBelow(grid); i > 0 {
		return &diag.Problem{Line: 1, Message: "a title above the table, and the header seems to be in row " + fmt.Sprint(numbers[i]), Found: diag.Quote(header[0]), Expected: "the header in row 1", Hint: "delete the rows above the header, and save the file again"}
	}
	if len(header) == 1 && aligned(grid) {
		return &diag.Problem{Line: 1, Message: "the columns seem to be aligned by spaces, and it cannot be told where each ends", Found: diag.Quote(header[0]), Expected: "two spaces or more between the names and the cells of two columns",
			Hint: "open the file in a spreadsheet, divide it with Data, Text to Columns, Fixed width, and save it as CSV"}
	}
	seen := map[string]int{}
	for i, name := range header {
		name = dataset.ColumnName([]byte(name))
		p := diag.Problem{Line: 1, Column: i + 1, Found: diag.Quote(name)}
		at, again := seen[strings.ToLower(name)]
		switch {
		case name == "":
			continue
		case again:
			p.Message, p.Hint = "the name of column "+diag.Letters(at)+" again", "give the two columns different names"
			return &p
		case strings.HasPrefix(name, "_"), strings.Contains(name, "\x00"):
			p.Message, p.Hint = "the name of a column", "name it without _ at its start"
			return &p
		}
		seen[strings.ToLower(name)] = i + 1
	}
	return nil
}

// aligned reports whether most rows of one cell have spaces inside, as where columns are kept apart by them.
func aligned(grid [][]string) bool {
	rows := 0
	for _, row := range grid[1:] {
		if len(row) == 1 && strings.Contains(strings.TrimSpace(row[0]), "  ") {
			rows++
		}
	}
	return strings.Contains(strings.TrimSpace(grid[0][0]), " ") && rows*2 > len(grid)-1
}

// headerBelow is the place of the row that names the columns, below a title; 0 where there is no title.
func headerBelow(grid [][]string) int {
	title := grid[0]
	if distinct(title) != 1 || strings.TrimSpace(title[0]) == "" {
		return 0
	}
	for i := 1; i < min(len(grid), 30); i++ {
		if inGroups(grid[i:]) {
			return i
		}
		if distinct(grid[i]) < 2 {
			continue
		}
		below := slices.DeleteFunc(slices.Clone(grid[i:]), func(row []string) bool { return filled(row) < 2 })
		widest := 0 // of what is below: a column may have no name, and sheets have blank ones
		for _, row := range below {
			widest = max(widest, filled(row))
		}
		if i+1 < len(grid) && filled(grid[i])*4 >= widest*3 && distinct(grid[i]) == filled(grid[i]) && !anyNumber(grid[i]) && len(below)*2 > len(grid)-i {
			return i
		}
		break
	}
	return 0
}

// inGroups reports whether the first row names groups of the columns that the second names, as merged cells do: a group has several columns,
// with words or years below it, and below these are numbers.
func inGroups(grid [][]string) bool {
	if len(grid) < 3 || distinct(grid[0]) == filled(grid[0]) || distinct(grid[0]) == 1 && grid[0][0] != "" || anyNumber(grid[0]) {
		return false
	}
	measures := false
	for i, group := range grid[0] {
		if i >= len(grid[1]) {
			return false
		}
		name := strings.TrimSpace(grid[1][i])
		if number.MatchString(name) && (group == "" || !fourfold.MatchString(name)) {
			return false
		}
		shared := group != "" && (i > 0 && grid[0][i-1] == group || i+1 < len(grid[0]) && grid[0][i+1] == group)
		if shared && name != "" && name != group && i < len(grid[2]) && strings.ContainsAny(grid[2][i], "0123456789") {
			measures = true
		}
	}
	return measures
}

// distinct is how many different texts a row has: the merged cells of a title have one.
func distinct(row []string) int {
	seen := map[string]bool{}
	for _, cell := range row {
		if cell = strings.TrimSpace(cell); cell != "" {
			seen[cell] = true
		}
	}
	return len(seen)
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
