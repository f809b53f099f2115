package warehouse_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/limit"
	"broadsheet/generator/warehouse"
	"broadsheet/generator/warehouse/servertest"
)

// asked is a query of a test, and where it goes.
type asked struct {
	connection dataset.Connection
	head, sql  string
	fields     string // "a:number b c:datetime"
	marks      string // of missing values, in JSON
	user       string
	password   string
	ca         string
	limits     limit.Limits
}

// run gives the CSV, or what is said instead. No secret is in either.
func run(t *testing.T, ctx context.Context, q asked) (string, *warehouse.Answer, string) {
	t.Helper()
	q.connection.Name = "house"
	var fields []map[string]string
	for _, f := range strings.Fields(q.fields) {
		name, kind, _ := strings.Cut(f, ":")
		if kind == "" {
			kind = "string"
		}
		fields = append(fields, map[string]string{"name": name, "type": kind})
	}
	schema := map[string]any{"fields": fields}
	if q.marks != "" {
		schema["missingValues"] = json.RawMessage(q.marks)
	}
	described, err := json.Marshal(map[string]any{"connections": []dataset.Connection{q.connection}, "resources": []any{map[string]any{"name": "t", "path": "t.csv", "schema": schema}}})
	if err != nil {
		t.Fatal(err)
	}
	report := fstest.MapFS{dataset.File: {Data: described}, "data/extracts/t.sql": {Data: []byte("/*\nfrom: house\n" + q.head + "*/\n" + q.sql + "\n")}}
	var found diag.List
	p, err := dataset.Describe(ctx, report, nil, &found)
	if err != nil {
		t.Fatal(err)
	}
	set, err := extract.Load(report, p, nil, &found)
	if err != nil {
		t.Fatal(err)
	}
	if !found.Empty() {
		return "", nil, found.Sorted()[0].String()
	}
	env := map[string]string{"BROADSHEET_HOUSE_USER": q.user, "BROADSHEET_HOUSE_PASSWORD": q.password, "BROADSHEET_HOUSE_CA": q.ca}
	if q.user == "" {
		env["BROADSHEET_HOUSE_USER"] = servertest.User
	}
	if q.password == "" {
		env["BROADSHEET_HOUSE_PASSWORD"] = servertest.Password
	}
	var to bytes.Buffer
	answer, problem, err := warehouse.Run(ctx, set["t"], &to, warehouse.Options{Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok && v != "" }, Limits: q.limits})
	if err != nil {
		return "", nil, "error: " + err.Error()
	}
	if problem != nil {
		said := problem.String()
		for _, secret := range []string{servertest.Password, q.password, q.user} {
			if secret != "" && strings.Contains(said, secret) {
				t.Errorf("a secret in a message: %s", said)
			}
		}
		return "", nil, said
	}
	return to.String(), answer, ""
}

