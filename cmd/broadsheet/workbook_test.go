package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestWorkbook starts a report from a workbook with a title, merged cells and two sheets, as a person has it, holds what is
// published against its cells, changes one, and verifies the site from what it publishes.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	file, report := filepath.Join(directory, "Spending 2017.xlsx"), filepath.Join(directory, "mine")
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
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
	if said := broadsheet(1, "check", "-s", report); !strings.Contains(said, `data/spending_2017.xlsx:9:3: amount_usd (cell C9): found "about 6,000"`) {
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
