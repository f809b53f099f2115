//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"broadsheet/generator/warehouse/servertest"
)

// extracting is a report with one table, which a query gives: letters by state, of ten million on the nodes of a cluster.
type extracting struct {
	t         *testing.T
	directory string
	program   string
	env       []string
	said      bytes.Buffer // all that the program said
}

func newExtracting(t *testing.T, driver, database string, port int, query string) *extracting {
	t.Helper()
	e := &extracting{t: t, directory: t.TempDir(), program: program(t)}
	for name, text := range map[string]string{
		"hugo.toml": "title = \"Letters\"\nbaseURL = \"https://example.org/\"\n",
		"data/datapackage.json": fmt.Sprintf(`{"created": "2018-02-01", "connections": [{"name": "house", "driver": %q, "host": "127.0.0.1", "port": %d, "database": %q}],
			"resources": [{"name": "letters", "path": "letters.csv", "title": "Letters by state", "schema": {"primaryKey": "state", "fields": [
			{"name": "state"}, {"name": "letters", "type": "integer", "unit": "count"}, {"name": "usd", "type": "number", "unit": "usd"}, {"name": "last", "type": "date"}]}}]}`, driver, port, database),
		"data/extracts/letters.sql": query,
		"data/aggregates/total.sql": "/*\ntitle: All letters\ncolumns:\n  letters: {label: Letters, unit: count}\n*/\nSELECT sum(letters)::BIGINT AS letters, list(_row) AS letters_rows FROM letters\n",
		"content/_index.md":         "---\ntitle: Letters\n---\n\nThere were {{< fact \"total.letters\" >}} letters.\n",
	} {
		file := filepath.Join(e.directory, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	e.env = []string{"BROADSHEET_HOUSE_USER=" + servertest.User, "BROADSHEET_HOUSE_PASSWORD=" + servertest.Password}
	return e
}

func (e *extracting) command(env []string, args ...string) *exec.Cmd {
	c := exec.Command(e.program, args...)
	c.Dir, c.Env = e.directory, append(os.Environ(), env...)
	return c
}

// run runs the program, which says some texts, and ends with a code.
func (e *extracting) run(code int, says []string, args ...string) string {
	e.t.Helper()
	return e.runAs(e.env, code, says, args...)
}

func (e *extracting) runAs(env []string, code int, says []string, args ...string) string {
	e.t.Helper()
	c := e.command(env, args...)
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		e.t.Fatal(err)
	}
	e.said.Write(out)
	if c.ProcessState.ExitCode() != code {
		e.t.Fatalf("%v: exit code %d, want %d\n%s", args, c.ProcessState.ExitCode(), code, out)
	}
	for _, text := range says {
		if !strings.Contains(string(out), text) {
			e.t.Errorf("%v does not say %q:\n%s", args, text, out)
		}
	}
	return string(out)
}

func (e *extracting) read(name string) string {
	e.t.Helper()
	data, err := os.ReadFile(filepath.Join(e.directory, name))
	if err != nil {
		e.t.Fatal(err)
	}
	return string(data)
}

func (e *extracting) write(name, text string) {
	e.t.Helper()
	if err := os.WriteFile(filepath.Join(e.directory, name), []byte(text), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

// data is all of data/.
func (e *extracting) data() string {
	e.t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(filepath.Join(e.directory, "data"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		fmt.Fprintf(&all, "%s\n%s\n", name, text)
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return all.String()
}

// holds follows the report from its query to its pages, and back.
func (e *extracting) holds(server, engine, where string) {
	e.t.Helper()
	before := e.data()
	e.run(faulty, []string{`the file "data/letters.csv" is missing`, "hint: bring it: broadsheet fetch letters"}, "build")
	e.runAs(nil, faulty, []string{"data/extracts/letters.sql: the environment has no BROADSHEET_HOUSE_USER"}, "fetch")
	e.runAs([]string{"BROADSHEET_HOUSE_USER=" + servertest.User, "BROADSHEET_HOUSE_PASSWORD=an0ther"}, faulty, []string{"the server does not know the user, or the password is wrong"}, "fetch")
	e.run(fine, []string{"data/letters.csv: 50 rows", "nothing was written"}, "fetch", "--check")
	if e.data() != before {
		e.t.Error("data/ changed")
	}
	e.run(fine, []string{"data/letters.csv: 50 rows", "  from " + server + " (" + engine, "where the query read 10000000 rows"}, "fetch")
	e.run(fine, []string{"data/letters.csv: as it was"}, "fetch", "letters")
	e.run(fine, []string{`"rows_read": 10000000`}, "fetch", "letters", "--json")
	lock := e.read("data/extracts.lock.csv")
	if !strings.HasPrefix(lock, "table,server,engine,extracted,seconds,query,read,rows,bytes,sha256,sample\nletters,"+server+","+engine+" ") || !strings.Contains(lock, ",10000000,50,") {
		e.t.Error(lock)
	}
	if table := e.read("data/letters.csv"); !strings.HasPrefix(table, "state,letters,usd,last\nS00,200000,") {
		e.t.Error(table)
	}

	e.run(fine, nil, "build")
	for page, texts := range map[string][]string{
		"public/data/letters/index.html":  {`id="query"`, "Extracted from " + server + " (" + engine + " ", " UTC.", "The query read 10,000,000 rows there.", where, "5 of the rows that the query read, picked by id with the seed 7."},
		"public/numbers/total/index.html": {"Extracted from " + server, "The query read 10,000,000 rows there.", `href="../../data/letters/index.html#query"`},
	} {
		for _, text := range texts {
			if !strings.Contains(e.read(page), text) {
				e.t.Errorf("%s does not say %q", page, text)
			}
		}
	}
	e.run(fine, []string{"50 rows of data/letters.csv", "by the query of data/extracts/letters.sql on " + server + " (" + engine + " ", "which read 10000000 rows"}, "trace", "total.letters")
	var trace struct {
		Value  string
		Behind []struct {
			Extract struct {
				Server, SQL string
				Read        int `json:"rows_read"`
			}
		}
	}
	if err := json.Unmarshal([]byte(e.run(fine, nil, "trace", "total.letters", "--json")), &trace); err != nil {
		e.t.Fatal(err)
	}
	if b := trace.Behind[0].Extract; trace.Value != "10000000" || b.Server != server || b.Read != 10_000_000 || !strings.HasPrefix(b.SQL, "SELECT") {
		e.t.Errorf("%+v", trace)
	}
	e.run(fine, nil, "verify", "public") // by the source in the site alone

	query, table := e.read("data/extracts/letters.sql"), e.read("data/letters.csv")
	e.write("data/extracts/letters.sql", strings.Replace(query, "least: 0", "least: 5", 1))
	e.run(faulty, []string{"data/extracts/letters.sql: the query or its server changed since it was run\n  hint: run the query: broadsheet fetch letters"}, "build")
	e.write("data/extracts/letters.sql", query)
	e.write("data/letters.csv", strings.Replace(table, ",200000,", ",200001,", 1))
	e.run(faulty, []string{"data/letters.csv: the file was edited since the query was run"}, "build")
	e.run(faulty, []string{"data/letters.csv: the file was edited since the query was run"}, "fetch")
	e.write("data/letters.csv", table)
	e.run(fine, nil, "check")
	sample := e.read("data/extracts/letters.sample.csv")
	if !strings.HasPrefix(sample, "id,state,usd\n") || strings.Count(sample, "\n") != 6 {
		e.t.Error(sample)
	}
	e.write("data/extracts/letters.sample.csv", strings.Replace(sample, "S", "T", 1))
	e.run(faulty, []string{"data/extracts/letters.sample.csv: the file is not the sample that the query gave"}, "build")
	if err := os.Remove(filepath.Join(e.directory, "data/extracts/letters.sample.csv")); err != nil {
		e.t.Fatal(err)
	}
	e.run(fine, []string{"data/letters.csv: 50 rows"}, "fetch", "letters")
	if again := e.read("data/extracts/letters.sample.csv"); again != sample {
		e.t.Errorf("another sample:\n%s", again)
	}
}

// down: a node of the cluster is gone, which is one problem, and the report builds as before.
func (e *extracting) down() {
	e.t.Helper()
	before := e.data()
	said := e.run(faulty, []string{"data/extracts/letters.sql: a server behind this one does not answer: a node of the cluster is down"}, "fetch")
	if strings.Count(said, "data/extracts") != 1 || e.data() != before {
		e.t.Errorf("not one problem, or data/ changed:\n%s", said)
	}
	e.run(fine, nil, "build")
}

// secrets looks for the password in all that the program said and wrote.
func (e *extracting) secrets() {
	e.t.Helper()
	for _, secret := range []string{servertest.Password, "an0ther"} {
		if strings.Contains(e.said.String(), secret) {
			e.t.Error("the program says a secret")
		}
		err := filepath.WalkDir(e.directory, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			if text, err := os.ReadFile(name); err != nil || bytes.Contains(text, []byte(secret)) {
				e.t.Error("a secret in", name, err)
			}
			return nil
		})
		if err != nil {
			e.t.Error(err)
		}
	}
}

func TestExtractFromClickHouse(t *testing.T) {
	t.Parallel()
	nodes := servertest.ClickHouse(t, 2)
	for i, s := range nodes {
		s.Query(t, "CREATE TABLE letters (id UInt64, state String, usd Decimal(18, 2), day Date) ENGINE = MergeTree() ORDER BY id PARTITION BY tuple()")
		s.Query(t, fmt.Sprintf("INSERT INTO letters SELECT number * 2 + %d AS id, concat('S', if(id %% 50 < 10, '0', ''), toString(id %% 50)), toDecimal64(id %% 1000, 2) / 4, toDate('2016-01-01') + id %% 2000 FROM numbers(5000000)", i))
		s.Query(t, "CREATE TABLE every AS letters ENGINE = Distributed(all, default, letters)")
	}
	e := newExtracting(t, "clickhouse", "default", nodes[0].Port, `/*
from: house
parameters: {least: 0}
sample: {of: "SELECT id, state, usd FROM every WHERE id >= {least}", by: id, rows: 5, seed: 7}
*/
SELECT state, count() AS letters, sum(usd) AS usd, max(day) AS last
FROM every
WHERE id >= {least}
GROUP BY state
ORDER BY state
`)
	e.holds(fmt.Sprintf("clickhouse://127.0.0.1:%d/default", nodes[0].Port), "ClickHouse", "every")
	nodes[1].Kill(t)
	e.down()
	e.secrets()
}

// TestExtractFromPostgreSQL reads a table whose one half is on another server.
func TestExtractFromPostgreSQL(t *testing.T) {
	t.Parallel()
	nodes := make([]*servertest.Server, 2)
	var both sync.WaitGroup
	for i := range nodes {
		nodes[i] = servertest.PostgreSQL(t)
		both.Go(func() {
			nodes[i].SQL(t, "CREATE UNLOGGED TABLE part (id int, state text, usd numeric(18, 2), day date)",
				fmt.Sprintf("INSERT INTO part SELECT id, 'S' || lpad((id %% 50)::text, 2, '0'), (id %% 1000) / 4.0, date '2016-01-01' + id %% 2000 FROM generate_series(%d, %d) id", i*5_000_000, (i+1)*5_000_000-1), "ANALYZE part")
		})
	}
	both.Wait()
	nodes[0].SQL(t, "CREATE EXTENSION postgres_fdw",
		fmt.Sprintf("CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%d', dbname 'grants')", nodes[1].Port),
		fmt.Sprintf("CREATE USER MAPPING FOR %[1]s SERVER other OPTIONS (user '%[1]s', password '%[2]s')", servertest.User, servertest.Password),
		"CREATE TABLE letters (id int, state text, usd numeric(18, 2), day date) PARTITION BY RANGE (id)",
		"ALTER TABLE letters ATTACH PARTITION part FOR VALUES FROM (0) TO (5000000)",
		"CREATE FOREIGN TABLE far PARTITION OF letters FOR VALUES FROM (5000000) TO (10000000) SERVER other OPTIONS (table_name 'part', use_remote_estimate 'true')",
		"ALTER DATABASE grants SET enable_partitionwise_aggregate = on")
	e := newExtracting(t, "postgresql", "grants", nodes[0].Port, `/*
from: house
parameters: {least: 0}
count: SELECT count(*) FROM letters WHERE id >= {least}
sample: {of: "SELECT id, state, usd FROM letters WHERE id >= {least} AND id < 1000", by: id, rows: 5, seed: 7}
*/
SELECT state, count(*) AS letters, sum(usd) AS usd, max(day) AS last
FROM letters
WHERE id >= {least}
GROUP BY state
ORDER BY state
`)
	e.holds(fmt.Sprintf("postgresql://127.0.0.1:%d/grants", nodes[0].Port), "PostgreSQL", "letters")

	// who stops the program ends the query on the server
	query := e.read("data/extracts/letters.sql")
	e.write("data/extracts/letters.sql", strings.Replace(query, "WHERE", "WHERE pg_sleep(60) IS NOT NULL AND", 1))
	c := e.command(e.env, "fetch")
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	before := e.data()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	running := "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'broadsheet' AND state = 'active'"
	until(t, func() bool { return nodes[0].SQL(t, running) == "1" })
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // the code says it
	if c.ProcessState.ExitCode() != internal || !strings.Contains(said.String(), "stopped; nothing was written") || e.data() != before {
		t.Errorf("%d %s", c.ProcessState.ExitCode(), &said)
	}
	until(t, func() bool { return nodes[0].SQL(t, running) == "0" })
	e.write("data/extracts/letters.sql", query)

	nodes[1].Kill(t)
	e.down()
	e.secrets()
}

// until waits for something to come.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatal("it does not come")
		case <-time.After(20 * time.Millisecond):
		}
	}
}
