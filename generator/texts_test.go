package generator

import (
	"strings"
	"testing"
	"testing/fstest"
)

// textReport has facts in the texts of a table, which a table, a timeline, statements and a chart show.
func textReport() fstest.MapFS {
	return fstest.MapFS{
		"hugo.toml": file("title = \"Letters\"\nlocale = \"en-US\"\n\n[params]\nstrict = true\n"),
		"content/_index.md": file("---\ntitle: Start\n---\n{{< table of=\"events\" columns=\"title, outcome\" >}}\n\n{{< timeline \"events\" >}}\n\n{{< statements of=\"events\" >}}\n\n" +
			"It was *{{< fact \"events.outcome[e1]\" >}}*.\n\n{{< chart \"bars\" >}}\n"),
		"data/datapackage.json": file(`{"created": "2018-01-01", "resources": [
			{"name": "sources", "path": "sources.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "title"}]}},
			{"name": "rounds", "path": "rounds.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "letters", "type": "integer"}]}},
			{"name": "happened", "path": "events.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "date", "type": "date"}, {"name": "title"},
				{"name": "outcome"}, {"name": "quote", "role": "quotation"}, {"name": "source_id"}],
				"foreignKeys": [{"fields": "source_id", "reference": {"resource": "sources", "fields": "id"}}]}}]}`),
		"data/sources.csv": file("id,title\npaper,The Paper\n"),
		"data/rounds.csv":  file("id,letters\nspring,9\nautumn,29\n"),
		"data/events.csv": file("id,date,title,outcome,quote,source_id\n" +
			"e1,2017-04-21,{fact: rounds_sent.letters[spring] Words} cities told,\"Answers <b> of {fact: rounds_sent.letters[spring] words}, {finding: rounds_sent.few[spring]}the fewest{/finding}\",All 29 of us,paper\n" +
			"e2,2017-11-15,{fact: rounds_sent.letters[autumn]} cities told,\"{fact: rounds_sent.letters[autumn]} answers\",,paper\n"),
		"data/aggregates/rounds_sent.sql": file("/*\ntitle: Rounds\nkey: id\ncolumns: {id: {label: Round, unit: text}, letters: {label: Letters, unit: count}, few: {label: Few, unit: flag}}\n*/\n" +
			"SELECT id, letters, letters < 10 AS few, [_row] AS rounds_rows FROM rounds\n"),
		"data/aggregates/events.sql": file("/*\ntitle: Events\nkey: id\ncolumns: {id: {label: Id, unit: text}, date: {label: Date, unit: date}, title: {label: Event, unit: text}, outcome: {label: Outcome, unit: text},\n" +
			"  claim: {label: Claim, unit: text}, quote: {label: Quotation, unit: text}, speaker: {label: Speaker, unit: text}, role: {label: Role, unit: text}, side: {label: Side, unit: text},\n" +
			"  source_id: {label: Source, unit: text}, n: {label: N, unit: count}}\n*/\n" +
			"SELECT id, date, title, outcome, title AS claim, quote, 'The city' AS speaker, NULL::VARCHAR AS role, 'cities' AS side, source_id, length(id) AS n, [_row] AS happened_rows FROM happened ORDER BY id\n"),
		"data/charts/bars.yaml": file("title: Events\nkind: bar\nsubtitle: By length, 2017\nof: events\nx: n\ny: title\n"),
	}
}

// A fact in a text of a table can be followed wherever the text is shown, and is plain text in charts and downloads.
func TestTextsHoldFacts(t *testing.T) {
	result := built(t, textReport())
	const nine, twentyNine = `<data class="fact words" value="9"><a href="./numbers/rounds_sent/index.html#letters-spring">`, `<data class="fact" value="29"><a href="./numbers/rounds_sent/index.html#letters-autumn">29</a></data>`
	holds(t, result, "index.html",
		nine+"Nine</a></data> cities told</th>", // the table
		"<td data-cell=\"events.outcome[e1]\">Answers &lt;b&gt; of "+nine+"nine</a></data>, <span class=\"finding\" data-finding=\"rounds_sent.few[spring]\">the fewest</span></td>",
		`<p class="event" data-cell="events.title[e1]">`+nine+"Nine</a></data> cities told</p>", // the timeline
		`<span data-cell="events.outcome[e2]">`+twentyNine+" answers</span>",
		`<span data-cell="events.claim[e1]">`+nine, // the statements
		"All 29 of us",
		`>Answers &lt;b&gt; of nine, the fewest</a>`, // in a sentence
		"29 cities told", // the chart
	)
	holds(t, result, "numbers/events.csv", "e1,2017-04-21,Nine cities told,\"Answers <b> of nine, the fewest\"")
	holds(t, result, "data/happened.csv", "e2,2017-11-15,29 cities told,29 answers,,paper")
	for name, page := range result.Pages {
		if strings.Contains(string(page), "{fact:") && !strings.HasSuffix(name, ".zip") {
			t.Errorf("%s shows a placeholder", name)
		}
	}
}