// signer is the file with the certificate of who signs for servers of tests.
func signer(t *testing.T) string {
	t.Helper()
	_, _, signer := servertest.Certificate(t)
	name := filepath.Join(t.TempDir(), "signer.pem")
	if err := os.WriteFile(name, []byte(signer), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func yes() *bool { b := true; return &b }

// faults runs queries that go wrong, each in one way.
func faults(t *testing.T, base asked, cases []fault) {
	t.Helper()
	for _, tt := range cases {
		q := base
		if tt.change != nil {
			tt.change(&q)
		}
		if tt.sql != "" {
			q.sql = tt.sql
		}
		if tt.fields != "" {
			q.fields = tt.fields
		}
		if _, _, said := run(t, t.Context(), q); !strings.HasPrefix(said, tt.want) || strings.Count(said, "\n") > 1 {
			t.Errorf("%s %s: %s, want %s", tt.sql, tt.fields, said, tt.want)
		}
	}
}

type fault struct {
	sql, fields string
	change      func(*asked)
	want        string
}

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	s := servertest.PostgreSQL(t)
	s.SQL(t, "CREATE TABLE letters (id int, state text, amount numeric(40, 10), note text)",
		"INSERT INTO letters SELECT n, 'S' || n % 3, n / 7.0, nullif('', CASE n % 2 WHEN 0 THEN '' END) FROM generate_series(1, 1000) n",
		"CREATE TABLE hidden (id int)", "REVOKE pg_read_all_data FROM "+servertest.User, "GRANT SELECT ON letters TO "+servertest.User)
	base := asked{connection: dataset.Connection{Driver: "postgresql", Host: "127.0.0.1", Port: s.Port, Database: "grants"}, fields: "n:integer", sql: "SELECT count(*) AS n FROM letters"}

	q := base
	q.fields = "i:integer big:integer d:number f:number day:date t:datetime z:datetime yes:boolean text none"
	q.head = "parameters: {least: 998, states: [S0, \"S'1\", S2]}\ncount: SELECT count(*) FROM letters WHERE id >= {least}\n"
	q.sql = `SELECT id AS i, 9223372036854775807 AS big, 12345678901234567890.0123456789 AS d, 0.1::float8 AS f, date '2017-01-31' AS day, timestamp '2017-01-31 10:00' AS t,
		timestamptz '2017-01-31 10:00+02' AS z, id = 999 AS yes, E'a "b", {least} \\ \n' || chr(233) AS text, NULL AS none FROM letters WHERE id >= {least} AND state IN ({states}) ORDER BY id`
	got, answer, said := run(t, t.Context(), q)
	want := "i,big,d,f,day,t,z,yes,text,none\n" +
		"998,9223372036854775807,12345678901234567890.0123456789,0.1,2017-01-31,2017-01-31T10:00:00,2017-01-31T08:00:00Z,false,\"a \"\"b\"\", {least} \\ \né\",\n" +
		"999,9223372036854775807,12345678901234567890.0123456789,0.1,2017-01-31,2017-01-31T10:00:00,2017-01-31T08:00:00Z,true,\"a \"\"b\"\", {least} \\ \né\",\n"
	if got != want {
		t.Errorf("%s%s\nwant %s", said, got, want)
	} else if !strings.HasPrefix(answer.Engine, "PostgreSQL 1") || answer.Rows != 2 || answer.Read == nil || *answer.Read != 3 || answer.Bytes != int64(len(got)) {
		t.Errorf("%+v", answer)
	}
	// what is missing, what is blank, and 0
	q = base
	q.fields, q.marks, q.sql = "id:integer note zero:integer", `["(none)"]`, "SELECT id, note, 0 AS zero FROM letters WHERE id < 3 ORDER BY id"
	if got, _, said := run(t, t.Context(), q); got != "id,note,zero\n1,,0\n2,(none),0\n" {
		t.Error(said, got)
	}
	secure := base
	secure.connection.Host, secure.connection.TLS, secure.ca = "localhost", yes(), signer(t)
	if got, _, said := run(t, t.Context(), secure); got != "n\n1000\n" {
		t.Error(said, got)
	}

	plain, err := net.Listen("tcp", "127.0.0.1:0") // a server that does not encrypt
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	go func() {
		for {
			conn, err := plain.Accept()
			if err != nil {
				return
			}
			_, _ = io.ReadFull(conn, make([]byte, 8))
			_, _ = conn.Write([]byte("N"))
			if more, _ := io.ReadAll(conn); len(more) > 0 {
				t.Errorf("something was sent: %q", more)
			}
			_ = conn.Close()
		}
	}()

	house := "data/extracts/t.sql"
	faults(t, base, []fault{
		{change: func(q *asked) {
			q.connection.Host, q.connection.Port, q.connection.TLS = "localhost", plain.Addr().(*net.TCPAddr).Port, yes()
		}, want: house + ": the server does not encrypt: localhost:"},
		{change: func(q *asked) { q.password = "wr0ng-secret" }, want: house + ": the server does not know the user, or the password is wrong"},
		{change: func(q *asked) { q.user = "n0body-secret" }, want: house + ": the server does not know the user, or the password is wrong"},
		{change: func(q *asked) { q.connection.Database = "none" }, want: house + `: the server has no database "none"`},
		{change: func(q *asked) { q.connection.Port = 1 }, want: house + ": no server answers: 127.0.0.1:1"},
		{change: func(q *asked) { q.connection.Host = "nobody.invalid" }, want: house + ": the host is not found: nobody.invalid:"},
		{change: func(q *asked) { q.connection.TLS, q.ca = yes(), signer(t) }, want: house + ": the certificate of the server is not valid for it: 127.0.0.1:"},
		{change: func(q *asked) { q.connection.TLS, q.connection.Host = yes(), "localhost" }, want: house + ": the certificate of the server is not valid for it: localhost:"},
		{change: func(q *asked) { q.ca, q.connection.TLS = "/none", yes() }, want: house + ": the file that BROADSHEET_HOUSE_CA names has no certificate"},
		{sql: "SELECT\n count(*) AS n FROM nope", want: house + `:5:21: the server has no table "nope"`},
		{sql: "SELECT {x} AS n, é, nope AS n FROM letters", change: func(q *asked) { q.head = "parameters: {x: 123456789}\n" }, want: house + `:5:18: the server has no column "é"`},
		{sql: "SELECT nope(1) AS n", want: house + `:4:8: the server has no function for these values: "nope"`},
		{sql: "SELECT 1 AS n FRM letters WHERE", want: house + `:4:15: the server does not understand the query (SQLSTATE 42601), found "FRM"`},
		{sql: "SELECT 1/0 AS n", want: house + ": the query divides by zero"},
		{sql: "SELECT 'a'::int AS n", want: house + ":4:8: a value does not fit what the query does with it (SQLSTATE 22P02)"},
		{sql: "SELECT id AS n FROM hidden", want: house + ": the user may not read what the query reads"},
		{sql: "SELECT pg_sleep(30)::text AS n", change: func(q *asked) { q.limits = limit.Limits{limit.ExtractTime: 1} }, want: house + ": the query takes longer than 1 second"},
		{sql: "SELECT id AS n FROM letters ORDER BY id", change: func(q *asked) { q.limits = limit.Limits{limit.Rows: 10} }, want: house + ": the result has more than 10 rows"},
		{sql: "SELECT id AS n FROM letters", want: house + ": the rows come in another order each time"},
		{sql: "SELECT id AS n FROM letters WHERE false", want: house + ": the result has no rows"},
		{sql: "SELECT NULL AS n", want: house + ": row 1 of the result has no value"},
		{sql: "SELECT 1 AS m", want: house + `: the result has no column "n", expected m`},
		{sql: "SELECT 1 AS n, 2 AS m", want: house + `: the result has a column "m", which data/datapackage.json does not describe, expected n`},
		{sql: "SELECT 1 AS n, 2 AS n", want: house + `: the result has two columns "n"`},
		{sql: "SELECT id, note FROM letters ORDER BY id", fields: "id:integer note", want: house + `: column "note" has both NULL and a blank text`},
		{sql: "WITH x AS (DELETE FROM letters RETURNING id) SELECT count(*) AS n FROM x", want: house + ": the query changes something"},
		{sql: "DELETE FROM letters", want: house + ":4:1: the query is no SELECT"},
		{sql: "SELECT 1 AS n; DROP TABLE letters", want: house + ":4:14: a second statement, expected one SELECT"},
		{sql: "SELECT set_config('transaction_read_only', 'off', true) AS n", want: house},
		{change: func(q *asked) { q.head = "count: SELECT count(*) FROM nope\n" }, want: house + `: count: the server has no table "nope"`},
		{change: func(q *asked) { q.head = "count: SELECT state FROM letters ORDER BY id\n" }, want: house + ": count gives no number"},
	})
	if n := s.SQL(t, "SELECT count(*) FROM letters"); n != "1000" {
		t.Error("the server lost rows:", n)
	}
	// a query that nobody waits for ends on the server
	ctx, cancel := context.WithCancel(t.Context())
	running := func() string {
		return s.SQL(t, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'")
	}
	seen := make(chan bool)
	go func() {
		defer close(seen)
		defer cancel()
		for range 200 {
			if time.Sleep(20 * time.Millisecond); ctx.Err() != nil || running() == "1" {
				return
			}
		}
	}()
	q = base
	q.sql = "SELECT pg_sleep(60)::text AS n"
	if _, _, said := run(t, ctx, q); said != "error: context canceled" {
		t.Error(said)
	}
	cancel()
	<-seen
	gone := false
	for range 100 {
		if gone = running() == "0"; gone {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !gone {
		t.Error("the query still runs")
	}
	killed := make(chan bool)
	go func() {
		defer close(killed)
		for range 200 {
			if time.Sleep(20 * time.Millisecond); running() == "1" {
				break
			}
		}
		s.Kill(t)
	}()
	faults(t, q, []fault{{want: house + ": the server broke off"}})
	<-killed
}

func TestClickHouse(t *testing.T) {
	t.Parallel()
	nodes := servertest.ClickHouse(t, 2)
	for i, s := range nodes {
		s.Query(t, "CREATE TABLE letters (id UInt64, state String, amount Decimal(38, 10), note Nullable(String)) ENGINE = MergeTree() ORDER BY id PARTITION BY id % 2")
		s.Query(t, fmt.Sprintf("INSERT INTO letters SELECT number * 2 + %d, concat('S', toString(number %% 3)), toDecimal128(number, 10) / 7, if(number %% 2, NULL, '') FROM numbers(500000)", i))
		s.Query(t, "CREATE TABLE every AS letters ENGINE = Distributed(all, default, letters)")
	}
	base := asked{connection: dataset.Connection{Driver: "clickhouse", Host: "127.0.0.1", Port: nodes[0].Port, Database: "default"}, fields: "n:integer", sql: "SELECT count() AS n FROM every"}
	q := base
	q.fields = "i:integer big:integer d:number f:number nan:number day:date t:datetime text none"
	q.head = "parameters: {least: 999998, states: [S0, \"S'\\\\1\", S1, S2]}\n"
	q.sql = `SELECT id AS i, toUInt64(18446744073709551615) AS big, toDecimal128('1234567890123456789.0123456789', 10) AS d, 0.1 AS f, nan AS nan, toDate('2017-01-31') AS day, toDateTime('2017-01-31 10:00:00') AS t,
		'a "b", {least} \\ \n\'é' AS text, NULL AS none FROM every WHERE id >= {least} AND state IN ({states}) ORDER BY id`
	got, answer, said := run(t, t.Context(), q)
	row := ",18446744073709551615,1234567890123456789.0123456789,0.1,nan,2017-01-31,2017-01-31T10:00:00,\"a \"\"b\"\", {least} \\ \n'é\",\n"
	if got != "i,big,d,f,nan,day,t,text,none\n999998"+row+"999999"+row {
		t.Errorf("%s\n%s", said, got)
	} else if !strings.HasPrefix(answer.Engine, "ClickHouse ") || answer.Rows != 2 || answer.Read == nil || *answer.Read < 2 {
		t.Errorf("%+v", answer)
	}
	if got, answer, said := run(t, t.Context(), base); got != "n\n1000000\n" || *answer.Read != 1000000 {
		t.Error(said, got)
	}
	fixed := base // a user who can only read, and sets nothing
	fixed.user = "fixed"
	if got, _, said := run(t, t.Context(), fixed); got != "n\n1000000\n" {
		t.Error(said, got)
	}
	secure := base
	secure.connection.Host, secure.connection.Port, secure.connection.TLS, secure.ca = "localhost", nodes[0].TLSPort, yes(), signer(t)
	if got, _, said := run(t, t.Context(), secure); got != "n\n1000000\n" {
		t.Error(said, got)
	}
	q = base
	q.fields, q.marks, q.sql = "id:integer note zero:integer", `["(none)"]`, "SELECT id, note, 0 AS zero FROM every WHERE id IN (0, 2) ORDER BY id"
	if got, _, said := run(t, t.Context(), q); got != "id,note,zero\n0,,0\n2,(none),0\n" {
		t.Error(said, got)
	}
	house := "data/extracts/t.sql"
	faults(t, base, []fault{
		{change: func(q *asked) { q.password = "wr0ng-secret" }, want: house + ": the server does not know the user, or the password is wrong"},
		{change: func(q *asked) { q.user = "n0body-secret" }, want: house + ": the server does not know the user, or the password is wrong"},
		{change: func(q *asked) { q.connection.Database = "none" }, want: house + `: the server has no database "none"`},
		{change: func(q *asked) { q.connection.Port = 1 }, want: house + ": no server answers: 127.0.0.1:1"},
		{change: func(q *asked) { q.connection.TLS, q.connection.Port, q.ca = yes(), nodes[0].TLSPort, signer(t) }, want: house + ": the certificate of the server is not valid for it: 127.0.0.1:"},
		{change: func(q *asked) {
			q.connection.TLS, q.connection.Port, q.connection.Host = yes(), nodes[0].TLSPort, "localhost"
		}, want: house + ": the certificate of the server is not valid for it: localhost:"},
		{change: func(q *asked) { q.connection.TLS, q.connection.Host, q.ca = yes(), "localhost", signer(t) }, want: house + ": the server does not encrypt: localhost:"},
		{sql: "SELECT\n count() AS n FROM nope", want: house + `:5:20: the server has no table "nope"`},
		{sql: "SELECT nope AS n FROM every", want: house + `:4:8: the server has no column "nope"`},
		{sql: "SELECT nope(1) AS n", want: house + `:4:8: the server has no function "nope"`},
		{sql: "SELECT 1 AS n FRM every WHERE", want: house + `:4:15: the server does not understand the query (code 62), found "FRM"`},
		{sql: "SELECT throwIf(number = 2) AS n FROM numbers(3) ORDER BY n", want: house + ": the server "},
		{sql: "SELECT count() AS n FROM every WHERE sleep(1) + sleepEachRow(0.00001) < 2", change: func(q *asked) { q.limits = limit.Limits{limit.ExtractTime: 1} }, want: house + ": the query takes longer than 1 second"},
		{sql: "SELECT id AS n FROM every ORDER BY id", change: func(q *asked) { q.limits = limit.Limits{limit.Rows: 10} }, want: house + ": the result has more than 10 rows"},
		{sql: "SELECT id AS n FROM every ORDER BY id", change: func(q *asked) { q.user, q.limits = "fixed", limit.Limits{limit.Rows: 10} }, want: house + ": the result has more than 10 rows"},
		{sql: "SELECT 1 AS n FORMAT TabSeparated", want: house + ": the answer is not as it was asked for"},
		{sql: "SELECT count() AS n FROM every GROUP BY state WITH TOTALS ORDER BY n", want: house + ": the result has a row of totals"},
		{sql: "SELECT '\\xff' AS n", want: house + `: column "n" has a text that is not UTF-8`},
		{sql: "INSERT INTO letters (id) VALUES (1)", want: house + ":4:1: the query is no SELECT"},
		{sql: "SELECT id, note FROM every ORDER BY id", fields: "id:integer note", want: house + `: column "note" has both NULL and a blank text`},
	})
	// one node goes while the query runs
	time.AfterFunc(400*time.Millisecond, func() { nodes[1].Kill(t) }) // a query that begins later finds it gone
	faults(t, base, []fault{
		{sql: "SELECT count() AS n FROM every WHERE sleepEachRow(0.00001) = 0", want: house + ": a server behind this one does not answer: a node of the cluster is down"},
		{sql: "SELECT count() AS n FROM every", want: house + ": a server behind this one does not answer: a node of the cluster is down"},
	})
	// a query that nobody waits for ends on the server
	ctx, cancel := context.WithCancel(t.Context())
	running := func() string {
		return nodes[0].Query(t, "SELECT count() FROM system.processes WHERE query LIKE 'SELECT count() AS n FROM letters%'")
	}
	seen := make(chan bool)
	go func() {
		defer close(seen)
		defer cancel()
		for range 200 {
			if time.Sleep(20 * time.Millisecond); ctx.Err() != nil || running() == "1" {
				return
			}
		}
	}()
	q = base
	q.sql = "SELECT count() AS n FROM letters WHERE sleepEachRow(0.00004) = 0"
	if _, _, said := run(t, ctx, q); said != "error: context canceled" {
		t.Error(said)
	}
	cancel()
	<-seen
	gone := false
	for range 500 {
		if gone = running() == "0"; gone {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !gone {
		t.Error("the query still runs")
	}
}
