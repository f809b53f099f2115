// Package warehouse runs a query on a server, and writes its result as CSV, a row at a time: the result may be larger than the memory.
//
// ClickHouse and Trino are asked by HTTP, PostgreSQL by its own protocol. All three give values as texts that are exact: decimals with
// all digits, days as 2017-01-31, times in universal time. What a server has as NULL is the table's mark for a value that is
// missing, and a result in which that mark, or a blank, is also a value is refused, as the two would become one.
//
// A session changes nothing, and ends: it is read-only where the server knows that, has limits of time and rows, and a query that is no longer wanted
// is canceled at the server. A server shows a certificate that is valid for its name, unless it is this machine or the report says otherwise.
// What goes wrong is a problem in the words of this package: a server's own may hold values, and names that are nobody's business.
//
//	warehouse.go   what is asked, and what goes wrong
//	table.go       rows to CSV
//	postgresql.go  clickhouse.go  trino.go
package warehouse

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/limit"
)

// Answer is what is known of a result besides its rows.
type Answer struct {
	Engine string // with its version
	Read   *int   // rows that the query read; nil where nobody counted
	Rows   int
	Bytes  int64
	SHA256 string
	Sample []byte // as CSV; nil where none was asked for
	Took   time.Duration
}

// Options are how to ask.
type Options struct {
	Env    func(string) (string, bool) // os.LookupEnv
	Limits limit.Limits
}

// session is one query while it runs.
type session struct {
	*extract.Extract
	user, password string
	tls            *tls.Config // nil where nothing is encrypted
	time           time.Duration
	rows           int
}

// server is one that was let in. It gives faults, or what the system says.
type server interface {
	// rows gives the rows of the query of a session, and how many the server read for them; nil where it does not say so.
	rows(ctx context.Context, s *session, to rows) (read *int, err error)
	engine() string // with its version
	close(ctx context.Context)
}

// rows takes a result.
type rows interface {
	start(names []string) error
	add(cells []cell) error
}

var drivers = map[string]func(context.Context, *session) (server, error){"clickhouse": clickHouse, "postgresql": postgreSQL, "trino": trino}

// Run runs an extract, and writes its result. The problem has a file.
func Run(ctx context.Context, e *extract.Extract, to io.Writer, o Options) (*Answer, *diag.Problem, error) {
	s := &session{Extract: e, time: o.Limits.Seconds(limit.ExtractTime), rows: o.Limits.Get(limit.Rows)}
	if err := s.secrets(o.Env); err != nil {
		return s.fail(ctx, err)
	}
	t := newTable(e, to, o.Limits)
	begun := time.Now()
	// the server ends a query by itself; this is for one that does not answer any more
	timed, cancel := context.WithTimeoutCause(ctx, s.time+grace, errTime)
	defer cancel()
	a, err := s.ask(timed, t)
	if err != nil && context.Cause(timed) == errTime {
		err = s.tooLong()
	}
	if err != nil {
		return s.fail(ctx, err)
	}
	a.Rows, a.Bytes, a.SHA256, a.Took = t.rows, t.bytes, t.digest(), time.Since(begun)
	return a, nil, nil
}

