package fetch_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/fetch"
	"broadsheet/generator/limit"
)

const secret = "s3cr3t-t0ken"

// report is a report with one table, whose file the server publishes under a path.
func report(address, more string) fstest.MapFS {
	return fstest.MapFS{dataset.File: {Data: fmt.Appendf(nil, `{"resources": [{"name": "grants", "path": "grants.csv", "fetch": {"url": %q%s},
		"schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "string"}, {"name": "amount", "type": "number"}]}}]}`, address, more)}}
}

func options() fetch.Options {
	return fetch.Options{
		Now: time.Date(2018, 2, 1, 9, 30, 0, 0, time.UTC), Wait: time.Millisecond,
		Env: func(name string) (string, bool) { return secret, name == "TOKEN" },
	}
}

// fetched fetches, and keeps what came in the report.
func fetched(t *testing.T, r fstest.MapFS) (*fetch.Result, string) {
	t.Helper()
	came, err := fetch.Fetch(t.Context(), r, nil, options())
	if err != nil {
		t.Fatal(err)
	}
	files, err := came.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		data := file.Data
		r["data/"+name] = &fstest.MapFile{Data: data}
		if strings.Contains(string(data), secret) {
			t.Error("a secret in", name)
		}
	}
	var said []string
	for _, p := range came.Problems {
		said = append(said, p.String())
	}
	all := strings.Join(said, "\n")
	if strings.Contains(all, secret) {
		t.Error("a secret in a message:", all)
	}
	if len(came.Results) == 0 {
		return nil, all
	}
	return &came.Results[0], all
}

func TestFetch(t *testing.T) {
	t.Parallel()
	body, asked := atomic.Value{}, atomic.Int32{}
	body.Store("id,amount\na,1.50\nb,20\nc,3\n")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := body.Load().(string)
		etag := fmt.Sprintf("%q", fmt.Sprint(len(text)))
		asked.Add(1)
		if w.Header().Set("ETag", etag); r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Header.Get("X-App-Token") != secret {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(text))
	}))
	defer server.Close()
	r := report(server.URL+"/grants.csv", `, "headers": {"X-App-Token": "$TOKEN"}`)
	got, said := fetched(t, r)
	if said != "" || got.Revision != nil || string(r["data/grants.csv"].Data) != body.Load() {
		t.Fatal(got, said)
	}
	want := "table,url,fetched,bytes,rows,sha256,etag,modified\ngrants," + server.URL + "/grants.csv,2018-02-01T09:30:00Z,26,3,"
	if lock := string(r["data/fetched.lock.csv"].Data); !strings.HasPrefix(lock, want) {
		t.Error(lock)
	}
	if got, said = fetched(t, r); said != "" || got.Data != nil || asked.Load() != 2 {
		t.Error("nothing changed:", got, said)
	}

	before := len(r)
	body.Store("id,amount\na,low\nb,high\nc,3\n")
	if _, said = fetched(t, r); !strings.HasPrefix(said, `data/grants.csv:2:2: amount (cell B2): in the answer, as the first of 2 problems, found "low", expected a number`) || len(r) != before || strings.Contains(string(r["data/grants.csv"].Data), "low") {
		t.Error(said)
	}
	body.Store("id,total\na,1\nb,2\nc,3\n")
	if _, said = fetched(t, r); !strings.HasPrefix(said, `data/grants.csv:1: in the answer: column "amount" is missing`) || len(r) != before {
		t.Error(said)
	}

	body.Store("id,amount,note\na,1.50,\nb,25,new\nd,4,\n")
	got, said = fetched(t, r)
	if said != "" || got.Revision == nil {
		t.Fatal(got, said)
	}
	if words := got.Revision.Words(); words != "1 row added, 1 removed, 1 revised, new columns: note" {
		t.Error(words)
	}
	if text := fmt.Sprint(*got.Revision); text != "{grants data/grants.csv 3 3 [note] [] [] [{id=d []}] [{id=c []}] [{id=b [{amount 20 25}]}] <nil> [{amount 24.5 30.5}]}" {
		t.Error(text)
	}

	wantRevised := "table,fetched,change,row,column,old,new\ngrants,2018-02-01T09:30:00Z,rows,,,3,3\ngrants,2018-02-01T09:30:00Z,column added,,note,,\ngrants,2018-02-01T09:30:00Z,added,id=d,,,\n" +
		"grants,2018-02-01T09:30:00Z,removed,id=c,,,\ngrants,2018-02-01T09:30:00Z,revised,id=b,amount,20,25\ngrants,2018-02-01T09:30:00Z,total,,amount,24.5,30.5\n"
	if text := string(r["data/revisions.lock.csv"].Data); text != wantRevised {
		t.Error(text)
	}

	r["data/grants.csv"] = &fstest.MapFile{Data: []byte("id,amount,note\na,9,\n")}
	if _, said = fetched(t, r); !strings.HasPrefix(said, "data/grants.csv: the file was edited since it was fetched") {
		t.Error(said)
	}
}

