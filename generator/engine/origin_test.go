package engine

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

func TestEveryFunctionOfManyRowsIsKnown(t *testing.T) {
	_, rows, err := open(t).Collect(t.Context(), "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate' ORDER BY 1")
	if err != nil || len(rows) == 0 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows {
		if name, _ := row[0].(string); functions[name] && additive[name] == idempotent[name] {
			t.Errorf("%s: does a row that comes twice count twice?", name)
		}
	}
}

// relations are what the queries of these tests read.
var relations = map[string]Relation{
	"t": {[]string{"_row", "k", "n"}, [][]string{{"_row"}, {"k"}}},
	"u": {[]string{"_row", "k", "m"}, [][]string{{"_row"}}},
	"a": {[]string{"k", "total", "t_rows"}, [][]string{{"k"}}},
}

func TestColumnsAreFollowed(t *testing.T) {
	e := open(t)
	for query, want := range map[string]string{
		"SELECT n AS x FROM t":                                                                                          "x: t.n",
		"SELECT sum(n) AS x FROM t":                                                                                     "x: t.n; counts t.n",
		"SELECT count(*) AS x FROM t JOIN a ON a.k = t.k":                                                               "x: t; counts t",
		"SELECT count(*) AS x FROM a JOIN t ON a.k = t.k":                                                               "x: a; counts a",
		"SELECT count(*) AS x FROM t, u WHERE t.k = u.k":                                                                "x: u; counts u",
		"SELECT count(*) AS x FROM t JOIN u ON t.n < u.m":                                                               "x: t u; counts t u; joins u",
		"SELECT count(*) AS x FROM u AS v LEFT JOIN u USING (k)":                                                        "x: u; counts u; joins u",
		"SELECT count(DISTINCT n) AS x, max(n) AS y FROM t":                                                             "x: t.n. y: t.n",
		"SELECT sum(m) AS x FROM t JOIN u USING (k)":                                                                    "x: u.m; counts u.m",
		"SELECT sum(n) OVER (PARTITION BY k) AS x FROM t":                                                               "x: t.k t.n; counts t.k t.n",
		"WITH c AS (SELECT k AS l, n FROM t) SELECT c.n + total AS x FROM c JOIN a ON a.k = l":                          "x: a.total t.n",
		"WITH c(p, q) AS (SELECT k, n FROM t) SELECT * EXCLUDE (p) FROM c":                                              "q: t.n",
		"SELECT k AS x, 1 AS y FROM t UNION ALL BY NAME SELECT m AS y, k AS x FROM u":                                   "x: t.k u.k. y: u.m; typed 1",
		"SELECT n AS x FROM t UNION ALL SELECT NULL":                                                                    "x: t.n",
		"SELECT (SELECT max(m) FROM u WHERE u.k = t.k) AS x FROM t":                                                     "x: u.m",
		"SELECT n AS x, x * 2 AS y FROM t":                                                                              "x: t.n. y: t.n; computed with 2",
		"SELECT 41 AS x, true AS y, 1 + 1.50 AS z, NULL AS w FROM t":                                                    "x: ; typed 41. y: ; typed. z: ; typed; shifted by 1 1.5. w: ",
		"WITH c AS (SELECT 1.37 AS f) SELECT f * sum(n) AS x FROM t, c GROUP BY f":                                      "x: t.n; counts t.n; computed with 1.37",
		"SELECT CASE WHEN k = 'a' THEN 5 ELSE n END AS x FROM t":                                                        "x: t.k t.n; can be 5",
		"SELECT count(*) AS x, sum(v) AS y FROM (VALUES (1), (2)) s(v)":                                                 "x: ; typed count(…); counts . y: ; typed sum(…); counts ; computed with 1 2",
		"SELECT coalesce(sum(n), 0) AS x, round(avg(n), 3) AS y FROM t":                                                 "x: t.n; can be 0; counts t.n. y: t.n; counts t.n",
		"SELECT list_sum(list_transform(list(n), v -> v + 1)) AS x FROM t":                                              "x: t.n; counts t.n; shifted by 1",
		"PIVOT t ON k USING sum(n)":                                                                                     "",
		"WITH RECURSIVE r AS (SELECT n FROM t UNION ALL SELECT n + 1 FROM r) SELECT n FROM r":                           "n: t.n; shifted by 1",
		"FROM t SELECT k, n = 'x' AS y UNION ALL SELECT 'z', false":                                                     "k: t.k; typed. y: t.n; typed",
		"SELECT bool_or(x = 'z') AS y FROM (SELECT k AS x FROM t UNION ALL SELECT 'z')":                                 "y: t.k",
		"SELECT EXISTS (SELECT 1 FROM u) AS x, k IN (SELECT k FROM a) AS y FROM t":                                      "x: u. y: a a.k t.k",
		"SELECT a.k FROM a SEMI JOIN u ON a.k = u.k":                                                                    "k: a.k",
		"SELECT s.k, s.n, w.m FROM t s CROSS JOIN (SELECT max(m) AS m FROM u) w":                                        "k: t.k. n: t.n. m: u.m",
		"SELECT t.* FROM t JOIN (SELECT k, sum(m) AS m FROM u GROUP BY k) s ON s.k = t.k":                               "_row: t._row. k: t.k. n: t.n",
		"SELECT sum(41) AS x, max(41) AS y, greatest(n, 42) AS z, sum(CASE WHEN k = 'a' THEN 43 END) AS w FROM t":       "x: t; counts t; computed with 41. y: ; typed 41. z: t.n; can be 42. w: t.k; counts t.k; computed with 43",
		"SELECT multiply(n, 41) AS x, n + 42 AS y, round(n, 3) AS z, CASE WHEN n > 44 THEN '45' ELSE k END AS w FROM t": "x: t.n; computed with 41. y: t.n; shifted by 42. z: t.n. w: t.k t.n; can be 45",
		"SELECT concat('about ', 41, k) AS x, printf('about %d', 42) AS y, k || '43' AS z, '044' || lpad(k, 5, '0') || 45::VARCHAR || ' -46 ' AS w FROM t":                                    "x: t.k; says 41. y: ; typed; says 42. z: t.k; says 43. w: t.k; says 45 46",
		"SELECT chr(52) || chr(49) || k AS x, replace(k, '#', '41') AS y, concat(k, repeat('4', 2)) AS z, n + length('abcde') AS w, n * (SELECT count(*) FROM (VALUES (1), (2))) AS v FROM t": "x: t.k; says 4 1. y: t.k; says 41. z: t.k; says 44. w: t.n; shifted by 5. v: t.n; counts ; computed with count(…)",
		"SELECT sum(n) AS x FROM (SELECT n FROM t ORDER BY n LIMIT 5)":                                                           "x: t.n; counts t.n; takes 5",
		"SELECT k FROM (SELECT k, rank() OVER (ORDER BY n) AS r FROM t) WHERE r <= 3":                                            "k: t.k; takes 3",
		"SELECT k, n AS r FROM t WHERE n <= 3 AND k IN (SELECT k FROM u) QUALIFY row_number() OVER (ORDER BY n) BETWEEN 1 AND 4": "k: t.k. r: t.n; takes 4",
		"SELECT arg_max(k, n, 6) AS x, arg_max(k, n) AS y, max(n, 7) AS z FROM t ORDER BY 1 LIMIT 1":                             "x: t.k t.n. y: t.k t.n. z: t.n; can be 7; takes 6; takes 7",
		"SELECT bool_or(n > 1) OR 1 = 1 AS x, n > 1 AND true AS y, n > 1 AND 1 > 2 AS z FROM t":                                  "x: t.n; typed. y: t.n. z: t.n; typed",
		"SELECT unknown FROM nowhere": "unknown: ; unknown",
	} {
		d, err := e.Derive(t.Context(), query, relations)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		if got := describe(d); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", query, got, want)
		}
	}
}

