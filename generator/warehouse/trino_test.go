package warehouse_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"broadsheet/generator/dataset"
	"broadsheet/generator/warehouse/servertest"
)

// Debian has no Trino, and no Java that is new enough for one: these are answers as the documentation of the protocol has them,
// https://trino.io/docs/current/develop/client-protocol.html, and not those of a server that runs.
func TestTrino(t *testing.T) {
	t.Parallel()
	const columns = `"columns": [{"name": "state", "type": "varchar"}, {"name": "n", "type": "bigint"}, {"name": "usd", "type": "decimal(38,2)"}, {"name": "t", "type": "timestamp(3)"}, {"name": "z", "type": "timestamp(3) with time zone"}, {"name": "f", "type": "double"}, {"name": "none", "type": "unknown"}]`
	failed := func(name, more string) string {
		return `{"id": "q", "stats": {"state": "FAILED"}, "error": {"message": "secret words of the server", "errorCode": 1, "errorName": "` + name + `", "errorType": "USER_ERROR"` + more + `}}`
	}
	busy, canceled := atomic.Int32{}, atomic.Int32{}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if r.URL.Path != "/v1/info" && (r.Header.Get("X-Trino-User") != servertest.User || user != servertest.User || password != servertest.Password) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next := func(path string) string { return fmt.Sprintf(`"nextUri": "%s%s"`, server.URL, path) }
		body, _ := io.ReadAll(r.Body)
		switch r.Method + " " + r.URL.Path {
		case "GET /v1/info":
			fmt.Fprint(w, `{"nodeVersion": {"version": "476"}, "environment": "test", "coordinator": true, "starting": false}`)
		case "POST /v1/statement":
			if r.Header.Get("X-Trino-Catalog") != "hive" || r.Header.Get("X-Trino-Schema") != "grants" || r.Header.Get("X-Trino-Session") != "query_max_execution_time=600s" {
				t.Error(r.Header)
			}
			switch query := string(body); {
			case strings.Contains(query, "count(*)"):
				fmt.Fprint(w, `{"id": "q", `+next("/v1/count")+`}`)
			case strings.Contains(query, "nope_table"):
				fmt.Fprint(w, failed("TABLE_NOT_FOUND", `, "errorLocation": {"lineNumber": 2, "columnNumber": 7}`))
			case strings.Contains(query, "elsewhere"):
				fmt.Fprint(w, `{"id": "q", "nextUri": "http://other.invalid/v1/1"}`)
			case strings.Contains(query, "slow"):
				fmt.Fprint(w, failed("EXCEEDED_TIME_LIMIT", ""))
			case strings.Contains(query, "node"):
				fmt.Fprint(w, failed("REMOTE_HOST_GONE", ""))
			case strings.Contains(query, "odd"):
				fmt.Fprint(w, failed("TYPE_MISMATCH", `, "errorLocation": {"lineNumber": 1, "columnNumber": 8}`))
			default:
				fmt.Fprint(w, `{"id": "q", "infoUri": "`+server.URL+`/ui", `+next("/v1/statement/queued/q/1")+`, "stats": {"state": "QUEUED"}}`)
			}
		case "GET /v1/statement/queued/q/1":
			if busy.Add(1)%3 != 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			fmt.Fprint(w, `{"id": "q", `+next("/v1/statement/executing/q/2")+`, "stats": {"state": "RUNNING", "processedRows": 10}}`)
		case "GET /v1/statement/executing/q/2":
			fmt.Fprint(w, `{"id": "q", `+columns+`, "data": [["CA", 9223372036854775807, "12345678901234567890.12", "2017-01-31 10:00:00.000", "2017-01-31 10:00:00.000 UTC", 0.1, null]], `+next("/v1/statement/executing/q/3")+`, "stats": {"state": "RUNNING", "processedRows": 5000000}}`)
		case "GET /v1/statement/executing/q/3":
			fmt.Fprint(w, `{"id": "q", `+columns+`, "data": [["N\u00e9", 0, "0.00", null, null, "NaN", null]], "stats": {"state": "FINISHED", "processedRows": 10000000}}`)
		case "GET /v1/count":
			fmt.Fprint(w, `{"id": "q", "columns": [{"name": "_col0", "type": "bigint"}], "data": [[12]], "stats": {"processedRows": 12}}`)
		case "DELETE /v1/statement/executing/q/3":
			canceled.Add(1)
			w.WriteHeader(http.StatusNoContent)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	number, _ := strconv.Atoi(port)
	base := asked{connection: dataset.Connection{Driver: "trino", Host: "127.0.0.1", Port: number, Database: "hive.grants"}, fields: "state n:integer usd:number t:datetime z:datetime f:number none", sql: "SELECT state, n FROM letters ORDER BY state"}
	got, answer, said := run(t, t.Context(), base)
	if want := "state,n,usd,t,z,f,none\nCA,9223372036854775807,12345678901234567890.12,2017-01-31T10:00:00.000,2017-01-31T10:00:00.000Z,0.1,\nNé,0,0.00,,,NaN,\n"; got != want {
		t.Errorf("%s\n%s\nwant %s", said, got, want)
	} else if answer.Engine != "Trino 476" || *answer.Read != 10000000 {
		t.Errorf("%+v", answer)
	}
	q := base
	q.head = "count: SELECT count(*) FROM letters\n"
	if _, answer, said := run(t, t.Context(), q); said != "" || *answer.Read != 12 {
		t.Error(said, answer)
	}
	house := "data/extracts/t.sql"
	faults(t, base, []fault{
		{change: func(q *asked) { q.password = "wr0ng-secret" }, want: house + ": the server does not know the user, or the password is wrong"},
		{sql: "SELECT n\n FROM nope_table", want: house + `:5:7: the server has no table "nope_table"`},
		{sql: "SELECT odd FROM t", want: house + `:4:8: the server does not understand the query (type mismatch), found "odd"`},
		{sql: "SELECT elsewhere", want: house + ": the server sends on to another one"},
		{sql: "SELECT slow", want: house + ": the query takes longer than 600 seconds"},
		{sql: "SELECT node", want: house + ": a server behind this one does not answer"},
		{change: func(q *asked) { q.connection.Database = "hive.grants"; q.fields = "state" }, want: house + `: the result has a column "n"`},
		{change: func(q *asked) { q.connection.Port = 1 }, want: house + ": no server answers: 127.0.0.1:1"},
	})
	// what nobody reads to its end is ended on the server
	if faults(t, base, []fault{{fields: "state n:integer usd:number t:datetime z:datetime f:number none more", want: house + `: the result has no column "more"`}}); canceled.Load() == 0 {
		t.Error("the query was not canceled")
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, port, _ = net.SplitHostPort(plain.Listener.Addr().String())
	number, _ = strconv.Atoi(port)
	faults(t, base, []fault{{change: func(q *asked) { q.connection.Port = number }, want: house + ": the server answers 404, and not as Trino does"}})
}
