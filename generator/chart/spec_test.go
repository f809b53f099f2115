package chart

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// aggregates are those that charts of a test can show.
func aggregates(t testing.TB) aggregate.Set {
	t.Helper()
	report := fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [
			{"name": "name", "type": "string"}, {"name": "year", "type": "year"}, {"name": "n", "type": "number"}, {"name": "state", "type": "string"}]}}]}`)},
		"data/t.csv": {Data: []byte("name,year,n,state\nA,2015,1,CA\nB,2016,2.5,NY\nC,2018,,TX\n")},
		"data/aggregates/a.sql": {Data: []byte(`/*
title: A
key: row
columns: {row: {label: Row, unit: count}, name: {label: Name, unit: text}, year: {label: Year, unit: year}, n: {label: N, unit: usd}, rate: {label: Rate, unit: percent}, state: {label: State, unit: text}, yes: {label: Yes, unit: flag}}
*/
SELECT _row AS row, name, year, n, n AS rate, state, n > 1 AS yes, [_row] AS t_rows FROM t`)},
	}
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	}()
	var problems diag.List
	data, err := dataset.Load(t.Context(), report, nil, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	set, err := aggregate.Load(t.Context(), report, data, eng, nil, nil, &problems)
	if err != nil || !problems.Empty() {
		t.Fatal(err, problems.Sorted())
	}
	return set
}

// loaded loads one file. What it says is a problem and never an error.
func loaded(t testing.TB, set aggregate.Set, yaml []byte) (*Chart, []string) {
	t.Helper()
	var problems diag.List
	charts, err := Load(t.Context(), []File{{Name: "data/charts/c.yaml", Text: yaml}}, set, nil, "2019-12-31", Palette{}, nil, &problems)
	if err != nil {
		t.Fatalf("%v in %q", err, yaml)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
		if p.File != "data/charts/c.yaml" {
			t.Errorf("%q names %s", yaml, p.File)
		}
		for _, word := range []string{"cannot unmarshal", "interface {", "pixels"} {
			if strings.Contains(said[len(said)-1], word) {
				t.Errorf("%q gives %s", yaml, said[len(said)-1])
			}
		}
	}
	if (charts["c"] == nil) != (len(said) > 0) {
		t.Errorf("%q gives a chart: %t, and the problems %q", yaml, charts["c"] != nil, said)
	}
	return charts["c"], said
}

// TestEveryKeyTakesAnyValue puts a value of each type at each key of a chart's file.
func TestEveryKeyTakesAnyValue(t *testing.T) {
	set := aggregates(t)
	values := []string{"", "x", "'{fact: no.such[x]}'", "5", "-1", "1.5", "1e300", ".nan", ".inf", "true", "null", "~", "2020-01-01", "[]", "[a]", "[1, 2]", "[[a]]", "[{a: b}]", "[null]", "{}", "{a: b}", "{a: [1]}", "{1: 2}", "{a: {{b: c}: d}}", "!!binary aGk=", "*x", "&x a", "<<", "? a", "'\\'", "\"\\0\""}
	spec := reflect.TypeOf(spec{})
	for i := range spec.NumField() {
		key := spec.Field(i).Tag.Get("yaml")
		if key == "" {
			continue
		}
		for _, value := range values {
			for _, rest := range []string{
				"kind: bar\nof: a\nx: n\ny: name\ntitle: T\nsubtitle: S, 2017, US dollars\n",
				"kind: bar\nof: a\nx: n\ny: name\ntitle: '{fact: no.such[x]}'\nsubtitle: S\nfinding: no.such\n",
				"kind: line\nof: a\nx: year\ny: n\ntitle: T\nsubtitle: S, 2017, US dollars\n",
			} {
				var lines []string
				for line := range strings.Lines(rest) {
					if !strings.HasPrefix(line, key+":") {
						lines = append(lines, line)
					}
				}
				loaded(t, set, []byte(strings.Join(lines, "")+key+": "+value+"\n"))
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	set := aggregates(f)
	for name := range kinds {
		f.Add(fmt.Appendf(nil, "kind: %s\nof: a\nx: year\ny: n\nlabel: name\nvalue: rate\nregion: state\ntitle: T\nsubtitle: S, 2017, US dollars or percent\n", name))
	}
	f.Add([]byte("kind: bar\nof: a\nx: n\ny: name\nhighlight: CA\ntitle: '{fact: a.n[9]}'\nsubtitle: S, 2017, US dollars\n"))
	f.Add([]byte("kind: bar\nof: a\nx: n\ny: name\ntitle: T\nsubtitle: S\noptions: {xAxis: {min: -5, axisLabel: {rotate: 3}}, series: [{barWidth: 30%}]}\nwaive: [{norm: zero, reason: x}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		late := time.AfterFunc(10*time.Second, func() { panic(fmt.Sprintf("no end in %q", data)) })
		defer late.Stop()
		loaded(t, set, data)
	})
}

// TestWhatLooksLikeAChartIsReadOrNamed lists files and directories that cannot be.
func TestWhatLooksLikeAChartIsReadOrNamed(t *testing.T) {
	var problems diag.List
	report := fstest.MapFS{
		"data/charts/a.yml":       {},
		"data/charts/B.YAML":      {},
		"data/charts/c.yaml/d":    {},
		"data/charts/sub/e.yaml":  {},
		"data/charts/README.md":   {},
		"data/charts/.f.yaml.swp": {},
	}
	if _, err := Load(t.Context(), Files(report, &problems), nil, nil, "", Palette{}, nil, &problems); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), Files(unreadable{}, &problems), nil, nil, "", Palette{}, nil, &problems); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range problems.Sorted() {
		said = append(said, p.String())
	}
	want := `data/charts: the directory cannot be read: permission denied