// TestKeysOfAnAnswer fetches tables that a build would refuse for their keys: the file stays as it was.
func TestKeysOfAnAnswer(t *testing.T) {
	t.Parallel()
	const sound = "id,amount\na,1\nb,2\n"
	body := sound
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(body)) }))
	defer server.Close()
	r := report(server.URL+"/grants.csv", "")
	if _, said := fetched(t, r); said != "" {
		t.Fatal(said)
	}
	for answer, want := range map[string]string{
		"id,amount\na,1\nb,2\nb,3\n": "in the answer",
		"id,amount\na,1\n,2\n":       "in the answer",
	} {
		body = answer
		if _, said := fetched(t, r); !strings.Contains(said, want) || !strings.Contains(said, "the file is as it was") {
			t.Errorf("%q: %q", answer, said)
		}
		if text := string(r["data/grants.csv"].Data); text != sound {
			t.Errorf("%q: the file is %q", answer, text)
		}
	}
}

// TestFormsOfFiles fetches files that are not CSV in UTF-8 with commas, as their descriptions say.
func TestFormsOfFiles(t *testing.T) {
	t.Parallel()
	for dialect, texts := range map[string][2]string{
		`, "encoding": "windows-1252", "dialect": {"delimiter": ";", "headerRows": [2]}`: {"Grants\nid;amount\nCaf\xe9;1\nb;2\n", "Grants\nid;amount\nCaf\xe9;3\nb;2\n"},
		`, "dialect": {"commentChar": "#"}`:                                              {"# 2018\nid,amount\n# two\nCafé,1\nb,2\n", "id,amount\nb,2.0\nCafé,3\n"},
		`, "dialect": {"header": false}`:                                                 {"Café,1\nb,2\n", "Café,3\nb,2\n"},
	} {
		body := texts[0]
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(body)) }))
		r := report(server.URL+"/grants.csv", "}"+strings.TrimSuffix(dialect, "}")+strings.Repeat("}", strings.Count(dialect, "}")-1))
		if _, said := fetched(t, r); said != "" {
			t.Error(dialect, said)
		}
		body = texts[1]
		if got, said := fetched(t, r); said != "" || got.Revision == nil || fmt.Sprint(got.Revision.Revised) != "[{id=Café [{amount 1 3}]}]" {
			t.Error(dialect, got, said)
		}
		server.Close()
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(fmt.Sprint(r.Header), secret) {
			t.Error("a secret is sent to another host")
		}
		_, _ = w.Write([]byte("<!DOCTYPE html><title>Sign in</title>"))
	}))
	defer other.Close()
	busy := atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/login":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/around":
			http.Redirect(w, r, "/around", http.StatusFound)
		case "/page":
			_, _ = w.Write([]byte("<html><body>Not today</body></html>"))
		case "/short":
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte("id,amount\na,1\n"))
		case "/small":
			_, _ = w.Write([]byte("id,amount\na,1\n"))
		case "/empty":
			_, _ = w.Write([]byte("id,amount\n"))
		case "/resource/abcd-1234.csv":
			_, _ = fmt.Fprint(w, "id,amount\n")
			for i := range 1000 {
				_, _ = fmt.Fprintf(w, "r%d,1\n", i)
			}
		case "/key":
			w.WriteHeader(http.StatusForbidden)
		case "/busy":
			if busy.Add(1) < 3 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			_, _ = w.Write([]byte("id,amount\na,1\n"))
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, tt := range []struct{ address, want string }{
		{server.URL + "/page", "data/grants.csv: the file is a web page, expected CSV"},
		{server.URL + "/login", "data/grants.csv: the file is a web page, to which the server sent on: 127.0.0.1:"},
		{server.URL + "/around", "from one address to another, without end"},
		{server.URL + "/short", "the answer ends too soon"},
		{server.URL + "/small", "the answer has 14 bytes, and the file has 5010"},
		{server.URL + "/empty", "in the answer: the table has no rows"},
		{server.URL + "/resource/abcd-1234.csv", "as many as the server sends at once"},
		{server.URL + "/key", "asks for a key or a password (403)"},
		{server.URL + "/none", "the server has no such file (404)"},
		{server.URL + "/broken", "the server answers 500"},
		{server.URL + "/page?token=$OTHER", "the environment has no $OTHER"},
		{secure.URL, "the certificate of the server is not valid"},
		{gone.URL, "the server does not answer"},
		{"http://nobody.invalid/a.csv", "the host is not found"},
	} {
		r := report(tt.address, `, "headers": {"Authorization": "$TOKEN"}`)
		if strings.HasSuffix(tt.address, "/small") {
			r["data/grants.csv"] = &fstest.MapFile{Data: []byte("id,amount\n" + strings.Repeat("a,1\nb,22\n", 5000/9) + "a")}
			r["data/grants.csv"].Data = append(r["data/grants.csv"].Data, strings.Repeat("\n", 5010-len(r["data/grants.csv"].Data))...)
		}
		before := len(r)
		if _, said := fetched(t, r); !strings.Contains(said, tt.want) || strings.Count(said, "\n") > 1 {
			t.Errorf("%s: %s, want %s", tt.address, said, tt.want)
		}
		if len(r) != before {
			t.Errorf("%s: something was written", tt.address)
		}
	}
	if got, said := fetched(t, report(server.URL+"/busy", "")); said != "" || got.Data == nil {
		t.Error("a busy server is asked again:", got, said)
	}
}

