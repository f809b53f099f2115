package scaffold_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/dataset"
	"broadsheet/generator/scaffold"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// messy are files as people have them: what is in them, what they were saved as, and how
// columns are read. A column that is not named is text.
var messy = []struct {
	name, text string
	saved      encoding.Encoding
	delimiter  rune
	types      string // of columns that are not text, as "name:type:unit"
	doubt      string
}{
	{name: "plain", text: "city,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "semicolons", text: "city;cost\nAda;1.234,50\nBath;20,25\n", delimiter: ';', types: "cost:number:number", doubt: "may be money"},
	{name: "tabs", text: "city\tpeople\nAda\t10\nBath\t20\n", delimiter: '\t', types: "people:integer:count"},
	{name: "bars", text: "city|people\nAda|10\nBath|20\n", delimiter: '|', types: "people:integer:count"},
	{name: "crlf", text: "city,people\r\nAda,10\r\nBath,20\r\n", types: "people:integer:count"},
	{name: "bom", text: "\ufeffcity,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "windows", text: "city,people\nPeña Zoë,10\nMünchen,20\n", saved: charmap.Windows1252, types: "people:integer:count", doubt: "windows-1252"},
	{name: "mac", text: "city,people\nCafé d’été,10\nMünchen,20\n", saved: charmap.Macintosh, types: "people:integer:count", doubt: "macintosh"},
	{name: "utf16", text: "city\tpeople\nMünchen\t10\nBath\t20\n", saved: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), delimiter: '\t', types: "people:integer:count"},
	{name: "utf16be", text: "city,people\nMünchen,10\nBath,20\n", saved: unicode.UTF16(unicode.BigEndian, unicode.UseBOM), types: "people:integer:count"},
	{name: "utf16bare", text: "city,people\nAda,10\nBath,20\n", saved: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), types: "people:integer:count"},
	{name: "blank_headers", text: ",city,\n1,Ada,10\n2,Bath,20\n", types: "column_A:integer:count column_C:integer:count", doubt: "called by its letter"},
	{name: "index_alone", text: ",a\n1,2\n2,7\n", types: "column_A:integer:count a:integer:count"},
	{name: "blank_columns", text: "city,people,,\nAda,10,,\nBath,20,,\n", types: "people:integer:count", doubt: "has no values"},
	{name: "blank_rows", text: "city,people\nAda,10\n,\nBath,20\n,\n,\n", types: "people:integer:count"},
	{name: "total_row", text: "city,people\nAda,10\nBath,20\nTotal,30\n", types: "people:integer:count", doubt: "total row"},
	{name: "total_elsewhere", text: "code,city,people\n1,Ada,10\n2,Ada,15\n3,Bath,20\n,Total,45\n", types: "code:integer:count people:integer:count", doubt: "total row"},
	{name: "total_in_notes", text: "city,people,note\nAda,10,x\nBath,20,y\nClay,25,x\nAll of it,55,Total\n", types: "people:integer:count", doubt: "total row"},
	{name: "line_breaks", text: "city,note,people\nAda,\"two\nlines\",10\nBath,\"a \"\"quote\"\", and\",20\n", types: "people:integer:count"},
	{name: "quoted_header", text: "city,\"people, \"\"all\"\"\"\nAda,10\nBath,20\n", types: `people, "all":integer:count`},
	{name: "decimals", text: "city,mean\nAda,53.7330595482546\nBath,0.1\n", types: "mean:number:number"},
	{name: "exponents", text: "city,p\nAda,1e-05\nBath,0.1\n", types: "p:number:number"},
	{name: "loose_numbers", text: "city,p\nAda,.5\nBath,+5\nClay,5.\n", types: "p:number:number"},
	{name: "missing", text: "city,people,value\nNA,10,1.5\nBath,NA,-\n", types: "people:integer:count value:number:number"},
	{name: "float_years", text: "year,people\n2016.0,11\n2017.0,21\n2018.0,15\n", types: "year:year:year people:integer:count"},
	{name: "years", text: "year,people\n2016,12\n2017,22\n2018,13\n", types: "year:year:year people:integer:count"},
	{name: "year_and_place", text: "place,year,rate per 100k\nAda,2016,10.5\nAda,2017,20.25\nBath,2016,9\nBath,2017,11\nBath,2018,12\n", types: "year:year:year rate per 100k:number:per_100k"},
	{name: "days", text: "day,people\n2018-01-24,13\n2019-02-01,23\n2020-03-01,31\n", types: "day:date:date people:integer:count"},
	{name: "us_days", text: "day,people\n1/24/18,14\n12/1/19,24\n3/1/20,32\n", types: "day:date:date people:integer:count"},
	{name: "unclear_days", text: "day,people\n01/02/2018,15\n12/01/2019,25\n03/01/2020,33\n", types: "day:date:date people:integer:count", doubt: "other way round"},
	{name: "german_days", text: "day;people\n24.01.2018;10\n01.12.2019;20\n", delimiter: ';', types: "day:date:date people:integer:count"},
	{name: "mixed_days", text: "day,people\n1/24/18,10\n01/12/2019,20\n3/1/20,30\n", types: "day:date:date people:integer:count", doubt: "several ways"},
	{name: "day_times", text: "day,people\n2018-01-24 10:00:00,17\n2019-02-01 00:00:00,27\n2020-02-01 00:00:00,20\n", types: "day:datetime: people:integer:count"},
	{name: "codes", text: "fips,zip,people\n01001,35004,10\n06037,90001,20\n", types: "people:integer:count", doubt: "looks like a code"},
	{name: "money", text: "city,cost\nAda,\"$1,234.50 \"\nBath,$20\n", types: "cost:number:usd", doubt: "signs beside"},
	{name: "groups", text: "city,people\nAda,\"1,234\"\nBath,20\n", types: "people:integer:count", doubt: "separates thousands"},
	{name: "spaced_groups", text: "city,people\nAda,1 234 567\nBath,20\n", types: "people:integer:count"},
	{name: "long_dollars", text: "city,cost_usd\nAda,12.5000000000001\nBath,20.25\n", types: "cost_usd:number:usd"},
	{name: "commas_in_cells", text: "city;cost\nAda;$1,234\nBath;$2,345\n", delimiter: ';', types: "cost:number:usd", doubt: "signs beside"},
	{name: "survey", text: "Respondent,Gender,Have you seen any of these 6 films?\n1,Male,Yes\n2,Female,No\n3,Female,Yes\n4,Male,Yes\n5,Male,Yes\n", types: "Respondent:integer:count"},
	{name: "accounting", text: "city,change\nAda,\"(1,234)\"\nBath,20\nClay,\"$1,000.50\"\n", types: "change:number:usd", doubt: "signs beside"},
	{name: "minus", text: "city,change\nAda,−5\nBath,2.5\n", types: "change:number:number"},
	{name: "pandas", text: ",city,mean,n\n0,Ada,-18.430000000000007,1.0\n1,Bath,8.42e-05,\n2,Clay,1e+16,3.0\n", types: "column_A:integer:count mean:number:number n:number:number"},
	{name: "midnights", text: "day,people\n2018-01-24 00:00:00,13\n2019-02-01 00:00:00,23\n", types: "day:date:date people:integer:count"},
	{name: "months", text: "month,people\n2018-01,13\n2018-02,23\n2018-03,24\n", types: "month:yearmonth: people:integer:count"},
	{name: "named_days", text: "day,people\n1-Feb-18,13\n24-Mar-18,23\n", types: "day:date:date people:integer:count"},
	{name: "days_of_all_kinds", text: "day,people\n01/02/2020,13\n13/02/2020,24\n02/30/2020,35\n44958,46\n", types: "people:integer:count", doubt: "look like days"},
	{name: "numbers_of_all_kinds", text: "city,change\nAda,\"1.234,50\"\nBath,-\nClay,\"(1.500,00)\"\nDale,\"2.000,00\"\n", types: "change:number:number", doubt: "signs beside its digits, such as \"(1.500,00)\""},
	{name: "numbers_of_two_ways", text: "city,change\nAda,\"1.234,50\"\nBath,-\nClay,\"1,500.00\"\nDale,\"2.000,00\"\n", doubt: "look like numbers"},
	{name: "mieten", text: "Stadt;Wohnungen;Miete je m²;Einnahmen;Leerstand\nBerlin;1.234;10,55;12.345.678,50 €;1,2 %\nKöln;745;11,02;6.543.210,00 €;12 %\n", delimiter: ';', types: "Wohnungen:integer:count Miete je m²:number:number Einnahmen:number:eur Leerstand:number:percent", doubt: "signs beside its digits, such as \"1,2 %\""},
	{name: "loyers", text: "Région;Loyer moyen;Montant;Part\nBretagne;1 234,50;1 234 567,50 €;12,5 %\nCorse;934,50;-234 567,50 €;15,25 %\n", delimiter: ';', types: "Loyer moyen:number:number Montant:number:eur Part:number:percent"},
	{name: "löhne", text: "Kanton;Lohn\nBern;CHF 6'234.50\nJura;5'100\n", delimiter: ';', types: "Lohn:number:chf"},
	{name: "currencies", text: "city,cost\nAda,$5\nBath,5 €\n", doubt: "look like numbers"},
	{name: "one_with_a_point", text: "city,people,cost\nAda,1200,2.50\nBath,1.300,3.25\n", types: "people:number:number cost:number:number", doubt: "such as \"1.300\", in which \".\" is taken to mean that it is the decimal sign"},
	{name: "one_error", text: "city,people\nAda,1200\nBath,#REF!\n", types: "people:integer:count", doubt: "has 1 cell that the spreadsheet could not compute, such as #REF!, and counts it as missing"},
	{name: "no_such_day", text: "day,people\n2018-01-24,13\n2018-02-30,23\n2018-03-01,31\n", types: "people:integer:count", doubt: "is read as text, as \"2018-02-30\" in row 3 is not a day"},
	{name: "short_year", text: "year,people\n2016,12\n17,22\n2018,13\n", types: "year:integer:count people:integer:count", doubt: "has \"17\" in row 3, which is not a year"},
	{name: "notes_below", text: "city,year,people\nAda,2016,12\nBath,2016,13\nClay,2016,14\n* estimated,,\nSource: the towns,,\n", types: "year:year:year people:integer:count", doubt: "row 5 has a value in its first cell only, \"* estimated\": if it is a note, delete it, or add \"commentRows\": [5, 6] to the dialect of the table"},
	{name: "one_with_a_comma", text: "city,people\nAda,1200\nBath,\"1,300\"\n", types: "people:integer:count", doubt: "such as \"1,300\""},
	{name: "areas", text: "iso,area_km2,sea_km\nFI,338145,12\nEE,45339,25\n", types: "area_km2:integer:km² sea_km:integer:km"},
	{name: "identifiers", text: "RespondentID,people\n3292879998,13\n3292879538,23\n3292765271,15\n", types: "people:integer:count", doubt: "looks like an identifier"},
	{name: "errors", text: "city,note,people\nAda,#REF!,13\nBath,x,23\n", types: "people:integer:count", doubt: "could not compute"},
	{name: "header_lines", text: "city,\"people\n(all)\"\nAda,10\nBath,20\n", types: "people (all):integer:count"},
	{name: "billions", text: "film,year,gross_usd\nA,2016,1061443811\nB,2017,1206101201\nC,2018,5206101201\nD,2016,4206101201\n", types: "year:year:year gross_usd:integer:usd"},
	{name: "percents", text: "city,turnout\nAda,12.5%\nBath,20%\n", types: "turnout:number:percent", doubt: "signs beside"},
	{name: "shares", text: "city,share_voted\nAda,0.125\nBath,0.2\n", types: "share_voted:number:share"},
	{name: "dollars", text: "city,cost_usd\nAda,12.50\nBath,20.25\n", types: "cost_usd:number:usd"},
	{name: "flags", text: "city,open\nAda,TRUE\nBath,FALSE\nClay,TRUE\n", types: "open:boolean:flag"},
	{name: "texts", text: "title\nA\nB\n"},
	{name: "one_row", text: "city,people\nAda,10\n", types: "people:integer:count"},
	{name: "tied", text: "city,people\nAda,10\nBath,10\n", types: "people:integer:count"},
	{name: "negative", text: "city,change\nAda,-1.5\nBath,-2\n", types: "change:number:number"},
	{name: "blank_texts", text: "id,kind\n1, \n2,\n3,health\n4,health\n5,sport\n6,sport\n7,health\n", types: "id:integer:count"},
	{name: "spaces", text: "kind,people\nCook,1\nCook ,2\nCook\u00a0,2\n\u00a0,7\nLake,3\nLake,4\nLake,5\n", types: "people:integer:count", doubt: "count as two values"},
	{name: "markdown", text: "a*b_[c]<i>,{{< x >}} $5 20 films\nAda*,10\n_Bath_,20\n<b>,5\n", types: "{{< x >}} $5 20 films:integer:usd"},
	{name: "long_questions", text: "answer,Which of these 12 films have you seen in the last three years before you were asked? (check all)\nyes,10\nno,20\n", types: "Which of these 12 films have you seen in the last three years before you were asked? (check all):integer:count"},
	{name: "long_answers", text: "answer\n" + strings.Repeat("I would rather not say what I think about all of these many things right now\n", 3) + "no\nno\n"},
	{name: "select", text: "order,group,select\na,b,1\nc,d,2\n", types: "select:integer:count"},
	{name: "Ärger 2016 (final)", text: "city,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "2020", text: "city,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "tables", text: "city,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "formulas", text: "city,note\nAda,=1+1\nBath,-12.3%\nClay,@home\n"},
	{name: "all_data", text: "city,people\nAda,10\nBath,20\n", types: "people:integer:count"},
	{name: "elections", text: "year,votes\n2016,10\n2018,20\n2020,15\n", types: "year:year:year votes:integer:count"},
	{name: "addresses", text: "city,contact,people\nAda,a@example.org,10\nBath,b@example.org,20\n", types: "people:integer:count", doubt: "personal data"},
	{name: "phones", text: "city,line,people\nAda,(208) 555-0101,10\nBath,+1 606-555-0102,20\n", types: "people:integer:count", doubt: "personal data"},
	{name: "persons", text: "First Name,people\nAda,10\nBob,20\n", types: "people:integer:count", doubt: "personal data"},
	{name: "email", text: "name,email,people\nAda,a@example.org,10\nBath,b@example.org,20\n", types: "people:integer:count", doubt: "personal data"},
}

// TestMessyFilesBuild makes one report of all of them: each is copied byte for byte, and
// the site's download of it has the values of the file, cell by cell.
func TestMessyFilesBuild(t *testing.T) {
	t.Parallel()
	var sources []scaffold.Source
	for _, m := range messy {
		data := []byte(m.text)
		if m.saved != nil {
			var err error
			if data, err = m.saved.NewEncoder().Bytes(data); err != nil {
				t.Fatal(m.name, err)
			}
		}
		sources = append(sources, scaffold.Source{Path: m.name + ".csv", Data: data})
	}
	directory, doubts, result := build(t, sources)
	description, err := os.ReadFile(filepath.Join(directory, dataset.File))
	if err != nil {
		t.Fatal(err)
	}
	var p dataset.Package
	if err := json.Unmarshal(description, &p); err != nil {
		t.Fatal(err)
	}
	for i, m := range messy {
		r := p.Resources[i]
		if data, err := os.ReadFile(filepath.Join(directory, r.File())); err != nil || !bytes.Equal(data, sources[i].Data) {
			t.Errorf("%s: the copy differs from the file: %v", m.name, err)
		}
		var types []string
		for _, f := range r.Schema.Fields {
			if f.Type != "string" {
				types = append(types, f.Name+":"+f.Type+":"+f.UnitName)
			}
		}
		if got := strings.Join(types, " "); got != m.types {
			t.Errorf("%s: types %q, want %q", m.name, got, m.types)
		}
		said := slices.ContainsFunc(doubts, func(d scaffold.Doubt) bool {
			return d.File == m.name+".csv" && m.doubt != "" && strings.Contains(d.Text, m.doubt)
		})
		if m.doubt != "" && !said {
			t.Errorf("%s: no doubt %q", m.name, m.doubt)
		}
		download, ok := result.Pages["data/"+r.Name+".csv"]
		if !ok {
			t.Errorf("%s: no download among %v", m.name, slices.Sorted(maps.Keys(result.Pages)))
			continue
		}
		delimiter := m.delimiter
		if delimiter == 0 {
			delimiter = ','
		}
		same(t, m.name, r, cells(t, strings.TrimPrefix(m.text, "\ufeff"), delimiter), cells(t, string(download), ','))
	}
}

// TestNamesThatSoundLikeClaims holds that what new writes passes the strictest check, whatever files and columns are called.
func TestNamesThatSoundLikeClaims(t *testing.T) {
	t.Parallel()
	for _, sources := range [][]scaffold.Source{
		{{Path: "from all visits.csv", Data: []byte("date,from all visits,only half\n2018-01-01,5,2\n2018-01-02,7,3\n2018-01-03,9,4\n")}},
		{{Path: "most.csv", Data: []byte("city,All visits,most\nAda,5,2\nBoise,7,3\nClay,9,4\nDade,3,1\n")}, {Path: "all visits.csv", Data: []byte("month,both,rose more than 5\n2018-01,5,2\n2018-02,7,3\n2018-03,9,4\n")}},
		{{Path: "both.csv", Data: []byte("kind,none,every letter\nlargest,1,2\nno,1,2\n")}},
	} {
		directory, _, _ := build(t, sources)
		name := filepath.Join(directory, "hugo.toml")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.Replace(text, []byte("[params]\n"), []byte("[params]\nstrict = true\n"), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		result, err := generator.Build(context.Background(), os.DirFS(directory), generator.Options{For: generator.ToAccept})
		if err != nil || len(result.Problems) > 0 {
			t.Error(err, result.Problems)
		}
	}
}

// TestANewReportSpeaksItsLanguage holds that no page of one in another language has a word of English, whatever its charts show,
// and that it passes the strictest check.
func TestANewReportSpeaksItsLanguage(t *testing.T) {
	t.Parallel()
	var cities strings.Builder
	cities.WriteString("Ort;Ertrag (€);Anteil\n")
	for i := range 20 {
		fmt.Fprintf(&cities, "Ort %c;%d.567,50;0,%d\n", 'A'+i, 10+i, 101+i)
	}
	sources := []scaffold.Source{
		{Path: "cut.csv", Data: []byte(cities.String())},
		{Path: "groups.csv", Data: []byte("Art;Ja\nx;true\nx;false\ny;true\nx;true\n")},
		{Path: "tied.csv", Data: []byte("Ort;Leute\nA;10\nB;10\n")},
		{Path: "months.csv", Data: []byte("Mes;Km\n2018-01;13\n2018-02;23\n2018-03;24\n")},
		{Path: "jahre.csv", Data: []byte("Jahr;Miete je m²\n2016;13,50\n2017;12,25\n2018;11,75\n")},
		{Path: "level.csv", Data: []byte("Jahr;Miete\n2016;13\n2017;12\n2018;13\n")},
		{Path: "worte.csv", Data: []byte("id;a\n1;\n1;\n2;z\n2;z\n")},
	}
	english := regexp.MustCompile(`(?i)\b(the|of|and|from|by|rows?|first|last|highest|several|average|cells?|yes|rose|fell)\b`)
	code := regexp.MustCompile(`(?s)<(?:script|style|code|pre|textarea)\b.*?</(?:script|style|code|pre|textarea)>|<[^>]+>`)
	address := regexp.MustCompile(`\S*/\S*`)
	for locale, want := range map[string][]string{
		"en-US": {"rows are in", "</data> has the highest ertrag (€)", " (the top <data"},
		"de-DE": {"Zeilen stehen in", "</data> hat den höchsten Wert: Ertrag (€)", "Ertrag (€) nach Ort (", " an der Spitze), in Euro", "Leute nach Ort: Mehrere haben den höchsten Wert"},
		"es":    {"filas hay en", "</data> tiene el valor más alto", ", en euros"},
		"fr":    {"lignes se trouvent dans", "</data> a la valeur la plus élevée", ", en euros"},
	} {
		directory, _, result := buildIn(t, sources, locale)
		front := string(result.Pages["index.html"])
		for _, text := range want {
			if !strings.Contains(front, text) {
				t.Errorf("%s: the front page does not say %q", locale, text)
			}
		}
		for file, page := range result.Pages {
			text := address.ReplaceAllString(code.ReplaceAllString(string(page), " "), " ")
			if found := english.FindStringIndex(text); strings.HasSuffix(file, ".html") && found != nil && locale != "en-US" {
				t.Errorf("%s: %s says %q", locale, file, text[max(0, found[0]-60):min(len(text), found[1]+40)])
			}
		}
		name := filepath.Join(directory, "hugo.toml")
		configuration, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.Replace(configuration, []byte("[params]\n"), []byte("[params]\nstrict = true\n"), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		again, err := generator.Build(t.Context(), os.DirFS(directory), generator.Options{For: generator.ToAccept})
		if err != nil || len(again.Problems) > 0 {
			t.Error(locale, err, again.Problems)
		}
	}
}

// build makes a report and builds it as it is accepted.
func build(t *testing.T, sources []scaffold.Source) (string, []scaffold.Doubt, *generator.Result) {
	t.Helper()
	return buildIn(t, sources, "en-US")
}

func buildIn(t *testing.T, sources []scaffold.Source, locale string) (string, []scaffold.Doubt, *generator.Result) {
	t.Helper()
	directory := t.TempDir()
	doubts, problems, err := scaffold.New(context.Background(), directory, sources, locale, nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	result, err := generator.Build(context.Background(), os.DirFS(directory), generator.Options{For: generator.ToAccept})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Problems {
		t.Error(p)
	}
	if result.Pages == nil {
		t.FailNow()
	}
	return directory, doubts, result
}

// cells reads CSV by the standard library, without rows that have no value.
func cells(t *testing.T, text string, delimiter rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes = delimiter, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(rows, func(row []string) bool { return strings.Join(row, "") == "" })
}

// same compares the rows of a file with those of a download.
func same(t *testing.T, name string, r dataset.Resource, want, got [][]string) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		return
	}
	for i := range want[1:] {
		for j, f := range r.Schema.Fields {
			if a, b := want[i+1][j], got[i+1][j]; !equal(f, a, b) {
				t.Errorf("%s: row %d, %s: %q, want %q", name, i+2, f.Name, b, a)
			}
		}
	}
}

// equal reports whether a cell of a file and one of a download have the same value.
func equal(f dataset.Field, file, download string) bool {
	if file == download || slices.Contains(f.MissingValues, file) && download == "" {
		return true
	}
	switch f.Type {
	case "integer", "number", "year":
		plain := strings.NewReplacer("$", "", "%", "", "€", "", "CHF", "", " ", "", "\u2212", "-").Replace(strings.ReplaceAll(file, cmp.Or(f.GroupChar, "\x00"), ""))
		if f.DecimalChar != "" {
			plain = strings.ReplaceAll(plain, f.DecimalChar, ".")
		}
		if inside, ok := strings.CutPrefix(plain, "("); ok {
			plain = "-" + strings.TrimSuffix(inside, ")")
		}
		a, ok := new(big.Rat).SetString(strings.TrimSpace(plain))
		b, also := new(big.Rat).SetString(download)
		return ok && also && a.Cmp(b) == 0
	case "boolean":
		return strings.EqualFold(file, download)
	case "datetime":
		return strings.Replace(file, " ", "T", 1) == download
	case "date":
		for _, layout := range []string{"1/2/06", "1/2/2006", "2.1.2006", "2006-01-02 15:04:05", "2-Jan-06"} {
			if day, err := time.Parse(layout, file); err == nil && day.Format(time.DateOnly) == download {
				return true
			}
		}
	}
	return false
}

// TestTitlesAboveTheTable are not read, and rows below them keep their numbers.
func TestTitlesAboveTheTable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"alone":      {"Libraries by city\ncity,people\nAda,1\nBath,2\n", "row 2 names the columns, and the rows above it are not read"},
		"padded":     {"Libraries by city,\n,\ncity,people\nAda,1\nBath,2\n", "row 3 names the columns"},
		"blank rows": {"Libraries by city\n\n\ncity,people\nAda,1\nBath,none yet\n" + strings.Repeat("Clay,3\n", 20), "is read as text because of \"none yet\" in row 6"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, doubts, result := build(t, []scaffold.Source{{Path: "x.csv", Data: []byte(c.text)}})
			if !slices.ContainsFunc(doubts, func(d scaffold.Doubt) bool { return strings.Contains(d.Text, c.want) }) {
				t.Errorf("got %v, want %s", doubts, c.want)
			}
			_, rows, _ := strings.Cut(c.text, "city,people\n")
			if got := string(result.Pages["data/x.csv"]); got != "city,people\n"+rows {
				t.Errorf("the download is %q", got)
			}
		})
	}
}

