// Package fetch brings the files of data/ from where they are published, and the results of queries from servers that run them. Nothing
// else in the program opens a connection, and a build needs none.
//
// A file is brought whole or not at all. What came instead of it is a problem, and leaves data/ as it was: a web page, such as
// one that asks for a password; a body that ends too soon, or is a hundredth of what was there; a table that cannot be read. So is
// a file that somebody edited since. Servers that are busy are asked again, politely.
//
//	fetch.go     requests, and what is refused
//	address.go   addresses of files, of the pages that people copy
//	extract.go   results of queries
package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/extract"
	"broadsheet/generator/limit"
	"broadsheet/generator/output"
	"broadsheet/generator/record"
	"broadsheet/generator/revision"
	"broadsheet/generator/tabular"

	"github.com/hashicorp/go-retryablehttp"
)

// Result is one table that was asked for.
type Result struct {
	Table    string
	File     string             // in the report directory
	Data     []byte             // nil where it is as it was
	From     string             // a file that has the data, in place of Data; "" where it is as it was
	Revision *revision.Revision // nil where there is nothing to compare with
	Record   record.Fetched

	Extracted *record.Extracted // of the result of a query, in place of most of Record
	Sample    []byte            // of the rows that it read; nil for none
}

// Changed reports whether there is something to write.
func (r *Result) Changed() bool { return r.Data != nil || r.From != "" }

// Options are how to ask.
type Options struct {
	Now    time.Time
	Env    func(string) (string, bool) // of secrets; os.LookupEnv
	Limits limit.Limits
	Wait   time.Duration // before asking again, at least; 0 for a second
	Aside  string        // a directory for results that may be larger than the memory
}

// Fetched is what came, and what did not.
type Fetched struct {
	Results  []Result
	Problems []diag.Problem

	before    []record.Fetched
	extracted []record.Extracted
	revised   []record.Revised
}

// Fetch asks for the files of some tables, all that say where they are published or have a query where none is named. It writes nothing
// but what is set aside.
func Fetch(ctx context.Context, report fs.FS, names []string, o Options) (*Fetched, error) {
	var found diag.List
	out := &Fetched{}
	p, err := dataset.Describe(ctx, report, o.Limits, &found)
	if err != nil || !found.Empty() {
		return &Fetched{Problems: found.Sorted()}, err
	}
	extracts, err := extract.Load(report, p, o.Limits, &found)
	if err != nil {
		return nil, err
	}
	if out.before, err = record.ReadFetched(report, &found); err != nil {
		return nil, err
	}
	if out.extracted, err = record.ReadExtracted(report, &diag.List{}); err != nil { // what is wrong with it is told
		return nil, err
	}
	if out.revised, err = record.Revisions(report, &dataset.Dataset{}, &found); err != nil {
		return nil, err
	}
	if !found.Empty() { // a query with a problem is none of the extracts
		return &Fetched{Problems: found.Sorted()}, nil
	}
	chosen := choose(p, extracts, names, &found)
	if !found.Empty() {
		return &Fetched{Problems: found.Sorted()}, nil
	}
	bodies := map[string][]byte{} // sheets of one workbook share theirs
	for _, r := range chosen {
		f := fetching{Resource: r, Options: o, report: report, bodies: bodies}
		if i := slices.IndexFunc(out.before, func(was record.Fetched) bool { return was.Table == r.Name }); i >= 0 {
			f.before = out.before[i]
		}
		ask := f.fetch
		if e := extracts[r.Name]; e != nil {
			ask = func(ctx context.Context) (*Result, *diag.Problem, error) { return f.extract(ctx, e) }
		}
		result, problem, err := ask(ctx)
		if err != nil {
			return nil, err
		}
		if problem != nil {
			if problem.File == "" {
				problem.File = r.File()
			}
			found.Add(*problem)
			continue
		}
		out.Results = append(out.Results, *result)
	}
	out.Problems = found.Sorted()
	return out, nil
}

