package engine

import (
	"broadsheet/generator/config"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T) *Engine {
	t.Helper()
	e, err := Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestParseFindsTheTablesThatAreRead(t *testing.T) {
	e := open(t)
	for query, want := range map[string][]string{
		"SELECT 1": nil,
		"SELECT * FROM grants g JOIN Jurisdictions j ON j.id = g.recipient":                {"grants", "jurisdictions"},
		"WITH a AS (SELECT * FROM grants), b AS (SELECT * FROM a) SELECT * FROM b":         {"grants"},
		"SELECT (SELECT max(x) FROM t2) FROM t1 WHERE y IN (SELECT y FROM t3)":             {"t1", "t2", "t3"},
		"SELECT * FROM t1 UNION ALL SELECT * FROM t2":                                      {"t1", "t2"},
		"SELECT * FROM t1 PIVOT (sum(y) FOR x IN ('a', 'b'))":                              {"t1"},
		"SELECT a FROM main.t1, memory.main.t2, information_schema.tables":                 {"information_schema.tables", "memory.main.t2", "t1"},
		"WITH t1 AS (SELECT * FROM t1) SELECT * FROM t1":                                   {"t1"},
		"WITH t1 AS MATERIALIZED (SELECT * FROM t2), t2 AS (SELECT 1) SELECT * FROM t2":    {"t2"},
		"WITH a AS (SELECT 1) SELECT * FROM (WITH a AS (SELECT * FROM a) SELECT * FROM a)": nil,
		"PIVOT t1 ON x": {"t1"},
		"PIVOT t1 ON x USING sum(y) GROUP BY z ORDER BY z":                                                    {"t1"},
		"PIVOT t1 ON x || '-(' || z, w USING sum(y) AS a, max(y)":                                             {"t1"},
		"PIVOT t1 ON x IN ('a'), w USING sum(y)":                                                              {"t1"},
		"PIVOT (SELECT * FROM t1 JOIN t2 USING (id)) ON x":                                                    {"t1", "t2"},
		"PIVOT t1 JOIN t2 USING (id) ON x USING sum(y)":                                                       {"t1", "t2"},
		"FROM (PIVOT t1 ON x USING sum(y)) JOIN t2 ON a = b":                                                  {"t1", "t2"},
		"WITH p AS (PIVOT t1 ON x /* ON ( */ USING sum(y)) SELECT 'PIVOT' FROM p, t2 -- PIVOT t3 ON":          {"t1", "t2"},
		"SELECT $a$PIVOT t ON '$a$, e'\\'' FROM (PIVOT t1 ON x) UNION ALL FROM (PIVOT_WIDER t2 ON x LIMIT 3)": {"t1", "t2"},
		"UNPIVOT t1 ON x, y INTO NAME n VALUE v":                                                              {"t1"},
		"FROM t1 UNPIVOT (v FOR n IN (x, y))":                                                                 {"t1"},
		"PIVOT_LONGER t1 ON COLUMNS(* EXCLUDE k) INTO NAME n VALUE v":                                         {"t1"},
		"SELECT * FROM t1, range(3), unnest([1]) u":                                                           {"t1"},
		"WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n+1 FROM r) SELECT * FROM r":                     nil,
	} {
		got, err := e.Parse(t.Context(), query)
		var names []string
		for _, table := range got.Tables {
			names = append(names, table.Name)
			if at := strings.TrimPrefix(strings.ToLower(query)[max(table.Offset, 0):], "main."); !strings.HasPrefix(at, table.Name) {
				t.Errorf("%s: %s is said to be at %d: %q", query, table.Name, table.Offset, at)
			}
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("%s reads %q (%v), want %q", query, names, err, want)
		}
	}
}

func TestParseKnowsAnOrder(t *testing.T) {
	e := open(t)
	for query, want := range map[string]bool{
		"SELECT a FROM t ORDER BY a":                 true,
		"SELECT a FROM (SELECT a FROM t ORDER BY a)": false,
		"SELECT a FROM t LIMIT 3":                    false,
	} {
		if got, err := e.Parse(t.Context(), query); err != nil || got.Ordered != want {
			t.Errorf("%s: ordered %v (%v), want %v", query, got.Ordered, err, want)
		}
	}
}

func TestParseFindsTheColumnsThatAreNamed(t *testing.T) {
	got, err := open(t).Parse(t.Context(), "WITH c AS (SELECT * FROM t) SELECT g.Amount, sum(x) FILTER (WHERE y > 1) FROM g, c ORDER BY z")
	if want := []string{"*", "amount", "x", "y", "z"}; err != nil || !slices.Equal(got.Columns, want) {
		t.Errorf("%q %v, want %q", got.Columns, err, want)
	}
}

func TestColumnsOfJoinsAndPivotsAreNamed(t *testing.T) {
	e := open(t)
	for query, want := range map[string][]string{
		"SELECT a FROM t JOIN u USING (Id)":           {"a", "id"},
		"SELECT a FROM t NATURAL JOIN u":              {"*", "a"},
		"SELECT n FROM t UNPIVOT (v FOR n IN (x, y))": {"*", "n"},
		"SELECT a FROM (PIVOT t ON k USING sum(x))":   {"*", "a", "k", "x"},
	} {
		if got, err := e.Parse(t.Context(), query); err != nil || !slices.Equal(got.Columns, want) {
			t.Errorf("%s: %q %v, want %q", query, got.Columns, err, want)
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	e := open(t)
	_, err := e.Parse(t.Context(), "SELECT a,\n  FROM WHERE x")
	var parse *Error
	if !errors.As(err, &parse) || parse.Offset < 0 {
		t.Fatalf("%#v", err)
	}
	if _, err := e.Parse(t.Context(), "DROP TABLE x"); err == nil {
		t.Error("DROP is accepted")
	}
	if _, err := e.Parse(t.Context(), "SELECT 1; SELECT 2"); err == nil {
		t.Error("two statements are accepted")
	}
	if err := e.Exec(t.Context(), "CREATE TABLE t (amount_usd BIGINT)"); err != nil {
		t.Fatal(err)
	}
	query := "SELECT 1,\n  amount_us FROM t"
	_, _, err = e.Collect(t.Context(), query)
	var bind *Error
	if !errors.As(err, &bind) {
		t.Fatalf("%#v", err)
	}
	if line, column := config.Position([]byte(query), bind.Offset); line != 2 || column != 3 {
		t.Errorf("%d:%d", line, column)
	}
	if !slices.Contains(bind.Candidates, "amount_usd") {
		t.Errorf("candidates %q", bind.Candidates)
	}
}

func TestFrozenEngineReachesNoFile(t *testing.T) {
	e := open(t)
	if err := e.Freeze(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		"SELECT * FROM read_csv('/etc/passwd')",
		"SELECT * FROM '/etc/passwd'",
		"COPY (SELECT 1) TO '/tmp/broadsheet-must-not-exist.csv'",
		"SET enable_external_access = true",
		"ATTACH '/tmp/broadsheet-must-not-exist.db'",
	} {
		if err := e.Exec(t.Context(), query); err == nil {
			t.Errorf("%s is accepted", query)
		}
	}
}

func TestEveryConnectionSurvivesFreezing(t *testing.T) {
	e := open(t)
	if err := e.Freeze(t.Context()); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if _, _, err := e.Collect(t.Context(), "SELECT sum(a) FROM range(100000) t(a)"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
