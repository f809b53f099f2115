package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Statement is what a SELECT says of itself without being run.
type Statement struct {
	Tables  []Mention // read from, by name, each once; common table expressions are not tables
	Columns []string  // named anywhere in it, sorted, each once; "*" for all
	Ordered bool      // ends in ORDER BY
	Limit   int       // of rows, 0 without one
	Impure  []Impure  // what its result depends on besides those tables
}

// Mention is a name in a query, in lower case.
type Mention struct {
	Name   string
	Offset int // of its first mention, in bytes from 0; -1 where it is not known
}

// Impure is a part of a query that makes its result depend on more than tables.
type Impure struct {
	Message, Hint string
	Offset        int // in bytes from 0; -1 where it is not known
}

// Parse reads one SELECT. Anything else, or SQL that is not well-formed, is an
// *Error.
func (e *Engine) Parse(ctx context.Context, query string) (Statement, error) {
	tree, err := e.serialize(ctx, query)
	if err != nil {
		return Statement{}, err
	}
	var inserted insertions
	if tree.manyStatements() {
		// PIVOT that takes its columns from the data is two statements: one finds
		// the values, one is the SELECT. It is parsed as if a value were given.
		text, places := withPivotValues(query)
		inserted = places
		if tree, err = e.serialize(ctx, text); err != nil {
			return Statement{}, err
		}
	}
	if tree.Error {
		said := &Error{Message: plainMessage(tree.Message), Offset: inserted.before(offset(tree.Position))}
		if tree.manyStatements() {
			said.Message = notSelect
		}
		return Statement{}, said
	}
	switch len(tree.Statements) {
	case 1:
	case 0:
		return Statement{}, &Error{Message: "the SELECT is missing", Offset: -1}
	default:
		return Statement{}, &Error{Message: fmt.Sprintf("%d statements where one SELECT belongs", len(tree.Statements)), Offset: -1}
	}
	root := tree.Statements[0].Node
	if from, _ := root["from_table"].(map[string]any); from["type"] == "SHOW_REF" { // DESCRIBE, SUMMARIZE, SHOW
		return Statement{}, &Error{Message: notSelect, Offset: -1}
	}
	w := walker{inserted: inserted, tables: map[string]int{}}
	w.walk(root, nil)
	s := Statement{Columns: w.columns, Impure: w.impure}
	for _, name := range slices.Sorted(maps.Keys(w.tables)) {
		s.Tables = append(s.Tables, Mention{name, w.tables[name]})
	}
	slices.Sort(s.Columns)
	s.Columns = slices.Compact(s.Columns)
	modifiers, _ := root["modifiers"].([]any)
	for _, m := range modifiers {
		if m, ok := m.(map[string]any); ok && m["type"] == "ORDER_MODIFIER" {
			s.Ordered = true
		} else if m["type"] == "LIMIT_MODIFIER" {
			limit, _ := m["limit"].(map[string]any)
			value, _ := limit["value"].(map[string]any)
			s.Limit, _ = strconv.Atoi(fmt.Sprint(value["value"])) // 0 where it is computed
		}
	}
	return s, nil
}

const notSelect = "another statement where a SELECT belongs"

// tree is a query as DuckDB's json_serialize_sql writes it.
type tree struct {
	Error      bool   `json:"error"`
	Message    string `json:"error_message"`
	Position   string `json:"position"`
	Statements []struct {
		Node map[string]any `json:"node"`
	} `json:"statements"`

	text string
}

func (t *tree) manyStatements() bool {
	return t.Error && strings.HasPrefix(t.Message, "Only SELECT statements")
}

func (e *Engine) serialize(ctx context.Context, query string) (*tree, error) {
	var text string
	err := e.db.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", query).Scan(&text)
	if err != nil {
		return nil, wrapError(ctx, err)
	}
	return decodeTree(text)
}

// decodeTree reads a tree with its numbers as they are: the largest do not fit a float.
func decodeTree(text string) (*tree, error) {
	t := &tree{text: text}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	return t, decoder.Decode(t)
}

// walker goes through a serialised query.
type walker struct {
	inserted insertions
	tables   map[string]int
	columns  []string
	impure   []Impure
}

// walk visits n. A name that an enclosing WITH defines is not a table.
func (w *walker) walk(n any, defined []string) {
	switch n := n.(type) {
	case []any:
		for _, child := range n {
			w.walk(child, defined)
		}
	case map[string]any:
		defined = w.definitions(n, defined)
		w.visit(n, defined)
		for key, child := range n {
			if key != "cte_map" {
				w.walk(child, defined)
			}
		}
	}
}