func choose(p *dataset.Package, extracts extract.Set, names []string, found *diag.List) (chosen []*dataset.Resource) {
	var fetched []string
	for i := range p.Resources {
		if r := &p.Resources[i]; r.Fetch != nil || extracts[r.Name] != nil {
			fetched = append(fetched, r.Name)
			if len(names) == 0 || slices.Contains(names, r.Name) {
				chosen = append(chosen, r)
			}
		}
	}
	for _, name := range names {
		if !slices.Contains(fetched, name) {
			found.Add(diag.Problem{File: dataset.File, Message: "no table " + diag.Quote(name) + " that says where it is published, or has a query in " + dataset.Extracts, Hint: diag.Nearest(name, fetched)})
		}
	}
	if len(fetched) == 0 && len(names) == 0 {
		found.Add(diag.Problem{File: dataset.File, Message: "no table says where it is published", Hint: `add "fetch": {"url": "https://…"} to its description`})
	}
	return chosen
}

// fetching is one table while it is asked for.
type fetching struct {
	*dataset.Resource
	Options
	report fs.FS
	bodies map[string][]byte
	before record.Fetched
}

func (f *fetching) fetch(ctx context.Context) (result *Result, problem *diag.Problem, err error) {
	result = &Result{Table: f.Name, File: f.File(), Record: f.before}
	old, err := fs.ReadFile(f.report, f.File())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if old != nil && f.before.SHA256 != "" && digest(old) != f.before.SHA256 {
		return nil, &diag.Problem{Message: "the file was edited since it was fetched", Hint: "correct values where they are published, or in a table of your own; to take what is published now, delete the file and fetch again"}, nil
	}
	etag := ""
	if old != nil {
		etag = f.before.ETag
	}
	answer, problem, err := f.ask(ctx, etag)
	if err != nil || problem != nil {
		return nil, problem, err
	}
	if answer == nil || bytes.Equal(answer.body, old) {
		return result, nil, nil
	}
	if problem := f.refuse(answer, old); problem != nil {
		return nil, problem, nil
	}
	now, problem, err := f.read(ctx, answer.body)
	if problem != nil || err != nil {
		return nil, problem, err
	}
	defer func() { err = errors.Join(err, now.close()) }()
	var was *reading
	if old != nil {
		if was, problem, err = f.read(ctx, old); err != nil {
			return nil, nil, err
		}
		if problem == nil {
			defer func() { err = errors.Join(err, was.close()) }()
		} else {
			was = nil // it was not a table
		}
	}
	if problem := f.misses(now, was); problem != nil {
		return nil, problem, nil
	}
	result.Data = answer.body
	result.Record = record.Fetched{
		Table: f.Name, URL: f.Fetch.URL, Fetched: f.Now.UTC().Format(time.RFC3339), Bytes: len(answer.body), Rows: now.Rows, SHA256: digest(answer.body),
		ETag: answer.header.Get("ETag"), Modified: answer.header.Get("Last-Modified"),
	}
	if was != nil {
		result.Revision, err = revision.Compare(ctx, was.Table, now.Table)
	}
	return result, nil, err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// answer is what a server sent.
type answer struct {
	body   []byte
	header http.Header
	at     *url.URL // after all that it was sent on to
}

// ask asks for the file; nil where it is as it was.
func (f *fetching) ask(ctx context.Context, etag string) (*answer, *diag.Problem, error) {
	address, missing := f.expand(fileAddress(f.Fetch.URL))
	headers := http.Header{"User-Agent": {"broadsheet"}}
	for name, value := range f.Fetch.Headers {
		value, lacks := f.expand(value)
		missing = append(missing, lacks...)
		headers.Set(name, value)
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return nil, &diag.Problem{Message: "the environment has no " + strings.Join(slices.Compact(missing), ", "), Hint: "set what " + dataset.File + " names: a secret is in no file"}, nil
	}
	if body, ok := f.bodies[address]; ok {
		return &answer{body: body, header: http.Header{}, at: &url.URL{}}, nil, nil
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, &diag.Problem{Message: "the address is none: " + f.Fetch.URL}, nil
	}
	request.Header = headers
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	response, err := f.client(request.URL.Host, headers).Do(request)
	if err != nil {
		return nil, f.unreachable(ctx, err), ctx.Err()
	}
	defer response.Body.Close()
	switch code := response.StatusCode; {
	case code == http.StatusNotModified:
		return nil, nil, nil
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return nil, f.problem("the server asks for a key or a password (%d)", code, `if you have one, give it by a header: "headers": {"Authorization": "$NAME"}; some servers refuse programs`), nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return nil, f.problem("the server has no such file (%d)", code, "look for its new address, where it is published"), nil
	case code == http.StatusTooManyRequests:
		return nil, f.problem("the server was asked too often (%d)", code, "try again later"), nil
	case code != http.StatusOK:
		return nil, f.problem("the server answers %d", code, "try again later"), nil
	}
	most := f.Limits.Bytes(limit.FileSize)
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return nil, &diag.Problem{Message: "the answer ends too soon", Hint: "try again"}, ctx.Err()
	}
	if int64(len(body)) > most {
		p := f.Limits.Exceeded(limit.FileSize, "an answer of more")
		return nil, &p, nil
	}
	f.bodies[address] = body
	return &answer{body, response.Header, response.Request.URL}, nil, nil
}

