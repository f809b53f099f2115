package aggregate

import (
	"fmt"
	"strings"
	"testing"
)

// cell is an aggregate of one column and one line.
func cell(unit, expression string) map[string]string {
	given := ""
	if unit != "text" {
		given = "by definition: {v: For the test}\n"
	}
	return map[string]string{"x": fmt.Sprintf("/*\ntitle: X\ncolumns: {v: {label: V, unit: %s}}\n%s*/\nSELECT %s AS v", unit, given, expression)}
}

// Every type of DuckDB is shown as it is, or is one problem with the way out.
func TestEveryTypeIsShownOrRefused(t *testing.T) {
	const at = "data/aggregates/x.sql:3:11: column \"v\" is a "
	for expression, want := range map[string]string{
		"true":                "flag true",
		"1::TINYINT":          "count 1",
		"-1::SMALLINT":        "count -1",
		"1::INTEGER":          "count 1",
		"9223372036854775807": "count 9223372036854775807",
		"170141183460469231731687303715884105727": "count 170141183460469231731687303715884105727",
		"1::UTINYINT":                             "count 1",
		"1::USMALLINT":                            "count 1",
		"1::UINTEGER":                             "count 1",
		"18446744073709551615::UBIGINT":           "count 18446744073709551615",
		"12345678901234567890.12::DECIMAL(38, 2)": "count 12345678901234567890.12",
		"0.1::FLOAT":                              "count 0.1",
		"16777217::FLOAT":                         "count 16777216",
		"0.1::DOUBLE":                             "count 0.1",
		"'ü🗽'":                                    "text ü🗽",
		"'b'::ENUM('a', 'b')":                     "text b",
		"DATE '2020-02-29'":                       "date 2020-02-29",
		"NULL":                                    "text ",
		"TIMESTAMP '2020-02-29 12:00:00'":         "date TIMESTAMP, which a report cannot show\n  hint: the time of day would be lost: give the column the unit datetime, and write v::TIMESTAMP AS v, or v::DATE AS v\n",
		"'2020-02-29 12:00:00'::TIMESTAMP_S":      "date TIMESTAMP_S, which a report cannot show\n  hint: the time of day would be lost: give the column the unit datetime, and write v::TIMESTAMP AS v, or v::DATE AS v\n",
		"'2020-02-29'::TIMESTAMP_NS":              "date TIMESTAMP_NS, which a report cannot show\n  hint: the time of day would be lost: give the column the unit datetime, and write v::TIMESTAMP AS v, or v::DATE AS v\n",
		"'2020-02-29'::TIMESTAMPTZ":               "date TIMESTAMP WITH TIME ZONE, which a report cannot show\n  hint: the time of day would be lost: give the column the unit datetime, and write v::TIMESTAMP AS v, or v::DATE AS v\n",
		"TIME '12:00:00'":                         "text TIME, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"TIMETZ '12:00:00+01'":                    "text TIME WITH TIME ZONE, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"INTERVAL 3 DAY":                          "count INTERVAL, which a report cannot show\n  hint: count in one unit: date_diff('day', start, end) AS v, or v::VARCHAR\n",
		"'101'::BIT":                              "text BIT, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"'a'::BLOB":                               "text BLOB, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"'12345678-1234-1234-1234-123456789abc'::UUID": "text UUID, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"'[1]'::JSON":         "text JSON, which a report cannot show\n  hint: make a text of it: v::VARCHAR AS v\n",
		"1::UHUGEINT":         "count UHUGEINT, which a report cannot show\n  hint: write v::DECIMAL(38, 0) AS v\n",
		"1::BIGNUM":           "count BIGNUM, which a report cannot show\n  hint: write v::DECIMAL(38, 0) AS v\n",
		"['a']":               "text VARCHAR[], which a report cannot show\n  hint: make one text of the list: array_to_string(v, ', ') AS v\n",
		"[[1]]":               "text INTEGER[][], which a report cannot show\n  hint: make one text of the list: array_to_string(v, ', ') AS v\n",
		"[1, 2]::INTEGER[2]":  "text INTEGER[2], which a report cannot show\n  hint: make one text of the list: array_to_string(v, ', ') AS v\n",
		"[{'a': 1}]":          "text STRUCT[], which a report cannot show\n  hint: make one text of the list: array_to_string(v, ', ') AS v\n",
		"{'a': {'b': 1}}":     "text STRUCT, which a report cannot show\n  hint: take one part of it: v.part AS v\n",
		"MAP {'a': 1}":        "text MAP, which a report cannot show\n  hint: take one entry of it: v['key'] AS v\n",
		"union_value(k := 1)": "text UNION, which a report cannot show\n  hint: take one part of it: v.part AS v\n",
	} {
		unit, want, _ := strings.Cut(want, " ")
		set, said := load(t, one(cell(unit, expression)))
		if refused := strings.HasSuffix(want, "\n"); refused && said != at+want || !refused && said != "" {
			t.Errorf("%s: got\n%s", expression, said)
		} else if !refused && set["x"].Row().Values[0].Raw() != want {
			t.Errorf("%s is %q", expression, set["x"].Row().Values[0].Raw())
		}
	}
}

