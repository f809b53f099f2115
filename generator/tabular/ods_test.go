package tabular_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"broadsheet/generator/tabular"
)

// ods is a workbook with that body, which starts with its tables.
func ods(t *testing.T, body string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	files := append([]string{"content.xml", `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document-content>`}, more...)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = io.WriteString(f, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	blankToTheEnd = `<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
	cellX         = `<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>`
)

// sheets are those of a workbook of LibreOffice: a title that is merged, a header, values of all kinds; a second and a hidden sheet.
const sheets = `<table:table table:name="Grants" table:style-name="ta1">
<table:table-column table:number-columns-repeated="8"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16375"/>
<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Grants</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="16382"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-header-rows><table:table-row>` +
	`<table:table-cell office:value-type="string"><text:p>state</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>amount</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>share</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="string"><text:p>day</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>at</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>open</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="string"><text:p>code</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>note</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>secret</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row-group><table:table-row>` +
	`<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Oh<text:span>io</text:span></text:p><office:annotation><dc:creator>Ada</dc:creator><text:p>look at this</text:p></office:annotation></table:table-cell>` +
	`<table:table-cell office:value-type="currency" office:value="0.30000000000000004"><text:p>$0.30</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.124"><text:p>12%</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="date" office:date-value="2018-01-24"><text:p>24 Jan</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>9:30</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>007</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="string"><text:p>two<text:s text:c="2"/>lines,</text:p><text:p>really</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>hush</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1200.5" table:formula="of:=1"><text:p>1,200.50</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="date" office:date-value="2018-01-24T09:30:00"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table-row-group>` +
	blankToTheEnd + `</table:table>
<table:table table:name="Notes"><table:table-row>` + cellX + `</table:table-row></table:table>
<table:table table:name="Secret" table:style-name="ta2"><table:table-row>` + cellX + `</table:table-row></table:table>`

func TestODS(t *testing.T) {
	t.Parallel()
	want := "Grants,Grants,,,,,,,\n,,,,,,,,\n,,,,,,,,\nstate,amount,share,day,at,open,code,note,\n" +
		"Ohio,0.3,12.4%,2018-01-24,09:30:00,true,007,\"two  lines,\nreally\",\nOhio,1200.5,1200.5,2018-01-24T09:30:00,,,#DIV/0!,,\n,1200.5,1200.5,2018-01-24T09:30:00,,,#DIV/0!,,\n"
	for name, part := range map[string]tabular.Part{"by name": {SheetName: "Grants"}, "by number": {SheetNumber: 1}} {
		if got, said := read(t, "a.ods", ods(t, sheets), part); got != want || said != nil {
			t.Errorf("%s: %s\n%q", name, got, said)
		}
	}
	if names, problem := tabular.Sheets("a.ods", ods(t, sheets), 10_000_000); strings.Join(names, ",") != "Grants,Notes" || problem != nil {
		t.Error(names, problem)
	}
}

func TestODSProblems(t *testing.T) {
	t.Parallel()
	const row = `<table:table-row>` + cellX + `</table:table-row>`
	table := func(rows string) string { return `<table:table table:name="A">` + rows + `</table:table>` }
	for _, tt := range []struct {
		data []byte
		part tabular.Part
		want string
	}{
		{data: ods(t, sheets), want: `a workbook of 2 sheets, found "Grants", "Notes"`},
		{data: ods(t, sheets), part: tabular.Part{SheetName: "Grant"}, want: `no sheet "Grant", expected one of "Grants", "Notes", "Secret"`},
		{data: ods(t, ""), want: "the workbook has no sheet"},
		{data: ods(t, table(row+`<table:table-row table:visibility="filter">`+cellX+`</table:table-row>`)), want: `a.ods, sheet "A", row 2: 1 hidden row`},
		{data: ods(t, table(row+`<table:table-row>`+cellX+`<table:table-cell table:formula="of:=A1"/></table:table-row>`)), want: `a.ods, sheet "A", cell B2: a formula that was never computed`},
		{data: ods(t, table(row), "META-INF/manifest.xml", `<manifest:encryption-data/>`), want: "has a password"},
		{data: ods(t, table(row+"<oops>")), want: "no .ods workbook, or not all of one"},
		{data: ods(t, table(row))[:200], want: "no .ods workbook, or not all of one"},
		{data: []byte("a,b\n"), want: "no .ods workbook, or not all of one"},
		{data: ods(t, table(row)), part: tabular.Part{Most: 500}, want: "unpacks to more than"},
		// few bytes that mean very many cells
		{data: ods(t, table(`<table:table-row table:number-rows-repeated="1000000000">`+cellX+`</table:table-row>`)), want: "unpacks to more than"},
		{data: ods(t, table(`<table:table-row>`+strings.Replace(cellX, "cell ", `cell table:number-columns-repeated="1000000000" `, 1)+`</table:table-row>`)), want: "unpacks to more than"},
		{data: ods(t, table(blankToTheEnd+row)), want: "unpacks to more than"},
		{data: ods(t, table(`<table:table-row><table:table-cell table:number-columns-repeated="1000000000"/>`+cellX+`</table:table-row>`)), want: "unpacks to more than"},
		{data: ods(t, table(`<table:table-row><table:table-cell table:number-columns-repeated="16000"/>`+cellX+`</table:table-row><table:table-row table:number-rows-repeated="1000">`+cellX+`</table:table-row>`)), want: "unpacks to more than"},
	} {
		if _, said := read(t, "a.ods", tt.data, tt.part); len(said) != 1 || !strings.Contains(said[0], tt.want) {
			t.Errorf("%q, want %s", said, tt.want)
		}
	}
}