func (f *fetching) problem(format string, code int, hint string) *diag.Problem {
	return &diag.Problem{Message: fmt.Sprintf(format, code) + ": " + f.Fetch.URL, Hint: hint}
}

// expand puts variables of the environment in the place of their names, and lists those that are not set.
func (f *fetching) expand(text string) (expanded string, missing []string) {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		value, ok := f.Env(name[1:])
		if !ok || value == "" {
			missing = append(missing, name)
		}
		return value
	}), missing
}

// variable is written in capitals: $limit is a part of an address.
var variable = regexp.MustCompile(`\$[A-Z][A-Z0-9_]*`)

// client asks up to four times, and sends what is meant for one host to no other.
func (f *fetching) client(host string, headers http.Header) *retryablehttp.Client {
	c := retryablehttp.NewClient()
	c.Logger = nil
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = 3, max(f.Wait, time.Millisecond), 30*time.Second
	if f.Wait == 0 {
		c.RetryWaitMin = time.Second
	}
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler // the last answer says more than that there were four
	c.CheckRetry = func(ctx context.Context, response *http.Response, err error) (bool, error) {
		if err != nil && !isTemporary(err) {
			return false, err
		}
		return retryablehttp.DefaultRetryPolicy(ctx, response, err)
	}
	c.HTTPClient.Timeout = 30 * time.Minute
	c.HTTPClient.CheckRedirect = func(request *http.Request, via []*http.Request) error {
		if request.URL.Host != host {
			for name := range headers {
				request.Header.Del(name)
			}
		}
		if len(via) > 10 {
			return errors.New("too many redirects")
		}
		return nil
	}
	return c
}

func isTemporary(err error) bool {
	var unknown *net.DNSError
	var certificate *tls.CertificateVerificationError
	return !(errors.As(err, &unknown) && unknown.IsNotFound) && !errors.As(err, &certificate)
}

// unreachable says why there is no answer, without the address that was asked, which may hold a secret.
func (f *fetching) unreachable(ctx context.Context, err error) *diag.Problem {
	p := &diag.Problem{Message: "the server does not answer: " + f.Fetch.URL, Hint: "is this machine online? try again later"}
	var unknown *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.As(err, &unknown) && unknown.IsNotFound:
		p.Message, p.Hint = "the host is not found: "+f.Fetch.URL, "is this machine online? else look for a typing mistake"
	case errors.As(err, &certificate):
		p.Message, p.Hint = "the certificate of the server is not valid for it: "+f.Fetch.URL, "somebody may be between you and the server; nothing was sent"
	case strings.Contains(err.Error(), "too many redirects"):
		p.Message, p.Hint = "the server sends from one address to another, without end: "+f.Fetch.URL, "look for its new address, where it is published"
	}
	return p
}

// refuse is the problem of an answer that is not the table.
func (f *fetching) refuse(a *answer, old []byte) *diag.Problem {
	if tabular.IsPlain(f.Path) {
		if p := dataset.Disguised(a.body); p != nil {
			if p.Line = 0; a.at.Host != "" && !strings.Contains(f.Fetch.URL, a.at.Host) {
				p.Message += ", to which the server sent on: " + a.at.Host
			}
			return p
		}
	}
	if len(a.body)*100 < len(old) {
		return &diag.Problem{Message: fmt.Sprintf("the answer has %s, and the file has %d", diag.Count(len(a.body), "byte"), len(old)), Hint: "if that is right, delete the file, and fetch again"}
	}
	return nil
}

// misses is the problem of a table that lost most of its rows.
func (f *fetching) misses(now, was *reading) *diag.Problem {
	switch {
	case strings.Contains(f.Fetch.URL, "/resource/") && now.Rows == socrataPage && !strings.Contains(f.Fetch.URL, "$limit"):
		return &diag.Problem{Message: fmt.Sprintf("the answer has %d rows, which is as many as the server sends at once", socrataPage), Hint: "add $limit=1000000 to the address"}
	case was != nil && now.Rows*2 < was.Rows:
		return &diag.Problem{Message: fmt.Sprintf("the answer has %s, and the file has %d", diag.Count(now.Rows, "row"), was.Rows), Hint: "if that is right, delete the file, and fetch again"}
	}
	return nil
}

