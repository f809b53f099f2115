package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAwkwardDataCanBeDrawn draws what is hard to lay out. The check of finished
// pages says whether a drawing lies; whether it can be read is for people to see:
//
//	LOOK=.broadsheet/look go test ./generator -run Awkward
//
// writes the pages.
func TestAwkwardDataCanBeDrawn(t *testing.T) {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	rows := func(names []string, value func(i int) string) string {
		var list []string
		for i, name := range names {
			list = append(list, "("+quote(name)+", "+value(i)+")")
		}
		return strings.Join(list, ", ")
	}
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprintf("Place %c%c", 'A'+i/26, 'a'+i%26))
	}
	long := []string{
		"The United States Department of Justice, Office of Justice Programs, Bureau of Justice Assistance",
		"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft", "Short", "Metropolitan Government of Nashville and Davidson County, Tennessee",
	}
	rightToLeft := []string{"القدس", "תל אביב–יפו", "بيروت (العاصمة)", "Cairo القاهرة"}
	few := []string{"A", "B", "C", "D", "E"}
	pick := func(values ...string) func(int) string { return func(i int) string { return values[i%len(values)] } }
	data := map[string]string{
		"long":     rows(long, pick("5", "28300000", "12", "900000")),
		"many":     rows(many, func(i int) string { return fmt.Sprint((i*7919)%1000 + 1) }),
		"single":   rows(few[:1], pick("7")),
		"nothing":  rows(few, pick("0")),
		"negative": rows(few, pick("-1250000", "3000000", "-20", "0", "-2800000")),
		"missing":  rows(few, pick("5", "NULL", "7", "NULL", "NULL")),
		"huge":     rows(few, pick("9007199254740993", "123456789012345", "1", "5000000000000", "999999999999999")),
		"tiny":     rows(few, pick("0.0000012", "0.000003", "0.00000005", "0.000002", "0.000001")),
		"rtl":      rows(rightToLeft, pick("5", "3", "4", "1")),
	}
	kinds := map[string]string{
		"bar":    "kind: bar\nx: n\ny: a",
		"column": "kind: bar\nx: a\ny: n",
		"dot":    "kind: dot\nx: n\ny: a",
		"bins":   "kind: histogram\nlabel: a\nx: n",
		"fall":   "kind: waterfall\nx: a\ny: n",
		"tree":   "kind: treemap\nlabel: a\nvalue: n",
		"panels": "kind: bar\nx: n\ny: b\nby: a",
		"cells":  "kind: heatmap\nx: a\ny: b\nvalue: n",
		"turned": "kind: heatmap\nx: b\ny: a\nvalue: n",
	}
	cannot := map[string]bool{ // and a problem says so
		"tree long": true, "tree many": true, "tree nothing": true, "tree negative": true, "tree huge": true, "fall missing": true, "panels many": true,
		"cells many": true,
	}
	for kind, yaml := range kinds {
		t.Run(kind, func(t *testing.T) {
			charts := map[string]chartOf{}
			for name, values := range data {
				if cannot[kind+" "+name] {
					continue
				}
				columns := "a text, n usd"
				if name == "tiny" {
					columns = "a text, n ratio"
				}
				if strings.Contains(yaml, ": b\n") { // a second name
					columns, values = strings.Replace(columns, ", ", ", b text, ", 1), strings.ReplaceAll(values, "', ", "', 'x', ")
				}
				charts[kind+"-"+name] = chartOf{columns, values, yaml}
			}
			result := buildCharts(t, charts)
			for _, p := range result.Problems {
				t.Error(p)
			}
			if folder := os.Getenv("LOOK"); folder != "" {
				for name, page := range result.Pages {
					file := filepath.Join("..", folder, kind, name)
					if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, page, 0o666); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}