data/charts/B.YAML: the name of a chart, found ".YAML", expected the ending .yaml
data/charts/a.yml: the name of a chart, found ".yml", expected the ending .yaml
data/charts/c.yaml: found a directory, expected a file
data/charts/sub/e.yaml: a chart in a directory of its own, expected charts in data/charts itself`
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

type unreadable struct{}

func (unreadable) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// TestChartsHaveBounds gives charts more than they can hold. Each must say so, at its
// file and the key, before it is drawn.
func TestChartsHaveBounds(t *testing.T) {
	many := func(n int, row string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(row, "#", fmt.Sprint(i)) + "\n")
		}
		return b.String()
	}
	for name, tt := range map[string]struct{ yaml, csv, want string }{
		"points":                   {"kind: scatter\nx: n\ny: rate\nlabel: name\n", many(5001, "N #,,#,"), "data/charts/c.yaml:1:1: too much for a chart, found 5001 lines of a, expected at most 5000 marks in a chart"},
		"bars":                     {"kind: bar\nx: n\ny: name\n", many(1001, "N #,,#,"), "data/charts/c.yaml:6:1: 1001 names, expected 1000 or fewer"},
		"columns":                  {"kind: bar\nx: name\ny: n\n", many(1001, "N #,,#,"), "data/charts/c.yaml:5:1: 1001 names"},
		"dots":                     {"kind: dot\nx: n\ny: name\n", many(1001, "N #,,#,"), "data/charts/c.yaml:6:1: 1001 names"},
		"ranges":                   {"kind: range\ny: name\nlow: n\nhigh: rate\n", many(1001, "N #,,#,"), "data/charts/c.yaml:5:1: 1001 names"},
		"steps":                    {"kind: waterfall\ny: name\nx: n\n", many(1001, "N #,,#,"), "data/charts/c.yaml:5:1: 1001 names"},
		"cells":                    {"kind: heatmap\ny: name\nx: kind\nvalue: rate\n", many(1001, "N #,,#,x"), "data/charts/c.yaml:5:1: 1001 names"},
		"matrix":                   {"kind: matrix\ny: name\nx: year\nvalue: kind\n", many(1001, "N #,,#,x"), "data/charts/c.yaml:5:1: 1001 names"},
		"flows":                    {"kind: sankey\nsource: name\ntarget: kind\nvalue: n\n", many(1001, "N #,,1,x"), "data/charts/c.yaml:5:1: 1001 names"},
		"tiles":                    {"kind: treemap\nlabel: name\nvalue: n\n", many(1001, "N #,,1,x"), "a tile too small to be seen"},
		"panels":                   {"kind: bar\nx: n\ny: kind\nby: name\n", many(61, "N #,,1,x"), "61 panels, expected 60 or fewer"},
		"groups":                   {"kind: bar\nx: n\ny: kind\nseries: name\n", many(1001, "N #,,1,x"), "1001 names"},
		"years":                    {"kind: line\nx: year\ny: n\n", "A,1000,1,\nB,9999,1,\n", "data/charts/c.yaml:5:1: too many years for a chart, found years from 1000 to 9999, expected 1000 or fewer"},
		"many lines":               {"kind: line\nx: year\ny: n\nseries: name\n", many(100, "N #,1900,1,") + many(100, "N #,2000,1,"), "data/charts/c.yaml:5:1: too much for a chart, found years from 1900 to 2000 for 100 lines, expected at most 5000 marks in a chart"},
		"points of one color each": {"kind: scatter\nx: n\ny: rate\nlabel: name\nseries: kind\n", many(301, "N #,,#,K #"), "data/charts/c.yaml:8:1: 301 names, expected 300 or fewer"},
		"look-alikes":              {"kind: bar\nx: n\ny: name\n", "Chicago,,1,\nChi\u00adcago,,2,\n", "data/charts/c.yaml:6:1: two names that look alike, found \"Chicago\" and \"Chi\\u00adcago\", expected one way to write it"},
		"a column twice":           {"kind: scatter\nx: n\ny: n\nlabel: name\n", "A,,1,\n", "data/charts/c.yaml:6:1: column \"n\" is x already, expected another column for y"},
		"a long name":              {"kind: bar\nx: n\ny: name\n", strings.Repeat("x", 1001) + ",,1,\n", "data/charts/c.yaml:6:1: too long a name for a chart, found a name of 1001 characters"},
		"no letter":                {"kind: bar\nx: n\ny: name\n", "a\uffffb,,1,\n", "data/charts/c.yaml:6:1: a name that cannot be drawn, found \"a"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if c, said := load(t, tt.yaml, tt.csv); !strings.Contains(said, tt.want) || c != nil {
				t.Errorf("got %q, want %q", said, tt.want)
			}
			if time.Since(start) > 10*time.Second {
				t.Error("it took", time.Since(start))
			}
		})
	}
}
