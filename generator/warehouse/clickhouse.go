package warehouse

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// clickHouse asks by HTTP, which every version has, behind every proxy. The result comes as JSONCompact: its numbers have all their
// digits, NULL is none of the texts, and it has an end, so that half a result cannot pass for a whole one.
func clickHouse(ctx context.Context, s *session) (server, error) {
	c := &clickHouseClient{session: s, http: s.client(), settings: url.Values{
		"readonly": {"2"}, "max_execution_time": {strconv.Itoa(int(s.time.Seconds()))}, "timeout_overflow_mode": {"throw"},
		"max_result_rows": {strconv.Itoa(s.rows)}, "result_overflow_mode": {"throw"}, "skip_unavailable_shards": {"0"},
		"output_format_json_quote_denormals": {"1"}, "output_format_json_quote_64bit_integers": {"0"},
	}}
	var err error
	c.version, err = c.text(ctx, "SELECT version()")
	var said *clickHouseError
	if errors.As(err, &said) && said.code == 164 { // the user can only read, and so set nothing
		c.settings = url.Values{}
		c.version, err = c.text(ctx, "SELECT version()")
	}
	if err != nil {
		return nil, c.fault(err)
	}
	if major, _, _ := strings.Cut(c.version, "."); len(c.settings) > 0 && len(major) == 2 && major > "18" {
		c.settings.Set("cancel_http_readonly_queries_on_client_close", "1")
	}
	return c, nil
}

type clickHouseClient struct {
	*session
	http     *http.Client
	settings url.Values
	version  string
}

func (c *clickHouseClient) engine() string { return "ClickHouse " + c.version }

func (c *clickHouseClient) close(context.Context) { c.http.CloseIdleConnections() }

func (c *clickHouseClient) rows(ctx context.Context, s *session, to rows) (*int, error) {
	of := *c
	of.session = s
	id := "broadsheet-" + rand.Text()
	read, err := of.result(ctx, to, id)
	if err != nil {
		of.kill(ctx, id)
		return nil, of.fault(err)
	}
	return &read, nil
}

// clickHouseError is what the server says.
type clickHouseError struct {
	code int
	text string // which no message repeats
}

func (e *clickHouseError) Error() string { return "code " + strconv.Itoa(e.code) }

// clickHouseCode begins what a server says of an error, wherever the answer broke off.
var clickHouseCode = regexp.MustCompile(`Code: (\d+)[.,]`)

func clickHouseSaid(text []byte) error {
	m := clickHouseCode.FindSubmatchIndex(text)
	if m == nil {
		return nil
	}
	code, _ := strconv.Atoi(string(text[m[2]:m[3]])) // digits
	return &clickHouseError{code, string(text[m[0]:])}
}

func (c *clickHouseClient) ask(ctx context.Context, query, format, id string) (io.ReadCloser, error) {
	settings := url.Values{"database": {c.Connection.Database}, "default_format": {format}}
	for name, values := range c.settings {
		settings[name] = values
	}
	if id != "" {
		settings.Set("query_id", id)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url("/?"+settings.Encode()), strings.NewReader(query))
	if err != nil {
		return nil, err
	}
	request.Header.Set("X-ClickHouse-User", c.user)
	request.Header.Set("X-ClickHouse-Key", c.password)
	request.Header.Set("User-Agent", "broadsheet")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		return response.Body, nil
	}
	text, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16)) // what is there of it
	_ = response.Body.Close()
	if said := clickHouseSaid(text); said != nil {
		return nil, said
	}
	if response.StatusCode == http.StatusUnauthorized || response.StatusCode == http.StatusForbidden {
		return nil, c.refused()
	}
	return nil, fails("the server answers "+strconv.Itoa(response.StatusCode)+", and not as ClickHouse does: "+c.Connection.Address(), "look at the host and the port of the connection; use its port for HTTP")
}

// text asks for one value.
func (c *clickHouseClient) text(ctx context.Context, query string) (string, error) {
	body, err := c.ask(ctx, query, "TabSeparated", "")
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(body, 1<<16))
	err = errors.Join(err, body.Close())
	if said := clickHouseSaid(text); said != nil {
		return "", said
	}
	return strings.TrimSpace(string(text)), err
}

// tail keeps the last bytes of what is read through it.
type tail struct {
	from io.Reader
	last []byte
}

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	const most = 1 << 12
	if t.last = append(t.last, p[:n]...); len(t.last) > most {
		t.last = bytes.Clone(t.last[len(t.last)-most:])
	}
	return n, err
}

// result gives the rows, and says how many the server read for them.
func (c *clickHouseClient) result(ctx context.Context, to rows, id string) (read int, err error) {
	body, err := c.ask(ctx, c.SQL, "JSONCompact", id)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	all := &tail{from: body}
	read, err = readJSONCompact(json.NewDecoder(all), to)
	var broken *json.SyntaxError
	if errors.As(err, &broken) || errors.Is(err, errShape) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		_, _ = io.Copy(io.Discard, all) // to the end of what the server says, as far as it comes
		if said := clickHouseSaid(all.last); said != nil {
			return 0, said
		}
		if errors.As(err, &broken) || errors.Is(err, errShape) {
			return 0, fails("the answer is not as it was asked for", "take FORMAT out of the SELECT")
		}
	}
	return read, err
}

