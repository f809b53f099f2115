package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// TestUnitsAreAskedWhatTheyMean holds that no package but quantity compares a unit with
// a name: a unit that is added later would be forgotten there.
func TestUnitsAreAskedWhatTheyMean(t *testing.T) {
	files := token.NewFileSet()
	refuse := func(e ast.Expr) {
		if s, ok := e.(*ast.SelectorExpr); ok && named[s.Sel.Name] {
			if p, ok := s.X.(*ast.Ident); ok && p.Name == "quantity" {
				t.Errorf("%s: a unit is compared with quantity.%s; ask it what it means", files.Position(e.Pos()), s.Sel.Name)
			}
		}
	}
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || path == "generator/quantity") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, "../"+path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					refuse(n.X)
					refuse(n.Y)
				}
			case *ast.CaseClause:
				for _, e := range n.List {
					refuse(e)
				}
			case *ast.KeyValueExpr:
				refuse(n.Key)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var named = map[string]bool{"Count": true, "Percent": true, "Share": true, "Plain": true, "Year": true, "Day": true, "Words": true, "YesNo": true}

// TestUnitsOnPages builds a report with units of each meaning, one of its own among them,
// and reads its pages.
func TestUnitsOnPages(t *testing.T) {
	result := built(t, fstest.MapFS{
		"hugo.toml": file("title = \"Fields\"\n"),
		"content/_index.md": file(`---
title: Start
---
{{< fact "fields.crop[A]" >}}, {{< fact "fields.price[A]" >}}, {{< fact "fields.price[A]" exact >}}, {{< fact "fields.part[A]" >}},
{{< fact "fields.rate[A]" >}}, {{< fact "fields.far[A]" >}}, {{< fact "fields.heat[A]" short >}}, {{< fact "fields.at[A]" >}}, {{< fact "fields.seen[A]" >}}.

{{< table "fields" >}}

{{< chart "crops" >}}

{{< chart "parts" >}}
`),
		"data/datapackage.json": file(`{"units": [{"name": "bushel", "symbol": "bu", "one": "bushel", "many": "bushels", "meaning": "amount"}],
			"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [
			{"name": "k", "type": "string"}, {"name": "crop", "type": "number", "unit": "bushel"}, {"name": "price", "type": "number", "unit": "chf"}, {"name": "far", "type": "number", "unit": "km"}]}}]}`),
		"data/t.csv": file("k,crop,price,far\nA,1210000,2.5,12.34\nB,1240000,2.6,1\nC,1300000,3,7.5\n"),
		"data/aggregates/fields.sql": file(`/*
title: Fields
key: k
columns:
  k: {label: Field, unit: text}
  crop: {label: Crop, unit: bushel}
  price: {label: Price, unit: CHF}
  part: {label: Part, unit: share}
  rate: {label: Yield, unit: bushel per hectare}
  far: {label: Way, unit: km}
  heat: {label: Heat, unit: °C}
  at: {label: Sown, unit: month}
  seen: {label: Seen, unit: datetime}
by definition: {part: The law, heat: The law, at: The law, seen: The law}
*/
SELECT k, crop, price, 1 / 3 AS part, crop / 10000 AS rate, far, -2.5 AS heat, DATE '2018-05-01' AS at, TIMESTAMP '2018-06-01 15:04:00' AS seen, [_row] AS t_rows FROM t`),
		"data/charts/crops.yaml": file("kind: bar\nof: fields\nx: crop\ny: k\ntitle: The eastern field bore much\nsubtitle: Harvest of 2018, bushels\n"),
		"data/charts/parts.yaml": file("kind: bar\nof: fields\nx: part\ny: k\ntitle: Fields are alike\nsubtitle: Share of the land, 2018\n"),
	})
	page := regexp.MustCompile(`<a href="numbers/[^"]*">|</?(?:data|a|text)[^>]*>`).ReplaceAllString(string(result.Pages["index.html"]), "")
	for _, text := range []string{
		"1.21 million bushels, CHF 2.50, CHF 2.50, 33.3%,", "121 bushels per hectare, 12.3 kilometers, −2.5°C, May 2018, June 1, 2018, 3:04 p.m.", // prose
		">CHF 2.50</td>", ">12.3 km</td>", ">May 2018</td>",
		"1.21M bu", "1.24M bu", "1.30M bu", "Highest: C, 1.30 million bushels.", // labels and alt text
		"Shares do not add to 100 because of rounding.",
	} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not hold %q", text)
		}
	}
}