// TestFilesThatAPersonMustDecideOn have one problem each, which says what to do.
func TestFilesThatAPersonMustDecideOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"empty":       {"", "x.csv: the file is empty, expected a header and rows"},
		"blank":       {"\n\n  \n", "x.csv: the file is empty, expected a header and rows"},
		"header only": {"a,b\n", "x.csv: the table has no rows, expected rows under the header"},
		"duplicate":   {"a,b,a\n1,2,3\n", `x.csv:1:3: the name of column A again, found "a"`},
		"case":        {"a,A\n1,2\n", `x.csv:1:2: the name of column A again, found "A"`},
		"underscore":  {"_id,a\n1,2\n", `x.csv:1:1: the name of a column, found "_id"`},
		"ragged":      {"a,b\n1,2\n1,2,3\n4,5\n", "x.csv:3: a row, found 3 cells, expected 2"},
		"short row":   {"a,b\n1,2\n1\n4,5\n", "x.csv:3: a row, found 1 cell, expected 2"},
		"quote":       {"a,b\n1,\"2\n3,4\n", "x.csv:2:2: b (cell B2): a quotation mark is opened here and never closed"},
		"blank line":  {"a,b\n1,2\n\n3,4\n", "x.csv:3: a blank row"},
		"excel":       {"PK\x03\x04\x14\x00", "x.csv: the file is an Excel workbook, expected CSV"},
		"old excel":   {"\xd0\xcf\x11\xe0\xa1", "x.csv: the file is an old Excel workbook, expected CSV"},
		"web page":    {"<!DOCTYPE html>\n<html><body>Not found</body></html>\n", "x.csv: the file is a web page, expected CSV"},
		"json":        {`[{"a": 1}]`, "x.csv: the file is JSON, expected CSV"},
		"lfs":         {"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", "x.csv: the file is a pointer of Git LFS, without the data"},
		"conflict":    {"a,b\n1,2\n<<<<<<< HEAD\n1,3\n=======\n1,4\n>>>>>>> x\n", "x.csv:3: a merge conflict of git that is not resolved"},
		"sep":         {"sep=;\na;b\n1;2\n", "x.csv:1: a line that only Excel understands"},
		"blank row 1": {"\na,b\n1,2\n", "x.csv:1: row 1 is blank, expected the header"},
		"gzip":        {"\x1f\x8b\x08", "x.csv: the file is compressed by gzip"},
	} {
		_, problems, err := scaffold.New(context.Background(), t.TempDir(), []scaffold.Source{{Path: "x.csv", Data: []byte(c.text)}}, "en-US", nil)
		switch {
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case len(problems) != 1 || !strings.HasPrefix(problems[0].String(), c.want):
			t.Errorf("%s: %v, want %s", name, problems, c.want)
		}
	}
}

