package dataset

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestCellsAsOtherProgramsWriteThem holds what is read of a cell in a column of each kind:
// the value as pages and downloads have it, or "?" for a problem.
func TestCellsAsOtherProgramsWriteThem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field string
		cells []string // and what they are read as, in turn
	}{
		{`"type": "number"`, []string{
			"0.30000000000000004", "0.30000000000000004", "53.7330595482546", "53.7330595482546", "-73.98513041812345", "-73.98513041812345",
			"1e-05", "0.00001", "8.42e-05", "0.0000842", "1.2E+07", "12000000", "1.5E3", "1500", ".5", "0.5", "5.", "5", "-.5", "-0.5", "+5", "5", "−5", "-5", "-0", "0", "0.0", "0",
			"99999999999999999999", "99999999999999999999",
			"(1,234)", "?", "5-", "?", "45%", "?", "1,5", "?", "", "", "007", "?", "NaN", "?", "inf", "?", "1e", "?", "e5", "?", ".", "?", "-", "?", "--5", "?", "1e999999999", "?", "0x10", "?", "1_000", "?", "٣", "?",
		}},
		{`"type": "number"`, []string{"1e300", "1" + strings.Repeat("0", 300), "0.1", "0.1", "1e-300", "0." + strings.Repeat("0", 299) + "1", "1e400", "?", "1e-400", "?", "0.00000000000000000000000000000000000000001", "0.00000000000000000000000000000000000000001"}},
		{`"type": "number", "accounting": true, "groupChar": ","`, []string{"(1,234)", "-1234", "(1,234.5)", "-1234.5", "1,234", "1234", "(0)", "0", "(-5)", "?", "()", "?", "(12,34)", "?"}},
		{`"type": "number", "bareNumber": false, "groupChar": ","`, []string{"$5", "5", "-$5.50", "-5.5", "$-5", "-5", "12 km", "12", "12.5%", "12.5", "US$ 1,234", "1234", "≈ .5 t", "0.5", "12 [1]", "?", "km", "?", "1-2", "?", "5e", "5"}},
		{`"type": "number", "decimalChar": ",", "groupChar": "."`, []string{"1.234,56", "1234.56", "1234,5", "1234.5", "1,234.56", "?", "12.34,5", "?", ",5", "0.5", "1.5", "?"}},
		{`"type": "integer"`, []string{"2016.0", "2016", "12.00", "12", "+5", "5", "-0", "0", "1e3", "1000", "1.2E+07", "12000000", "−5", "-5", "9223372036854775807", "9223372036854775807", "-9223372036854775808", "-9223372036854775808",
			"9223372036854775808", "?", "12.5", "?", "1e-3", "?", "06", "?", "1e19", "?"}},
		{`"type": "year"`, []string{"2016", "2016", "2016.0", "2016", "16", "?", "2016-17", "?", "0999", "999"}},
		{`"type": "date"`, []string{"2018-01-24", "2018-01-24", "2018-01-24 00:00:00", "2018-01-24", "2018-01-24T00:00:00Z", "2018-01-24", "2020-02-29", "2020-02-29",
			"2019-02-29", "?", "2018-01-24 10:00:00", "?", "2018-1-24", "?", "43124", "?", "0000-01-01", "?", "2018-04-31", "?", "2018-13-01", "?", "10000-01-01", "?", "infinity", "?"}},
		{`"type": "date", "format": "%m/%d/%Y"`, []string{"1/24/2018", "2018-01-24", "01/24/2018", "2018-01-24", "4/3/2020", "2020-04-03", "13/02/2020", "?", "02/30/2020", "?", "1/24/18", "?", "1/24/2018 ", "?", "1/24/2018x", "?"}},
		{`"type": "date", "format": "%d/%m/%y"`, []string{"04/03/68", "1968-03-04", "1/2/29", "2029-02-01", "01/02/30", "1930-02-01", "29/02/00", "2000-02-29", "29/2/1", "?"}},
		{`"type": "date", "formats": ["%m/%d/%Y", "%m/%d/%y", "%d %B %Y", "%b. %d, %Y"]`, []string{"1/24/2018", "2018-01-24", "1/24/18", "2018-01-24", "3 May 2017", "2017-05-03", "JAN. 24, 2018", "2018-01-24", "2018-01-24", "?"}},
		{`"type": "date", "formats": ["%m/%d/%Y", "%d/%m/%Y"]`, []string{"1/24/2018", "2018-01-24", "24/1/2018", "2018-01-24", "1/1/2018", "2018-01-01", "1/2/2018", "?"}},
		{`"type": "date", "format": "%Y%m%d"`, []string{"20180124", "2018-01-24", "2018124", "?"}},
		{`"type": "datetime"`, []string{"2020-11-01T01:30:00-04:00", "2020-11-01T01:30:00-04:00", "2020-11-01 23:59-0400", "2020-11-01T23:59:00-04:00", "2020-11-01T01:30:00.5-04", "2020-11-01T01:30:00.5-04:00",
			"2020-11-01T01:30:00-05:00", "?", "2020-11-01", "?", "2020-11-01T24:00:00-04:00", "?", "2020-11-01T01:30:00", "?"}},
		{`"type": "datetime"`, []string{"2020-11-01 01:30:00", "2020-11-01T01:30:00", "2020-11-01T01:30:00Z", "?"}},
		{`"type": "datetime", "format": "%m/%d/%Y %I:%M %p"`, []string{"11/1/2020 1:30 PM", "2020-11-01T13:30:00", "11/01/2020 12:00 AM", "2020-11-01T00:00:00", "11/01/2020 13:30", "?"}},
		{`"type": "time"`, []string{"01:30", "01:30:00", "23:59:59", "23:59:59", "24:00", "?", "1:30", "?"}},
		{`"type": "time", "format": "%H:%M"`, []string{"1:30", "01:30:00", "25:00", "?"}},
		{`"type": "yearmonth"`, []string{"2020-11", "2020-11", "2020-13", "?", "2020-1", "?"}},
		{`"type": "duration"`, []string{"P1DT2H", "P1DT2H", "P", "?", "PT", "?", "1 day", "?"}},
		{`"type": "object"`, []string{`{"a": 1}`, `{"a": 1}`, "[]", "?", "{", "?"}},
		{`"type": "array"`, []string{"[1, 2]", "[1, 2]", "{}", "?"}},
		{`"type": "geopoint"`, []string{"-77.04, 38.91", "-77.04, 38.91", "-77.04,38.91", "-77.04,38.91", "38.91, -777", "?", "38.91, 95", "?"}},
		{`"type": "any"`, []string{"x", "x", "1", "1"}},
		{`"type": "string", "format": "email"`, []string{"a@example.org", "a@example.org", "a", "?"}},
		{`"type": "boolean"`, []string{"true", "true", "TRUE", "true", "0", "false", "yes", "?"}},
	} {
		t.Run(tt.field, func(t *testing.T) {
			var text strings.Builder
			w := csv.NewWriter(&text)
			rows := [][]string{{"k", "c"}}
			for pair := range slices.Chunk(tt.cells, 2) {
				rows = append(rows, []string{fmt.Sprint(len(rows)), pair[0]})
			}
			if err := w.WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			d, _, said := load(t, one(`"schema": {"fields": [{"name": "k"}, {"name": "c", `+tt.field+`}]}`, text.String()))
			read, err := d.Tables[0].Head()
			if err != nil || len(read) != len(rows)-1 {
				t.Fatal(err, len(read), said)
			}
			i := 0
			for pair := range slices.Chunk(tt.cells, 2) {
				got, refused := read[i].Values[1].Raw(), strings.Contains(said, fmt.Sprintf("(cell B%d)", i+2))
				if i++; refused {
					got = "?"
				}
				if got != pair[1] {
					t.Errorf("%q is read as %q, want %q", pair[0], got, pair[1])
				}
			}
		})
	}
}

