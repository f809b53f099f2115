package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/engine"
)

// packageJSON is data/datapackage.json.
func packageJSON(name, title string, tables []*table) ([]byte, error) {
	head, err := oneLine(struct {
		Schema string `json:"$schema"`
		Name   string `json:"name"`
		Title  string `json:"title"`
	}{schemaOf("datapackage", dataset.File), name, title})
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "{\n  %s,\n  \"resources\": [", inside(head))
	for i, t := range tables {
		text, err := t.json("    ")
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n    " + text)
	}
	b.WriteString("\n  ]\n}\n")
	return []byte(b.String()), nil
}

// json is the description of a table, a line for each column.
func (t *table) json(indent string) (string, error) {
	r := t.Resource
	r.Schema = dataset.Schema{}
	head, err := oneLine(r)
	if err != nil {
		return "", err
	}
	var fields []string
	for _, c := range t.columns {
		f := c.Field
		f.UnitName = c.Unit.String()
		if c.number != "" || f.Type == "string" {
			f.UnitName = "" // of a text
		}
		line, err := oneLine(f)
		if err != nil {
			return "", err
		}
		fields = append(fields, indent+"      "+line)
	}
	rest := ""
	if len(t.keys) > 0 {
		key, err := oneLine(t.keys)
		if err != nil {
			return "", err
		}
		if len(t.keys) == 1 {
			key = inside(key)
		}
		rest += ",\n" + indent + "    \"primaryKey\": " + key
	}
	if len(t.Schema.ForeignKeys) > 0 {
		keys, err := oneLine(t.Schema.ForeignKeys)
		if err != nil {
			return "", err
		}
		rest += ",\n" + indent + "    \"foreignKeys\": " + keys
	}
	return fmt.Sprintf("{\n%[1]s  %[2]s,\n%[1]s  \"schema\": {\n%[1]s    \"fields\": [\n%[3]s\n%[1]s    ]%[4]s\n%[1]s  }\n%[1]s}",
		indent, inside(head), strings.Join(fields, ",\n"), rest), nil
}

// oneLine is a value as JSON on one line, with spaces between its parts.
func oneLine(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(v); err != nil {
		return "", err
	}
	text := regexp.MustCompile(`([\[{])\n\t*`).ReplaceAllString(strings.TrimSpace(b.String()), "$1")
	text = regexp.MustCompile(`\n\t*([\]}])`).ReplaceAllString(text, "$1")
	return regexp.MustCompile(`\n\t*`).ReplaceAllString(text, " "), nil
}

// inside is an object or a list without its brackets.
func inside(text string) string { return text[1 : len(text)-1] }

// foreign is a column that other tables may point to, as it identifies their rows.
type foreign struct {
	table, column string
	values        map[string]int
}

// linkTo adds foreign keys for the columns whose values all are in a key of another
// table and which are named like it.
func (t *table) linkTo(others []foreign) {
	for _, c := range t.columns {
		for _, other := range others {
			if other.table == t.Name || slices.Equal(t.keys, []string{c.Name}) || !namedLike(c.Name, other) || len(c.distinct) < 2 {
				continue
			}
			held := true
			for cell := range c.distinct {
				if held = cell == "" || other.values[cell] > 0 || slices.Contains(c.MissingValues, cell); !held {
					break
				}
			}
			if !held {
				continue
			}
			key := dataset.ForeignKey{Fields: []string{c.Name}}
			key.Reference.Resource, key.Reference.Fields = other.table, []string{other.column}
			t.Schema.ForeignKeys = append(t.Schema.ForeignKeys, key)
			break
		}
	}
}

// namedLike reports whether a column is named like a key: place_id, or place, for the
// id of places.
func namedLike(name string, other foreign) bool {
	name, key := strings.ReplaceAll(plainName(name), " ", "_"), strings.ReplaceAll(plainName(other.column), " ", "_")
	one := strings.TrimSuffix(other.table, "s")
	generic := key == "id" || key == "code" || key == "key"
	return name == key && !generic || name == one || name == other.table || name == one+"_"+key || name == other.table+"_"+key
}

// simple is a name that SQL needs no quotation marks for.
var simple = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// reserved are the words of DuckDB's SQL that are not names (duckdb_keywords(), reserved).
var reserved = strings.Fields("all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with " +
	// and those that are functions or types at times
	"year month day date time interval values row left right position exists if between is like join inner outer full natural cross at")

// sqlName is a name in SQL, in quotation marks where it needs them.
func sqlName(name string) string {
	if simple.MatchString(name) && !slices.Contains(reserved, name) {
		return name
	}
	return engine.Name(name)
}
