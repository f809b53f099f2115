package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/directory"
	"broadsheet/generator/extract"
	"broadsheet/generator/fact"
	"broadsheet/generator/quantity"

	"github.com/spf13/cobra"
)

func traceCommand(t *terminal) *cobra.Command {
	var source string
	var asJSON bool
	c := &cobra.Command{
		Use:   "trace FACT",
		Short: "Follow a fact back to its rows and its sources",
		Long: `Trace shows the value of a fact, the query that computes it, the rows of the tables
behind it, and their sources. The fact is named by its address: the aggregate, the
column, and the key of the line in brackets. Quote it, as a shell reads brackets.`,
		Example:           "  broadsheet trace people_total.records\n  broadsheet trace 'people_by_state.population[Oregon]'",
		SuggestFor:        []string{"explain", "why"},
		Args:              oneArgument("fact", "'at_risk_by_state.amount_usd[CA]'"),
		ValidArgsFunction: completeFact,
		RunE: func(c *cobra.Command, args []string) error {
			flags := reportFlags{source: source, noCache: true, json: asJSON}
			o, err := flags.options()
			if err != nil {
				return err
			}
			report, err := directory.Open(source)
			if err != nil {
				return err
			}
			defer report.Close()
			trace, problems, err := generator.Trace(c.Context(), report, args[0], o.Limits)
			if stopped := c.Context().Err(); stopped != nil {
				return stopped
			}
			if err != nil {
				return err
			}
			if trace == nil {
				for i := range problems {
					problems[i].File = cmp.Or(problems[i].File, "trace")
				}
				return t.problems(&generator.Result{Problems: problems}, flags)
			}
			if asJSON {
				return t.printJSON(traceJSON(trace))
			}
			return t.trace(trace)
		},
	}
	c.Flags().StringVarP(&source, "source", "s", ".", "`DIR` of the report")
	c.Flags().BoolVar(&asJSON, "json", false, "print the trace for machines")
	return c
}

// trace shows what the page of the aggregate and its popover show.
func (t *terminal) trace(trace *fact.Trace) error {
	a := trace.Aggregate
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', 0)
	var failed error
	print := func(format string, words ...any) {
		if _, err := fmt.Fprintf(w, format, words...); err != nil {
			failed = err
		}
	}
	print("%s\n%s\n\n", trace.Address, trace.Text(quantity.Prose))
	print("value\t%s\n", cmp.Or(trace.Value.Raw(), "missing"))
	what := trace.Column.Label
	if measure := trace.Column.Unit.Measure(); measure != "" {
		what += ", " + measure
	}
	print("column\t%s\n", what)
	if definition := trace.Column.Definition; definition != "" {
		print("by definition\t%s\n", definition)
	}
	if a.Limit != "" {
		print("limit of rows\t%s\n", a.Limit)
	}
	for i, key := range a.Key {
		print("line\t%s %s\n", key, trace.Row.Key[i])
	}
	print("from\t%s (%s)\n", a.Title, a.File)
	if a.About != "" {
		for i, line := range wrap(a.About, 72) {
			print("%s\t%s\n", []string{"about", ""}[min(i, 1)], line)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, b := range trace.Behind {
		print("\n%s of %s\n", diag.Count(b.Total, "row"), b.Table.File())
		head, columns := []string{"  row"}, told(b)
		for _, i := range columns {
			head = append(head, b.Table.Fields[i].Name)
		}
		print("%s\n", strings.Join(head, "\t"))
		for _, row := range b.Rows {
			cells := []string{fmt.Sprintf("  %d", row.Number)}
			for _, i := range columns {
				cells = append(cells, shorten(row.Values[i].Raw()))
			}
			print("%s\n", strings.Join(cells, "\t"))
		}
		if more := b.Total - len(b.Rows); more > 0 {
			print("  and %d more\n", more)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		if e := trace.Extracts[b.Table.Name]; e != nil && e.Record != nil {
			print("  %s\n", extracted(e))
		}
	}
	if len(trace.Sources) > 0 {
		print("\nsources\n")
	}
	for _, s := range trace.Sources {
		print("%s\n", strings.TrimRight(fmt.Sprintf("  %s\t%s\t%s\t%s", s.ID, s.Publisher(), s.Published, s.URL), "\t"))
	}
	print("\nsql\n  %s\n", strings.ReplaceAll(a.SQL, "\n", "\n  "))
	if err := w.Flush(); err != nil {
		return err
	}
	return failed
}

// extracted says from where a table is.
func extracted(e *extract.Extract) string {
	r := e.Record
	said := fmt.Sprintf("by the query of %s on %s (%s) at %s", e.File, r.Server, r.Engine, r.Extracted)
	if r.Read != nil {
		said += ", which read " + diag.Count(*r.Read, "row")
	}
	return said
}

// told are the places of the columns that some query reads, and of those that tell the rows apart: the key, or, without one, texts and times.
func told(b fact.Behind) (columns []int) {
	t := b.Table
	for i, f := range t.Fields {
		tells := slices.Contains(t.Schema.PrimaryKey, f.Name) || len(t.Schema.PrimaryKey) == 0 && (f.Unit.IsText() || f.Unit.IsTime())
		if tells || slices.Contains(b.Columns, i) {
			columns = append(columns, i)
		}
	}
	const most = 8
	if len(columns) > most {
		return b.Columns
	}
	return columns
}

// shorten keeps a cell on its line.
func shorten(text string) string {
	const most = 40
	if r := []rune(strings.Join(strings.Fields(text), " ")); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}

// wrap breaks a text into lines.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

// traceJSON is a trace for machines.
func traceJSON(trace *fact.Trace) map[string]any {
	behind := []map[string]any{}
	for _, b := range trace.Behind {
		rows := []map[string]any{}
		for _, row := range b.Rows {
			cells := map[string]string{}
			for i, f := range b.Table.Fields {
				cells[f.Name] = row.Values[i].Raw()
			}
			rows = append(rows, map[string]any{"row": row.Number, "cells": cells})
		}
		of := map[string]any{"table": b.Table.Name, "file": b.Table.File(), "total": b.Total, "rows": rows, "extract": nil}
		if e := trace.Extracts[b.Table.Name]; e != nil && e.Record != nil {
			r := e.Record
			of["extract"] = map[string]any{"file": e.File, "server": r.Server, "engine": r.Engine, "extracted": r.Extracted, "seconds": r.Seconds, "rows_read": r.Read, "sql": e.SQL}
		}
		behind = append(behind, of)
	}
	sources := []map[string]string{}
	for _, s := range trace.Sources {
		sources = append(sources, map[string]string{"id": s.ID, "outlet": s.Outlet, "title": s.Title, "published": s.Published, "url": s.URL})
	}
	a := trace.Aggregate
	return map[string]any{
		"fact": trace.Address.String(), "value": trace.Value.Raw(), "text": trace.Text(quantity.Prose), "unit": trace.Column.Unit, "label": trace.Column.Label, "definition": trace.Column.Definition,
		"aggregate": map[string]any{"name": a.Name, "file": a.File, "title": a.Title, "about": a.About, "sql": a.SQL},
		"behind":    behind, "sources": sources,
	}
}