// reading is a table in an engine of its own.
type reading struct {
	*dataset.Table
	close func() error
}

// read reads a file as a build does. What a build could not use is a problem: a column that is missing, a value that is not of
// its type or breaks a constraint, or two rows with one key.
func (f *fetching) read(ctx context.Context, data []byte) (*reading, *diag.Problem, error) {
	e, err := engine.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	var found diag.List
	t, err := dataset.Read(ctx, answered{f.report, f.File(), data}, f.Name, e, f.Limits, &found)
	if err != nil || t == nil || !found.Empty() {
		return nil, first(found.Sorted()), errors.Join(err, e.Close())
	}
	return &reading{t, e.Close}, nil, nil
}

// first is the first problem, which says how many there are.
func first(all []diag.Problem) *diag.Problem {
	if len(all) == 0 {
		return nil
	}
	p, where := all[0], "in the answer"
	if more := len(all) - 1; more > 0 {
		where += ", as the first of " + diag.Count(len(all), "problem")
	}
	if p.Message != "" {
		where += ": "
	}
	p.Message = where + p.Message
	p.Hint = strings.TrimPrefix(p.Hint+"; the file is as it was: describe what is published now, and fetch again", "; ")
	return &p
}

// answered is the report with another file in the place of one.
type answered struct {
	fs.FS
	name string
	data []byte
}

// ReadFile implements fs.ReadFileFS.
func (a answered) ReadFile(name string) ([]byte, error) {
	if name == a.name {
		return bytes.Clone(a.data), nil
	}
	return fs.ReadFile(a.FS, name)
}

// isOtherQuery reports whether a table was extracted by another query before: what differs then, nobody revised.
func (f *Fetched) isOtherQuery(r Result) bool {
	return r.Extracted != nil && !slices.ContainsFunc(f.extracted, func(was record.Extracted) bool { return was.Table == r.Table && was.Query == r.Extracted.Query })
}

// Files are the files to write, by their names in data/: those that changed, the records of all, and what was revised.
func (f *Fetched) Files() (files map[string]output.File, err error) {
	files = map[string]output.File{}
	add := func(name string, f output.File) {
		f.Name = path.Base(name)
		files[strings.TrimPrefix(name, "data/")] = f
	}
	list, extracted, revised := slices.Clone(f.before), slices.Clone(f.extracted), slices.Clone(f.revised)
	for _, r := range f.Results {
		if !r.Changed() {
			continue
		}
		add(r.File, output.File{Data: r.Data, From: r.From})
		list = slices.DeleteFunc(list, func(was record.Fetched) bool { return was.Table == r.Table })
		extracted = slices.DeleteFunc(extracted, func(was record.Extracted) bool { return was.Table == r.Table })
		if r.Extracted != nil {
			extracted = append(extracted, *r.Extracted)
		} else {
			list = append(list, r.Record)
		}
		if r.Sample != nil {
			add(extract.SampleFile(r.Table), output.File{Data: r.Sample})
		}
		if r.Revision != nil && !r.Revision.Empty() && !f.isOtherQuery(r) {
			revised = append(revised, r.Revision.Record(r.Record.Fetched)...)
		}
	}
	if len(files) == 0 {
		return nil, nil
	}
	slices.SortFunc(list, func(a, b record.Fetched) int { return strings.Compare(a.Table, b.Table) })
	slices.SortFunc(extracted, func(a, b record.Extracted) int { return strings.Compare(a.Table, b.Table) })
	for _, of := range []struct {
		file  string
		is    bool
		write func() ([]byte, error)
	}{
		{record.FetchedFile, len(list) > 0, func() ([]byte, error) { return record.WriteFetched(list) }},
		{record.ExtractedFile, len(extracted) > 0, func() ([]byte, error) { return record.WriteExtracted(extracted) }},
		{record.RevisionsFile, len(revised) > len(f.revised), func() ([]byte, error) { return record.WriteRevisions(revised) }},
	} {
		if !of.is {
			continue
		}
		data, err := of.write()
		if err != nil {
			return nil, err
		}
		add(of.file, output.File{Data: data})
	}
	return files, nil
}