// TestTwoDigitYears: the day of the data package says in which century they are.
func TestTwoDigitYears(t *testing.T) {
	report := one(`"schema": {"fields": [{"name": "d", "type": "date", "format": "%m/%d/%y"}]}`, "d\n1/2/68\n1/2/17\n1/2/18\n1/2/28\n1/2/29\n")
	report[File].Data = []byte(strings.Replace(string(report[File].Data), "{", `{"created": "2018-06-01", `, 1))
	d, _, said := load(t, report)
	rows, err := d.Tables[0].Head()
	if err != nil || said != "" {
		t.Fatal(err, said)
	}
	var got []string
	for _, row := range rows {
		got = append(got, row.Values[0].Raw()[:4])
	}
	if want := []string{"1968", "2017", "2018", "2028", "1929"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestNumbersOfEverySizeMeetTheirConstraints compares numbers with constraints that have
// more digits than the column, and less.
func TestNumbersOfEverySizeMeetTheirConstraints(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ constraints, cells, wrong string }{
		{`"minimum": 0.12345678912`, "0.12345678911 0.12345678912 0.12345678913", "2"},
		{`"minimum": 0.12345678912`, "0.1 0.2", "2"},
		{`"maximum": 0.12345678912`, "0.1 0.2", "3"},
		{`"exclusiveMinimum": 5`, "4 5 5.1", "2 3"},
		{`"exclusiveMaximum": 5`, "4 5 5.1", "3 4"},
		{`"exclusiveMinimum": 0.00000000015`, "0 0.0000000002 0.000000001", "2"},
		{`"exclusiveMaximum": 0.00000000015`, "0 0.1", "3"},
		{`"maximum": 99999999999999999999999999999999999999`, "1 1e37 1e39", "4"},
		{`"minimum": -99999999999999999999999999999999999999`, "0.1 -5", ""},
		{`"enum": [1.5, 0.12345678912, 2]`, "1.5 2.0 0.12345678912 3", "5"},
		{`"enum": [1.5, 0.12345678912]`, "1.50 0.1", "3"},
		{`"enum": [0.12345678912]`, "0.1", "2"},
		{`"maximum": 2`, "1e300 0.1", "2"},
		{`"enum": [1e2]`, "1e300 100", "2"},
	} {
		_, _, said := load(t, one(`"schema": {"fields": [{"name": "n", "type": "number", "constraints": {`+tt.constraints+`}}]}`, "n\n"+strings.ReplaceAll(tt.cells, " ", "\n")+"\n"))
		var rows []string
		for line := range strings.Lines(said) {
			if _, rest, ok := strings.Cut(line, "data/t.csv:"); ok {
				row, _, _ := strings.Cut(rest, ":")
				rows = append(rows, row)
			}
		}
		if got := strings.Join(rows, " "); got != tt.wrong {
			t.Errorf("%s of %s: rows %q, want %q\n%s", tt.constraints, tt.cells, got, tt.wrong, said)
		}
	}
}

// TestKeysOfNumbersOfOtherSizes: 5, 5.0 and 5.000000000001 in two tables.
func TestKeysOfNumbersOfOtherSizes(t *testing.T) {
	report := fstest.MapFS{
		File: {Data: []byte(`{"resources": [
			{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "n", "type": "number"}], "foreignKeys": [{"fields": "n", "reference": {"resource": "b", "fields": "n"}}]}},
			{"name": "b", "path": "b.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`)},
		"data/a.csv": {Data: []byte("n\n5\n5.0\n5.000000000001\n")},
		"data/b.csv": {Data: []byte("n\n5\n")},
	}
	_, _, said := load(t, report)
	if want := "data/a.csv:4:1: n (cell A4): found \"5.000000000001\", expected a value in data/b.csv, column n\n"; said != want {
		t.Errorf("got\n%s\nwant\n%s", said, want)
	}
}

// TestDialects reads one table as it is written in different ways.
func TestDialects(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ dialect, schema, csv, want string }{
		"no header":       {`"header": false`, "", "ü,1\n", "1 ü 1"},
		"header below":    {`"headerRows": [3]`, "", "Libraries,\n\na,b\nü,1\n", "4 ü 1"},
		"two rows":        {`"headerRows": [1, 2]`, "", "a,b\n,\nü,1\n", "3 ü 1"},
		"joined":          {`"headerRows": [1, 2], "headerJoin": ""`, `"fieldsMatch": "equal",`, "a,\n,b\nü,1\n", "3 ü 1"},
		"comments":        {`"commentChar": "#"`, "", "# of, nothing\na,b\n#,\"\nü,1\n# end", "4 ü 1"},
		"comment rows":    {`"commentRows": [1, 3]`, "", "Source: x\na,b\ntotal,\"\nü,1\n", "4 ü 1"},
		"quotes":          {`"quoteChar": "'"`, "", "a,b\n'ü',1\n", "2 ü 1"},
		"doubled quotes":  {`"quoteChar": "'"`, "", "a,b\n'''ü',1\n", "2 'ü 1"},
		"no quotes":       {`"quoteChar": ""`, "", "a,b\n\"ü,1\n", "2 \"ü 1"},
		"spaces":          {`"skipInitialSpace": true, "delimiter": ";"`, "", "a; b\n \"ü\"; 1\n", "2 ü 1"},
		"null":            {`"nullSequence": "\\N"`, "", "a,b\nü,\\N\n", "2 ü <nil>"},
		"of frictionless": {`"csv": {"delimiter": ";", "lineTerminator": "\r\n"}`, "", "a;b\r\nü;1\r\n", "2 ü 1"},
		"subset":          {`"delimiter": ","`, `"fieldsMatch": "subset",`, "x,b,a\ny,1,ü\n", "2 ü 1"},
		"superset":        {`"delimiter": ","`, `"fieldsMatch": ["superset"],`, "a\nü\n", "2 ü <nil>"},
		"partial":         {`"delimiter": ","`, `"fieldsMatch": "partial",`, "a,z\nü,1\n", "2 ü <nil>"},
		"exact":           {`"delimiter": ","`, `"fieldsMatch": "exact",`, "a,b\nü,1\n", "2 ü 1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, eng, said := load(t, one(`"dialect": {`+tt.dialect+`}, "schema": {`+tt.schema+`"fields": [{"name": "a"}, {"name": "b", "type": "integer"}]}`, tt.csv))
			_, rows, err := eng.Collect(t.Context(), "SELECT _row, a, b FROM t")
			if said != "" || err != nil || len(rows) != 1 || strings.TrimSuffix(fmt.Sprintln(rows[0]...), "\n") != tt.want {
				t.Errorf("%v %v\n%s", rows, err, said)
			}
		})
	}
}

