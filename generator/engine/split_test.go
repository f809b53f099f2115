package engine

import "testing"

func TestSplit(t *testing.T) {
	e := open(t)
	for _, tt := range []struct {
		query string
		key   []string
		lists string // "" where the query cannot be split
	}{
		{"SELECT k, sum(n) AS n, list(_row) AS t_rows FROM t GROUP BY k ORDER BY k", []string{"k"}, "SELECT k, list(_row) AS t_rows FROM t WHERE (CAST('t' AS BOOLEAN) AND (_row >= 3) AND (_row <= 9)) GROUP BY k"},
		{"SELECT t.k AS key, list(t._row) AS t_rows FROM t WHERE n > 1 OR n < 0 GROUP BY t.k", []string{"key"}, "SELECT t.k AS \"key\", list(t._row) AS t_rows FROM t WHERE (((n > 1) OR (n < 0)) AND (_row >= 3) AND (_row <= 9)) GROUP BY t.k"},
		{"SELECT count(*) AS n, list(_row) AS t_rows FROM t", nil, "SELECT list(_row) AS t_rows FROM t WHERE (CAST('t' AS BOOLEAN) AND (_row >= 3) AND (_row <= 9))"},
		{"SELECT k, sum(n) AS n FROM t GROUP BY k", []string{"k"}, ""},
		{"SELECT k, list(_row) FILTER (WHERE n > 1) AS t_rows FROM t GROUP BY k", []string{"k"}, ""},
		{"SELECT k, list(DISTINCT _row) AS t_rows FROM t GROUP BY k", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t GROUP BY k HAVING count(*) > 1", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t GROUP BY k LIMIT 3", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t GROUP BY 1", []string{"k"}, ""},
		{"SELECT count(*) AS m, m AS k, list(_row) AS t_rows FROM t", []string{"k"}, ""},
		{"SELECT upper(k) AS k, list(_row) AS t_rows FROM t GROUP BY upper(k)", []string{"k"}, ""},
		{"SELECT k, m, list(_row) AS t_rows FROM t GROUP BY k, m", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t JOIN u USING (k) GROUP BY k", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t WHERE n > (SELECT avg(n) FROM t) GROUP BY k", []string{"k"}, ""},
		{"WITH t AS (SELECT * FROM u) SELECT k, list(_row) AS t_rows FROM t GROUP BY k", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t GROUP BY ROLLUP (k)", []string{"k"}, ""},
		{"SELECT k, list(_row) AS t_rows FROM t TABLESAMPLE 10% GROUP BY k", []string{"k"}, ""},
		{"SELECT k, [_row] AS t_rows FROM t", []string{"k"}, ""},
	} {
		s, err := e.Split(t.Context(), tt.query, tt.key)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if s != nil {
			if got, err = s.Lists(t.Context(), 3, 9); err != nil {
				t.Fatal(err)
			}
		}
		if got != tt.lists {
			t.Errorf("%s: %s", tt.query, got)
		}
	}
}
