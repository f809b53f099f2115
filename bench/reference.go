package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// size is how much there is of everything in the reference report.
type size struct {
	rows, columns, aggregates, charts, pages, facts int
}

// reference is the size from which one thing at a time grows.
var reference = size{rows: 1000, columns: 6, aggregates: 4, charts: 4, pages: 51, facts: 100}

var states = strings.Fields("AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY")

// write makes the reference report: grants to places, summed by state, year and place with the
// rows behind each sum; a front page with a map, a bar chart, a line and a table; a page with
// facts and a table for each place; chapters of facts; and more of each, as the size says.
func (s size) write(directory string) error {
	files := map[string]string{
		"hugo.toml":                         "title = \"Grants\"\n",
		"data/datapackage.json":             s.descriptor(),
		"data/measures.csv":                 s.measures(),
		"data/aggregates/by_state.sql":      query("By state", "state", "state: {label: State, unit: text}, amount_usd: {label: Amount, unit: usd}, grants: {label: Grants, unit: count}", "SELECT state, sum(amount_usd)::BIGINT AS amount_usd, count(*) AS grants, list(_row) AS grants_rows FROM grants GROUP BY state"),
		"data/aggregates/by_year.sql":       query("By year", "year", "year: {label: Year, unit: year}"+s.yearly("m%d_usd: {label: Amount, unit: usd}"), "SELECT year"+s.yearly("sum(amount_usd) FILTER (WHERE day <> %[1]d)::BIGINT AS m%[1]d_usd")+", list(_row) AS grants_rows FROM grants GROUP BY year"),
		"data/aggregates/by_place.sql":      query("By place", "place", "place: {label: Place, unit: text}, amount_usd: {label: Amount, unit: usd}, grants: {label: Grants, unit: count}", "SELECT place, sum(amount_usd)::BIGINT AS amount_usd, count(*) AS grants, list(_row) AS grants_rows FROM grants GROUP BY place"),
		"data/aggregates/by_place_year.sql": query("By place and year", "place, year", "place: {label: Place, unit: text}, year: {label: Year, unit: year}, amount_usd: {label: Amount, unit: usd}", "SELECT place, year, sum(amount_usd)::BIGINT AS amount_usd, list(_row) AS grants_rows FROM grants GROUP BY place, year"),
		"data/aggregates/each.sql":          query("Each", "id", "id: {label: Id, unit: text}, value: {label: Value, unit: count}", "SELECT id, value, [_row] AS measures_rows FROM measures"),
		"data/charts/map.yaml":              strings.Replace(chartFile("tile-grid", "by_state", "region: state\nvalue: amount_usd"), "waive: [", "waive: [{norm: counts-on-map, reason: They are made for measurements}, ", 1),
		"data/charts/bar.yaml":              chartFile("bar", "by_state", "x: amount_usd\ny: state"),
		"content/places/_index.md":          "---\ntitle: Places\nlist: false\n---\n",
		"content/places/_row.md": "---\nrows: by_place\ntitle: .place\n---\n{{< cell \".place\" >}} received {{< fact \".amount_usd\" >}} in {{< fact \".grants\" >}} {{< plural of=\".grants\" one=\"grant\" other=\"grants\" >}}.\n\n" +
			"{{< table of=\"by_place_year\" where=\"place\" is=\".place\" columns=\"year, amount_usd\" caption=\"Amounts by year\" >}}\n",
	}
	front := "---\ntitle: Grants\n---\n{{< fact \"by_state.amount_usd[CA]\" >}} went to California.\n\n{{< chart \"map\" >}}\n\n{{< chart \"bar\" >}}\n\n"
	for i := range max(0, s.charts-3) + 1 { // the map, the bar chart and the table are three
		files[fmt.Sprintf("data/charts/line-%d.yaml", i)] = chartFile("line", "by_year", fmt.Sprintf("x: year\ny: m%d_usd", i))
		front += fmt.Sprintf("{{< chart \"line-%d\" >}}\n\n", i)
	}
	files["content/_index.md"] = front + "{{< table of=\"by_state\" caption=\"Amounts by state\" >}}\n"
	for i := range max(0, s.aggregates-4) {
		files[fmt.Sprintf("data/aggregates/more_%d.sql", i)] = query("More", "year", "year: {label: Year, unit: year}, amount_usd: {label: Amount, unit: usd}",
			fmt.Sprintf("SELECT year, sum(amount_usd)::BIGINT AS amount_usd, list(_row) AS grants_rows FROM grants WHERE day %% %d = 0 GROUP BY year", i+1))
	}
	const perChapter = 100
	for first := 0; first < s.facts; first += perChapter {
		n := rune(first / perChapter)
		text := fmt.Sprintf("---\ntitle: Chapter %c%c\n---\n", 'A'+n/26, 'A'+n%26)
		for i := first; i < min(s.facts, first+perChapter); i++ {
			text += fmt.Sprintf("It is {{< fact \"each.value[r%d]\" >}}.\n\n", i)
		}
		files[fmt.Sprintf("content/chapter-%d.md", first/perChapter)] = text
	}
	if err := write(directory, files); err != nil {
		return err
	}
	return s.grants(filepath.Join(directory, "data/grants.csv"))
}

