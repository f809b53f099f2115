// The report of this repository, and what it promises to its readers. The promises hold
// after each correct edit of its CSV files; the program is tested elsewhere, on
// generator/testdata/report.
package broadsheet_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"broadsheet/generator"

	parser "golang.org/x/net/html"
)

// thisReport builds the report of this repository, once for all tests.
var thisReport = sync.OnceValues(func() (*generator.Result, error) {
	result, err := generator.Build(context.Background(), os.DirFS("."), generator.Options{})
	if err == nil && len(result.Problems) > 0 {
		err = fmt.Errorf("%s", result.Problems[0])
	}
	return result, err
})

func page(t *testing.T, name string) string {
	t.Helper()
	result, err := thisReport()
	if err != nil {
		t.Fatal(err)
	}
	text, ok := result.Pages[name]
	if !ok {
		t.Fatalf("no page %s", name)
	}
	return string(text)
}

// rows reads a table the plain way.
func rows(t *testing.T, table string) []map[string]string {
	t.Helper()
	file, err := os.Open("data/" + table + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		list = append(list, row)
	}
	return list
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestPagesShowWhatPlainGoComputes recomputes the headline facts from the CSV files,
// without SQL, and looks them up among the facts of the pages.
func TestPagesShowWhatPlainGoComputes(t *testing.T) {
	state := map[string]string{}
	for _, r := range rows(t, "jurisdictions") {
		state[r["id"]] = r["state"]
	}
	population := map[string]float64{}
	for _, r := range rows(t, "states") {
		population[r["usps"]] = number(t, r["population_2016"])
	}
	january, everybody, states := map[string]bool{}, map[string]bool{}, map[string]bool{}
	letters, jag, cleared, november, inCalifornia := 0, 0, 0, 0, 0
	for _, r := range rows(t, "letters") {
		letters++
		everybody[r["jurisdiction_id"]] = true
		if r["round_id"] == "2018-01-24" {
			january[r["jurisdiction_id"]] = true
			states[state[r["jurisdiction_id"]]] = true
			if state[r["jurisdiction_id"]] == "CA" {
				inCalifornia++
			}
		}
		if !strings.HasSuffix(r["round_id"], "-psp") {
			jag++
		}
		if r["outcome_stated"] == "no evidence of violation" {
			cleared++
		}
		if r["round_id"] == "2017-11-15" {
			november++
		}
	}
	known, small := 0, 0
	var total, allocated, five float64
	byState := map[string]float64{}
	for _, r := range rows(t, "grants") {
		amount := number(t, r["amount_usd"])
		if r["level"] == "national_total" && r["program"] == "jag-allocation" && r["fiscal_year"] == "2016" {
			allocated = amount
		}
		if r["level"] == "state_total" && r["fiscal_year"] == "2016" && strings.HasPrefix(r["source_id"], "bjs-") {
			five += amount
		}
		if !january[r["recipient"]] || r["fiscal_year"] != "2017" || r["use"] != "primary" {
			continue
		}
		total, known = total+amount, known+1
		byState[state[r["recipient"]]] += amount
		if amount < 100_000 {
			small++
		}
	}
	decisions, forAppeals := 0, 0
	sided := map[string]int{}
	for _, r := range rows(t, "events") {
		if r["sided_with"] == "" {
			continue
		}
		decisions++
		sided[r["sided_with"]]++
		if strings.Contains(r["court"], "Appeals") && r["sided_with"] == "jurisdictions" {
			forAppeals++
		}
	}
	notice, againstNotice := 0, 0
	for _, r := range rows(t, "holdings") {
		if r["condition_id"] == "notice" {
			notice++
			if r["holding"] == "blocked" || r["holding"] == "struck down" {
				againstNotice++
			}
		}
	}
	rate := map[string]float64{}
	for _, r := range rows(t, "city_crime") {
		rate[r["jurisdiction_id"]+" "+r["year"]] = number(t, r["violent_rate"])
	}
	var errors, estimate float64
	compared := 0
	for _, r := range rows(t, "state_formula_estimates") {
		if r["fiscal_year"] == "2016" && r["published_usd"] != "" {
			errors += max(number(t, r["difference_pct"]), -number(t, r["difference_pct"]))
			compared++
		}
		if r["fiscal_year"] == "2016" && r["usps"] == "CA" {
			estimate = number(t, r["estimate_usd"])
		}
	}
	topics := map[string]bool{}
	for _, r := range rows(t, "disagreements") {
		topics[r["topic"]] = true
	}

	// by page, the facts with what they must be
	for name, facts := range map[string]map[string]any{
		"index.html": {
			"at_risk#amount_usd": total, "at_risk#letters": len(january), "at_risk#recipients_known": known,
			"at_risk_by_state#amount_usd-CA": byState["CA"], "at_risk_by_state#share_percent-CA": 100 * byState["CA"] / total,
			"letter_recipients#letters_jag": jag, "rulings_count#decisions": decisions, "rulings_count#jurisdictions": sided["jurisdictions"],
		},
		"method/index.html":  {"sources_count#sources": len(rows(t, "sources"))},
		"letters/index.html": {"letters_by_round#letters-2017-11-15": november, "letter_recipients#letters": letters, "letter_recipients#recipients": len(everybody), "letter_recipients#clearances": cleared},
		"courts/index.html": {
			"rulings_count#department": sided["department"], "rulings_count#both": sided["both"], "rulings_count#decisions": decisions,
			"rulings_count#appeals_jurisdictions": forAppeals, "events_count#events": len(rows(t, "events")),
		},
		"conditions/index.html": {"conditions_list#decisions-notice": notice, "conditions_list#against-notice": againstNotice},
		"money/index.html": {
			"at_risk#states": len(states), "at_risk#under_100_thousand": small, "state_stories#at_risk_per_resident-IL": math.Round(100*byState["IL"]/population["IL"]) / 100,
			"compare#at_risk_share_of_national_percent": 100 * total / allocated, "compare#five_states_2016_share_percent": 100 * five / allocated, "compare#formula_mean_error_percent": errors / float64(compared),
		},
		"claims/index.html":        {"city_crime_change#rate_2014-los-angeles-ca": rate["los-angeles-ca 2014"], "city_crime_change#rate_2015-los-angeles-ca": rate["los-angeles-ca 2015"]},
		"disagreements/index.html": {"disagreements_count#topics": len(topics)},
		"states/ca/index.html":     {"at_risk_by_state#local_recipients-CA": inCalifornia - 1, "state_stories#usd_per_resident-CA": math.Round(100*estimate/population["CA"]) / 100},
	} {
		text := page(t, name)
		for address, want := range facts {
			aggregate, cell, _ := strings.Cut(address, "#")
			if column, key, keyed := strings.Cut(cell, "-"); keyed { // the dashes within keys are escaped
				cell = column + "-" + strings.ReplaceAll(key, "-", ".2d.")
			}
			link := regexp.QuoteMeta("numbers/" + aggregate + "/index.html#" + cell)
			m := regexp.MustCompile(`<data class="fact[^"]*" value="([^"]*)"><a href="[./]*` + link + `"`).FindStringSubmatch(text)
			if m == nil {
				t.Errorf("%s does not cite %s", name, address)
				continue
			}
			if got, want := fmt.Sprintf("%.4f", number(t, m[1])), fmt.Sprintf("%.4f", number(t, fmt.Sprint(want))); got != want {
				t.Errorf("%s: %s shows %s, plain Go finds %s", name, address, got, want)
			}
		}
	}
}

var (
	linkTo     = regexp.MustCompile(`<a [^>]*?href="([^"#?]*)`)
	factInCell = regexp.MustCompile(`\{\w+: [^}]*\}|\{/finding\}`)
	idOf       = regexp.MustCompile(`\sid="([^"]*)"`)
)

// within lists the pages that a reader reaches from the front page with so many taps.
func within(t *testing.T, taps int) map[string]bool {
	t.Helper()
	near, edge := map[string]bool{"index.html": true}, []string{"index.html"}
	for range taps {
		var next []string
		for _, from := range edge {
			for _, m := range linkTo.FindAllStringSubmatch(page(t, from), -1) {
				to := path.Join(path.Dir(from), html.UnescapeString(m[1]))
				if strings.HasSuffix(to, ".html") && !strings.Contains(m[1], "://") && !near[to] {
					near[to] = true
					next = append(next, to)
				}
			}
		}
		edge = next
	}
	return near
}

// TestEveryRowIsTwoTapsAway looks for claims, letters, events, conditions and primary
// grants on the pages that are at most two taps from the front page: on a page of
// the report, in the words of the row, and in the table itself.
func TestEveryRowIsTwoTapsAway(t *testing.T) {
	near := within(t, 2)
	ids, text := map[string]bool{}, &strings.Builder{}
	for name := range near {
		for _, m := range idOf.FindAllStringSubmatch(page(t, name), -1) {
			ids[name+"#"+m[1]] = true
		}
		if !strings.HasPrefix(name, "data/") && !strings.HasPrefix(name, "numbers/") {
			text.WriteString(html.UnescapeString(page(t, name)))
		}
	}
	told := map[string]string{"claims": "claim", "letters": "demanded", "events": "title", "conditions": "status", "grants": "amount_usd"}
	for table, column := range told {
		if n := len(rows(t, table)); n < 20 {
			t.Errorf("%s has %d rows", table, n)
		}
		for i, r := range rows(t, table) {
			if table == "grants" && r["use"] != "primary" {
				continue
			}
			if at := fmt.Sprintf("data/%s/index.html#row-%d", table, i+2); !ids[at] {
				t.Errorf("%s is not within two taps", at)
			}
			said := r[column]
			if table == "grants" {
				said = group(said)
				if amount := number(t, r[column]); r["precision"] != "exact" && amount >= 1e6 && math.Mod(amount, 1e5) == 0 {
					said = "$" + strconv.FormatFloat(amount/1e6, 'f', -1, 64) + " million" // no more digits than the source gives
				}
			}
			for _, words := range factInCell.Split(said, -1) { // a fact in a text is a link
				if !strings.Contains(text.String(), words) {
					t.Errorf("%s:%d: no page within two taps says %q", table, i+2, words)
				}
			}
		}
	}
}

// group writes whole dollars as tables do.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return "$" + digits
}

