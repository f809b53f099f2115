package warehouse

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/diag"
)

// trino asks by its protocol, which is small: the query is posted, and each answer names the address of the next one:
// https://trino.io/docs/current/develop/client-protocol.html. A SELECT of Trino cannot write, so a session needs nothing else to be
// read-only.
func trino(ctx context.Context, s *session) (server, error) {
	c := &trinoClient{session: s, http: s.client()}
	var info struct {
		NodeVersion struct{ Version string }
	}
	if err := c.ask(ctx, http.MethodGet, s.url("/v1/info"), "", &info); err != nil {
		return nil, err
	}
	c.version = info.NodeVersion.Version
	return c, nil
}

type trinoClient struct {
	*session
	http    *http.Client
	version string
}

func (c *trinoClient) engine() string { return "Trino " + c.version }

func (c *trinoClient) close(context.Context) { c.http.CloseIdleConnections() }

func (c *trinoClient) rows(ctx context.Context, s *session, to rows) (*int, error) {
	of := *c
	of.session = s
	read, err := of.run(ctx, to)
	if err != nil {
		return nil, err
	}
	return &read, nil
}

// trinoAnswer is one of those that make up a result.
type trinoAnswer struct {
	NextURI string `json:"nextUri"`
	Columns []struct{ Name, Type string }
	Data    [][]json.RawMessage
	Stats   struct {
		ProcessedRows int `json:"processedRows"`
	}
	Error *struct {
		ErrorName     string `json:"errorName"`
		ErrorType     string `json:"errorType"`
		ErrorLocation *struct {
			LineNumber   int `json:"lineNumber"`
			ColumnNumber int `json:"columnNumber"`
		} `json:"errorLocation"`
	}
}

// run gives the rows of the query, and says how many the server read for them.
func (c *trinoClient) run(ctx context.Context, to rows) (read int, err error) {
	next, method, body := c.url("/v1/statement"), http.MethodPost, c.SQL
	defer func() {
		if err != nil && method == http.MethodGet {
			c.cancel(ctx, next)
		}
	}()
	var kinds []string
	for next != "" {
		if !strings.HasPrefix(next, c.url("/")) {
			return 0, fails("the server sends on to another one, which was not asked", "look at the host and the port of the connection: they are those by which the server names itself")
		}
		var a trinoAnswer
		if err := c.ask(ctx, method, next, body, &a); err != nil {
			return 0, err
		}
		next, method, body, read = a.NextURI, http.MethodGet, "", a.Stats.ProcessedRows
		if a.Error != nil {
			return 0, c.fault(&a)
		}
		if kinds == nil && a.Columns != nil {
			var names []string
			for _, column := range a.Columns {
				names, kinds = append(names, column.Name), append(kinds, column.Type)
			}
			if err := to.start(names); err != nil {
				return 0, err
			}
		}
		var cells []cell
		for _, row := range a.Data {
			cells = cells[:0]
			for i, raw := range row {
				value, err := cellOf(raw, kinds[min(i, len(kinds)-1)])
				if err != nil {
					return 0, err
				}
				cells = append(cells, value)
			}
			if err := to.add(cells); err != nil {
				return 0, err
			}
		}
	}
	return read, nil
}

// ask asks once more where the server is busy.
func (c *trinoClient) ask(ctx context.Context, method, address, body string, into any) error {
	for attempt := 0; ; attempt++ {
		request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
		if err != nil {
			return err
		}
		catalog, schema, _ := strings.Cut(c.Connection.Database, ".")
		for name, value := range map[string]string{
			"User-Agent": "broadsheet", "X-Trino-User": c.user, "X-Trino-Source": "broadsheet", "X-Trino-Catalog": catalog, "X-Trino-Schema": schema, "X-Trino-Time-Zone": "UTC",
			"X-Trino-Session": "query_max_execution_time=" + strconv.Itoa(int(c.time.Seconds())) + "s",
		} {
			if value != "" {
				request.Header.Set(name, value)
			}
		}
		if c.password != "" {
			if c.tls == nil && !c.isLocal() {
				return fails("a password for Trino goes to no server that does not encrypt", `leave "tls": false out of the connection`)
			}
			request.SetBasicAuth(c.user, c.password)
		}
		response, err := c.http.Do(request)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(io.LimitReader(response.Body, 1<<28)) // one of many answers, of some megabytes at most
		_ = response.Body.Close()
		switch code := response.StatusCode; {
		case err != nil:
			return err
		case code == http.StatusUnauthorized, code == http.StatusForbidden:
			return c.refused()
		case code >= 502 && code <= 504 && attempt < 10:
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(100 * time.Millisecond):
				continue
			}
		case code != http.StatusOK:
			return fails("the server answers "+strconv.Itoa(code)+", and not as Trino does: "+c.Connection.Address(), "look at the host and the port of the connection")
		}
		if json.NewDecoder(bytes.NewReader(text)).Decode(into) != nil {
			return fails("the server does not answer as Trino does: "+c.Connection.Address(), "look at the host and the port of the connection")
		}
		return nil
	}
}

// isLocal reports whether the server is this machine.
func (c *trinoClient) isLocal() bool {
	local := c.Connection
	local.TLS = nil
	return !local.Encrypted()
}

func (c *trinoClient) cancel(ctx context.Context, next string) {
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if next != "" && strings.HasPrefix(next, c.url("/")) {
		var nothing any
		_ = c.ask(stopping, http.MethodDelete, next, "", &nothing) // it answers nothing
	}
}

// fault puts what the server says in the words of a problem, by the name of the error.
func (c *trinoClient) fault(a *trinoAnswer) error {
	at := -1
	if l := a.Error.ErrorLocation; l != nil {
		at = offset(c.SQL, l.LineNumber, l.ColumnNumber)
	}
	word := ""
	if at >= 0 {
		word = identifier(c.SQL, at)
	}
	switch name := a.Error.ErrorName; name {
	case "TABLE_NOT_FOUND":
		return missing("table", word, at >= 0).at(at)
	case "COLUMN_NOT_FOUND":
		return missing("column", word, at >= 0).at(at)
	case "FUNCTION_NOT_FOUND":
		return missing("function", word, at >= 0).at(at)
	case "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND":
		return c.noDatabase()
	case "PERMISSION_DENIED":
		return c.forbidden()
	case "EXCEEDED_TIME_LIMIT":
		return c.tooLong()
	case "USER_CANCELED", "ADMINISTRATIVELY_KILLED":
		return fails("somebody ended the query on the server", "the table is as it was; try again later")
	case "NO_NODES_AVAILABLE", "REMOTE_HOST_GONE", "REMOTE_TASK_ERROR", "TOO_MANY_REQUESTS_FAILED", "PAGE_TRANSPORT_ERROR", "PAGE_TRANSPORT_TIMEOUT":
		return fails("a server behind this one does not answer: a node of the cluster is down", "the table is as it was; ask who keeps the cluster")
	case "DIVISION_BY_ZERO":
		return fails("the query divides by zero", "write nullif(…, 0) below the line")
	default:
		message := "the server ends the query"
		if a.Error.ErrorType == "USER_ERROR" {
			message = "the server does not understand the query"
		}
		f := fails(message+" ("+strings.ToLower(strings.ReplaceAll(name, "_", " "))+")", "").at(at)
		if word != "" {
			f.Found = diag.Quote(word)
		}
		return f
	}
}

// offset is the offset of a line and a column, both from 1; -1 where the text has none.
func offset(text string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return -1
		}
		at += i + 1
	}
	rest := []rune(text[at:])
	if column < 1 || column > len(rest) {
		return -1
	}
	return at + len(string(rest[:column-1]))
}