func describe(d *Derivation) string {
	refs := func(list []Ref) string {
		var words []string
		for _, r := range list {
			words = append(words, strings.TrimRight(r.Relation+"."+r.Column, "."))
		}
		return strings.Join(words, " ")
	}
	numbers := func(of string, list []Literal) string {
		text := ""
		for _, n := range list {
			text += " " + n.Text
		}
		if text != "" {
			text = of + text
		}
		return text
	}
	var columns []string
	for _, o := range d.Outputs {
		text := o.Name + ": " + refs(o.Reads)
		if o.Typed {
			text += "; typed" + numbers("", o.Values)
		} else {
			text += numbers("; can be", o.Values)
		}
		for _, call := range o.Counts {
			text += "; counts " + refs(call)
		}
		text += numbers("; computed with", o.Factors)
		text += numbers("; shifted by", o.Shifts)
		text += numbers("; can be", o.Digits)
		text += numbers("; says", o.Joined)
		if o.Unknown {
			text += "; unknown"
		}
		columns = append(columns, text)
	}
	text := strings.Join(columns, ". ")
	for _, j := range d.Joins {
		text += "; joins " + j.With
	}
	for _, n := range d.Limits {
		text += "; takes " + n.Text
	}
	return text
}

func TestVariantsTakeEachList(t *testing.T) {
	e := open(t)
	for query, want := range map[string][]string{
		"SELECT list(DISTINCT _row) AS t_rows FROM t":                                                            {"SELECT list(_row) AS t_rows FROM t"},
		"SELECT list_distinct(list_concat(list(t._row), any_value(a.t_rows))) AS t_rows FROM t JOIN a USING (k)": {"SELECT list(t._row) AS t_rows FROM t INNER JOIN a USING (k)", "SELECT any_value(main.list_value(a.rowid)) AS t_rows FROM t INNER JOIN a USING (k)"},
		"SELECT flatten([a.t_rows, [t._row]]) AS t_rows FROM t, a":                                               {"SELECT main.list_value(a.rowid) AS t_rows FROM t , a", "SELECT main.list_value(t._row) AS t_rows FROM t , a"},
		"SELECT k || n AS x, [1, 2] AS y, list(DISTINCT k) AS z FROM t":                                          {"SELECT (k || n) AS x, main.list_value(1, 2) AS y, list(DISTINCT k) AS z FROM t"},
		"PIVOT t ON k USING sum(n)":                                                                              nil,
	} {
		got, err := e.Variants(t.Context(), query, relations, true)
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %v\n%s", query, err, strings.Join(got, "\n"))
		}
	}
}

