package tabular_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/generator/engine"
	"broadsheet/generator/tabular"

	"github.com/xuri/excelize/v2"
)

// workbook has a title that is merged, a header in row 3, and values of all kinds; a second sheet, and a hidden one.
func workbook(t *testing.T, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Grants"))
	for cell, value := range map[string]any{
		"A1": "Grants by state", "A3": "state", "B3": "amount", "C3": "share", "D3": "day", "E3": "seen", "F3": "open", "G3": "code",
		"A4": "Ohio", "B4": 1200.5, "C4": 0.124, "D4": time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC), "E4": time.Date(2018, 1, 24, 9, 30, 0, 0, time.UTC), "F4": true, "G4": "007",
		"B5": 0.1 + 0.2, "C5": 0.07, "D5": 43125, "E5": 43125.5, "F5": false, "G5": "12",
	} {
		must(f.SetCellValue("Grants", cell, value))
	}
	must(f.MergeCell("Grants", "A1", "G1"))
	must(f.MergeCell("Grants", "A4", "A5"))
	format := func(cells, code string) {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		must(err)
		from, to, _ := strings.Cut(cells, ":")
		must(f.SetCellStyle("Grants", from, to, style))
	}
	format("B4:B5", `"USD "#,##0.00`) // the d is not a day
	format("C4:C5", "0.0%")
	format("D4:D5", "d mmm yyyy")
	format("E4:E5", "m/d/yy h:mm")
	for _, name := range []string{"Notes", "Secret"} {
		_, err := f.NewSheet(name)
		must(err)
		must(f.SetCellValue(name, "A1", name))
		must(f.SetCellValue(name, "A2", "x"))
	}
	must(f.SetSheetVisible("Secret", false))
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	must(err)
	return b.Bytes()
}

func read(t *testing.T, name string, data []byte, part tabular.Part) (string, []string) {
	t.Helper()
	e, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if part.Most == 0 {
		part.Most = 10_000_000
	}
	text, _, problems, err := tabular.CSV(t.Context(), e, name, data, part)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems {
		p.File = name
		said = append(said, p.String())
	}
	return string(text), said
}

func TestWorkbook(t *testing.T) {
	title := strings.Repeat("Grants by state,", 6) + "Grants by state"
	want := title + "\n,,,,,,\nstate,amount,share,day,seen,open,code\nOhio,1200.5,12.4%,2018-01-24,2018-01-24T09:30:00,true,007\nOhio,0.3,7%,2018-01-25,2018-01-25T12:00:00,false,12\n"
	for name, part := range map[string]tabular.Part{"by name": {SheetName: "Grants"}, "by number": {SheetNumber: 1}} {
		if got, said := read(t, "a.xlsx", workbook(t, nil), part); got != want || said != nil {
			t.Errorf("%s: %s\n%q", name, got, said)
		}
	}
	sheets, problem := tabular.Sheets("a.xlsx", workbook(t, nil), 10_000_000)
	if strings.Join(sheets, ",") != "Grants,Notes" || problem != nil {
		t.Error(sheets, problem)
	}
	one := workbook(t, func(f *excelize.File) { _ = f.DeleteSheet("Notes") })
	if got, said := read(t, "a.xlsx", one, tabular.Part{}); got != want || said != nil {
		t.Errorf("the only sheet that is not hidden: %s %q", got, said)
	}
	since1904 := workbook(t, func(f *excelize.File) {
		yes := true
		_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		_ = f.SetCellValue("Grants", "D5", 41663)
	})
	if got, _ := read(t, "a.xlsx", since1904, tabular.Part{SheetNumber: 1}); !strings.Contains(got, "7%,2018-01-25,") {
		t.Error("from 1904:", got)
	}
	hidden := workbook(t, func(f *excelize.File) { _ = f.SetColVisible("Grants", "B", false) })
	if got, said := read(t, "a.xlsx", hidden, tabular.Part{SheetNumber: 1}); !strings.Contains(got, "\nstate,,share") || said != nil {
		t.Error("a hidden column:", got, said)
	}
}

