package engine

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write functions.txt anew")

// notPure are those that DuckDB calls consistent, and macros, whose result depends on
// more than their arguments, or which say how DuckDB works inside.
func notPure(name string) bool {
	for _, prefix := range []string{"__internal", "current_", "has_", "inet_", "pg_", "parse_duckdb_log"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{
		"getvariable", "version", "user", "session_user", // settings
		"reservoir_quantile",                                    // chance
		"json_serialize_plan", "vector_type", "compress_string", // inside
		"format_type", "format_pg_type", "map_to_pg_oid", // the catalogue
		"get_block_size", "col_description", "obj_description", "shobj_description",
	}, name)
}

func TestFunctionsAreThoseThatDuckDBCallsConsistent(t *testing.T) {
	_, rows, err := open(t).Collect(t.Context(), `SELECT DISTINCT function_name FROM duckdb_functions()
		WHERE stability = 'CONSISTENT' OR function_type = 'macro' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, row := range rows {
		if name, _ := row[0].(string); !notPure(name) {
			fmt.Fprintln(&want, name)
		}
	}
	if *update {
		if err := os.WriteFile("functions.txt", []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if functionList != want.String() {
		t.Error("functions.txt differs from DuckDB's catalogue: read what is new, extend notPure, and run the test with -update")
	}
}

func TestWhatIsNotPureIsFound(t *testing.T) {
	e := open(t)
	for query, want := range map[string]string{
		"SELECT now()":                                                   "now() gives another value at each build",
		"SELECT NOW()":                                                   "now() gives another value at each build",
		"SELECT system.main.now()":                                       "now() gives another value at each build",
		"SELECT x.now() FROM t":                                          "now() gives another value at each build",
		"SELECT Current_Date":                                            "current_date() gives another value at each build",
		"SELECT localtimestamp":                                          "localtimestamp() gives another value at each build",
		"SELECT current_localtimestamp()":                                "current_localtimestamp() gives another value at each build",
		"SELECT a FROM t ORDER BY random()":                              "random() gives another value at each build",
		"SELECT age(d) FROM t":                                           "age() with one argument counts to the day of the build",
		"SELECT current_setting('TimeZone')":                             "current_setting() is not a function that an aggregate may call",
		"SELECT getvariable('a')":                                        "getvariable() is not a function that an aggregate may call",
		"SELECT getenv('HOME')":                                          "getenv() is not a function that an aggregate may call",
		"SELECT version()":                                               "version() is not a function that an aggregate may call",
		"SELECT pg_postmaster_start_time()":                              "pg_postmaster_start_time() is not a function that an aggregate may call",
		"SELECT reservoir_quantile(a, 1) FROM t":                         "reservoir_quantile() gives another value at each build",
		"SELECT list_aggr([1], 'reservoir_quantile', 0.5)":               "reservoir_quantile() gives another value at each build",
		"SELECT [1].list_aggregate('reservoir_' || 'quantile', 0.5)":     "list_aggregate() is given a function whose name is not written out",
		"SELECT list_transform([1], x -> x + random())":                  "random() gives another value at each build",
		"SELECT first_value(uuid()) OVER () FROM t":                      "uuid() gives another value at each build",
		"WITH a AS (SELECT txid_current()) SELECT * FROM a":              "txid_current() gives another value at each build",
		"PIVOT t ON x USING sum(random())":                               "random() gives another value at each build",
		"FROM query('SELECT now()')":                                     "query() is not a function that an aggregate may read from",
		"FROM query_table('t')":                                          "query_table() is not a function that an aggregate may read from",
		"FROM json_execute_serialized_sql(json_serialize_sql('FROM t'))": "json_execute_serialized_sql() is not a function that an aggregate may read from",
		"FROM duckdb_settings()":                                         "duckdb_settings() is not a function that an aggregate may read from",
		"FROM pragma_version()":                                          "pragma_version() is not a function that an aggregate may read from",
		"FROM read_csv('/etc/passwd')":                                   "read_csv() is not a function that an aggregate may read from",
		"FROM glob('*')":                                                 "glob() is not a function that an aggregate may read from",
		"FROM histogram(t, a)":                                           "histogram() is not a function that an aggregate may read from",
		"FROM t, LATERAL (FROM sniff_csv(t.a))":                          "sniff_csv() is not a function that an aggregate may read from",
		"FROM (SHOW TABLES)":                                             "SHOW lists what is in the database, which is not data",
		"SELECT ?":                                                       "a parameter, which nobody gives a value",
		"SELECT $name":                                                   "a parameter, which nobody gives a value",
		"FROM t USING SAMPLE 5":                                          "a sample without a seed has other rows at each build",
		"FROM t TABLESAMPLE reservoir(5)":                                "a sample without a seed has other rows at each build",
		"SELECT * FROM (FROM t TABLESAMPLE 10%), t":                      "a sample without a seed has other rows at each build",
		"FROM range(3) TABLESAMPLE 2":                                    "a sample without a seed has other rows at each build",
	} {
		s, err := e.Parse(t.Context(), query)
		if err != nil || len(s.Impure) != 1 || s.Impure[0].Message != want {
			t.Errorf("%s: %+v %v, want %s", query, s.Impure, err, want)
		}
	}
}

func TestWhatIsPureIsAllowed(t *testing.T) {
	e := open(t)
	if err := e.Exec(t.Context(), "CREATE TABLE t AS SELECT range AS a, range % 3 AS b, 'k' || range AS k, DATE '2020-01-01' + range::INTEGER AS d FROM range(20)"); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		"SELECT a.b FROM (SELECT {'b': a} AS a FROM t)",
		"SELECT age(d, DATE '2000-01-01'), extract(year FROM d), date_trunc('month', d), d + INTERVAL 1 MONTH, d AT TIME ZONE 'UTC', strftime(d, '%Y') FROM t",
		"SELECT coalesce(a, b), ifnull(a, b), nullif(a, b), if(a > 1, 1, 2), try(a / b), a BETWEEN 1 AND 2, a IS DISTINCT FROM b, a IN (1, 2), NOT a = b, -a, a ** 2, a // 2, a % 2, a & 1, ~a, @a FROM t",
		"SELECT k LIKE 'a%', k ILIKE 'a', k GLOB 'a*', k ~ 'a', k SIMILAR TO 'a', k NOT LIKE 'a' ESCAPE '$', k ^@ 'k', k || 'a', k[1], k[1:2], position('k' IN k), substring(k FROM 1 FOR 2), trim(BOTH 'k' FROM k), k COLLATE NOCASE, k.upper() FROM t",
		"SELECT row_number() OVER w, rank() OVER w, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(3) OVER w, lag(a) OVER w, lead(a) OVER w, first_value(a) OVER w, last_value(a) OVER w, nth_value(a, 2) OVER w, fill(a) OVER (ORDER BY a), sum(a) FILTER (WHERE b > 0) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY a)",
		"SELECT b, count(*), count(DISTINCT a), sum(a), avg(a), median(a), mode(a), quantile_cont(a, 0.5), percentile_cont(0.5) WITHIN GROUP (ORDER BY a), string_agg(k, ', ' ORDER BY a), list(a ORDER BY a), array_agg(a), arg_max(k, a), any_value(k), first(k), bool_and(a > 1), corr(a, b), stddev_pop(a), histogram(a), count_if(a > 1) FROM t GROUP BY ALL",
		"SELECT b, grouping(b), grouping_id(b) FROM t GROUP BY CUBE (b)",
		"SELECT [x + 1 FOR x IN list(a) IF x > 2], list_transform(list(a), lambda x: x * 2), list_reduce(list(a), lambda x, y: x + y), list_aggregate(list(a), 'sum'), list_sum(list(a)), flatten([list(a)]), {'a': 1}, MAP {'a': 1}, [1, 2] FROM t",
		"SELECT unnest([1, 2]), unlist([1, 2])",
		"SELECT * FROM t, unnest([1]) u, range(2) r, generate_series(1, 2) g, json_each('[1]') j, json_tree('[1]') k, repeat(1, 2) v",
		"SELECT '{\"a\": 1}'::JSON -> 'a', '{\"a\": 1}'::JSON ->> 'a', json_extract('{}', '$')",
		"SELECT COLUMNS(* EXCLUDE (k)) + 1 FROM t",
		"VALUES (1, 'a')",
		"FROM t TABLESAMPLE reservoir(5 ROWS) REPEATABLE (42)",
		"FROM t USING SAMPLE 10% (bernoulli, 377)",
		"FROM (SUMMARIZE t)",
		"PIVOT t ON b USING sum(a)",
	} {
		s, err := e.Parse(t.Context(), query)
		if err != nil || len(s.Impure) > 0 {
			t.Errorf("%s: %+v %v", query, s.Impure, err)
		}
		if err := e.Create(t.Context(), "x", query); err != nil {
			t.Errorf("%s: %v", query, err)
		} else if err := e.Drop(t.Context(), "x"); err != nil {
			t.Error(err)
		}
	}
}

// What an aggregate may call yields the same on one thread each time, in whatever
// order groups come.
func TestPureQueriesRepeat(t *testing.T) {
	seen := map[string]string{}
	for range 3 {
		e := open(t)
		for _, do := range []func() error{
			func() error { return e.UseAllCores(t.Context()) },
			func() error {
				return e.Exec(t.Context(), "CREATE TABLE t AS SELECT range AS a, (range * 7919) % 1000 AS b, 'k' || (range % 5000) AS k, ((range % 977) / 3)::DOUBLE AS f FROM range(150000)")
			},
			func() error { return e.Freeze(t.Context()) },
		} {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		for _, query := range []string{
			"FROM t TABLESAMPLE reservoir(50 ROWS) REPEATABLE (42)",
			"FROM t WHERE b > 3 USING SAMPLE reservoir(5%) REPEATABLE (42)",
			"FROM t USING SAMPLE 10% (bernoulli, 377)",
			"FROM t TABLESAMPLE system(10%) REPEATABLE (1)",
			"SELECT k, first(a), any_value(b), string_agg(a, ','), list(f), sum(f) FROM t GROUP BY k",
			"SELECT k, arg_max(a, b), mode(b), approx_quantile(a, 0.3), approx_count_distinct(a), approx_top_k(b, 3), row_number() OVER (ORDER BY count(*)) FROM t GROUP BY k",
			"SELECT DISTINCT t.k FROM t JOIN t u ON t.b = u.a",
		} {
			_, rows, err := e.Collect(t.Context(), "SELECT md5(string_agg(x::VARCHAR, ';')) FROM ("+query+") x")
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(rows)
			if before, ok := seen[query]; ok && before != got {
				t.Errorf("%s has another result: %s, %s", query, before, got)
			}
			seen[query] = got
		}
	}
}
