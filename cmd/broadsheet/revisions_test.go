package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"broadsheet/generator/revision"
)

// TestRevisions fetches a file that its publisher then revises: fetch, diff --data and the page for readers say the same of it.
func TestRevisions(t *testing.T) {
	t.Parallel()
	var body atomic.Value
	body.Store("id,month,amount_usd\na,2017-12,1000.50\nb,2017-12,2000\nc,2018-01,300\n")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(body.Load().(string))) }))
	defer server.Close()
	report := t.TempDir()
	for name, text := range map[string]string{
		"hugo.toml":         "title = \"Grants\"\n",
		"content/_index.md": "---\ntitle: Grants\n---\nThe cities got {{< fact \"total.amount_usd\" >}}.\n",
		"data/datapackage.json": `{"created": "2018-02-01", "resources": [{"name": "grants", "path": "grants.csv", "title": "Grants", "fetch": {"url": "` + server.URL + `/grants.csv?token=$BROADSHEET_TEST_TOKEN"},
			"schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "string"}, {"name": "month", "type": "yearmonth"}, {"name": "amount_usd", "type": "number", "unit": "usd"}]}}]}`,
		"data/aggregates/total.sql": "/*\ntitle: All grants\ncolumns:\n  amount_usd: {label: Amount, unit: usd}\n*/\nSELECT sum(amount_usd) AS amount_usd, list(_row) AS grants_rows FROM grants\n",
	} {
		name = filepath.Join(report, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	broadsheet := func(code int, arguments ...string) string {
		t.Helper()
		var out, said bytes.Buffer
		if got := run(append(arguments, "-s", report), &out, &said); got != code {
			t.Fatalf("%s: exit code %d\n%s%s", strings.Join(arguments, " "), got, out.String(), said.String())
		}
		if strings.Contains(out.String()+said.String(), fetchToken) {
			t.Error("a secret is shown:", out.String(), said.String())
		}
		return out.String()
	}
	git := func(arguments ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", report, "-c", "user.name=A", "-c", "user.email=a@example.org"}, arguments...)...)
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
	}
	if said := broadsheet(0, "fetch"); said != "data/grants.csv: 3 rows\nto see which figures move, run: broadsheet diff\n" {
		t.Error(said)
	}
	broadsheet(0, "accept")
	broadsheet(0, "build")
	if _, err := os.Stat(filepath.Join(report, "public/data/grants/revisions")); err == nil {
		t.Error("there is a page of revisions where there are none")
	}
	git("init", "-q", "-b", "main")
	git("add", "hugo.toml", "content", "data")
	git("commit", "-qm", "start")

	body.Store("id,month,amount_usd,note\na,2017-12,1000.50,\nb,2017-12,2500,higher\nd,2018-01,40,\ne,2018-01,60,\nf,2018-02,1,\n")
	const lines = "  + id=d\n  + id=e\n  + id=f\n  - id=c\n  ~ id=b: amount_usd 2000 -> 2500\n  the last month of the old file, 2018-01 (month), had 1 row and now has 2: it was not complete\n  amount_usd in all: 3300.5 -> 3601.5\n"
	const words = "data/grants.csv: 3 rows added, 1 removed, 1 revised, new columns: note\n"
	if said := broadsheet(0, "fetch"); said != words+lines+"to see which figures move, run: broadsheet diff\n" {
		t.Error(said)
	}
	// what is published now has a column more than the description
	if said := broadsheet(1, "diff", "--data"); !strings.HasSuffix(said, ":\n"+words+lines+"  which published facts move is not known: the commit has no lock, or the report has problems\n") {
		t.Error(said)
	}
	described := filepath.Join(report, "data/datapackage.json")
	text, err := os.ReadFile(described)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte(`"unit": "usd"}`), []byte(`"unit": "usd"}, {"name": "note", "type": "string"}`), 1)
	if err := os.WriteFile(described, text, 0o644); err != nil {
		t.Fatal(err)
	}
	const moves = "1 published fact on 1 page moves\n"
	if said := broadsheet(0, "diff", "--data", "grants"); !strings.HasSuffix(said, ":\n"+words+lines+"  "+moves+"    total.amount_usd: $3,301 -> $3,602  +9.1%\n") {
		t.Error(said)
	}
	if said := broadsheet(0, "diff", "--data", "--format", "markdown"); !strings.Contains(said, "\n- `~ id=b: amount_usd 2000 -> 2500`\n") || !strings.Contains(said, "\n- "+moves+"  - `total.amount_usd`: ") {
		t.Error(said)
	}
	var said struct {
		Tables []struct {
			State    string
			Revision revision.Revision
			Facts    []struct{ Fact, Old, New string }
		}
	}
	if err := json.Unmarshal([]byte(broadsheet(0, "diff", "--data", "--json")), &said); err != nil {
		t.Fatal(err)
	}
	if table := said.Tables[0]; table.State != "changed" || table.Revision.Removed[0].Key != "id=c" || table.Revision.Period.NewRows != 2 || table.Facts[0].New != "$3,602" {
		t.Error(table)
	}
	broadsheet(0, "accept", "--correction", "The publisher revised the file.")
	broadsheet(0, "build")
	page, err := os.ReadFile(filepath.Join(report, "public/data/grants/revisions/index.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| rows in all | | | 3 | 5 |", "| column added | | `note` | | |", "| row added | id=d | | | |", "| row removed | id=c | | | |",
		"| row revised | id=b | `amount_usd` | $2,000 | $2,500 |", "| rows of the last month or year before | 2018-01 | `month` | 1 | 2 |",
		"| total | | `amount_usd` | $3,301 | $3,602 |", "The publisher revised the file.",
	} {
		if !strings.Contains(strings.Join(strings.Fields(string(page)), " "), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(string(page))
	}
	if err := filepath.WalkDir(report, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if bytes.Contains(data, []byte(fetchToken)) {
			t.Error("a secret in", name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// fetchToken is a secret that is sent, and is in no file and no message.
const fetchToken = "s3cr3t-0f-the-t3st"
