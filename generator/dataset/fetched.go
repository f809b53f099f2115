package dataset

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
)

// Extracts has the queries whose results are tables, by their names: see package extract.
const Extracts = "data/extracts"

// Fetch says where the file of a table is published, from where `broadsheet fetch` brings it. A build opens no connection.
type Fetch struct {
	URL     string            `json:"url,omitzero"`
	Headers map[string]string `json:"headers,omitzero"` // of the request; $NAME is a variable of the environment
}

// secretive are names of headers and of parts of addresses that hold what nobody else may know.
var secretive = regexp.MustCompile(`(?i)auth|cookie|token|key|secret|password|pwd|signature`)

// checkFetch checks from where the file is brought. A secret is in the environment, and not in a file that is published.
func (r *Resource) checkFetch(at adder) {
	if r.Fetch == nil {
		return
	}
	fail := func(p diag.Problem, path ...any) { at(p, append([]any{"fetch"}, path...)...) }
	u, err := url.Parse(r.Fetch.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		fail(diag.Problem{Message: "the address of a file", Expected: "https://…"}, "url") // which may hold a secret
		return
	case u.User != nil:
		fail(diag.Problem{Message: "an address with a name or a password", Hint: "take them out, and give the header Authorization as a variable of the environment: {\"Authorization\": \"$NAME\"}"}, "url")
	}
	for name, values := range u.Query() {
		if secretive.MatchString(name) && slices.ContainsFunc(values, func(v string) bool { return v != "" && !strings.HasPrefix(v, "$") }) {
			fail(diag.Problem{Message: "a secret in an address: " + diag.Quote(name), Hint: "put it in a variable of the environment, and write " + name + "=$NAME"}, "url")
		}
	}
	for name, value := range r.Fetch.Headers {
		if secretive.MatchString(name) && !strings.Contains(value, "$") {
			fail(diag.Problem{Message: "a secret in a file: the header " + diag.Quote(name), Hint: "put it in a variable of the environment, and write its name: \"$NAME\""}, "headers", name)
		}
	}
}

// Read reads one table into an engine of its own, as a build does, but for constraints and foreign keys, columns that the package
// does not describe, and a digest. It is nil where there is none of that name.
func Read(ctx context.Context, report fs.FS, name string, eng *engine.Engine, limits limit.Limits, problems *diag.List) (*Table, error) {
	p, doc, err := readPackage(ctx, report, quantity.English, eng, limits, nil, &diag.List{})
	if err != nil || p == nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Resources, func(r Resource) bool { return r.Name == name })
	if i < 0 || p.Resources[i].unusable {
		return nil, nil
	}
	r := &p.Resources[i]
	r.Hash, r.Size = "", nil
	t := newLoading(ctx, r, eng, p.key, nil, problems)
	if t.matches("superset", "partial") {
		r.Schema.FieldsMatch = []string{"partial"}
	} else {
		r.Schema.FieldsMatch = []string{"subset"}
	}
	at := func(p diag.Problem, path ...any) {
		problems.Add(doc.Problem(p, append([]any{"resources", i}, path...)...))
	}
	if err := t.fill(ctx, report, limits, at); err != nil {
		return nil, err
	}
	if err := t.checkRows(ctx); err != nil {
		return nil, err
	}
	return t.Table, t.drop(ctx)
}

// Columns are the names of the columns of the file, also of those that the package does not describe, but for private ones.
func (t *Table) Columns() (names []string) {
	for _, name := range t.names {
		if !slices.ContainsFunc(t.Schema.Fields, func(f Field) bool { return f.Private && f.Name == name }) {
			names = append(names, name)
		}
	}
	return names
}

// Describe reads the data package alone.
func Describe(ctx context.Context, report fs.FS, limits limit.Limits, problems *diag.List) (p *Package, err error) {
	e, err := engine.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	p, _, err = readPackage(ctx, report, quantity.English, e, limits, nil, problems)
	return p, err
}