// TestEndlessBody asks for a file that goes on and on: no more of it is read than a file may have.
func TestEndlessBody(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for text := []byte(strings.Repeat("a,1\n", 1<<14)); ; {
			if _, err := w.Write(text); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	r := report(server.URL+"/grants.csv", "")
	o := options()
	o.Limits = limit.Limits{limit.FileSize: 1}
	came, err := fetch.Fetch(t.Context(), r, nil, o)
	if err != nil || len(came.Problems) != 1 || !strings.Contains(came.Problems[0].String(), "data/grants.csv: found an answer of more, expected at most 1 megabyte") {
		t.Error(err, came)
	}
	if files, err := came.Files(); err != nil || files != nil {
		t.Error(err, files)
	}
}

func TestSecretsAreInNoFile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ address, more, want string }{
		{"https://example.org/a.csv", `, "headers": {"Authorization": "Bearer ` + secret + `"}`, `a secret in a file: the header "Authorization"`},
		{"https://me:" + secret + "@example.org/a.csv", "", "an address with a name or a password"},
		{"https://example.org/a.csv?api_key=" + secret, "", `a secret in an address: "api_key"`},
		{"ftp://example.org/a.csv", "", "the address of a file, expected https://"},
	} {
		if _, said := fetched(t, report(tt.address, tt.more)); !strings.Contains(said, tt.want) {
			t.Errorf("%s: %s", tt.want, said)
		}
	}
}
