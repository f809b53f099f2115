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
	name := tableName(source.name(), func(name string) bool {
		return slices.Contains(views, name) || slices.Contains(reservedTables, name) || exists(path.Join("data/aggregates", name+".sql")) ||
			inside == "" && exists(path.Join("data", pathOf(source, name))) || slices.ContainsFunc(p.Resources, func(r dataset.Resource) bool { return r.Name == name })
	})
	t, problems, err := readTable(ctx, source, name, voiceOf("en"), limits)
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
	for _, d := range append(t.said(), pointedTo(report, p.Resources, t)...) {
		a.Doubts = append(a.Doubts, Doubt{source.place(), d})
	}
	return a, nil, nil
}

// pointedTo says which columns of the report hold the key of a new table: without a foreign key nobody notices a row that is deleted there.
func pointedTo(report fs.FS, resources []dataset.Resource, t *table) (doubts []string) {
	for _, r := range resources {
		grid := gridOf(report, r)
		if len(grid) == 0 {
			continue
		}
		other := &table{Resource: dataset.Resource{Name: r.Name}, keys: r.Schema.PrimaryKey}
		for i, name := range grid[0] {
			c := &column{Field: dataset.Field{Name: name}, distinct: map[string]int{}}
			for _, row := range grid[1:] {
				if i < len(row) {
					c.distinct[row[i]]++
				}
			}
			other.columns = append(other.columns, c)
		}
		other.linkTo(t.foreign())
		for _, key := range other.Schema.ForeignKeys {
			if !slices.ContainsFunc(r.Schema.ForeignKeys, func(k dataset.ForeignKey) bool { return slices.Equal(k.Fields, key.Fields) }) {
				doubts = append(doubts, fmt.Sprintf(`column %[1]s of the table %[2]s holds its key: add "foreignKeys": [{"fields": %[1]s, "reference": {"resource": %[3]q, "fields": %[4]q}}] to the schema of %[2]s, so that no row can go missing`,
					diag.Quote(key.Fields[0]), r.Name, t.Name, key.Reference.Fields[0]))
			}
		}
	}
	return doubts
}

// gridOf is the rows of a table of a report, with the header; none where they cannot be read.
func gridOf(report fs.FS, r dataset.Resource) [][]string {
	data, err := fs.ReadFile(report, r.File())
	if err != nil {
		return nil
	}
	text, _, err := decode(data)
	if err != nil {
		return nil
	}
	grid, _ := readGrid(r.Dialect, text)
	return grid
}

// keysOfReport are the tables of a report that others may point to.
func keysOfReport(report fs.FS, resources []dataset.Resource) []foreign {
	var keys []foreign
	for _, r := range resources {
		grid := gridOf(report, r)
		if len(grid) == 0 || len(r.Schema.PrimaryKey) != 1 {
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