func query(title, key, columns, sql string) string {
	return fmt.Sprintf("/*\ntitle: %s\nkey: [%s]\ncolumns: {%s}\n*/\n%s ORDER BY ALL\n", title, key, columns, sql)
}

func chartFile(kind, of, encodings string) string {
	return fmt.Sprintf("kind: %s\nof: %s\n%s\ntitle: Amounts\nsubtitle: Amounts in dollars, 2010 to 2019\nwaive: [{norm: source, reason: The rows are made for measurements}]\n", kind, of, encodings)
}

// yearly says something for the measure of each line chart.
func (s size) yearly(format string) string {
	var b strings.Builder
	for i := range max(1, s.charts-2) {
		fmt.Fprintf(&b, ", "+format, i)
	}
	return b.String()
}

func (s size) measures() string {
	var b strings.Builder
	b.WriteString("id,value\n")
	for i := range s.facts {
		fmt.Fprintf(&b, "r%d,%d\n", i, 1000+i*7)
	}
	return b.String()
}

func (s size) descriptor() string {
	type object map[string]any
	fields := []object{{"name": "id", "type": "integer"}, {"name": "state", "type": "string"}, {"name": "place", "type": "string"}, {"name": "year", "type": "integer"},
		{"name": "day", "type": "integer"}, {"name": "amount_usd", "type": "integer", "unit": "usd", "constraints": object{"minimum": 0}}}
	for i := range s.columns - len(fields) {
		fields = append(fields, object{"name": fmt.Sprintf("c%d", i), "type": "integer", "constraints": object{"minimum": 0}})
	}
	text, err := json.Marshal(object{"resources": []object{
		{"name": "grants", "path": "grants.csv", "download": s.download(), "schema": object{"primaryKey": "id", "fields": fields}},
		{"name": "measures", "path": "measures.csv", "schema": object{"primaryKey": "id", "fields": []object{{"name": "id", "type": "string"}, {"name": "value", "type": "integer"}}}},
	}})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// download is what a host takes.
func (s size) download() string {
	if s.rows > 1_000_000 {
		return "none"
	}
	return "csv"
}

// marked is the amount of the first row: the cell to change.
const marked = 7654321

// grants writes the table. Its numbers come from a fixed sequence.
func (s size) grants(name string) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	w.WriteString("id,state,place,year,day,amount_usd")
	for i := range s.columns - 6 {
		fmt.Fprintf(w, ",c%d", i)
	}
	x := uint64(42)
	for i := range s.rows {
		x = x*6364136223846793005 + 1442695040888963407
		place, amount := i%s.pages, int(x>>40)%5_000_000
		if i == 0 {
			amount = marked
		}
		fmt.Fprintf(w, "\n%d,%s,Place %d,%d,%d,%d", i+1, states[place%len(states)], place, 2010+i/s.pages%10, x>>33%365+1, amount)
		for j := range s.columns - 6 {
			fmt.Fprintf(w, ",%d", (i+j)%1000)
		}
	}
	w.WriteString("\n")
	return w.Flush()
}

func write(directory string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(directory, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
