package warehouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/diag"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// postgreSQL asks by pgconn, the part of pgx that leaves values as the texts that the server writes, which are exact: numeric has all its
// digits. The query runs in a transaction that reads, of which the count sees the same rows.
func postgreSQL(ctx context.Context, s *session) (server, error) {
	conn, err := s.connect(ctx)
	if err != nil {
		return nil, s.pgFault(err)
	}
	p := &pgServer{conn}
	// SET LOCAL, as poolers of connections refuse settings at the start
	begin := fmt.Sprintf(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = %d; SET LOCAL DateStyle = 'ISO, YMD';
		SET LOCAL TimeZone = 'UTC'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL client_encoding = 'UTF8'; SET LOCAL standard_conforming_strings = on`, s.time.Milliseconds())
	if _, err := conn.Exec(ctx, begin).ReadAll(); err != nil {
		p.close(ctx)
		return nil, s.pgFault(err)
	}
	return p, nil
}

type pgServer struct{ *pgconn.PgConn }

func (p *pgServer) close(ctx context.Context) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = p.Close(closing) // the transaction changed nothing
}

func (p *pgServer) engine() string {
	version, _, _ := strings.Cut(p.ParameterStatus("server_version"), " ")
	return "PostgreSQL " + version
}

func (p *pgServer) rows(ctx context.Context, s *session, to rows) (*int, error) {
	if err := s.pgRows(ctx, p.PgConn, to); err != nil {
		return nil, s.pgFault(err)
	}
	return nil, nil
}
func (s *session) connect(ctx context.Context) (*pgconn.PgConn, error) {
	// all that libpq takes from the environment and from files of the user is set, and so not asked for
	config, err := pgconn.ParseConfig("host=localhost port=5432 user=x dbname=x sslmode=disable target_session_attrs=any connect_timeout=30 passfile=''")
	if err != nil {
		return nil, err
	}
	host, port, _ := net.SplitHostPort(s.Connection.Address())
	number, _ := strconv.ParseUint(port, 10, 16) // which is checked
	config.Host, config.Port, config.User, config.Password, config.Database = host, uint16(number), s.user, s.password, s.Connection.Database
	config.TLSConfig, config.Fallbacks, config.ValidateConnect = s.tls, nil, nil
	config.RuntimeParams = map[string]string{"application_name": "broadsheet"}
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 2 * time.Second}
	}
	return pgconn.ConnectConfig(ctx, config)
}

// The types whose texts are not those of a table.
const (
	pgBool        = 16
	pgTimestamp   = 1114
	pgTimestampTZ = 1184
)

func (s *session) pgRows(ctx context.Context, conn *pgconn.PgConn, to rows) error {
	result := conn.ExecParams(ctx, s.SQL, nil, nil, nil, nil) // one statement, whatever the text holds
	write := func() error {
		var names []string
		var cells []cell
		fields := result.FieldDescriptions()
		for _, f := range fields {
			names = append(names, f.Name)
		}
		if len(names) == 0 {
			return nil // an error comes
		}
		if err := to.start(names); err != nil {
			return err
		}
		for result.NextRow() {
			cells = cells[:0]
			for i, value := range result.Values() {
				c := cell{text: string(value), isNull: value == nil}
				switch fields[i].DataTypeOID {
				case pgBool:
					c.text = map[string]string{"t": "true", "f": "false"}[c.text]
				case pgTimestamp:
					c.text = strings.Replace(c.text, " ", "T", 1)
				case pgTimestampTZ:
					c.text = strings.Replace(strings.TrimSuffix(strings.Replace(c.text, " ", "T", 1), "+00")+"Z", "infinityZ", "infinity", 1)
					if value == nil {
						c.text = ""
					}
				}
				cells = append(cells, c)
			}
			if err := to.add(cells); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write(); err != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.CancelRequest(stopping) // of rows that nobody wants
		return err
	}
	_, err := result.Close()
	return err
}

// pgFault puts what the server says in the words of a problem, by its code: https://www.postgresql.org/docs/current/errcodes-appendix.html
func (s *session) pgFault(err error) error {
	var said *pgconn.PgError
	var known *fault
	var written *writeError
	switch {
	case errors.As(err, &known), errors.As(err, &written):
		return err
	case strings.Contains(err.Error(), "server refused TLS connection"):
		return s.notEncrypted()
	case !errors.As(err, &said):
		return err
	}
	at, word := -1, ""
	if said.Position > 0 { // in characters
		at = len(string([]rune(s.SQL)[:min(int(said.Position)-1, len([]rune(s.SQL)))]))
		word = identifier(s.SQL, at)
	}
	switch code := said.Code; {
	case code == "28P01", code == "28000":
		if strings.Contains(said.Message, "SSL off") || strings.Contains(said.Message, "no encryption") {
			return fails("the server lets nobody in who does not encrypt", `write "tls": true in the connection `+diag.Quote(s.Connection.Name))
		}
		return s.refused()
	case code == "3D000":
		return s.noDatabase()
	case code == "42P01":
		return missing("table", word, said.Position > 0).at(at)
	case code == "42703":
		return missing("column", word, said.Position > 0).at(at)
	case code == "42883":
		return missing("function for these values:", word, said.Position > 0).at(at)
	case code == "42501":
		return s.forbidden()
	case code == "57014":
		return s.tooLong()
	case code == "25006":
		return fails("the query changes something", "a report reads, and changes nothing on a server").at(at)
	case code == "53300":
		return fails("the server has too many connections", "try again later")
	case code == "22012":
		return fails("the query divides by zero", "write nullif(…, 0) below the line").at(at)
	case strings.HasPrefix(code, "HV"), strings.HasPrefix(code, "08"):
		return fails("a server behind this one does not answer: a node of the cluster is down", "the table is as it was; ask who keeps the cluster")
	case strings.HasPrefix(code, "57P"):
		return fails("the server shut down", "the table is as it was; try again later")
	case strings.HasPrefix(code, "53"):
		return fails("the server has too little memory or space for the query", "read fewer rows or columns")
	case strings.HasPrefix(code, "42"):
		f := fails("the server does not understand the query (SQLSTATE "+code+")", "").at(at)
		if word != "" {
			f.Found = diag.Quote(word)
		}
		return f
	case strings.HasPrefix(code, "22"):
		return fails("a value does not fit what the query does with it (SQLSTATE "+code+")", "").at(at)
	}
	return fails("the server ends the query (SQLSTATE "+said.Code+")", "look for the code in the manual of the server").at(at)
}

// missing is the fault of a name that the server does not know.
func missing(what, name string, placed bool) *fault {
	f := fails("the server has no such "+strings.TrimSuffix(what, ":"), "look for its name on the server, with its schema")
	if placed && name != "" {
		f.Message = "the server has no " + what + " " + diag.Quote(name)
	}
	return f
}
