package engine

import (
	"errors"
	"slices"
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
		"SELECT * FROM grants g JOIN Jurisdictions j ON j.id = g.recipient":               {"grants", "jurisdictions"},
		"WITH a AS (SELECT * FROM grants), b AS (SELECT * FROM a) SELECT * FROM b":        {"grants"},
		"SELECT (SELECT max(x) FROM t2) FROM t1 WHERE y IN (SELECT y FROM t3)":            {"t1", "t2", "t3"},
		"SELECT * FROM t1 UNION ALL SELECT * FROM t2":                                     {"t1", "t2"},
		"SELECT * FROM t1 PIVOT (sum(y) FOR x IN ('a', 'b'))":                             {"t1"},
		"WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n+1 FROM r) SELECT * FROM r": nil,
	} {
		got, err := e.Parse(t.Context(), query)
		if err != nil || !slices.Equal(got.Tables, want) {
			t.Errorf("%s reads %q (%v), want %q", query, got.Tables, err, want)
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
	if line, column := Place(query, bind.Offset); line != 2 || column != 3 {
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

func TestChangingFunctionsAreKnown(t *testing.T) {
	_, rows, err := open(t).Collect(t.Context(), "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability IS NOT NULL AND stability <> 'CONSISTENT' ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if name, _ := row[0].(string); !Changing(name) && name != "error" {
			t.Errorf("%s is not known to change", name)
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
