package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAwkwardDataCanBeDrawn draws what is hard to lay out. The check of finished
// pages says whether a drawing is true; whether it can be read is for people to see:
//
//	LOOK=.broadsheet/look go test ./generator -run Awkward
//
// writes the pages.
func TestAwkwardDataCanBeDrawn(t *testing.T) {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	type row struct{ name, value string }
	rows := func(names []string, value func(i int) string) (list []row) {
		for i, name := range names {
			list = append(list, row{quote(name), value(i)})
		}
		return list
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
	data := map[string][]row{
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
	// What the columns are, but for the measure n, and the lines that a row makes.
	once := func(r row) []string { return []string{r.name + ", " + r.value} }
	paired := func(r row) []string { return []string{r.name + ", 'x', " + r.value} }
	crossed := func(r row) []string { return []string{r.name + ", " + r.value + ", " + r.value} }
	at := 0
	spread := func(r row) []string { // over the United States
		at++
		return []string{fmt.Sprintf("%s, %d, %d, %s", r.name, -119+at*37%43, 31+at*23%15, r.value)}
	}
	close := func(r row) []string { // around Chicago
		at++
		return []string{fmt.Sprintf("%s, %g, %g, %s", r.name, -88.1+float64(at*7%12)/10, 41.5+float64(at*5%9)/10, r.value)}
	}
	yearly := func(r row) (list []string) {
		for year, part := range []int{9, 8, 10} {
			list = append(list, fmt.Sprintf("%s, %d, %s * %d", r.name, 2015+year, r.value, part))
		}
		return list
	}
	dated := func(r row) (list []string) {
		for i, what := range []string{"filed", "won", "lost", "won again"} {
			side := []string{"NULL", "'the states and cities'", "'the department'"}[i%3]
			list = append(list, fmt.Sprintf("%s, '%s', DATE '2015-03-04' + %d, %s, %s", r.name, what, i*i*200+len(r.name), side, r.value))
		}
		return list
	}
	daily := func(r row) (list []string) {
		for i := range 9 {
			at++
			list = append(list, fmt.Sprintf("DATE '2019-11-20' + %d, %s * %d", at*3, r.value, i+1))
		}
		return list
	}
	twice := func(r row) (list []string) {
		for i, when := range []int{2015, 2020} {
			list = append(list, fmt.Sprintf("%s, %d, %s * %d", r.name, when, r.value, 3-i))
		}
		return list
	}
	forms := map[string]struct {
		columns string
		lines   func(row) []string
	}{
		"panels": {"a text, b text", paired}, "cells": {"a text, b text", paired}, "turned": {"a text, b text", paired}, "flow": {"a text, b text", paired},
		"points": {"a text, m usd", crossed}, "circles": {"a text, x number, y number", spread}, "near": {"a text, x number, y number", close},
		"squares": {"a text, b text", paired}, "days": {"d date", daily},
		"lanes": {"a text, b text, w date, c text", dated}, "from-to": {"a text, b year", twice}, "slope": {"a text, b year", twice},
		"line": {"a text, b year", yearly}, "area": {"a text, b year", yearly}, "pile": {"a text, b year", yearly},
	}
	kinds := map[string]string{
		"bar":     "kind: bar\nx: n\ny: a",
		"column":  "kind: bar\nx: a\ny: n",
		"dot":     "kind: dot\nx: n\ny: a",
		"bins":    "kind: histogram\nlabel: a\nx: n",
		"fall":    "kind: waterfall\nx: a\ny: n",
		"tree":    "kind: treemap\nlabel: a\nvalue: n",
		"panels":  "kind: bar\nx: n\ny: b\nby: a",
		"cells":   "kind: heatmap\nx: a\ny: b\nvalue: n",
		"turned":  "kind: heatmap\nx: b\ny: a\nvalue: n",
		"flow":    "kind: sankey\nsource: a\ntarget: b\nvalue: n",
		"points":  "kind: scatter\nlabel: a\nx: m\ny: n\nhighlight: ['1']",
		"squares": "kind: units\nlabel: a\nvalue: b",
		"lanes":   "kind: lanes\ny: a\nlabel: b\nx: w\nvalue: c",
		"box":     "kind: box\nlabel: a\nx: n\nhighlight: ['1']",
		"days":    "kind: calendar\nx: d\nvalue: n",
		"strip":   "kind: strip\nlabel: a\nx: n\nhighlight: ['1']",
		"from-to": "kind: dumbbell\ny: a\nx: n\nseries: b",
		"slope":   "kind: slope\nseries: a\ny: n\nx: b\nhighlight: ['1']",
		"circles": "kind: symbol-map\nlabel: a\nlongitude: x\nlatitude: y\nvalue: n",
		"near":    "kind: symbol-map\ngeography: us-counties-2017\nlabel: a\nlongitude: x\nlatitude: y\nvalue: n\nhighlight: ['1']",
		"line":    "kind: line\nx: b\ny: n\nseries: a",
		"area":    "kind: area\nx: b\ny: n\nby: a",
		"pile":    "kind: area\nx: b\ny: n\nstack: a",
	}
	cannot := map[string]bool{ // and a problem says so
		"circles negative": true, "near negative": true, "tree long": true, "tree many": true, "tree nothing": true, "tree negative": true, "tree huge": true, "fall missing": true, "panels many": true,
		"cells many": true, "days many": true, "flow nothing": true, "flow negative": true, "flow many": true, "line many": true, "area many": true, "pile many": true, "pile negative": true, "pile missing": true,
	}
	for kind, yaml := range kinds {
		t.Run(kind, func(t *testing.T) {
			charts := map[string]chartOf{}
			for name, values := range data {
				if cannot[kind+" "+name] {
					continue
				}
				columns, lines := "a text", once
				if form, ok := forms[kind]; ok {
					columns, lines = form.columns, form.lines
				}
				columns += ", n usd"
				if name == "tiny" {
					columns = strings.ReplaceAll(columns, "usd", "number")
				}
				var list []string
				for _, r := range values {
					for _, line := range lines(r) {
						list = append(list, "("+line+")")
					}
				}
				charts[kind+"-"+name] = chartOf{columns, strings.Join(list, ", "), yaml}
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
