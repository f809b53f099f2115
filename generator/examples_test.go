package generator

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// example builds a report of testdata/examples, and reads the rows of one of its tables.
func example(t *testing.T, name, table string, comma rune) (*Result, [][]string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/examples/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	report := fstest.MapFS{}
	for _, f := range archive.Files {
		report[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	r := csv.NewReader(strings.NewReader(string(report[table].Data)))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	result := built(t, report)
	if os.Getenv("LOOK") != "" {
		if err := os.CopyFS(os.Getenv("LOOK")+"/"+name, pagesOf(result)); err != nil {
			t.Fatal(err)
		}
	}
	return result, rows[1:]
}

// float reads a number with a decimal comma; not a number where there is none.
func float(text string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", "."), 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// german writes a number below a million.
func german(n float64, decimals int) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(n, 'f', decimals, 64), ".")
	if len(whole) > 3 {
		whole = whole[:len(whole)-3] + "." + whole[len(whole)-3:]
	}
	return whole + "," + fraction
}

// frontSays holds the front page of a language to lines that it reads.
func frontSays(t *testing.T, result *Result, page string, lines ...string) {
	t.Helper()
	text := readable(result.Pages[page])
	for _, line := range lines {
		if !strings.Contains(text, line) {
			t.Errorf("%s does not say %q", page, line)
		}
	}
}

// TestExampleOfDistricts: kilometers and euros on a map of the report's own, in German and Spanish.
func TestExampleOfDistricts(t *testing.T) {
	t.Parallel()
	result, rows := example(t, "kreise", "data/radwege.csv", ';')
	km, cost, highest, where := 0.0, 0.0, 0.0, ""
	for _, row := range rows {
		k, c := float(row[2]), float(row[3])
		cost += c
		if !math.IsNaN(k) {
			km += k
			if c/k > highest {
				highest, where = c/k, row[1]
			}
		}
	}
	sum, millions, each := german(km, 1), german(cost/1e6, 1), german(highest, 2)
	frontSays(t, result, "index.html", "Im Land gibt es "+sum+" km Radwege. Sie kosteten "+millions+" Millionen Euro.", where+", "+each+" €",
		"Karte mit Werten für 6 Gebiete", "Unter 8.000 €", "Nicht bekannt", "Der E-Kreis zahlt je Kilometer am meisten", "Stand der Daten: 1. Februar 2024")
	frontSays(t, result, "es/index.html", "En el estado hay "+sum+" km de carriles bici. Costaron "+millions+" millones de euros.", where+", "+each+" €",
		"Menos de 8000 €", "6 zonas", "No se conoce", "El E-Kreis paga más por kilómetro", "Datos al 1 de febrero de 2024")
}

// TestExampleOfTheWorld: a map of the world and lines over months, in Spanish.
func TestExampleOfTheWorld(t *testing.T) {
	t.Parallel()
	result, rows := example(t, "mundo", "data/cambios.csv", ',')
	highest, where := math.Inf(-1), ""
	for _, row := range rows {
		if n, err := strconv.ParseFloat(row[2], 64); err == nil && n > highest {
			highest, where = n, row[1]
		}
	}
	frontSays(t, result, "index.html", "En junio de 2023 el índice de España era ", "El cambio mayor fue en "+where+": "+strings.Replace(fmt.Sprint(highest), ".", ",", 1)+" por ciento.",
		"Portugal: de 103 en enero de 2022 a ", "Sin valor: Tuvalu", "Mostrar los datos en una tabla")
}

// TestExampleOfCounties: cents by the counties of 2023, among which are Connecticut's planning regions.
func TestExampleOfCounties(t *testing.T) {
	t.Parallel()
	result, rows := example(t, "counties", "data/prices.csv", ',')
	sum, paid, highest, where := 0.0, 0.0, 0.0, ""
	for _, row := range rows {
		fare, err := strconv.ParseFloat(row[2], 64)
		riders, wrong := strconv.ParseFloat(row[3], 64)
		if err != nil || wrong != nil {
			t.Fatal(row)
		}
		sum, paid = sum+fare, paid+fare*riders
		if fare > highest {
			highest, where = fare, row[1]
		}
	}
	frontSays(t, result, "index.html", fmt.Sprintf("A day costs $%.2f in the mean region, and $%.2f in %s.", sum/float64(len(rows)), highest, where), fmt.Sprintf("paid $%d,%03d.", int(paid+.5)/1000, int(paid+.5)%1000),
		"$12.50", "$9.99", "$1.50–$1.75", "Map of the United States with values for 9 counties")
}
