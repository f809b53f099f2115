package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/fetch"
	"broadsheet/generator/limit"
	"broadsheet/generator/output"
	"broadsheet/generator/revision"

	"github.com/spf13/cobra"
)

func fetchCommand(t *terminal) *cobra.Command {
	var source string
	var check, asJSON bool
	var settings []string
	c := &cobra.Command{
		Use:   "fetch [TABLE]...",
		Short: "Bring files of data/ from where they are published",
		Long: `Fetch asks for the file of each table that says where it is published, in
data/datapackage.json: "fetch": {"url": "https://…"}. A Google Sheet that is shared
and a data set on a Socrata site may be named by the address of their page. It
writes a file whole or not at all, says what the publisher changed since, and keeps
a record in data/fetched.lock.csv and data/revisions.lock.csv, which are committed
with the data, and from which readers see on /data/TABLE/revisions/ what was revised.

A key or a password is a variable of the environment, and its name is in the
description: "headers": {"X-App-Token": "$TOKEN"}.

A table with a query in data/extracts/TABLE.sql is its result, from ClickHouse,
PostgreSQL or Trino. Who asks is in the environment: BROADSHEET_NAME_USER and
BROADSHEET_NAME_PASSWORD, with the NAME of the connection, and BROADSHEET_NAME_CA
names a file with the certificate of who signs for the server, where that is
somebody of the house. The record is data/extracts.lock.csv.

Nothing else opens a connection.`,
		Example:    "  broadsheet fetch\n  broadsheet fetch grants letters\n  broadsheet fetch --check",
		SuggestFor: []string{"download", "update", "pull", "get"},
		RunE: func(c *cobra.Command, args []string) error {
			flags := reportFlags{source: source, noCache: true, json: asJSON, limits: settings}
			o, err := flags.options()
			if err != nil {
				return err
			}
			return t.fetch(c.Context(), source, args, check, asJSON, o.Limits)
		},
	}
	c.Flags().StringVarP(&source, "source", "s", ".", "`DIR` of the report")
	c.Flags().BoolVar(&check, "check", false, "say what would change, and write nothing")
	limitFlag(c, &settings)
	c.Flags().BoolVar(&asJSON, "json", false, "print the result for machines")
	return c
}

// fetched is what --json says of a table.
type fetched struct {
	Table    string             `json:"table"`
	File     string             `json:"file"`
	Changed  bool               `json:"changed"`
	Rows     int                `json:"rows"`
	Bytes    int                `json:"bytes"`
	Revision *revision.Revision `json:"revision"` // null where there is nothing to compare with
	Server   string             `json:"server"`   // that ran the query; "" for a file that is published
	Engine   string             `json:"engine"`   // likewise
	RowsRead *int               `json:"rows_read"`
}

func (t *terminal) fetch(ctx context.Context, source string, tables []string, check, asJSON bool, limits limit.Limits) (err error) {
	report, err := directory.Open(source)
	if err != nil {
		return err
	}
	defer report.Close()
	aside, err := os.MkdirTemp("", "broadsheet-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	all, err := fetch.Fetch(ctx, report, tables, fetch.Options{Now: time.Now(), Env: os.LookupEnv, Limits: limits, Aside: aside})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !check { // those that came are kept, whatever is wrong with others
		files, err := all.Files()
		if err != nil {
			return err
		}
		if err := writeFetched(ctx, filepath.Join(source, "data"), files); err != nil {
			return err
		}
	}
	if asJSON {
		list := []fetched{}
		for _, r := range all.Results {
			of := fetched{Table: r.Table, File: r.File, Changed: r.Changed(), Rows: r.Record.Rows, Bytes: r.Record.Bytes, Revision: r.Revision}
			if e := r.Extracted; e != nil {
				of.Server, of.Engine, of.RowsRead = e.Server, e.Engine, e.Read
			}
			list = append(list, of)
		}
		if len(all.Problems) == 0 {
			return t.printJSON(map[string]any{"tables": list, "problems": []diag.Problem{}})
		}
	} else {
		t.fetched(all.Results, check)
	}
	if len(all.Problems) > 0 {
		return t.problems(&generator.Result{Problems: all.Problems}, reportFlags{source: source, json: asJSON})
	}
	return nil
}

// writeFetched writes each directory of data/ at once.
func writeFetched(ctx context.Context, data string, files map[string]output.File) error {
	of := map[string][]output.File{}
	for name, file := range files {
		folder := filepath.Join(data, filepath.Dir(filepath.FromSlash(name)))
		of[folder] = append(of[folder], file)
	}
	for folder, list := range of {
		slices.SortFunc(list, func(a, b output.File) int { return strings.Compare(a.Name, b.Name) })
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := output.Update(ctx, folder, list...); err != nil {
			return err
		}
	}
	return nil
}

// fetched says what came.
func (t *terminal) fetched(results []fetch.Result, check bool) {
	changed := false
	for _, r := range results {
		switch {
		case !r.Changed():
			fmt.Fprintf(t.stdout, "%s: as it was\n", r.File)
			continue
		case r.Revision == nil:
			fmt.Fprintf(t.stdout, "%s: %s\n", r.File, diag.Count(r.Record.Rows, "row"))
		default:
			fmt.Fprintf(t.stdout, "%s: %s\n", r.File, oneLine(r.Revision.Words()))
			t.revision(r.Revision)
		}
		if e := r.Extracted; e != nil {
			said := fmt.Sprintf("  from %s (%s) in %s seconds", e.Server, e.Engine, e.Seconds)
			if e.Read != nil {
				said += ", where the query read " + diag.Count(*e.Read, "row")
			}
			fmt.Fprintln(t.stdout, oneLine(said))
		}
		changed = true
	}
	switch {
	case !changed:
	case check:
		fmt.Fprintln(t.stdout, "nothing was written; to take it, run: broadsheet fetch")
	default:
		fmt.Fprintln(t.stdout, "to see which figures move, run: broadsheet diff")
	}
}
