package dataset

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
)

func load(t *testing.T, report fs.FS) (*Dataset, *engine.Engine, string) {
	t.Helper()
	return loadWithin(t, report, nil)
}

func loadWithin(t *testing.T, report fs.FS, limits limit.Limits) (*Dataset, *engine.Engine, string) {
	t.Helper()
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	})
	var problems diag.List
	d, err := Load(t.Context(), report, nil, eng, limits, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, p := range problems.Sorted() {
		said.WriteString(p.String() + "\n")
	}
	return d, eng, said.String()
}

// one is a report with a single table t.
func one(schema, csv string) fstest.MapFS {
	return fstest.MapFS{
		File:         {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", ` + schema + `}]}`)},
		"data/t.csv": {Data: []byte(csv)},
	}
}

func TestValuesArriveAsTheyStand(t *testing.T) {
	report := one(`"schema": {"missingValues": ["", "NA"], "fields": [
		{"name": "id", "type": "string", "missingValues": []},
		{"name": "whole", "type": "integer", "groupChar": ","},
		{"name": "exact", "type": "number"},
		{"name": "day", "type": "date", "format": "%d/%m/%Y"},
		{"name": "yes", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
		{"name": "many", "type": "list", "delimiter": ";"}]}`,
		"id,whole,exact,day,yes,many\n"+
			"06,\"1,234,567\",9007199254740993.07,31/12/2017,yes,a;b\n"+
			"\"a \"\"b\"\"\",0,-0.5,NA,no,\n"+
			"\"\",,,,,\n")
	d, eng, said := load(t, report)
	if said != "" {
		t.Fatal(said)
	}
	_, rows, err := eng.Collect(t.Context(), "SELECT _row, id, whole::VARCHAR, exact::VARCHAR, day::VARCHAR, yes, many::VARCHAR FROM t ORDER BY _row")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{
		{int64(2), "06", "1234567", "9007199254740993.070000000", "2017-12-31", true, "[a, b]"},
		{int64(3), `a "b"`, "0", "-0.500000000", nil, false, nil},
		{int64(4), "", nil, nil, nil, nil, nil},
	}
	if !slices.EqualFunc(rows, want, func(a, b []any) bool { return slices.Equal(a, b) }) {
		t.Errorf("got %v", rows)
	}
	head, err := d.Table("t").Head()
	if err != nil || len(head) != 3 || head[0].Values[2].Raw() != "9007199254740993.07" {
		t.Errorf("%v %v", head, err)
	}
}

func TestEncodingsAndLineEnds(t *testing.T) {
	const schema = `"schema": {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]}`
	for name, tt := range map[string]struct{ schema, csv string }{
		"byte-order mark":        {schema, "\xef\xbb\xbfa,b\nü,1\n"},
		"CRLF":                   {schema, "a,b\r\nü,1\r\n"},
		"CR":                     {schema, "a,b\rü,1\r"},
		"no last line end":       {schema, "a,b\nü,1"},
		"blank lines at the end": {schema, "a,b\nü,1\n\n\n"},
		"semicolons":             {`"dialect": {"delimiter": ";"}, ` + schema, "a;b\nü;1\n"},
		"Windows-1252":           {`"encoding": "windows-1252", ` + schema, "a,b\n\xfc,1\n"},
		"UTF-16":                 {`"encoding": "utf-16le", ` + schema, "\xff\xfea\x00,\x00b\x00\n\x00\xfc\x00,\x001\x00\n\x00"},
		"other order":            {schema, "b,a\n1,ü\n"},
	} {
		t.Run(name, func(t *testing.T) {
			_, eng, said := load(t, one(tt.schema, tt.csv))
			_, rows, err := eng.Collect(t.Context(), "SELECT _row, a, b FROM t")
			if said != "" || err != nil || len(rows) != 1 || !slices.Equal(rows[0], []any{int64(2), "ü", int64(1)}) {
				t.Errorf("%v %v\n%s", rows, err, said)
			}
		})
	}
}

func TestRowsKeepTheirSpreadsheetNumbers(t *testing.T) {
	report := one(`"schema": {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]}`,
		"a,b\n\"two\nlines\",1\nx,2,3\n\"never closed,4\ny,5\n\n\"closed\" late,6\nz,7\n")
	_, eng, said := load(t, report)
	want := `data/t.csv:3: a row, found 3 cells, expected 2
  hint: look for a missing or a surplus ",", or a text with one that is not in quotation marks
data/t.csv:4:1: a (cell A4): a quotation mark is opened here and never closed
  hint: close it, or write "" for a quotation mark inside a quoted cell
data/t.csv:6: a blank row
  hint: delete it
data/t.csv:7:1: a (cell A7): a quotation mark is opened here and never closed
  hint: close it, or write "" for a quotation mark inside a quoted cell
`
	if said != want {
		t.Errorf("got\n%s\nwant\n%s", said, want)
	}
	_, rows, err := eng.Collect(t.Context(), "SELECT _row, a FROM t ORDER BY _row")
	if err != nil || !slices.EqualFunc(rows, [][]any{{int64(2), "two\nlines"}, {int64(5), "y"}, {int64(8), "z"}}, func(a, b []any) bool { return slices.Equal(a, b) }) {
		t.Errorf("%v %v", rows, err)
	}
}

func TestPrivateColumnsNeverArrive(t *testing.T) {
	d, eng, said := load(t, one(`"schema": {"fields": [{"name": "id", "type": "string"}, {"name": "ssn", "type": "string", "private": true, "constraints": {"pattern": "[0-9]{3}"}}]}`, "id,ssn\na,123\n"))
	if said != "" {
		t.Fatal(said)
	}
	if _, _, err := eng.Collect(t.Context(), "SELECT ssn FROM t"); err == nil {
		t.Error("a query can read a private column")
	}
	if fields := d.Table("t").Fields; len(fields) != 1 {
		t.Errorf("%v", fields)
	}
}

func TestLimits(t *testing.T) {
	wide := strings.TrimSuffix(strings.Repeat("c,", 12), ",")
	for name, tt := range map[string]struct {
		limits    limit.Limits
		csv, want string
	}{
		"rows":      {limit.Limits{limit.Rows: 2}, "a,b\n1,2\n\"x\ny\",4\n5,6\n7,8\n", "data/t.csv:4: found a row more, expected at most 2 rows in a table\n  hint: if this is meant, raise the limit: --limit rows=NUMBER\n"},
		"as many":   {limit.Limits{limit.Rows: 2}, "a,b\n1,2\n3,4\n,\n\n", ""},
		"columns":   {limit.Limits{limit.Columns: 10}, wide + "\n", "data/t.csv:1: found 12 columns, expected at most 10 columns in a table\n  hint: if this is meant, raise the limit: --limit columns=NUMBER\n"},
		"described": {limit.Limits{limit.Columns: 1}, "a,b\n1,2\n", "data/datapackage.json:1:58: found 2 columns, expected at most 1 column in a table\n  hint: if this is meant, raise the limit: --limit columns=NUMBER\n"},
		"cell":      {limit.Limits{limit.Cell: 5}, "a,b\näöüéè,x\n123456,x\n", "data/t.csv:3:1: a (cell A3): found a cell of 6 characters, expected at most 5 characters in a cell\n  hint: if this is meant, raise the limit: --limit cell=NUMBER\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, said := loadWithin(t, one(`"schema": {"fields": [{"name": "a"}, {"name": "b"}]}`, tt.csv), tt.limits); said != tt.want {
				t.Errorf("got\n%s\nwant\n%s", said, tt.want)
			}
		})
	}
}

