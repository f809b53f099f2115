package engine

import (
	_ "embed"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// functionList are the functions that a query may call: those whose result depends
// on nothing but their arguments. A test holds the list against DuckDB's own, so
// that a new version adds nothing to it unseen.
//
//go:embed functions.txt
var functionList string

var functions = func() map[string]bool {
	known := map[string]bool{}
	for line := range strings.Lines(functionList) {
		known[strings.ToLower(strings.TrimSpace(line))] = true
	}
	for _, name := range undocumented {
		known[name] = true
	}
	return known
}()

// undocumented are functions that DuckDB's binder knows and its catalogue does not.
var undocumented = []string{
	"cume_dist", "dense_rank", "fill", "first_value", "lag", "last_value", "lead", "nth_value", "ntile", "percent_rank",
	"rank", "rank_dense", "row_number", // windows
	"grouping", "grouping_id", "unnest", "unlist",
	"error", // only ends a query
}

// tableFunctions are allowed in FROM.
var tableFunctions = []string{"generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"}

// changing are the functions of which an editor must be told that the next build
// would get another value.
var changing = []string{
	"age", "current_date", "current_localtime", "current_localtimestamp", "current_query_id", "current_time",
	"current_timestamp", "current_transaction_id", "gen_random_uuid", "get_current_time", "get_current_timestamp",
	"localtime", "localtimestamp", "nextval", "now", "random", "reservoir_quantile", "setseed", "today",
	"transaction_timestamp", "txid_current", "uuid", "uuidv4", "uuidv7",
}

// clocks are written without parentheses, so the parser takes them for columns.
var clocks = []string{"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}

// byName take the name of an aggregate function as their second argument.
var byName = []string{"aggregate", "array_aggr", "array_aggregate", "list_aggr", "list_aggregate"}

func checkFunction(name string, arguments []any) *Impure {
	switch {
	case name == "age" && len(arguments) == 1:
		return &Impure{Message: "age() with one argument counts to the day of the build", Hint: "give the other day too: age(a, b)"}
	case slices.Contains(changing, name) && name != "age":
		return changes(name)
	case !functions[name]:
		return notAllowed(name)
	case slices.Contains(byName, name) && len(arguments) > 1:
		argument, _ := arguments[1].(map[string]any)
		value, _ := argument["value"].(map[string]any)
		called, ok := value["value"].(string)
		if !ok {
			return &Impure{Message: name + "() is given a function whose name is not written out", Hint: "write it: list_aggregate(l, 'sum')"}
		}
		return checkFunction(strings.ToLower(called), nil)
	}
	return nil
}

func checkTableFunction(name string) *Impure {
	if slices.Contains(tableFunctions, name) {
		return nil
	}
	return &Impure{
		Message: name + "() is not a function that an aggregate may read from",
		Hint:    "a query reads tables of data/datapackage.json, other aggregates, and " + strings.Join(tableFunctions, ", "),
	}
}

func checkColumn(name string) *Impure {
	if slices.Contains(clocks, name) {
		return changes(name)
	}
	return nil
}

func changes(name string) *Impure {
	return &Impure{Message: name + "() gives another value at each build", Hint: "take the value from a table"}
}

func notAllowed(name string) *Impure {
	known := make([]string, 0, len(functions))
	for name := range functions {
		if name != "" && name[0] >= 'a' && name[0] <= 'z' {
			known = append(known, name)
		}
	}
	slices.Sort(known)
	hint := diag.Nearest(name, known)
	if hint == "" {
		hint = "an aggregate calls functions that depend on their arguments only"
	}
	return &Impure{Message: name + "() is not a function that an aggregate may call", Hint: hint}
}
