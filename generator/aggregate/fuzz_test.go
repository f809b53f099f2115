package aggregate

import (
	"strings"
	"testing"
	"time"

	"broadsheet/generator/limit"
)

// Whatever a developer writes, there is a result or a problem, never an error, and
// never a wait without end.
func FuzzLoad(f *testing.F) {
	f.Add("title: X\nkey: k\ncolumns:\n  k: {label: K, unit: text}\n  n: {label: N, unit: count}\n", "SELECT k, sum(n) AS n, list(_row) AS t_rows FROM t GROUP BY k")
	f.Add("title: [a]\nkey: {a: b}\ncolumns: {k: [], n: {label: {}, unit: [x], precision: {}}}", "PIVOT t ON n USING sum(n) GROUP BY k")
	f.Add("", "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT n FROM r")
	f.Add("title: X\ncolumns: {n: {label: N, unit: usd}}", "SELECT (chr(0) || repeat('x', 100))::DATE AS n FROM t, range(10) USING SAMPLE 5")
	f.Add("key: &a [*a]", "UNPIVOT t ON COLUMNS(* EXCLUDE k) INTO NAME n VALUE v; SELECT $$a$$, \"b\", e'\\n' -- */")
	f.Add("title: X\ncolumns: {n: {label: N, unit: date}}", "SELECT 'infinity'::DATE AS n, [[1]], {'a': MAP {1: 2}}, INTERVAL 3 DAY, x'00' FROM query('SELECT now()')")
	f.Add("!3", "SELECT 1")
	limits := limit.Limits{limit.QueryTime: 1, limit.ResultRows: 10_000, limit.Cell: 10_000, limit.Memory: 200}
	f.Fuzz(func(t *testing.T, head, query string) {
		start := time.Now()
		_, said, err := loadWithin(t.Context(), t, one(map[string]string{"x": "/*\n" + head + "*/" + query, "y": sums}), limits)
		if err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %s", took)
		}
		for _, noise := range []string{"INTERNAL", "interrupted", "exception_", "!!", "aggregate.", "memory.main", "max_expression_depth", "\x1b", "\x00"} {
			if strings.Contains(said, noise) && !strings.Contains(head+query, noise) {
				t.Errorf("%q is in\n%s", noise, said)
			}
		}
	})
}
