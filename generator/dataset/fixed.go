package dataset

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// fixed makes CSV of lines whose cells have a fixed width, without the spaces around them; row n of it is line n. What a line has
// beyond the last column is a cell more, which is then a problem.
func (d *Dialect) fixed(text []byte) []byte {
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