// TestArticlesAreCited counts how often the texts of the report, and not its lists of
// rows, lead to each of the articles that it started from: as the source of a
// statement, of a quotation, or of a figure in a table.
func TestArticlesAreCited(t *testing.T) {
	for _, source := range rows(t, "sources") {
		if source["kind"] != "seed" {
			continue
		}
		cited := 0
		for _, name := range []string{"index", "money/index", "letters/index", "conditions/index", "courts/index", "claims/index", "disagreements/index"} {
			cited += strings.Count(page(t, name+".html"), "sources/index.html#"+source["id"]+`"`)
		}
		if cited < 3 {
			t.Errorf("%s is cited %d times", source["id"], cited)
		}
	}
}

// TestSourcesSayWhatTheyWereUsedFor counts the rows that rest on a source.
func TestSourcesSayWhatTheyWereUsedFor(t *testing.T) {
	text := page(t, "sources/index.html")
	for table, title := range map[string]string{"letters": "Letters", "claims": "Claims", "grants": "Grant amounts"} {
		n, first := 0, 0
		for i, r := range rows(t, table) {
			if r["source_id"] == "seed-buzzfeed" {
				if n++; first == 0 {
					first = i + 2
				}
			}
		}
		at := strings.Index(text, `id="seed-buzzfeed"`)
		of := text[at : at+strings.Index(text[at:], "</li>")]
		if want := fmt.Sprintf(`<a href="../data/%s/index.html#row-%d">%s</a> (%d)`, table, first, title, n); n == 0 || !strings.Contains(of, want) {
			t.Errorf("no %s in %s", want, of)
		}
	}
}

