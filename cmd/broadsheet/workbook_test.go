package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// noError ends a test at the first error.
func noError(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestWorkbook starts a report from a workbook with a title, merged cells and two sheets, as a person has it, holds what is
// published against its cells, changes one, and verifies the site from what it publishes.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	file, report := filepath.Join(directory, "Spending 2017.xlsx"), filepath.Join(directory, "mine")
	f := excelize.NewFile()
	must := noError(t)
	must(f.SetSheetName("Sheet1", "Grants"))
	must(f.SetCellValue("Grants", "A1", "Grants by state, 2017"))
	must(f.MergeCell("Grants", "A1", "D1"))
	must(f.SetSheetRow("Grants", "A3", &[]any{"region", "state", "amount_usd", "paid"}))
	want := [][]string{{"region", "state", "amount_usd", "paid"}}
	paid := time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC)
	for i, state := range []string{"Iowa", "Ohio", "Utah", "Idaho", "Maine", "Texas"} {
		row := i + 4
		region, amount := []string{"Midwest", "Midwest", "West", "West", "East", "South"}[i], 1000*(i+1)+17
		cell := func(column int) string {
			name, err := excelize.CoordinatesToCellName(column, row)
			must(err)
			return name
		}
		must(f.SetCellValue("Grants", cell(1), region))
		must(f.SetCellValue("Grants", cell(2), state))
		must(f.SetCellValue("Grants", cell(3), amount))
		must(f.SetCellValue("Grants", cell(4), paid.AddDate(0, 0, i)))
		want = append(want, []string{region, state, []string{"1017", "2017", "3017", "4017", "5017", "6017"}[i], paid.AddDate(0, 0, i).Format(time.DateOnly)})
	}
	must(f.MergeCell("Grants", "A4", "A5"))
	must(f.MergeCell("Grants", "A6", "A7"))
	_, err := f.NewSheet("Staff")
	must(err)
	for i, row := range [][]any{{"office", "people"}, {"North", 12}, {"South", 30}, {"Center", 7}} {
		must(f.SetSheetRow("Staff", []string{"A1", "A2", "A3", "A4"}[i], &row))
	}
	must(f.SaveAs(file))

	broadsheet := func(code int, arguments ...string) string {
		t.Helper()
		var out bytes.Buffer
		if got := run(arguments, &out, &out); got != code {
			t.Fatalf("%s: exit code %d\n%s", strings.Join(arguments, " "), got, out.String())
		}
		return out.String()
	}
	broadsheet(0, "new", report, "--from", file)
	data, err := os.ReadFile(filepath.Join(report, "public/data/grants.csv"))
	must(err)
	got, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	must(err)
	for i := range want {
		if strings.Join(got[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d: %q, want %q", i+1, got[i], want[i])
		}
	}
	if data, err = os.ReadFile(filepath.Join(report, "public/data/staff.csv")); err != nil || string(data) != "office,people\nNorth,12\nSouth,30\nCenter,7\n" {
		t.Errorf("%q %v", data, err)
	}

	inside := filepath.Join(report, "data/spending_2017.xlsx")
	book, err := excelize.OpenFile(inside)
	must(err)
	must(book.SetCellValue("Grants", "C9", 9999))
	must(book.Save())
	if said := broadsheet(0, "diff", "-s", report); !strings.Contains(said, "data/spending_2017.xlsx:9: now amount_usd 9999") {
		t.Error(said)
	}
	must(book.SetCellValue("Grants", "C9", "about 6,000"))
	must(book.Save())
	if said := broadsheet(1, "check", "-s", report); !strings.Contains(said, `data/spending_2017.xlsx, sheet "Grants", cell C9: amount_usd: found "about 6,000"`) {
		t.Error(said)
	}

	site := filepath.Join(report, "public")
	if said := broadsheet(0, "verify", site); !strings.Contains(said, "agree") {
		t.Error(said)
	}
	source, err := zip.OpenReader(filepath.Join(site, "data/report.zip"))
	must(err)
	defer source.Close()
	for _, of := range source.File {
		if strings.HasSuffix(of.Name, ".xlsx") {
			t.Error("a workbook is published, with what nobody looked at:", of.Name)
		}
	}

	if said := broadsheet(2, "new", "-s", report, "--add", file); !strings.Contains(said, "has 2 sheets\n  hint: name one with --sheet: Grants, Staff") {
		t.Error(said)
	}
}

