// Package limit holds the bounds of a build: how large, how many, how long.
//
// Every build ends, whatever its report holds. What would make it go on for ever,
// or fill the machine's memory, meets a limit and becomes one problem that names
// the limit and the place. A limit is set by whoever runs the program
// (--limit pages=500000) and never by a report.
package limit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/diag"
)

// Name is a limit, as --limit knows it.
type Name string

// The limits; bounds says what each counts.
const (
	Time        Name = "time"
	QueryTime   Name = "query-time"
	PageTime    Name = "page-time"
	ExtractTime Name = "extract-time"
	Memory      Name = "memory"
	FileSize    Name = "file-size"
	Rows        Name = "rows"
	Columns     Name = "columns"
	Cell        Name = "cell"
	ResultRows  Name = "result-rows"
	QuerySize   Name = "query-size"
	Marks       Name = "marks"
	Label       Name = "label"
	Pages       Name = "pages"
	Languages   Name = "languages"
	SiteSize    Name = "site-size"
	HostFile    Name = "host-file"
	HostSite    Name = "host-site"
	Text        Name = "text"
)

// bounds are the defaults, and what each counts, as messages say it. They are far
// beyond any report that a reader could use, and below what stops a laptop.
var bounds = []struct {
	name   Name
	value  int64
	counts string
}{
	{Time, 600, "seconds for a build"},
	{QueryTime, 60, "seconds for an aggregate"},
	{PageTime, 120, "seconds for the templates"},
	{ExtractTime, 600, "seconds for an extract"},
	{Memory, 6_000, "megabytes of memory"},
	{FileSize, 1_000, "megabytes in a file"},
	{Rows, 50_000_000, "rows in a table"},
	{Columns, 2_000, "columns in a table"},
	{Cell, 1_000_000, "characters in a cell"},
	{ResultRows, 1_000_000, "rows in an aggregate"},
	{QuerySize, 1_000_000, "characters in the file of an aggregate"},
	{Marks, 5_000, "marks in a chart"},
	{Label, 1_000, "characters in a name that a chart shows"},
	{Pages, 100_000, "pages"},
	{Languages, 50, "languages"},
	{SiteSize, 4_000, "megabytes in a site"},
	{HostFile, 100, "megabytes in a file of the site"},
	{HostSite, 1_000, "megabytes in a site"},
	{Text, 100_000_000, "characters from a function of a template"},
}

// Limits are those that differ from the defaults. The zero value has none.
type Limits map[Name]int64

// Names lists all limits.
func Names() []string {
	var names []string
	for _, b := range bounds {
		names = append(names, string(b.name))
	}
	return names
}

// Get is the value of a limit.
func (l Limits) Get(name Name) int {
	if v, ok := l[name]; ok {
		return int(v)
	}
	for _, b := range bounds {
		if b.name == name {
			return int(b.value)
		}
	}
	panic("unknown limit " + string(name))
}

// Seconds is the value of a limit in seconds.
func (l Limits) Seconds(name Name) time.Duration { return time.Duration(l.Get(name)) * time.Second }

// Bytes is the value of a limit in megabytes.
func (l Limits) Bytes(name Name) int64 { return int64(l.Get(name)) * 1_000_000 }

// Parse reads a setting such as "pages=500000" and adds it.
func (l Limits) Parse(setting string) error {
	name, value, ok := strings.Cut(setting, "=")
	known := false
	for _, b := range bounds {
		known = known || b.name == Name(name)
	}
	if !ok || !known {
		return fmt.Errorf("%q, expected NAME=NUMBER, with one of %s", setting, strings.Join(Names(), ", "))
	}
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil || n < 1 {
		return fmt.Errorf("%q, expected a whole number behind %s=, as in %s=60", setting, name, name)
	}
	l[Name(name)] = n
	return nil
}

// Exceeded is the problem of something that goes beyond a limit; what says what it
// is: "a cell of 12,000,000 characters". The caller adds the place.
func (l Limits) Exceeded(name Name, what string) diag.Problem {
	var counts string
	for _, b := range bounds {
		if b.name == name {
			counts = b.counts
		}
	}
	unit, of, _ := strings.Cut(counts, " ")
	return diag.Problem{
		Found: what, Expected: strings.TrimSpace("at most " + diag.Count(l.Get(name), strings.TrimSuffix(unit, "s")) + " " + of),
		Hint: fmt.Sprintf("if this is meant, raise the limit: --limit %s=NUMBER", name),
	}
}
