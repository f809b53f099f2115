package aggregate

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"broadsheet/generator/limit"
)

// Whatever a SELECT does, it ends, and is one problem at its first line.
func TestLimits(t *testing.T) {
	limits := limit.Limits{limit.ResultRows: 10_000, limit.Cell: 1000, limit.Memory: 100, limit.QuerySize: 20_000}
	soon := limit.Limits{limit.QueryTime: 2}
	const (
		at     = "data/aggregates/x.sql:5: "
		late   = at + "found a SELECT that goes on, expected at most 2 seconds for an aggregate\n  hint: if this is meant, raise the limit: --limit query-time=NUMBER\n"
		memory = at + "found a SELECT that needs more than half of the memory, expected at most 100 megabytes of memory\n  hint: if this is meant, raise the limit: --limit memory=NUMBER\n"
	)
	for expression, want := range map[string]string{
		"(SELECT count(*) FROM range(1000000000000) r(i) WHERE i % 7 = 3)":                           late,
		"(WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n % 3 FROM r) SELECT count(*) FROM r)": late,
		"(SELECT count(*) FROM range(100000) a(i) JOIN range(100000) b(j) ON i * j % 7 <> 9)":        late,
		"(SELECT count(DISTINCT i) FROM range(1000000000) r(i))":                                     memory,
		"len((SELECT list(i || 'xxxxxxxxxxxxxxxxxxxxxxxxxxx') FROM range(1000000000) r(i)))":         memory,
		"unnest(range(10001)) || ''": at + "found a SELECT of 10001 rows, expected at most 10000 rows in an aggregate\n  hint: if this is meant, raise the limit: --limit result-rows=NUMBER\n",
		"v FROM (SELECT i AS v FROM range(1000000000) r(i)) UNION ALL SELECT 1": memory,
		"repeat('ü', 1001)": "data/aggregates/x.sql:3:11: found a text of 1001 characters, expected at most 1000 characters in a cell\n  hint: if this is meant, raise the limit: --limit cell=NUMBER\n",
		"repeat('x', 20000) /* " + strings.Repeat("x", 20_000) + " */": "data/aggregates/x.sql: found a file of 20089 characters, expected at most 20000 characters in the file of an aggregate\n  hint: if this is meant, raise the limit: --limit query-size=NUMBER\n",
		strings.Repeat("abs(", 2000) + "1" + strings.Repeat(")", 2000): at + "broken SQL: max expression depth limit of 1000 exceeded\n",
	} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			within := limits
			if want == late {
				within = soon
			}
			_, said, err := loadWithin(t.Context(), t, one(cell("text", expression)), within)
			if err != nil || said != want {
				t.Errorf("%.200s: %v, got\n%s", expression, err, said)
			}
		})
	}
}

func TestRowsWithTheSameFaultAreCounted(t *testing.T) {
	_, said := load(t, one(map[string]string{"x": "/*\ntitle: X\nkey: k\ncolumns: {k: {label: K, unit: text}, v: {label: V, unit: count}}\n*/\nSELECT 'a' AS k, 'b' || i || n AS v FROM t, range(100) r(i) WHERE n = 1"}))
	if want := "data/aggregates/x.sql:4:38: column \"v\", found \"b01\" and 99 more, expected a value of unit count\n"; said != want {
		t.Error(said)
	}
}

// An aggregate that goes on is not told of those that wait for their turn.
func TestOnlyTheSlowAreLate(t *testing.T) {
	queries := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d"} {
		queries[name] = strings.Replace(cell("count", "(SELECT count(*) FROM range(1000000000000) r(i) WHERE i % 7 = 3)")["x"], "X", name, 1)
		queries["after_"+name] = strings.Replace(cell("count", "1")["x"], "X", name, 1)
	}
	_, said, err := loadWithin(t.Context(), t, one(queries), limit.Limits{limit.QueryTime: 1})
	if err != nil || strings.Count(said, "goes on") != 4 || strings.Contains(said, "after") {
		t.Errorf("%v\n%s", err, said)
	}
}

// One call of a function cannot be interrupted. Queries that hold all turns keep
// nobody waiting.
func TestQueriesThatCannotBeInterrupted(t *testing.T) {
	queries := map[string]string{}
	for i := range 2 * runtime.GOMAXPROCS(0) {
		queries[fmt.Sprintf("a%d", i)] = cell("count", "levenshtein(repeat('a', 60000), repeat('b', 60000))")["x"]
	}
	_, said, err := loadWithin(t.Context(), t, one(queries), limit.Limits{limit.QueryTime: 1})
	if err != nil || strings.Count(said, "goes on") == 0 || strings.Count(said, "\n") != 2*strings.Count(said, "goes on") {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	queries := map[string]string{
		"a": cell("count", "(SELECT count(*) FROM range(1000000000000) r(i) WHERE i % 7 = 3)")["x"],
		"b": cell("count", "v FROM (SELECT v FROM a)")["x"],
		"c": cell("count", "v FROM (SELECT v FROM b)")["x"],
	}
	ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	_, said, err := loadWithin(ctx, t, one(queries), nil)
	if !errors.Is(err, context.DeadlineExceeded) || said != "" {
		t.Errorf("%v\n%s", err, said)
	}
}