// ask asks for the result, the count and the sample.
func (s *session) ask(ctx context.Context, t *table) (*Answer, error) {
	srv, err := drivers[s.Connection.Driver](ctx, s)
	if err != nil {
		return nil, err
	}
	defer srv.close(ctx)
	a := &Answer{Engine: srv.engine()}
	if a.Read, err = srv.rows(ctx, s, t); err != nil {
		return nil, err
	}
	if err := t.end(); err != nil {
		return nil, err
	}
	if s.Count != "" {
		n := &number{}
		if _, err := srv.rows(ctx, s.of(s.Count), n); err != nil {
			return nil, part("count", err)
		}
		if a.Read, err = n.whole(); err != nil {
			return nil, err
		}
	}
	if s.Sample != nil {
		var to sampled
		if _, err := srv.rows(ctx, s.of(s.Sample.SQL), &to); err != nil {
			return nil, part("sample", err)
		}
		if a.Sample, err = to.csv(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// of is the session of another SELECT of the extract.
func (s *session) of(sql string) *session {
	of, e := *s, *s.Extract
	e.SQL = sql
	of.Extract = &e
	return &of
}

// part names the SELECT of which a fault is, which has no places of its own.
func part(name string, err error) error {
	var f *fault
	if errors.As(err, &f) {
		f.Message, f.offset, f.word = name+": "+f.Message, -1, ""
	}
	return err
}

// grace is how much later than the server the program gives up.
const grace = 10 * time.Second

var errTime = errors.New("the query takes too long")

// fault is what an editor, or whoever keeps the server, can do something about.
type fault struct {
	diag.Problem
	offset int    // in the SELECT; -1 for none
	word   string // of the SELECT, which is looked for where there is no offset
}

func (f *fault) Error() string { return f.Message }

// fails makes a fault.
func fails(message, hint string) *fault {
	return &fault{Problem: diag.Problem{Message: message, Hint: hint}, offset: -1}
}

// at puts the fault at the place of the SELECT that the server names.
func (f *fault) at(offset int) *fault { f.offset = offset; return f }

// of puts the fault at a name in the SELECT.
func (f *fault) of(word string) *fault { f.word = word; return f }

func (s *session) fail(ctx context.Context, err error) (*Answer, *diag.Problem, error) {
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	var f *fault
	var written *writeError
	switch {
	case errors.As(err, &written):
		return nil, nil, written.err
	case !errors.As(err, &f):
		f = s.unreachable(err)
	}
	p := f.Problem
	if p.File == "" {
		p.File = s.File
	}
	if f.word != "" {
		f.offset = strings.Index(s.SQL, f.word)
	}
	if p.File == s.File && f.offset >= 0 && f.offset <= len(s.SQL) {
		p.Line, p.Column = s.At(f.offset)
	}
	return nil, &p, nil
}

// secrets reads from the environment who asks.
func (s *session) secrets(env func(string) (string, bool)) error {
	c := s.Connection
	user, _ := env(c.Variable("USER"))
	if user == "" {
		return fails("the environment has no "+c.Variable("USER"), "set it, and "+c.Variable("PASSWORD")+": who asks is in no file")
	}
	s.user = user
	s.password, _ = env(c.Variable("PASSWORD"))
	if !c.Encrypted() {
		return nil
	}
	s.tls = &tls.Config{ServerName: c.Host, MinVersion: tls.VersionTLS12}
	file, given := env(c.Variable("CA"))
	if !given || file == "" {
		return nil
	}
	data, err := os.ReadFile(file)
	s.tls.RootCAs = x509.NewCertPool()
	if err != nil || !s.tls.RootCAs.AppendCertsFromPEM(data) {
		return fails("the file that "+c.Variable("CA")+" names has no certificate", "set it to a file in PEM, of who signed the certificate of "+c.Host)
	}
	return nil
}

func (s *session) tooLong() *fault {
	return fails("the query takes longer than "+diag.Count(int(s.time.Seconds()), "second"), "read fewer rows, or raise the limit: --limit "+string(limit.ExtractTime)+"=SECONDS")
}

func (s *session) tooMany() *fault {
	return fails("the result has more than "+diag.Count(int(s.rows), "row"), "add up on the server with GROUP BY, or raise the limit: --limit "+string(limit.Rows)+"=NUMBER")
}

func (s *session) refused() *fault {
	c := s.Connection
	return fails("the server does not know the user, or the password is wrong", "set "+c.Variable("USER")+" and "+c.Variable("PASSWORD")+" in the environment")
}

func (s *session) forbidden() *fault {
	return fails("the user may not read what the query reads", "ask who keeps the server for the right to read it")
}

func (s *session) noDatabase() *fault {
	return fails("the server has no database "+diag.Quote(s.Connection.Database), "correct it in the connection "+diag.Quote(s.Connection.Name)+" of "+dataset.File)
}

// unreachable says why there is no answer.
func (s *session) unreachable(err error) *fault {
	at := ": " + s.Connection.Address()
	var unknown *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return fails("the host is not found"+at, "is this machine online, or in the right network? else look for a typing mistake")
	case errors.As(err, &certificate):
		return fails("the certificate of the server is not valid for it"+at, "somebody may be between you and the server; nothing was sent. If its certificate is signed in the house, set "+s.Connection.Variable("CA")+" to the file of who signs")
	case errors.As(err, &plain), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return s.notEncrypted()
	case errors.Is(err, syscall.ECONNREFUSED):
		return fails("no server answers"+at, "is it running? look at the host and the port of the connection in "+dataset.File)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return fails("the server broke off"+at, "the table is as it was; try again later")
	}
	return fails("the server does not answer"+at, "is this machine online, or in the right network? try again later")
}

func (s *session) notEncrypted() *fault {
	return fails("the server does not encrypt: "+s.Connection.Address(), `nothing was sent. If everybody between here and the server may see the password, write "tls": false in its connection`)
}

// columnFault is of a column of the result that is not as the table is described.
func (s *session) columnFault(message, column string, described []string, hint string) *fault {
	f := fails(message, hint)
	f.Expected = strings.Join(described, ", ")
	if near := diag.Nearest(column, described); near != "" {
		f.Hint = near
	}
	return f
}

// identifiers are what names in SQL are made of.
func identifier(sql string, at int) string {
	end := at
	for end < len(sql) && (sql[end] == '_' || sql[end] == '.' || sql[end] >= '0' && sql[end] <= '9' || sql[end] >= 'a' && sql[end] <= 'z' || sql[end] >= 'A' && sql[end] <= 'Z' || sql[end] >= 0x80) {
		end++
	}
	return sql[at:end]
}

func lacking(names, in []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(in, n) })
}