// TestAWideTableWithWrongCells holds that its time does not grow with the square of
// its columns.
func TestAWideTableWithWrongCells(t *testing.T) {
	const columns = 700
	var fields, head, row []string
	for i := range columns {
		name := fmt.Sprintf("column_%d", i)
		fields = append(fields, fmt.Sprintf(`{"name": %q, "type": "integer", "constraints": {"required": true, "maximum": 5}}`, name))
		head, row = append(head, name+"x"), append(row, "x")
	}
	schema := `"schema": {"fields": [` + strings.Join(fields, ", ") + `]}`
	for name, csv := range map[string]string{
		"cells":  strings.ReplaceAll(strings.Join(head, ","), "x", "") + "\n" + strings.Join(row, ",") + "\n",
		"header": strings.Join(head, ",") + "\n" + strings.Join(row, ",") + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			var problems diag.List
			if _, err := Load(ctx, one(schema, csv), nil, openEngine(t), nil, nil, &problems); err != nil || problems.Empty() {
				t.Error(err, len(problems.Sorted()))
			}
		})
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	stop(errors.New("enough"))
	csv := "a,b\n" + strings.Repeat("1,2\n", 1_000_000)
	var problems diag.List
	rows := one(`"encoding": "windows-1252", "schema": {"fields": [{"name": "a"}, {"name": "b"}]}`, csv)
	if _, err := Load(ctx, rows, nil, openEngine(t), nil, nil, &problems); err == nil || !problems.Empty() {
		t.Error(err, problems.Sorted())
	}
}