// definitions visits the WITH of a query, and adds its names. Each is known to
// those after it, and to itself only where it is recursive:
// WITH t AS (SELECT * FROM t) reads the table t.
func (w *walker) definitions(n map[string]any, defined []string) []string {
	ctes, _ := n["cte_map"].(map[string]any)
	entries, _ := ctes["map"].([]any)
	for _, entry := range entries {
		entry, _ := entry.(map[string]any)
		name, _ := entry["key"].(string)
		with := append(slices.Clip(defined), strings.ToLower(name))
		value, _ := entry["value"].(map[string]any)
		query, _ := value["query"].(map[string]any)
		if node, _ := query["node"].(map[string]any); node["type"] == "RECURSIVE_CTE_NODE" {
			w.walk(value, with)
		} else {
			w.walk(value, defined)
		}
		defined = with
	}
	return defined
}

// visit notes what one node says.
func (w *walker) visit(n map[string]any, defined []string) {
	at := w.at(n)
	switch n["type"] {
	case "BASE_TABLE":
		if name := tableName(n); !slices.Contains(defined, name) {
			if first, ok := w.tables[name]; !ok || at >= 0 && at < first {
				w.tables[name] = at
			}
		}
	case "TABLE_FUNCTION":
		// what is in FROM is held against another list
		if call, ok := n["function"].(map[string]any); ok {
			name, _ := call["function_name"].(string)
			w.add(checkTableFunction(strings.ToLower(name)), at)
			call["function_name"] = nil
		}
	case "JOIN":
		names, _ := n["using_columns"].([]any)
		for _, name := range names {
			if name, ok := name.(string); ok {
				w.columns = append(w.columns, strings.ToLower(name))
			}
		}
		if n["ref_type"] == "NATURAL" {
			w.columns = append(w.columns, "*")
		}
	case "PIVOT":
		// what is neither pivoted nor added up groups the rows
		w.columns = append(w.columns, "*")
	case "SHOW_REF":
		if n["query"] == nil {
			w.add(&Impure{Message: "SHOW lists what is in the database, which is not data"}, at)
		}
	}
	switch n["class"] {
	case "STAR":
		w.columns = append(w.columns, "*")
	case "PARAMETER":
		w.add(&Impure{Message: "a parameter, which nobody gives a value", Hint: "write the value, or take it from a table"}, at)
	}
	if names, ok := n["column_names"].([]any); ok && len(names) > 0 {
		name, _ := names[len(names)-1].(string)
		name = strings.ToLower(name)
		w.columns = append(w.columns, name)
		if len(names) == 1 {
			w.add(checkColumn(name), at)
		}
	}
	if name, ok := n["function_name"].(string); ok {
		arguments, _ := n["children"].([]any)
		w.add(checkFunction(strings.ToLower(name), arguments), at)
	}
	if sample, ok := n["sample"].(map[string]any); ok {
		if seed, _ := sample["seed"].(json.Number); strings.HasPrefix(seed.String(), "-") {
			w.add(&Impure{Message: "a sample without a seed has other rows at each build", Hint: "add REPEATABLE (42), with any number: USING SAMPLE reservoir(100 ROWS) REPEATABLE (42)"}, at)
		}
	}
}

func (w *walker) add(found *Impure, at int) {
	if found != nil {
		found.Offset = at
		w.impure = append(w.impure, *found)
	}
}

// at is the offset of a node in the query.
func (w *walker) at(n map[string]any) int {
	if at := location(n); at >= 0 {
		return w.inserted.before(at)
	}
	return -1
}

// location is the offset of a node in the text that was parsed; -1 where it is not
// known.
func location(n map[string]any) int {
	number, _ := n["query_location"].(json.Number)
	at, err := number.Int64() // DuckDB writes the largest number that it has where it does not know
	if err != nil {
		return -1
	}
	return int(at)
}

// tableName is the name of a table, with its schema where it is not the
// one in which all tables of a report are.
func tableName(n map[string]any) string {
	name, _ := n["table_name"].(string)
	schema, _ := n["schema_name"].(string)
	catalog, _ := n["catalog_name"].(string)
	switch {
	case catalog != "":
		name = catalog + "." + schema + "." + name
	case schema != "" && !strings.EqualFold(schema, "main"):
		name = schema + "." + name
	}
	return strings.ToLower(name)
}