// TestWorkbookAsAnAgencyMakesIt has a merged title, two rows that name the columns together, German numbers, a total and a note: each is
// found, and named by its row.
func TestWorkbookAsAnAgencyMakesIt(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	file, report := filepath.Join(directory, "crime.xlsx"), filepath.Join(directory, "mine")
	f := excelize.NewFile()
	must := noError(t)
	for at, row := range map[string][]any{
		"A1": {"Gewalt nach Bundesstaat"},
		"A2": {"Quelle: FBI"},
		"A4": {"Staat", "Fälle", nil, "Rate je 100.000"},
		"A5": {nil, 2015, 2016, 2015, 2016},
		"A6": {"Alaska", "5.392", "5.966", "730,2", "804,2"},
		"A7": {"Idaho", "3.568", "3.876", "215,6", "230,3"},
		"A8": {"Oregon", "10.468", "10.983", "259,8", "268,3"},
		"A9": {"Insgesamt", "19.428", "20.825"},
		// row 10 is blank
		"A11": {"Die Zahlen sind geschätzt."},
	} {
		must(f.SetSheetRow("Sheet1", at, &row))
	}
	for _, area := range [][2]string{{"A1", "E1"}, {"A4", "A5"}, {"B4", "C4"}, {"D4", "E4"}} {
		must(f.MergeCell("Sheet1", area[0], area[1]))
	}
	must(f.SaveAs(file))
	broadsheet := func(code int, arguments ...string) string {
		t.Helper()
		var out bytes.Buffer
		if got := run(arguments, &out, &out); got != code {
			t.Fatalf("%s: exit code %d\n%s", strings.Join(arguments, " "), got, out.String())
		}
		return out.String()
	}
	said := broadsheet(0, "new", report, "--from", file, "--locale", "de-DE")
	for _, want := range []string{
		`rows 4 and 5 together name the columns, such as "Rate je 100.000 2016"`,
		`column "Staat" has "Insgesamt", which looks like a total row: the chart leaves it out; if it is one, delete it, or add "commentRows": [9] to the dialect of the table`,
		`row 11 has a value in its first cell only, "Die Zahlen sind geschätzt."`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("new does not say %s:\n%s", want, said)
		}
	}
	description := filepath.Join(report, "data/datapackage.json")
	data, err := os.ReadFile(description)
	must(err)
	for _, want := range []string{
		`"dialect": {"headerRows": [4, 5]}`,
		`{"name": "Fälle 2016", "type": "integer", "unit": "count", "groupChar": "."}`,
		`{"name": "Rate je 100.000 2015", "type": "number", "unit": "per_100k", "decimalChar": ","}`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the description has no %s:\n%s", want, data)
		}
	}
	if said := broadsheet(0, "check", "-s", report); !strings.Contains(said, "cell A9: Staat: a row of totals") || !strings.Contains(said, `declare "dialect": {"commentRows": [9]}`) {
		t.Error(said)
	}
	must(os.WriteFile(description, bytes.Replace(data, []byte(`"headerRows": [4, 5]`), []byte(`"headerRows": [4, 5], "commentRows": [9, 11]`), 1), 0o644))
	must(os.RemoveAll(filepath.Join(report, "data/charts")))
	must(os.WriteFile(filepath.Join(report, "content/_index.md"), []byte("---\ntitle: Gewalt\n---\n"), 0o644))
	if said := broadsheet(0, "build", "-s", report); strings.Contains(said, "note") || !strings.Contains(said, "from 3 rows of 1 table") {
		t.Error(said)
	}
	if data, err = os.ReadFile(filepath.Join(report, "public/data/crime.csv")); err != nil || !strings.Contains(string(data), "Alaska,5392,5966,730.2,804.2\n") {
		t.Errorf("%s %v", data, err)
	}
}

// TestOtherFiles starts reports from files as people have them: a title that is not merged above a sheet with a blank column, JSON
// whose rows are further down, and a compressed file.
func TestOtherFiles(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	f := excelize.NewFile()
	for i, row := range [][]any{
		{"Grants to shelters, fiscal 2023 (draft)"}, {}, {"region", "", "shelter", "beds"}, {"North", nil, "Ada", 10}, {"North", nil, "Bath", 20}, {"South", nil, "Clay", 5}, {"South", nil, "Dade", 8},
	} {
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetRow("Notes", "A1", &[]any{"do not share"}); err != nil {
		t.Fatal(err)
	}
	workbook := filepath.Join(directory, "shelters.xlsx")
	if err := f.SaveAs(workbook); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("town,visits\nAda,1\nBath,2\nClay,3\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var ods bytes.Buffer
	w := zip.NewWriter(&ods)
	content, err := w.Create("content.xml")
	if err == nil {
		_, err = content.Write([]byte(`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Visits">` +
			strings.NewReplacer("[", `<table:table-row><table:table-cell office:value-type="string"><text:p>`, "|", `</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>`, "]", `</text:p></table:table-cell></table:table-row>`).Replace("[Visits to libraries|][town|visits][Ada|10][Bath|20][Clay|35]") +
			`</table:table></office:spreadsheet></office:body></office:document-content>`))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		file      string
		data      []byte
		arguments []string
		path      string
		dialect   string
	}{
		{"shelters.xlsx", nil, []string{"--sheet", "Sheet1"}, "sheet1.csv", `"dialect": {"headerRows": [3], "sheetName": "Sheet1"}`},
		{"grants.json", []byte(`{"count": 3, "data": {"rows": [{"town": "Ada", "n": 1}, {"town": "Bath", "n": 2}, {"town": "Clay", "n": 3}]}}`), nil, "grants.csv", `"dialect": {"property": "data.rows"}`},
		{"visits.ods", ods.Bytes(), nil, "visits.csv", `"headerRows": [2]`},
		{"days.csv.gz", packed.Bytes(), nil, "days.csv", `"name": "days", "path": "days.csv.gz"`},
	} {
		file, report := filepath.Join(directory, tt.file), filepath.Join(directory, "of-"+tt.file)
		if tt.data != nil {
			if err := os.WriteFile(file, tt.data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if code := run(append([]string{"new", report, "--from", file}, tt.arguments...), &out, &out); code != 0 {
			t.Errorf("%s: exit code %d\n%s", tt.file, code, out.String())
			continue
		}
		description, err := os.ReadFile(filepath.Join(report, "data/datapackage.json"))
		if err != nil || !strings.Contains(string(description), tt.dialect) {
			t.Errorf("%s: %v %s", tt.file, err, description)
		}
		data, err := os.ReadFile(filepath.Join(report, "public/data", tt.path))
		if err != nil || !bytes.Contains(data, []byte("\n")) || bytes.Contains(data, []byte("draft")) {
			t.Errorf("%s: %v %s", tt.file, err, data)
		}
	}
	if _, err := os.Stat(filepath.Join(directory, "of-shelters.xlsx/public/data/notes.csv")); err == nil {
		t.Error("a sheet is published that nobody named")
	}
}