func TestARowWithoutAValueIsFound(t *testing.T) {
	e := open(t)
	if err := e.Exec(t.Context(), "CREATE TABLE t AS SELECT unnest([2, 3, 4]) AS _row, unnest(['a', 'b', 'c']) AS k, unnest([1, NULL, 3]) AS n"); err != nil {
		t.Fatal(err)
	}
	known := maps.Clone(relations)
	known["v"] = Relation{[]string{"_row", "n"}, [][]string{{"_row"}}}
	for _, query := range []string{"CREATE TABLE u AS SELECT unnest([2, 3, 4]) AS _row, unnest(['a', 'b', 'c']) AS k, unnest([1, 2, 3]) AS m", "CREATE TABLE v AS SELECT unnest([2, 3]) AS _row, unnest([1, 3]) AS n"} {
		if err := e.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]string{
		"SELECT bool_and(n > 0) AS x FROM t":                                                                                      "bool_and of t [_row] [3] at 7",
		"SELECT true AS y, bool_or(n > 0) FILTER (WHERE k <> 'b') AS x FROM t":                                                    "none",
		"SELECT coalesce(bool_or(n > 5) FILTER (WHERE k = 'b'), false) AS x FROM t":                                               "bool_or of t [_row] [3] at 16",
		"WITH c AS (SELECT k, sum(n) AS s FROM t GROUP BY k) SELECT bool_and(s > 0) AS x FROM c":                                  "sum of t [_row] [3] at 21",
		"SELECT bool_and(coalesce(n, 0) >= 0) AS x, 1.5 AS y, 18446744073709551615 AS z FROM t":                                   "none",
		"SELECT bool_and(n > 0) AS x FROM (SELECT k, n FROM t)":                                                                   "bool_and of  [k] [b] at 7",
		"WITH c AS (SELECT k, n > 1 AS g, sum(coalesce(n, 7)) AS s FROM t GROUP BY ALL) SELECT bool_and(g) AS x FROM c":           "bool_and of c [k g] [b ] at 86",
		"SELECT min(n) > 0 AS x FROM t":                                                                                           "min of t [_row] [3] at 7",
		"SELECT min(n) > 0 AS y, true AS x FROM t":                                                                                "none",
		"SELECT count(*) FILTER (WHERE n > 5) = 0 AS x FROM t":                                                                    "FILTER of t [_row] [3] at 30",
		"SELECT NOT EXISTS (SELECT 1 FROM t WHERE n > 5) AS x":                                                                    "WHERE of t [_row] [3] at 41",
		"SELECT count(*) = 0 AS x FROM (SELECT * FROM t WHERE n > 5)":                                                             "WHERE of t [_row] [3] at 53",
		"SELECT count(*) = 0 AS x FROM t WHERE n IS NOT NULL AND n > 5":                                                           "none",
		"SELECT arg_max(k, n) = 'c' AS x FROM t":                                                                                  "arg_max of t [_row] [3] at 7",
		"SELECT bool_and(n > 0) AS x FROM t WHERE n IS NOT NULL":                                                                  "none",
		"SELECT count(*) = 1 AS x FROM (SELECT k FROM t GROUP BY k HAVING sum(coalesce(n, 0)) > 1)":                               "none",
		"SELECT count(*) = 1 AS x FROM (SELECT k FROM t GROUP BY k HAVING min(coalesce(n, 9)) > 1 AND max(nullif(k, 'c')) > 'a')": "max of t [_row] [4] at 93",
		"SELECT count(*) = 1 AS x FROM (SELECT k, max(coalesce(n, 0)) AS m FROM t GROUP BY k HAVING m >= 0 AND k > '')":           "none",
		"SELECT count(*) = 1 AS x FROM (SELECT k FROM t GROUP BY k HAVING nullif(k, 'c') > 'a')":                                  "HAVING of t [_row] [4] at 65",
		"SELECT count(*) = 1 AS x FROM (SELECT k FROM t QUALIFY row_number() OVER (ORDER BY k) > n)":                              "QUALIFY of t [_row] [3] at 55",
		"SELECT count(*) = 2 AS x FROM t JOIN u ON t.n = u.m":                                                                     "ON of t [_row] [3] at 42",
		"SELECT count(*) = 2 AS x FROM u JOIN t ON t.n = u.m":                                                                     "ON of t [_row] [3] at 42",
		"SELECT count(*) = 2 AS x FROM t LEFT JOIN u ON t.n = u.m":                                                                "none",
		"SELECT count(*) = 2 AS x FROM u LEFT JOIN t ON t.n = u.m":                                                                "ON of t [_row] [3] at 47",
		"SELECT count(*) = 2 AS x FROM t FULL JOIN u ON t.n = u.m":                                                                "none",
		"SELECT count(*) = 2 AS x FROM t ANTI JOIN u ON t.n = u.m":                                                                "ON of t [_row] [3] at 47",
		"SELECT count(*) = 2 AS x FROM u JOIN t ON t._row = u.m AND t.n > 0":                                                      "ON of t [_row] [3] at 59",
		"SELECT count(*) = 2 AS x FROM u JOIN t ON t._row = u.m + 7 AND t.n > 0":                                                  "none",
		"SELECT count(*) = 2 AS x FROM u JOIN t ON t._row <> u.m AND t.n > 0":                                                     "ON of t [_row] [3] at 60",
		"SELECT count(*) = 2 AS x FROM u JOIN t ON t.n > u.m":                                                                     "ON of t [_row] [3] at 42",
		"SELECT count(*) = 2 AS x FROM t JOIN v USING (n)":                                                                        "USING of t [_row] [3] at 32",
		"SELECT count(*) = 2 AS x FROM v LEFT JOIN t USING (n)":                                                                   "USING of t [_row] [3] at 32",
		"SELECT count(*) = 2 AS x FROM (SELECT n FROM t WHERE n IS NOT NULL) AS s JOIN v USING (n)":                               "none",
		"SELECT count(*) = 2 AS x FROM t JOIN v USING (n) WHERE t.n IS NOT NULL":                                                  "none",
		"SELECT count(*) = 2 AS x FROM t JOIN u ON t.n = u.m WHERE t.n IS NOT NULL":                                               "none",
		"SELECT count(*) = 2 AS x FROM t JOIN u ON t.n = u.m AND t.n IS NOT NULL":                                                 "none",
		"SELECT (SELECT bool_and(s.n > u.k) FROM t s) AS x FROM (SELECT 0 AS k) u":                                                "bool_and of t [_row] [3] at 15",
	} {
		guarded, err := e.Guard(t.Context(), query, known, []string{"x"})
		if err != nil {
			t.Fatal(err)
		}
		n, err := e.FindNull(t.Context(), guarded)
		got := "none"
		if n != nil {
			got = fmt.Sprintf("%s of %s %s %s at %d", n.Function, n.Relation, n.Columns, n.Values, n.Offset)
		}
		if err != nil || got != want {
			t.Errorf("%s: got %s, %v", query, got, err)
		}
	}
}