// TestPrivateColumnsLeaveNothingInAnyDialect holds that the public file of a table has its
// rows where they were, and no word of a private column.
func TestPrivateColumnsLeaveNothingInAnyDialect(t *testing.T) {
	t.Parallel()
	for dialect, csv := range map[string]string{
		`"header": false`:                         "secret,a,1\nsecret,b,2\n",
		`"headerRows": [3], "commentChar": "#"`:   "About secret,,\n# secret\nssn,name,n\n#secret\nsecret,a,1\nsecret,#b,2\n",
		`"commentRows": [2, 4], "quoteChar": "'"`: "ssn,name,n\nsecret,,\nsecret,'a',1\n'secret\nsecret,'b\"',2\n",
	} {
		report := one(`"dialect": {`+dialect+`}, "schema": {"fields": [{"name": "ssn", "private": true}, {"name": "name"}, {"name": "n", "type": "integer"}]}`, csv)
		d, eng, said := load(t, report)
		if said != "" {
			t.Fatal(said)
		}
		public := fstest.MapFS{}
		for name, file := range report {
			written, err := d.Public()(name, file.Data)
			data := written[name]
			if err != nil {
				t.Fatal(err)
			}
			public[name] = &fstest.MapFile{Data: data}
		}
		if text := string(public["data/t.csv"].Data) + string(public[File].Data); strings.Contains(text, "secret") {
			t.Errorf("%s: %s", dialect, text)
		}
		_, before, err := eng.Collect(t.Context(), "SELECT * FROM t ORDER BY _row")
		if err != nil {
			t.Fatal(err)
		}
		_, again, said := load(t, public)
		_, after, err := again.Collect(t.Context(), "SELECT * FROM t ORDER BY _row")
		if err != nil || said != "" || fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("%s: %v is %v, %v, %s\n%s", dialect, before, after, err, said, public["data/t.csv"].Data)
		}
	}
}