// A number in a text changes with the row that holds it, and the change is named: the number, and not the words around it.
func TestTextsChange(t *testing.T) {
	report := textReport()
	locked, err := built(t, report).Lock.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range locked {
		report[name] = &fstest.MapFile{Data: data}
	}
	report["data/rounds.csv"] = file("id,letters\nspring,8\nautumn,29\n")
	result := built(t, report)
	var changed []string
	for _, c := range result.Changes {
		changed = append(changed, c.Fact+" "+c.Old+" -> "+c.New)
		if len(c.Rows) != 1 || c.Rows[0].File != "data/rounds.csv" || c.Rows[0].Row != 2 {
			t.Errorf("%s: rows %v, want row 2 of data/rounds.csv", c.Fact, c.Rows)
		}
	}
	if got, want := strings.Join(changed, "\n"), "rounds_sent.letters[spring] 9 -> 8"; got != want {
		t.Errorf("changes:\n%s\nwant:\n%s", got, want)
	}
}

// A fact with which words compare another is in the lock, as they may turn with it.
func TestComparedFactsAreLocked(t *testing.T) {
	report := textReport()
	page := string(report["content/_index.md"].Data)
	report["content/_index.md"] = file(strings.Replace(page, "title: Start", "title: 'Start {{< choose of=\"rounds_sent.letters[spring]\" than=\"rounds_sent.letters[third]\" more=\"a\" less=\"b\" equal=\"c\" >}}'", 1) +
		"\nThey were {{< choose of=\"rounds_sent.letters[spring]\" than=\"rounds_sent.letters[fourth]\" more=\"more\" less=\"less\" equal=\"alike\" >}}.\n")
	report["data/rounds.csv"] = file("id,letters\nspring,9\nautumn,29\nthird,7\nfourth,8\nfifth,3\n")
	result := built(t, report)
	locked := map[string]bool{}
	for _, f := range result.Lock.Facts {
		locked[f.Fact] = true
	}
	for key, want := range map[string]bool{"third": true, "fourth": true, "fifth": false} {
		if address := "rounds_sent.letters[" + key + "]"; locked[address] != want {
			t.Errorf("%s is in the lock: %t, want %t", address, locked[address], want)
		}
	}
}

// TestTextsOfLongTables: of a table with more texts than are read, those that aggregates hold are read all the same.
func TestTextsOfLongTables(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	rows.WriteString("id,note\n")
	word := func(n int) string {
		text := ""
		for ; n > 0; n /= 26 {
			text += string(rune('a' + n%26))
		}
		return text
	}
	const many = 20_500
	for n := range many {
		rows.WriteString("zq" + word(n+1) + ",about zq" + word(n+1) + "\n")
	}
	rows.WriteString("last,41 letters\nbehind,42 letters\n")
	report := fstest.MapFS{
		"hugo.toml":                file("title = \"Long\"\n\n[params]\nstrict = true\n"),
		"content/_index.md":        file("---\ntitle: Start\n---\n{{< table of=\"end\" >}}\n"),
		"data/datapackage.json":    file(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": "id", "fields": [{"name": "id"}, {"name": "note"}]}}]}`),
		"data/t.csv":               file(rows.String()),
		"data/aggregates/end.sql":  file("/*\ntitle: End\nkey: id\ncolumns: {id: {label: Id, unit: text}, note: {label: Note, unit: text}}\n*/\nSELECT id, note, [_row] AS t_rows FROM t WHERE id IN ('last')\n"),
		"data/aggregates/size.sql": file("/*\ntitle: Size\ncolumns: {n: {label: Rows, unit: count}}\n*/\nSELECT count(*) AS n, list(_row)[1:9] AS t_rows FROM t\n"),
	}
	result, err := Build(t.Context(), report, Options{For: ToPublish})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range result.Problems {
		all = append(all, p.String())
	}
	if got := strings.Join(all, "\n"); len(all) != 1 || !strings.Contains(got, `data/t.csv:20502:2: note (cell B20502): hand-typed number: "41"`) {
		t.Errorf("problems are %s", got)
	}
}
