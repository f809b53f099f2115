// Package engine runs SQL. It is DuckDB, embedded, in memory; nothing else in
// Broadsheet imports a database driver.
//
// DuckDB reads CSV as fast as the disk, and its SQL has what data journalists
// reach for: windows, pivots, dates, lists. Large tables are loaded with all cores.
// Then Freeze isolates the engine: no file and no network can be
// reached from a query, and each query runs on one thread, so that sums of
// floats and the order of groups are the same on a machine of any size.
// Several queries may still run at once.
package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Engine is an open database.
type Engine struct {
	db *sql.DB
}

// Open starts an empty database in memory.
func Open(ctx context.Context) (*Engine, error) {
	connector, err := duckdb.NewConnector("?autoinstall_known_extensions=false&autoload_known_extensions=false", func(connection driver.ExecerContext) error {
		// settings of a session, which each connection has of its own; tables are compressed, which queries read faster, too
		_, err := connection.ExecContext(ctx, "ATTACH IF NOT EXISTS ':memory:' AS report (COMPRESS); USE report; SET errors_as_json = true; SET TimeZone = 'UTC'", nil)
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
	// nothing is ever written to a disk, and memory that a large query needed is given back
	if _, err := db.ExecContext(ctx, "SET threads = 1; SET temp_directory = ''; SET allocator_flush_threshold = '8MB'; SET allocator_bulk_deallocation_flush_threshold = '8MB'"); err != nil {
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

// SetMemory bounds what the database may hold. A query that needs more fails with
// an *Error.
func (e *Engine) SetMemory(ctx context.Context, bytes int64) error {
	return e.Exec(ctx, fmt.Sprintf("SET memory_limit = '%dB'", bytes))
}

// Freeze cuts queries off from files, the network and settings, and gives each one thread.
func (e *Engine) Freeze(ctx context.Context) error {
	return e.Exec(ctx, "SET threads = 1; SET enable_external_access = false; SET lock_configuration = true")
}

// Version is that of DuckDB, such as "v1.4.3".
func (e *Engine) Version(ctx context.Context) (string, error) {
	_, rows, err := e.Collect(ctx, "SELECT version()")
	if err != nil {
		return "", err
	}
	version, _ := rows[0][0].(string)
	return version, nil
}

// Views lists the names of the engine's own views, which no table can have.
func (e *Engine) Views(ctx context.Context) ([]string, error) {
	_, rows, err := e.Collect(ctx, "SELECT DISTINCT view_name FROM duckdb_views() WHERE internal ORDER BY view_name")
	names := make([]string, 0, len(rows))
	for _, row := range rows {
		name, _ := row[0].(string)
		names = append(names, name)
	}
	return names, err
}

// Exec runs statements that return nothing.
func (e *Engine) Exec(ctx context.Context, query string, args ...any) error {
	_, err := e.db.ExecContext(ctx, query, args...)
	return wrapError(ctx, err)
}

// Create makes a table of a SELECT. The offset of an *Error is that in the SELECT.
func (e *Engine) Create(ctx context.Context, table, query string) error {
	create := "CREATE TABLE " + Name(table) + " AS "
	err := e.Exec(ctx, create+query)
	var said *Error
	if errors.As(err, &said) && said.Offset >= 0 {
		said.Offset = max(said.Offset-len(create), 0)
	}
	return err
}

// Drop forgets a table.
func (e *Engine) Drop(ctx context.Context, table string) error {
	return e.Exec(ctx, "DROP TABLE "+Name(table))
}

// Describe lists the columns of a table, with their types as SQL writes them.
func (e *Engine) Describe(ctx context.Context, table string) ([]Column, error) {
	_, rows, err := e.Collect(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+Name(table)+")")
	var columns []Column
	for _, row := range rows {
		name, _ := row[0].(string)
		typ, _ := row[1].(string)
		columns = append(columns, Column{name, typ})
	}
	return columns, err
}

// Measure counts the rows of a table, and the characters of the longest text in each
// of some columns.
func (e *Engine) Measure(ctx context.Context, table string, texts []string) (rows int, longest []int, err error) {
	query := "SELECT count(*)"
	for _, name := range texts {
		query += ", coalesce(max(length(" + Name(name) + ")), 0)"
	}
	longest = make([]int, len(texts))
	targets := []any{&rows}
	for i := range longest {
		targets = append(targets, &longest[i])
	}
	err = e.db.QueryRowContext(ctx, query+" FROM "+Name(table)).Scan(targets...)
	return rows, longest, wrapError(ctx, err)
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
