package tabular

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// fromJSON is the rows of an array of objects, or of arrays of which the first names the columns.
func fromJSON(data []byte, property string) ([][]string, *diag.Problem) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	found := json.RawMessage(data)
	for _, name := range strings.FieldsFunc(property, func(r rune) bool { return r == '.' }) {
		var object map[string]json.RawMessage
		if json.Unmarshal(found, &object) != nil || object[name] == nil {
			return nil, &diag.Problem{Message: "the file has no property " + diag.Quote(property), Hint: "name that which holds the rows: \"dialect\": {\"property\": \"…\"}"}
		}
		found = object[name]
	}
	var items []json.RawMessage
	if err := json.Unmarshal(found, &items); err != nil {
		if at := offsetOf(err); !json.Valid(data) {
			return nil, &diag.Problem{Counts: "line", Line: 1 + bytes.Count(data[:min(at, len(data))], []byte("\n")), Message: "the file is not JSON, or not all of it", Hint: "download or export it again"}
		}
		p := &diag.Problem{Message: "no list of rows", Expected: `[{"name": …}, …]`}
		if lists := listsIn(found, "", 0); property == "" && len(lists) > 0 {
			p.Found = "lists in " + quoteAll(lists)
			p.Hint = fmt.Sprintf("say which property holds the rows: \"dialect\": {\"property\": %q}", lists[0])
		}
		return nil, p
	}
	return rowsOf(items, func(i int) diag.Problem { return diag.Problem{Counts: "object", Line: i + 1} })
}

// Properties are those of a JSON file that may hold its rows; none where it is the rows.
func Properties(data []byte) []string { return listsIn(data, "", 0) }

// listsIn are the properties of an object that are lists, and those of the objects in it.
func listsIn(data json.RawMessage, within string, depth int) (names []string) {
	const deepest = 4
	var object map[string]json.RawMessage
	if depth == deepest || json.Unmarshal(data, &object) != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch text := bytes.TrimSpace(object[name]); {
		case len(text) == 0:
		case text[0] == '[':
			names = append(names, within+name)
		case text[0] == '{':
			names = append(names, listsIn(text, within+name+".", depth+1)...)
		}
	}
	return names
}

func offsetOf(err error) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return int(syntax.Offset)
	}
	return 0
}

// fromLines is the rows of a file with an object in each line.
func fromLines(data []byte) ([][]string, *diag.Problem) {
	var items []json.RawMessage
	var lines []int
	line := 0
	for text := range bytes.Lines(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))) {
		line++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if !json.Valid(text) {
			return nil, &diag.Problem{Counts: "line", Line: line, Message: "a line that is not JSON", Expected: `{"name": …}`}
		}
		items, lines = append(items, text), append(lines, line)
	}
	return rowsOf(items, func(i int) diag.Problem { return diag.Problem{Counts: "line", Line: lines[i]} })
}

// rowsOf writes a header of all keys, in the order in which they come, and a row for each item. At is where an item is in the file.
func rowsOf(items []json.RawMessage, at func(int) diag.Problem) ([][]string, *diag.Problem) {
	var names []string
	places := map[string]int{}
	rows := [][]string{nil}
	for i, item := range items {
		fields, err := fieldsOf(item)
		if err != nil {
			p := at(i)
			p.Message, p.Expected = "a row that is not an object", `{"name": …}`
			return nil, &p
		}
		row := make([]string, len(names))
		for _, f := range fields {
			place, known := places[f.name]
			if !known {
				place, places[f.name] = len(names), len(names)
				names, row = append(names, f.name), append(row, "")
			}
			text, ok := textOf(f.value)
			if !ok {
				p := at(i)
				p.Field, p.Message, p.Expected, p.Hint = f.name, "a value that is itself an object", "a text, a number, true, false, null, or a list of these", "export it with a column for each of its parts"
				return nil, &p
			}
			row[place] = text
		}
		rows = append(rows, row)
	}
	if rows[0] = names; len(names) == 0 {
		return nil, &diag.Problem{Message: "the table has no rows", Expected: `[{"name": …}, …]`}
	}
	for i := range rows {
		rows[i] = append(rows[i], make([]string, len(names)-len(rows[i]))...)
	}
	return rows, nil
}

type field struct {
	name  string
	value json.RawMessage
}

// fieldsOf keeps the order of an object, which a map would lose.
func fieldsOf(item json.RawMessage) (fields []field, err error) {
	d := json.NewDecoder(bytes.NewReader(item))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, fmt.Errorf("no object")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		f := field{}
		f.name, _ = name.(string)
		if err := d.Decode(&f.value); err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	if _, err := d.Token(); err != nil && err != io.EOF {
		return nil, err
	}
	return fields, nil
}

// textOf writes a value as a cell has it; a list with a semicolon between its parts.
func textOf(value json.RawMessage) (string, bool) {
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber() // all of its digits
	var v any
	if d.Decode(&v) != nil {
		return "", false
	}
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	case []any:
		var parts []string
		for _, part := range v {
			switch part.(type) {
			case string, json.Number, bool:
				parts = append(parts, fmt.Sprint(part))
			default:
				return "", false
			}
		}
		return strings.Join(parts, ";"), true
	}
	return "", false
}