func readJSONCompact(d *json.Decoder, to rows) (read int, err error) {
	var names, kinds []string
	ended := false
	if err := expect(d, json.Delim('{')); err != nil {
		return 0, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return 0, err
		}
		switch key {
		case "meta":
			var meta []struct{ Name, Type string }
			if err := d.Decode(&meta); err != nil {
				return 0, err
			}
			for _, m := range meta {
				names, kinds = append(names, m.Name), append(kinds, m.Type)
			}
			if err := to.start(names); err != nil {
				return 0, err
			}
		case "data":
			if err := readRows(d, names, kinds, to); err != nil {
				return 0, err
			}
		case "statistics":
			var s struct {
				Read int `json:"rows_read"`
			}
			if err := d.Decode(&s); err != nil {
				return 0, err
			}
			read, ended = s.Read, true
		case "exception":
			var text string
			if err := d.Decode(&text); err != nil {
				return 0, err
			}
			if said := clickHouseSaid([]byte(text)); said != nil {
				return 0, said
			}
			return 0, io.ErrUnexpectedEOF
		case "totals", "extremes":
			return 0, fails("the result has a row of totals", "take WITH TOTALS out of the SELECT")
		default:
			var other json.RawMessage
			if err := d.Decode(&other); err != nil {
				return 0, err
			}
		}
	}
	if err := expect(d, json.Delim('}')); err != nil {
		return 0, err
	}
	if !ended {
		return 0, io.ErrUnexpectedEOF
	}
	return read, nil
}

// readRows reads rows in JSON: [[…], […]].
func readRows(d *json.Decoder, names, kinds []string, to rows) error {
	if err := expect(d, json.Delim('[')); err != nil {
		return err
	}
	if names == nil {
		return errShape
	}
	var row []json.RawMessage
	var cells []cell
	for d.More() {
		row, cells = row[:0], cells[:0]
		if err := d.Decode(&row); err != nil {
			return err
		}
		for i, raw := range row {
			kind := ""
			if i < len(kinds) {
				kind = kinds[i]
			}
			c, err := cellOf(raw, kind)
			if err != nil {
				return err
			}
			if strings.ContainsRune(c.text, utf8.RuneError) { // by which the server replaces what is not a letter
				return fails("column "+diag.Quote(names[min(i, len(names)-1)])+" has a text that is not UTF-8", "convert it in the SELECT, such as with hex()")
			}
			cells = append(cells, c)
		}
		if err := to.add(cells); err != nil {
			return err
		}
	}
	return expect(d, json.Delim(']'))
}

// errShape says that an answer is in another format.
var errShape = errors.New("not the format that was asked for")

func expect(d *json.Decoder, want json.Delim) error {
	got, err := d.Token()
	if err == nil && got != want {
		return errShape
	}
	return err
}

// kill ends a query that nobody waits for.
func (c *clickHouseClient) kill(ctx context.Context, id string) {
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	c.settings = url.Values{} // a session that reads may end no query
	if body, err := c.ask(stopping, "KILL QUERY WHERE query_id = '"+id+"' ASYNC", "TabSeparated", ""); err == nil {
		_ = body.Close()
	}
}

var (
	clickHousePlace = regexp.MustCompile(`failed at position (\d+)`)
	clickHouseTable = regexp.MustCompile(`[Tt]able (?:expression identifier )?['"` + "`" + `]?([\w.]+)`)
	clickHouseName  = regexp.MustCompile(`(?:[Uu]nknown (?:expression )?identifier:? |[Mm]issing columns: |[Uu]nknown function |[Ff]unction with name )['"` + "`" + `]?([\w.]+)`)
)

// fault puts what the server says in the words of a problem, by its code: ErrorCodes.cpp of ClickHouse.
func (c *clickHouseClient) fault(err error) error {
	var said *clickHouseError
	if !errors.As(err, &said) {
		return err
	}
	// a name, where it is one of the query
	name := func(pattern *regexp.Regexp) string {
		m := pattern.FindStringSubmatch(said.text)
		if m == nil {
			return ""
		}
		of := strings.TrimPrefix(m[1], c.Connection.Database+".")
		if !strings.Contains(c.SQL, of) {
			return ""
		}
		return of
	}
	switch said.code {
	case 192, 193, 194, 516:
		return c.refused()
	case 497, 291:
		return c.forbidden()
	case 81:
		if strings.Contains(said.text, "Database "+c.Connection.Database+" ") {
			return c.noDatabase()
		}
		return fails("the server has no such database", "look for its name on the server")
	case 60:
		of := name(clickHouseTable)
		return missing("table", of, true).of(of)
	case 47, 16:
		of := name(clickHouseName)
		return missing("column", of, true).of(of)
	case 46:
		of := name(clickHouseName)
		return missing("function", of, true).of(of)
	case 62:
		f := fails("the server does not understand the query (code 62)", "")
		if m := clickHousePlace.FindStringSubmatch(said.text); m != nil {
			if at, err := strconv.Atoi(m[1]); err == nil && at <= len(c.SQL) {
				f.offset = at - 1
				if word := identifier(c.SQL, at-1); word != "" {
					f.Found = diag.Quote(word)
				}
			}
		}
		return f
	case 159:
		return c.tooLong()
	case 160:
		return fails("the server finds the query too slow", "read fewer rows, or look at the settings of the user on the server")
	case 396, 158:
		return c.tooMany()
	case 241:
		return fails("the query needs more memory than the server gives it", "read fewer rows or columns, or group by less")
	case 164:
		return fails("the query changes something", "a report reads, and changes nothing on a server")
	case 394:
		return fails("somebody ended the query on the server", "the table is as it was; try again later")
	case 32, 209, 210, 279, 198:
		return fails("a server behind this one does not answer: a node of the cluster is down", "the table is as it was; ask who keeps the cluster")
	}
	return fails("the server ends the query (code "+strconv.Itoa(said.code)+")", "look for the code in the manual of the server")
}
