// Package engine runs SQL. It is DuckDB, embedded, in memory; nothing else in
// Broadsheet imports a database driver.
//
// DuckDB reads CSV as fast as the disk, and its SQL has what data journalists
// reach for: windows, pivots, dates, lists. Large tables are loaded with all cores.
// Then Freeze turns the engine into a closed room: no file and no network can be
// reached from a query, and each query runs on one thread, so that sums of
// floats and the order of groups are the same on a machine of any size.
// Several queries may still run at once.
package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duckdb/duckdb-go/v2"
)

// Engine is an open database.
type Engine struct {
	db *sql.DB
}

// Open starts an empty database in memory.
func Open(ctx context.Context) (*Engine, error) {
	connector, err := duckdb.NewConnector("?autoinstall_known_extensions=false&autoload_known_extensions=false", func(connection driver.ExecerContext) error {
		// settings of a session, which each connection has of its own
		_, err := connection.ExecContext(ctx, "SET errors_as_json = true; SET TimeZone = 'UTC'", nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	// each connection runs its query on a thread of its own
	db.SetMaxOpenConns(runtime.GOMAXPROCS(0))
	db.SetMaxIdleConns(runtime.GOMAXPROCS(0))
	if err := connectAll(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := db.ExecContext(ctx, "SET threads = 1"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Engine{db}, nil
}

// connectAll opens every connection that there will be: once Freeze has locked the
// settings, a new one could not make its own.
func connectAll(ctx context.Context, db *sql.DB) error {
	for range runtime.GOMAXPROCS(0) {
		connection, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer connection.Close() // back to the pool
	}
	return nil
}

// Close ends the database and frees its memory.
func (e *Engine) Close() error { return e.db.Close() }

// UseAllCores lets each query run on all cores, until Freeze. Rows keep their
// order.
func (e *Engine) UseAllCores(ctx context.Context) error {
	return e.Exec(ctx, fmt.Sprintf("SET threads = %d", runtime.GOMAXPROCS(0)))
}

// Freeze closes the room: see the package comment.
func (e *Engine) Freeze(ctx context.Context) error {
	return e.Exec(ctx, "SET threads = 1; SET enable_external_access = false; SET lock_configuration = true")
}

// Exec runs statements that return nothing.
func (e *Engine) Exec(ctx context.Context, query string, args ...any) error {
	_, err := e.db.ExecContext(ctx, query, args...)
	return wrap(err)
}

// Statement is what a SELECT says of itself without being run.
type Statement struct {
	Tables    []string // read from, sorted, each once; common table expressions are not tables
	Functions []string // called, sorted, each once
	Columns   []string // named anywhere in it, sorted, each once; "*" for all
	Ordered   bool     // ends in ORDER BY
}

// Parse reads one SELECT. Anything else, or SQL that is not well-formed, is an
// *Error.
func (e *Engine) Parse(ctx context.Context, query string) (Statement, error) {
	var text string
	err := e.db.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", query).Scan(&text)
	if err != nil {
		return Statement{}, wrap(err)
	}
	var tree struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Position   string `json:"position"`
		Statements []struct {
			Node map[string]any `json:"node"`
		} `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return Statement{}, err
	}
	if tree.Error {
		return Statement{}, &Error{Message: tree.Message, Offset: offset(tree.Position)}
	}
	if len(tree.Statements) != 1 {
		return Statement{}, &Error{Message: fmt.Sprintf("%d statements where one SELECT belongs", len(tree.Statements)), Offset: -1}
	}
	root := tree.Statements[0].Node
	var s Statement
	s.walk(root, nil)
	slices.Sort(s.Tables)
	s.Tables = slices.Compact(s.Tables)
	slices.Sort(s.Functions)
	s.Functions = slices.Compact(s.Functions)
	slices.Sort(s.Columns)
	s.Columns = slices.Compact(s.Columns)
	modifiers, _ := root["modifiers"].([]any)
	for _, m := range modifiers {
		if m, ok := m.(map[string]any); ok && m["type"] == "ORDER_MODIFIER" {
			s.Ordered = true
		}
	}
	return s, nil
}

// walk goes through a serialised query for its base tables and functions. A name
// that an enclosing WITH defines is not a table.
func (s *Statement) walk(n any, defined []string) {
	switch n := n.(type) {
	case []any:
		for _, child := range n {
			s.walk(child, defined)
		}
	case map[string]any:
		if ctes, ok := n["cte_map"].(map[string]any); ok {
			entries, _ := ctes["map"].([]any)
			for _, entry := range entries {
				if entry, ok := entry.(map[string]any); ok {
					if name, ok := entry["key"].(string); ok {
						defined = append(slices.Clip(defined), strings.ToLower(name))
					}
				}
			}
		}
		if name, ok := n["table_name"].(string); ok && n["type"] == "BASE_TABLE" {
			if name = strings.ToLower(name); !slices.Contains(defined, name) {
				s.Tables = append(s.Tables, name)
			}
		}
		if name, ok := n["function_name"].(string); ok {
			s.Functions = append(s.Functions, strings.ToLower(name))
		}
		if n["class"] == "STAR" {
			s.Columns = append(s.Columns, "*")
		}
		if names, ok := n["column_names"].([]any); ok && len(names) > 0 {
			if name, ok := names[len(names)-1].(string); ok {
				s.Columns = append(s.Columns, strings.ToLower(name))
			}
		}
		if names, ok := n["column_names"].([]any); ok && len(names) == 1 {
			// current_date and its like are written without brackets
			if name, _ := names[0].(string); slices.Contains(clocks, strings.ToLower(name)) {
				s.Functions = append(s.Functions, strings.ToLower(name))
			}
		}
		for _, child := range n {
			s.walk(child, defined)
		}
	}
}

var clocks = []string{"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}

// changing are the functions that DuckDB does not call consistent, other than
// those that only stop a query. A test compares the list with DuckDB's own.
var changing = append([]string{
	"current_connection_id", "current_database", "current_query", "current_query_id", "current_schema",
	"current_schemas", "current_transaction_id", "currval", "gen_random_uuid", "get_current_time",
	"get_current_timestamp", "in_search_path", "nextval", "now", "random", "setseed", "stats", "today",
	"transaction_timestamp", "txid_current", "uuid", "uuidv4", "uuidv7", "write_log",
}, clocks...)

// Changing reports whether a function may return another value in the next
// build: clocks, random numbers, sequences, settings.
func Changing(function string) bool { return slices.Contains(changing, function) }

// Error is what DuckDB says of a query that it cannot run.
type Error struct {
	Message    string   // in DuckDB's words, without its noise
	Offset     int      // byte offset in the query, from 0; -1 where none is known
	Candidates []string // names that it would have known
}

func (e *Error) Error() string { return e.Message }

func wrap(err error) error {
	var duck *duckdb.Error
	if !errors.As(err, &duck) {
		return err
	}
	out := &Error{Message: duck.Msg, Offset: -1}
	var details struct {
		Message    string `json:"exception_message"`
		Position   string `json:"position"`
		Candidates string `json:"candidates"`
	}
	if brace := strings.Index(duck.Msg, "{"); brace >= 0 && json.Unmarshal([]byte(duck.Msg[brace:]), &details) == nil {
		out.Message = details.Message
		out.Offset = offset(details.Position)
		if details.Candidates != "" {
			out.Candidates = strings.Split(details.Candidates, ",")
		}
	}
	// what follows the first line repeats the query or the candidates
	out.Message, _, _ = strings.Cut(out.Message, "\n")
	return out
}

func offset(position string) int {
	n, err := strconv.Atoi(position)
	if err != nil {
		return -1
	}
	return n
}

// Place turns a byte offset of a query into a line and a column, both from 1.
func Place(query string, offset int) (line, column int) {
	before := query[:min(max(offset, 0), len(query))]
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}

// Name quotes an identifier for SQL.
func Name(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Text quotes a string for SQL.
func Text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Texts is a SQL list of strings.
func Texts(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = Text(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// Column is the name and the SQL type of an output column.
type Column struct {
	Name, Type string
}

// Collect runs a SELECT and returns its columns and all its rows, as plain Go: nil,
// int64, *big.Int, *big.Rat (an exact decimal), float64, string, bool, time.Time
// (a day), []int64, []string. A column of another type is an *Error.
func (e *Engine) Collect(ctx context.Context, query string) (columns []Column, rows [][]any, err error) {
	result, err := e.db.QueryContext(ctx, query)
	if err != nil {
		return nil, nil, wrap(err)
	}
	defer func() { err = errors.Join(err, result.Close()) }()
	types, err := result.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, t := range types {
		columns = append(columns, Column{t.Name(), t.DatabaseTypeName()})
	}
	for result.Next() {
		row := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := result.Scan(targets...); err != nil {
			return nil, nil, err
		}
		for i, v := range row {
			plain, ok := plain(v)
			if !ok {
				return nil, nil, &Error{Message: fmt.Sprintf("column %q has a type that a report cannot show: %s", columns[i].Name, columns[i].Type), Offset: -1}
			}
			row[i] = plain
		}
		rows = append(rows, row)
	}
	return columns, rows, wrap(result.Err())
}

// plain turns a value of the driver into one of Go's own.
func plain(v any) (any, bool) {
	switch v := v.(type) {
	case nil, int64, *big.Int, float64, string, bool, time.Time:
		return v, true
	case int8:
		return int64(v), true
	case int16:
		return int64(v), true
	case int32:
		return int64(v), true
	case uint8:
		return int64(v), true
	case uint16:
		return int64(v), true
	case uint32:
		return int64(v), true
	case uint64:
		return new(big.Int).SetUint64(v), true
	case float32:
		return float64(v), true
	case duckdb.Decimal:
		denominator := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(v.Scale)), nil)
		return new(big.Rat).SetFrac(v.Value, denominator), true
	case []any:
		return plainList(v)
	}
	return nil, false
}

func plainList(list []any) (any, bool) {
	if len(list) > 0 {
		if _, ok := list[0].(string); ok {
			texts := make([]string, 0, len(list))
			for _, item := range list {
				if s, ok := item.(string); ok {
					texts = append(texts, s)
				}
			}
			return texts, true
		}
	}
	numbers := make([]int64, 0, len(list))
	for _, item := range list {
		switch n := item.(type) {
		case nil: // the row of a LEFT JOIN that found nothing
		case int64:
			numbers = append(numbers, n)
		default:
			return nil, false
		}
	}
	return numbers, true
}