func TestValuesThatNoPageCanShow(t *testing.T) {
	for expression, want := range map[string]string{
		"chr(0)":                   "found the control character U+0000, expected text",
		"'a' || chr(27) || '[31m'": "found the control character U+001B, expected text",
		"chr(133)":                 "found the control character U+0085, expected text",
		"'a' || chr(10) || chr(9)": "",
		"chr(65533)":               "",
		"DATE 'infinity'":          "found infinity, expected a day of the years 1 to 9999",
		"DATE '-infinity'":         "found -infinity, expected a day of the years 1 to 9999",
		"DATE '10000-01-01'":       "found a day of the year 10000, expected a day of the years 1 to 9999",
		"DATE '0044-03-15 (BC)'":   "found a day of the year 44 BC, expected a day of the years 1 to 9999",
		"DATE '0001-01-01'":        "",
		"DATE '9999-12-31'":        "",
	} {
		unit := "text"
		if strings.HasPrefix(expression, "DATE") {
			unit = "date"
		}
		_, said := load(t, one(cell(unit, expression)))
		said, _, _ = strings.Cut(said, "\n")
		if want != "" {
			want = "data/aggregates/x.sql:3:11: column \"v\", row 1 of the result, " + want
		}
		if said != want {
			t.Errorf("%s: got %q", expression, said)
		}
	}
}

func TestPivotsWork(t *testing.T) {
	const head = "/*\ntitle: X\nkey: k\ncolumns: {k: {label: K, unit: text}, '1': {label: One, unit: count}, '2': {label: Two, unit: count}, '3': {label: Three, unit: count}}\n*/\n"
	const long = "/*\ntitle: X\nkey: [k, name]\ncolumns: {k: {label: K, unit: text}, name: {label: Name, unit: text}, v: {label: V, unit: count}}\n*/\n"
	for query, want := range map[string]string{
		head + "PIVOT t ON n USING sum(n) GROUP BY k":                                           "[a 1  ] [b  2 3]",
		head + "PIVOT t ON n USING sum(n) GROUP BY k ORDER BY k DESC;":                          "[b  2 3] [a 1  ]",
		head + "PIVOT (SELECT k, n FROM t) ON n IN (1, 2, 3) USING sum(n)":                      "[a 1  ] [b  2 3]",
		head + "FROM (SELECT k, n FROM t) PIVOT (sum(n) FOR n IN (1, 2, 3))":                    "[a 1  ] [b  2 3]",
		head + "WITH p AS (PIVOT t ON n USING sum(n) GROUP BY k) SELECT * FROM p WHERE k = 'a'": "[a 1  ]",
		head + "SELECT * FROM (PIVOT t ON n USING sum(n) GROUP BY k)":                           "[a 1  ] [b  2 3]",
		head + "SELECT * FROM p": "[a 1  ] [b  2 3]",
		long + "UNPIVOT (SELECT k, n AS one, n * n AS two FROM t WHERE n > 2) ON one, two INTO NAME name VALUE v":             "[b one 3] [b two 9]",
		long + "FROM (SELECT k, n AS one, n * n AS two FROM t WHERE n > 2) UNPIVOT (v FOR name IN (one, two))":                "[b one 3] [b two 9]",
		long + "UNPIVOT (SELECT k, n AS one, n * n AS two FROM t WHERE n > 2) ON COLUMNS(* EXCLUDE k) INTO NAME name VALUE v": "[b one 3] [b two 9]",
	} {
		set, said := load(t, one(map[string]string{"x": query, "p": head + "PIVOT t ON n USING sum(n) GROUP BY k"}))
		var got []string
		if set["x"] != nil {
			for _, line := range set["x"].Rows {
				var cells []string
				for _, v := range line.Values {
					cells = append(cells, v.Raw())
				}
				got = append(got, fmt.Sprint(cells))
			}
		}
		if said != "" || strings.Join(got, " ") != want {
			t.Errorf("%s\nis %s\n%s", query, strings.Join(got, " "), said)
		}
		if set["x"] != nil && fmt.Sprint(set["x"].Tables, set["x"].Uses["t"]) != "[t] [k n]" && !strings.HasSuffix(query, "FROM p") {
			t.Errorf("%s reads %q %q", query, set["x"].Tables, set["x"].Uses)
		}
	}
	_, said := load(t, one(map[string]string{"x": head + "PIVOT t ON nope USING sum(n) GROUP BY k", "y": head + "PIVOT t ON n USING sum(nope) GROUP BY k"}))
	if want := "data/aggregates/x.sql:6:12: broken SQL: referenced column \"nope\" not found in FROM clause!\n  hint: near it: n, _row\n" +
		"data/aggregates/y.sql:6:24: broken SQL: referenced column \"nope\" not found in FROM clause!\n  hint: near it: n, _row\n"; said != want {
		t.Errorf("got\n%s", said)
	}
}