// TestNoCopyIsLeftBehind holds that rows are in no file, where the system can do
// without: a program that is killed cleans up nothing.
func TestNoCopyIsLeftBehind(t *testing.T) {
	c, err := newRowsCopy(make([]*column, 1))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" && c.temporary {
		t.Error(c.name)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.name); err == nil {
		t.Error(c.name, "is still there")
	}
}

func TestAMillionProblemsAreOneScreen(t *testing.T) {
	csv := "a\n" + strings.Repeat("x\n", 1000)
	_, _, said := load(t, one(`"schema": {"fields": [{"name": "a", "type": "integer"}]}`, csv))
	if n := strings.Count(said, "found"); n != maxOfAKind {
		t.Errorf("%d problems listed", n)
	}
	if !strings.Contains(said, "data/t.csv:22:1: a (cell A22): 980 more problems of this kind") {
		t.Error(said)
	}
}

// FuzzScanner holds the scanner against encoding/csv: what that reads without
// complaint, both read alike.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\"\"b\",c\r\n\"x\ny\",z", "a\n\nb", "\"open,1\nx,2\n", "5\" pipe,x\n", "a\rb\rc"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := scanner{text: data, delimiter: ',', quote: '"'}
		var got [][]string
		rows := 0
		for s.next() {
			if rows++; rows > len(data)+1 {
				t.Fatal("no end")
			}
			if s.unclosed > 0 || s.blank {
				continue
			}
			var row []string
			for _, c := range s.cells {
				row = append(row, string(c))
			}
			got = append(got, row)
		}
		whole, inParts := scanner{text: data, delimiter: ',', quote: '"', comment: "#"}, scanner{rest: bytes.NewReader(data), part: 1, delimiter: ',', quote: '"', comment: "#"}
		for more := true; more; {
			more = whole.next()
			if inParts.next() != more || whole.row != inParts.row || whole.unclosed != inParts.unclosed || whole.blank != inParts.blank || whole.skipped != inParts.skipped ||
				!slices.EqualFunc(whole.cells, inParts.cells, bytes.Equal) {
				t.Fatalf("row %d %q, in parts row %d %q", whole.row, whole.cells, inParts.row, inParts.cells)
			}
		}
		if bytes.ContainsAny(data, "\r") {
			return // encoding/csv takes CR for text, and CRLF in a cell for LF
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.FieldsPerRecord = -1
		var want [][]string
		for {
			row, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			want = append(want, row)
		}
		if !slices.EqualFunc(got, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestHintSaysTheNumber(t *testing.T) {
	for _, tt := range []struct{ kind, value, hint string }{
		{"number", "0.25%", `write only the number: 0.25, and not 0.0025, with the unit percent; or declare "bareNumber": false in data/datapackage.json`},
		{"number", "-3 %", `write only the number: -3, and not -0.03, with the unit percent; or declare "bareNumber": false in data/datapackage.json`},
		{"integer", "$1,000", `write only the number: 1000, or declare "bareNumber": false, "groupChar": "," in data/datapackage.json`},
		{"number", "$1,234.5", `write only the number: 1234.5, or declare "bareNumber": false, "groupChar": "," in data/datapackage.json`},
		{"number", "12,5", `write 12.5, or declare "decimalChar": "," in data/datapackage.json`},
		{"integer", "$12.50", `write only the number, or declare "bareNumber": false in data/datapackage.json`},
		{"number", "24284O", "a letter is among the digits: write 242840, if that is meant"},
		{"number", "922 826,20", `write 922826.20, or declare "decimalChar": ",", "groupChar": " " in data/datapackage.json`},
		{"integer", "28.3m", "write the number in full: 28300000"},
	} {
		if got := castProblem(Field{Type: tt.kind}, tt.value).Hint; got != tt.hint {
			t.Errorf("%s %q: %s, want %s", tt.kind, tt.value, got, tt.hint)
		}
	}
}

// TestEdgesOfCSV holds what is read of files that RFC 4180 allows, or spreadsheets
// write, and what is refused.
func TestEdgesOfCSV(t *testing.T) {
	t.Parallel()
	eng := openEngine(t)
	const unclosed, width = "a quotation mark is opened here and never closed", "a row"
	for text, want := range map[string]string{
		"1,2\n":                                 `[1 2]`,
		"1,2":                                   `[1 2]`,
		"1,2\r\n3,4\r\n":                        `[1 2][3 4]`,
		"1,2\r3,4\r":                            `[1 2][3 4]`,
		"1,2\r\n3,4\n5,6\r7,8":                  `[1 2][3 4][5 6][7 8]`,
		"1,2\n\n\n":                             `[1 2]`,
		"1,2\n,\n\"\",\n":                       `[1 2]`,
		"\"1\",\"2\"\n":                         `[1 2]`,
		"\"a,b\",2\n":                           `[a,b 2]`,
		"\"a\nb\",2\n":                          "[a\nb 2]",
		"\"a\r\nb\",\"c\rd\"\n":                 "[a\r\nb c\rd]",
		"\"a\"\"b\",\"\"\"\"\n":                 `[a"b "]`,
		"x,\"He said \"\"no\"\"\nand left.\"\n": "[x He said \"no\"\nand left.]",
		"x,\"\"\"\"\"\"":                        `[x ""]`,
		"5\" pipe,it\"s\"\n":                    `[5" pipe it"s"]`,
		" 1 ,\t2\n":                             "[ 1  \t2]",
		"' ,\\\n":                               `['  \]`,
		"\x1f,\x10n\n":                          "[\x1f \x10n]",
		"\x10\x10x,\x01\x7f\n":                  "[\x10\x10x \x01\x7f]",
		"\u2028,\ufeff\n":                       "[\u2028 \ufeff]",
		"NULL,\\N\n":                            `[NULL \N]`,
		"#1,-- 2\n":                             `[#1 -- 2]`,
		"é,日本\n":                                `[é 日本]`,
		"\"1,2\n3,4\n":                          unclosed,
		"1,\"2\n3,4\n":                          unclosed,
		"\"1\"x,2\n":                            unclosed,
		"\"1\" ,2\n":                            unclosed,
		"1,2,3\n":                               width,
		"1\n":                                   width,
		"1,2,\n":                                width,
		"1;2\n":                                 width,
		"1,\x00\n":                              "a cell with a zero byte",
		"1,2\n\n3,4\n":                          "a blank row",
		"\xff,2\n":                              "the file is not UTF-8, it looks like Windows-1252",
		"":                                      "the table has no rows",
		",\n":                                   "the table has no rows",
	} {
		report := one(`"schema": {"fields": [{"name": "a"}, {"name": "b"}]}`, "a,b\n"+text)
		err := again(t.Context(), report, eng, func(d *Dataset, found []diag.Problem) error {
			if len(found) > 0 {
				if found[0].Message != want {
					t.Errorf("%q: %s, want %s", text, found[0], want)
				}
				return nil
			}
			rows, err := d.Tables[0].Head()
			got := ""
			for _, row := range rows {
				got += fmt.Sprintf("[%s %s]", row.Values[0].Raw(), row.Values[1].Raw())
			}
			if got != want {
				t.Errorf("%q is %q, want %q", text, got, want)
			}
			return err
		})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestAMissingValueAloneIsARow: "" in a table of one column is written on purpose; a
// blank line is not.
func TestAMissingValueAloneIsARow(t *testing.T) {
	d, _, said := load(t, fstest.MapFS{
		File:         {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": "integer"}]}}]}`)},
		"data/t.csv": {Data: []byte("n\n1\n\"\"\n2\n\n")},
	})
	if said != "" || d.Table("t").Rows != 3 {
		t.Errorf("%d rows, %s", d.Table("t").Rows, said)
	}
}
