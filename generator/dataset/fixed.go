package dataset

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// FixedWidth makes CSV of lines whose cells have a fixed width, without the spaces around them; row n of it is line n. What a line has
// beyond the last column is a cell more, which is then a problem.
func (d *Dialect) FixedWidth(text []byte) []byte {
	if len(d.Widths) == 0 {
		return text
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || d.CommentChar != "" && strings.HasPrefix(line, d.CommentChar) {
			w.Flush()
			out.WriteString(strings.TrimSpace(line) + "\n")
			continue
		}
		rest := []rune(line)
		var cells []string
		for _, width := range d.Widths {
			n := min(width, len(rest))
			cells, rest = append(cells, strings.TrimSpace(string(rest[:n]))), rest[n:]
		}
		if more := strings.TrimSpace(string(rest)); more != "" {
			cells = append(cells, more)
		}
		_ = w.Write(cells) // a buffer takes all
	}
	w.Flush()
	return out.Bytes()
}

// Aligned are the widths of columns that a text seems to keep apart by spaces, and whether a line of dashes is below their names;
// none where it has no such columns. Columns are apart where all lines have two spaces, or, with fewAligned lines or more, one.
func Aligned(text []byte) (widths []int, ruled bool) {
	const (
		most       = 100_000 // lines that are looked at
		fewAligned = 6
	)
	var used []bool // places where some line has more than a space
	var lines [][]rune
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n \f\x1a")
		if strings.Contains(line, "\t") {
			return nil, false
		}
		if line == "" {
			continue
		}
		if lines = append(lines, []rune(line)); len(lines) == most {
			break
		}
		for i, r := range lines[len(lines)-1] {
			if i == len(used) {
				used = append(used, false)
			}
			used[i] = used[i] || r != ' '
		}
	}
	if len(lines) < 2 {
		return nil, false
	}
	ruled = strings.Trim(string(lines[1]), "-= ") == ""
	cuts := []int{0}
	for i := slices.Index(used, true); i >= 0 && i < len(used); {
		end := i
		for end < len(used) && used[end] {
			end++
		}
		next := end
		for next < len(used) && !used[next] {
			next++
		}
		switch gap := next - end; {
		case next == len(used):
		case gap == 1 && spaced(lines[0], next, used) == "": // a space that all texts have in one place
		case spaced(lines[0], next, used) == "", gap == 1 && len(lines) < fewAligned && !ruled:
			return nil, false
		case endsTogether(lines, next, used): // to the right, where a longer number takes the spaces before it
			cuts = append(cuts, end)
		default:
			cuts = append(cuts, next)
		}
		i = next
	}
	for i, cut := range cuts {
		to := len(used)
		if i+1 < len(cuts) {
			to = cuts[i+1]
		}
		widths = append(widths, to-cut)
	}
	if len(widths) < 2 {
		return nil, false
	}
	return widths, ruled
}

// spaced is what a line has in the column that begins at a place.
func spaced(line []rune, from int, used []bool) string {
	to := from
	for to < len(used) && used[to] {
		to++
	}
	return strings.TrimSpace(string(line[min(from, len(line)):min(to, len(line))]))
}

// endsTogether reports whether each line has the last place of the column that begins at one, and not each the first.
func endsTogether(lines [][]rune, from int, used []bool) bool {
	to := from
	for to < len(used) && used[to] {
		to++
	}
	first, last := true, true
	for _, line := range lines {
		if spaced(line, from, used) == "" {
			continue
		}
		first = first && line[from] != ' '
		last = last && len(line) >= to && line[to-1] != ' '
	}
	return last && !first
}

// declareWidths is how a description says that a text has columns of fixed width; "" where they are not as many as it describes.
func (t *loading) declareWidths(text []byte) string {
	widths, ruled := Aligned(text)
	if len(widths) != len(t.Schema.Fields) {
		return ""
	}
	list, _ := json.Marshal(widths) // numbers always can
	said := `"widths": ` + strings.ReplaceAll(string(list), ",", ", ")
	if ruled {
		said += `, "commentRows": [2]`
	}
	return fmt.Sprintf(`declare "dialect": {%s} in %s`, said, File)
}

// checkWidths says where widths cut a header in other places than between the names of the columns. It reports whether they do.
func (t *loading) checkWidths(cells []string, line int, plain []byte) bool {
	if len(t.Dialect.Widths) == 0 || !t.Dialect.hasHeader() {
		return false
	}
	known := make([]string, len(t.Schema.Fields))
	for i, f := range t.Schema.Fields {
		known[i] = f.Name
	}
	together := func(names []string) (all string) {
		for i, name := range names {
			if name != BlankName(i+1) {
				all += strings.Join(strings.Fields(name), "")
			}
		}
		return all
	}
	if slices.Equal(cells, known) || together(cells) != together(known) {
		return false
	}
	cells = slices.Clone(cells)
	for i, name := range cells {
		if name == BlankName(i+1) {
			cells[i] = ""
		}
	}
	p := diag.Problem{Line: line, Message: fmt.Sprintf("the widths %v cut the names of the columns", t.Dialect.Widths), Found: quoteAll(cells), Expected: quoteAll(known), Hint: "count the characters from the start of each column to that of the next"}
	if said := t.declareWidths(plain); said != "" {
		p.Hint = said
	}
	t.found.add("header", p)
	return true
}