// TestTablesHaveDaysAsProseHas looks at a day in a table of a story, which sorts by
// the day and reads as the sentences around it.
func TestTablesHaveDaysAsProseHas(t *testing.T) {
	if text := page(t, "letters/index.html"); !regexp.MustCompile(`<td[^>]* data-raw="2017-04-21"><a [^>]*>April 21, 2017</a></td>`).MatchString(text) {
		t.Error("no day in the tables of the letters reads April 21, 2017")
	}
	if text := page(t, "data/letters/index.html"); !strings.Contains(text, ">2017-04-21</td>") {
		t.Error("the table itself has its days as the file has them")
	}
}

// TestNoNumberIsTypedInTemplates reads the report's own templates; its prose and
// charts are read by every build. Years and the unit "1,000 residents" are not figures.
func TestNoNumberIsTypedInTemplates(t *testing.T) {
	shortcode := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	number := regexp.MustCompile(`[$]?\b\d[\d,.]*( (?:million|billion|percent))?`)
	allowed := regexp.MustCompile(`^(19|20)\d\d[.,]?$|^1,000$`)
	var files []string
	for _, pattern := range []string{"content/*/*.gotmpl", "layouts/*.html", "layouts/*/*.html"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		prose := shortcode.ReplaceAllString(string(text), "")
		if filepath.Ext(file) == ".html" {
			prose = visible(prose)
		}
		for _, n := range number.FindAllString(prose, -1) {
			if !allowed.MatchString(n) {
				t.Errorf("%s: %q is typed by hand", file, n)
			}
		}
	}
}

// visible is the text of a template that a reader sees.
func visible(source string) string {
	var b strings.Builder
	z := parser.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case parser.ErrorToken:
			return b.String()
		case parser.TextToken:
			b.Write(z.Text())
		}
	}
}

// TestNoPageSaysHowATextIsWritten looks for facts and findings in texts of tables that a page, or its twin, shows as they
// are written.
func TestNoPageSaysHowATextIsWritten(t *testing.T) {
	result, err := thisReport()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range result.Pages {
		if ext := path.Ext(name); ext != ".html" && ext != ".md" {
			continue
		}
		for _, placeholder := range []string{"{fact:", "{finding:", "{/finding}"} {
			if strings.Contains(string(text), placeholder) {
				t.Errorf("%s says %s", name, placeholder)
			}
		}
	}
}
