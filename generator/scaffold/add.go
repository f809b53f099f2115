package scaffold

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// Addition is a table that was added to a report.
type Addition struct {
	Name    string
	File    string // in the report
	Copied  bool   // the file was not in data/ before
	Package []byte // data/datapackage.json, which is what it was but for the table
	Doubts  []Doubt
}

// Add describes a file for a report that exists. Inside is the path of the file in the
// report's data/ where it is there already, else "".
func Add(ctx context.Context, report fs.FS, source Source, inside string, limits limit.Limits) (*Addition, []diag.Problem, error) {
	failed := func(p diag.Problem) (*Addition, []diag.Problem, error) {
		if p.File == "" {
			p.File = dataset.File
		}
		return nil, []diag.Problem{p}, nil
	}
	data, err := fs.ReadFile(report, dataset.File)
	if errors.Is(err, fs.ErrNotExist) {
		return failed(diag.Problem{Message: "the file is missing", Hint: "name the directory of a report with --source"})
	}
	if err != nil {
		return nil, nil, err
	}
	var p dataset.Package
	end := endOfResources(data)
	if json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &p) != nil || end < 0 {
		return failed(diag.Problem{Message: "the file cannot be read, or has no list of resources", Hint: "broadsheet check names the place"})
	}
	views, err := engineViews(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range p.Resources {
		if inside != "" && r.Path == inside {
			return failed(diag.Problem{Message: "the table " + diag.Quote(r.Name) + " reads " + diag.Quote(r.File()) + " already"})
		}
	}
	exists := func(name string) bool { _, err := fs.Stat(report, name); return err == nil }
	name := tableName(source.Path, func(name string) bool {
		return slices.Contains(views, name) || slices.Contains(reservedTables, name) || exists(path.Join("data/aggregates", name+".sql")) ||
			inside == "" && exists(path.Join("data", name+".csv")) || slices.ContainsFunc(p.Resources, func(r dataset.Resource) bool { return r.Name == name })
	})
	t, problems, err := readTable(ctx, source, name, limits)
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	if err := t.close(); err != nil {
		return nil, nil, err
	}
	if inside != "" {
		t.Path = inside
	}
	t.linkTo(keysOfReport(report, p.Resources))
	text, err := t.json("    ")
	if err != nil {
		return nil, nil, err
	}
	a := &Addition{Name: name, File: t.File(), Copied: inside == "", Package: insert(data, end, text)}
	for _, d := range t.said() {
		a.Doubts = append(a.Doubts, Doubt{source.Path, d})
	}
	return a, nil, nil
}

// keysOfReport are the tables of a report that others may point to.
func keysOfReport(report fs.FS, resources []dataset.Resource) []foreign {
	var keys []foreign
	for _, r := range resources {
		data, err := fs.ReadFile(report, r.File())
		if err != nil || len(r.Schema.PrimaryKey) != 1 {
			continue
		}
		text, _, err := decode(data)
		if err != nil {
			continue
		}
		delimiter := byte(',')
		if r.Dialect.Delimiter != "" {
			delimiter = r.Dialect.Delimiter[0]
		}
		grid := readGrid(text, delimiter)
		if len(grid) == 0 {
			continue
		}
		key := r.Schema.PrimaryKey[0]
		i := slices.Index(grid[0], key)
		if i < 0 {
			continue
		}
		values := map[string]int{}
		for _, row := range grid[1:] {
			if i < len(row) {
				values[row[i]]++
			}
		}
		keys = append(keys, foreign{r.Name, key, values})
	}
	return keys
}

// endOfResources is the offset of the bracket that ends the list of resources, or -1.
func endOfResources(data []byte) int {
	skip := len(data) - len(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	d := json.NewDecoder(bytes.NewReader(data[skip:]))
	depth, inside, isKey := 0, false, false
	var key string
	for {
		token, err := d.Token()
		if err != nil {
			return -1
		}
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{', '[':
				depth++
				inside = inside || depth == 2 && token == '[' && key == "resources"
			default:
				depth--
				if inside && depth == 1 {
					return skip + int(d.InputOffset()) - 1
				}
			}
			isKey = depth == 1
		default:
			if depth != 1 {
				continue
			}
			if isKey {
				key, _ = token.(string)
			}
			isKey = !isKey
		}
	}
}

// insert puts a resource at the end of the list that ends at an offset.
func insert(data []byte, end int, text string) []byte {
	before := bytes.TrimRight(data[:end], " \t\r\n")
	gap := string(data[len(before):end])
	first := bytes.HasSuffix(before, []byte("["))
	addition := "\n    " + text
	if !first {
		addition = "," + addition
	}
	if !strings.Contains(gap, "\n") {
		gap = "\n  "
	}
	if bytes.Contains(data, []byte("\r\n")) {
		addition = strings.ReplaceAll(addition, "\n", "\r\n")
	}
	return []byte(fmt.Sprintf("%s%s%s%s", before, addition, gap, data[end:]))
}