// TestForeignKeysAreFound links a column to the table that it is named after.
func TestForeignKeysAreFound(t *testing.T) {
	t.Parallel()
	directory, _, _ := build(t, []scaffold.Source{
		{Path: "places.csv", Data: []byte("id,name\nada,Ada\nbath,Bath\n")},
		{Path: "visits.csv", Data: []byte("place,year,people\nada,2016,10\nada,2017,12\nbath,2016,20\nbath,2017,20\n")},
	})
	data, err := os.ReadFile(filepath.Join(directory, dataset.File))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"primaryKey": "id"`, `"primaryKey": ["place", "year"]`, `"foreignKeys": [{"fields": ["place"], "reference": {"resource": "places", "fields": ["id"]}}]`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
}

// TestAChartThatIsCutShortSaysSo holds that nobody takes the highest for all: the subtitle has their number, and the last of them is
// not called the lowest.
func TestAChartThatIsCutShortSaysSo(t *testing.T) {
	t.Parallel()
	var all, few strings.Builder
	all.WriteString("city,people\n")
	few.WriteString("city,people\n")
	for i := range 20 {
		row := fmt.Sprintf("City %c,%d\n", 'A'+i, 1000+37*i)
		all.WriteString(row)
		if i < 3 {
			few.WriteString(row)
		}
	}
	for text, want := range map[string]bool{all.String(): true, few.String(): false} {
		_, _, result := build(t, []scaffold.Source{{Path: "cities.csv", Data: []byte(text)}})
		page := string(result.Pages["index.html"])
		for _, said := range []string{"People by city (an excerpt)", "People by city (the top <data class=\"fact\" value=\"15\">"} {
			if strings.Contains(page, said) != want {
				t.Errorf("%q is said: %v, want %v", said, !want, want)
			}
		}
		if lowest := strings.Contains(page, "Lowest: "); lowest == want {
			t.Errorf("a chart of %d bars has a lowest: %v", strings.Count(text, "\n")-1, lowest)
		}
	}
}

// TestTablesWithNearNamesAreKeptApart holds that a name is found where one begins like the aggregates of another.
func TestTablesWithNearNamesAreKeptApart(t *testing.T) {
	t.Parallel()
	data := []byte("city,people\nAda,10\nBath,20\n")
	_, _, result := build(t, []scaffold.Source{{Path: "days.csv", Data: data}, {Path: "days_of.csv", Data: data}, {Path: "days.csv", Data: data}})
	if result.Tables != 3 {
		t.Errorf("%d tables", result.Tables)
	}
}

// TestAddedKeysAreOffered holds that a report hears of its columns that hold the key of a table that is added.
func TestAddedKeysAreOffered(t *testing.T) {
	t.Parallel()
	directory, _, _ := build(t, []scaffold.Source{{Path: "ferries.csv", Data: []byte("country,month,passengers\nFinland,2023-01,10\nLatvia,2023-01,12\nFinland,2023-02,11\nLatvia,2023-02,15\n")}})
	added, problems, err := scaffold.Add(context.Background(), os.DirFS(directory), scaffold.Source{Path: "countries.csv", Data: []byte("country,area_km2\nFinland,338145\nLatvia,64589\n")}, "", nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if want := `add "foreignKeys": [{"fields": "country", "reference": {"resource": "countries", "fields": "country"}}] to the schema of ferries`; !slices.ContainsFunc(added.Doubts, func(d scaffold.Doubt) bool { return strings.Contains(d.Text, want) }) {
		t.Errorf("%v", added.Doubts)
	}
}

// TestWorkflowsInstallTheProgram holds what is left of this repository's workflows to what
// a report needs.
func TestWorkflowsInstallTheProgram(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	if err := scaffold.Example(directory); err != nil {
		t.Fatal(err)
	}
	for name, wanted := range map[string][]string{
		"pages.yml":        {"- name: install broadsheet\n", "- run: broadsheet build --locked --base-url", "actions/deploy-pages@", "actions/checkout@"},
		"pull-request.yml": {"- name: install broadsheet\n", "- run: broadsheet check --locked\n", "broadsheet diff --format markdown"},
	} {
		data, err := os.ReadFile(filepath.Join(directory, ".github/workflows", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wanted {
			if strings.Count(string(data), want) != 1 {
				t.Errorf("%s: %q stands %d times in\n%s", name, want, strings.Count(string(data), want), data)
			}
		}
		for _, unwanted := range []string{"bin/broadsheet", "setup-go", "setup-node", "make ", ".ci/", "go.mod"} {
			if strings.Contains(string(data), unwanted) {
				t.Errorf("%s: %q in\n%s", name, unwanted, data)
			}
		}
	}
}
