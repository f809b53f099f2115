package generator

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/listing"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/xuri/excelize/v2"
)

// TestPack recomputes the published facts of a report by DuckDB alone, as a second checker does; then with a published figure that is
// wrong, and with a table in which a value is.
func TestPack(t *testing.T) {
	t.Parallel()
	result, err := Build(t.Context(), os.DirFS("testdata/report"), Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	site := fstest.MapFS{}
	for name, data := range result.Pages {
		site[name] = &fstest.MapFile{Data: data}
	}
	pack := func(of fstest.MapFS, seed uint64) (directory string) {
		t.Helper()
		directory = t.TempDir()
		packed, problems, err := Pack(t.Context(), of, directory, PackOptions{Sample: 20, Seed: seed})
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if packed.Sampled != 20 || packed.Facts < 100 || packed.Tables != 5 {
			t.Error(packed)
		}
		return directory
	}
	read := func(directory, name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(directory, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	recompute := func(script, directory string) (facts int, differing []string) {
		t.Helper()
		db, err := sql.Open("duckdb", "")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		db.SetMaxOpenConns(1)
		if _, err := db.Exec(strings.ReplaceAll(script, "'tables/", "'"+directory+"/tables/")); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow("SELECT count(*) FROM facts").Scan(&facts); err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query("SELECT fact || ' ' || coalesce(published, 'none') || ' ' || coalesce(recomputed, 'none') FROM differing ORDER BY fact")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			differing = append(differing, text)
		}
		return facts, differing
	}
	one := pack(site, 1)
	script := read(one, "recompute.sql")
	facts, differing := recompute(script, one)
	if facts < 100 || len(differing) > 0 {
		t.Errorf("%d facts, of which differ: %q", facts, differing)
	}
	if again := pack(site, 1); read(again, "sample.xlsx") != read(one, "sample.xlsx") || read(again, "recompute.sql") != script {
		t.Error("the same seed gives another pack")
	}
	if other := pack(site, 2); read(other, "sample.xlsx") == read(one, "sample.xlsx") {
		t.Error("another seed gives the same sample")
	}

	before, after, found := strings.Cut(string(site[listing.FactsFile].Data), `"value": 100100,`)
	if !found {
		t.Fatal("no fact has the value that is to be wrong")
	}
	wrong := fstest.MapFS{}
	for name, file := range site {
		wrong[name] = file
	}
	wrong[listing.FactsFile] = &fstest.MapFile{Data: []byte(before + `"value": 100101,` + after)}
	two := pack(wrong, 1)
	if _, differing = recompute(read(two, "recompute.sql"), two); len(differing) != 1 || !strings.HasSuffix(differing[0], " 100101 100100") && !strings.HasSuffix(differing[0], " 100101 100100.000000000") {
		t.Errorf("%q", differing)
	}
	// the phone numbers are private
	book, err := excelize.OpenFile(filepath.Join(one, "sample.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Facts")
	if err != nil || len(rows) != 21 || !strings.Contains(fmt.Sprint(rows), "data/places.csv: 2") {
		t.Error(err, rows)
	}
	if text := script + fmt.Sprint(rows) + columns(t, one); strings.Contains(text, "5550101") || strings.Contains(text, "phone") || !strings.Contains(text, "residents") {
		t.Error("a private column is in the pack")
	}
}

// columns are those of the tables of a pack.
func columns(t *testing.T, directory string) string {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var names string
	if err := db.QueryRow("SELECT string_agg(DISTINCT name, ' ') FROM parquet_schema('" + directory + "/tables/*.parquet')").Scan(&names); err != nil {
		t.Fatal(err)
	}
	return names
}
