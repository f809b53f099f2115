package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
)

// A page shows the first rows of a long table. Whoever filters or sorts it there means all of its rows: the page's script then
// fetches the others, written as the page would write them, from a file beside the site's pages.

// maxSearched is up to how many cells such a file has. A longer table says that the first rows are searched.
const maxSearched = 200_000

// longTables are those files, by their names, which are made of what is in them: pages that show the same rows share one.
type longTables struct {
	mu    sync.Mutex
	files map[string][]byte
}

// complete makes the file of a grid, if it is long.
func (l *longTables) complete(g *Grid, numbered bool) error {
	if g.Total <= maxRows || g.Total*len(g.Columns) > maxSearched {
		return nil
	}
	rows, err := g.beyond()
	if err == nil {
		g.More, err = l.add(rows, numbered)
	}
	return err
}

// add makes the file of what follows the first rows, and returns where it is.
func (l *longTables) add(rows []GridRow, numbered bool) (string, error) {
	file := struct {
		Shown int     `json:"shown"`
		Rows  [][]any `json:"rows"` // a text for each cell, or the text and the raw value by which it sorts: "" of what is missing
	}{Shown: maxRows}
	for _, row := range rows {
		var cells []any
		if numbered {
			cells = append(cells, row.Number)
		}
		for _, c := range row.Cells {
			switch {
			case c.Missing:
				cells = append(cells, []string{c.Text, ""})
			case c.sortsByRaw():
				cells = append(cells, []string{c.Text, c.Raw})
			default:
				cells = append(cells, c.Text)
			}
		}
		file.Rows = append(file.Rows, cells)
	}
	data, err := json.Marshal(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	name := "rows/" + hex.EncodeToString(sum[:8]) + ".json"
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.files == nil {
		l.files = map[string][]byte{}
	}
	l.files[name] = data
	return "/" + name, nil
}