func TestProblems(t *testing.T) {
	packed := func(data string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, data)
		_ = w.Close()
		return b.Bytes()
	}
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range names {
			f, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(f, "a,b\n1,2\n")
		}
		_ = w.Close()
		return b.Bytes()
	}
	for _, tt := range []struct {
		name, want string
		data       []byte
		part       tabular.Part
	}{
		{name: "a.xlsx", data: workbook(t, nil), want: `a workbook of 2 sheets`},
		{name: "a.xlsx", data: workbook(t, nil), part: tabular.Part{SheetName: "Grant"}, want: `no sheet "Grant", expected one of "Grants", "Notes", "Secret"`},
		{name: "a.xlsx", data: workbook(t, nil), part: tabular.Part{SheetNumber: 7}, want: "no sheet 7"},
		{name: "a.xlsx", data: []byte("PK\x03\x04 and no more"), want: "no .xlsx workbook, or not all of one"},
		{name: "a.xlsx", data: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a book"), want: "a workbook of Excel 97 to 2003"},
		{name: "a.xlsx", data: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00"), want: "has a password"},
		{name: "a.xlsx", data: workbook(t, func(f *excelize.File) { _ = f.SetRowVisible("Grants", 5, false) }), part: tabular.Part{SheetNumber: 1}, want: `a.xlsx, sheet "Grants", row 5: 1 hidden row`},
		{name: "a.xlsx", data: workbook(t, func(f *excelize.File) { _ = f.SetCellFormula("Grants", "H4", "B4*2") }), part: tabular.Part{SheetNumber: 1}, want: `a.xlsx, sheet "Grants", cell H4: a formula that was never computed`},
		{name: "a.xlsx", data: workbook(t, nil), part: tabular.Part{SheetNumber: 1, Most: 1000}, want: "unpacks to more than 0 megabytes"},
		{name: "a.csv.gz", data: packed("a,b\n1,2\n")[:20], want: "ends too soon, or is damaged"},
		{name: "a.csv.gz", data: []byte("a,b\n1,2\n"), want: "not compressed by gzip"},
		{name: "a.csv.gz", data: packed(strings.Repeat("0", 2000)), part: tabular.Part{Most: 1000}, want: "unpacks to more than"},
		{name: "a.csv.zip", data: zipped("a.csv", "b.csv"), want: "an archive of 2 files"},
		{name: "a.csv.zip", data: []byte("PK"), want: "not a zip archive"},
		{name: "a.json", data: []byte(`{"results": [{"a": 1}], "next": null}`), want: `no list of rows, found lists in "results"`},
		{name: "a.json", data: []byte(`{"count": 1, "data": {"rows": [{"a": 1}]}}`), want: `"dialect": {"property": "data.rows"}`},
		{name: "a.json", data: []byte("[{\"a\": 1},\n{\"a\": "), want: "a.json:2: the file is not JSON, or not all of it"},
		{name: "a.json", data: []byte(`[{"a": {"b": 1}}]`), want: `a.json, object 1: a: a value that is itself an object`},
		{name: "a.json", data: []byte(`[1, 2]`), want: "a row that is not an object"},
		{name: "a.json", data: []byte(`[]`), want: "the table has no rows"},
		{name: "a.json", data: []byte(`{"a": []}`), part: tabular.Part{Property: "b.c"}, want: `no property "b.c"`},
		{name: "a.jsonl", data: []byte("{\"a\": 1}\n\n{oops}\n"), want: "a.jsonl:3: a line that is not JSON"},
		{name: "a.parquet", data: []byte("PAR1 and no more"), want: "no Parquet file, or not all of one"},
	} {
		if _, said := read(t, tt.name, tt.data, tt.part); len(said) != 1 || !strings.Contains(said[0], tt.want) {
			t.Errorf("%s: %q, want %s", tt.name, said, tt.want)
		}
	}
}

func TestOtherFormats(t *testing.T) {
	for _, tt := range []struct {
		name, data, property, want string
	}{
		{"a.json", `[{"name": "Ohio", "n": 12345678901234567890.10, "ok": true}, {"n": null, "tags": ["a", "b"], "name": "a,b"}]`, "", "name,n,ok,tags\nOhio,12345678901234567890.10,true,\n\"a,b\",,,a;b\n"},
		{"a.json", `{"data": {"rows": [{"a": 1}]}}`, "data.rows", "a\n1\n"},
		{"a.jsonl", "{\"a\": 1, \"b\": \"x\"}\n{\"b\": \"y\"}\n", "", "a,b\n1,x\n,y\n"},
	} {
		if got, said := read(t, tt.name, []byte(tt.data), tabular.Part{Property: tt.property}); got != tt.want || said != nil {
			t.Errorf("%s: %q %q, want %q", tt.name, got, said, tt.want)
		}
	}
	e, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	file := filepath.Join(t.TempDir(), "a.parquet")
	if err := e.Exec(t.Context(), "COPY (SELECT 'Ohio' AS name, 12.50::DECIMAL(9, 2) AS n, DATE '2018-01-24' AS day, TIMESTAMP '2018-01-24 09:30:00' AS at, true AS ok, NULL::INTEGER AS gone) TO "+engine.Text(file)); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got, said := read(t, "a.parquet", data, tabular.Part{}); got != "name,n,day,at,ok,gone\nOhio,12.50,2018-01-24,2018-01-24T09:30:00,true,\n" || said != nil {
		t.Errorf("%q %q", got, said)
	}
}

func TestExtension(t *testing.T) {
	for name, want := range map[string]string{"a.csv": ".csv", "a.csv.gz": ".csv", "a.b.xlsx": ".xlsx", "a.json.zip": ".json", "a.xls": "", "a.gz": "", "csv": "", "a.parquet": ".parquet"} {
		if got := tabular.Extension(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// FuzzCSV has files of all kinds, damaged: each is read or refused, and nothing of the engine or a library is said.
func FuzzCSV(f *testing.F) {
	f.Add("a.json", []byte(`[{"a": 1}]`))
	f.Add("a.jsonl", []byte("{\"a\": [1, \"x\"]}\n"))
	f.Add("a.csv.gz", []byte("\x1f\x8b\x08\x00"))
	f.Add("a.xlsx", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if tabular.Extension(name) == ".parquet" {
			return // by the engine
		}
		text, _, problems, err := tabular.CSV(t.Context(), nil, name, data, tabular.Part{Most: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 0 && len(problems) == 0 && tabular.Extension(name) != ".csv" && tabular.Extension(name) != "" && !bytes.HasSuffix(text, []byte("\n")) {
			t.Errorf("%q", text)
		}
	})
}
