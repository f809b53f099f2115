package generator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/fact"
	"broadsheet/generator/limit"
	"broadsheet/generator/listing"
	"broadsheet/generator/tabular"
)

// PackOptions are what a verification pack holds.
type PackOptions struct {
	Sample int    // facts on the worksheet
	Seed   uint64 // by which they are drawn
	Limits limit.Limits
}

// Packed is what was written.
type Packed struct {
	Facts    int `json:"facts"`    // that the script recomputes
	Sampled  int `json:"sampled"`  // of these, on the worksheet
	Untested int `json:"untested"` // findings of heads, which the program tests, and not a query
	Tables   int `json:"tables"`
}

// Pack writes what a second checker needs to recompute a published site without this program: its tables as Parquet, its queries and
// facts as a script for DuckDB, and some facts with their rows and sources as a worksheet. All comes from the source that the site
// publishes, which has no private columns.
func Pack(ctx context.Context, site fs.FS, directory string, o PackOptions) (*Packed, []diag.Problem, error) {
	report, _, err := archive.Read(site)
	if err != nil {
		return nil, []diag.Problem{{File: archive.Name, Message: err.Error(), Hint: "only a site that publishes its source can be recomputed"}}, nil
	}
	var published struct{ Facts []listing.Fact }
	text, err := fs.ReadFile(site, listing.FactsFile)
	if err == nil {
		err = json.Unmarshal(text, &published)
	}
	if err != nil {
		return nil, []diag.Problem{{File: listing.FactsFile, Message: "the list of published facts cannot be read", Hint: "build the site again"}}, nil
	}
	type outcome struct {
		packed   *Packed
		problems []diag.Problem
	}
	out, problem, err := bounded(ctx, Options{Limits: o.Limits}, func(ctx context.Context, options Options) (out outcome, err error) {
		b := &job{report: archive.Record(report), options: options, course: course{tell: options.Progress}}
		out.packed, out.problems, err = b.pack(ctx, directory, published.Facts, o)
		return out, err
	})
	if problem != nil {
		return nil, []diag.Problem{*problem}, nil
	}
	return out.packed, out.problems, err
}

// packedFact is a published fact, and the cell of which it is.
type packedFact struct {
	listing.Fact
	of *fact.Fact
}

func (b *job) pack(ctx context.Context, directory string, published []listing.Fact, o PackOptions) (out *Packed, problems []diag.Problem, err error) {
	if ok, err := b.open(ctx); !ok || err != nil {
		return nil, b.problems.Sorted(), err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	out = &Packed{}
	b.change = func(ctx context.Context, e *engine.Engine) (err error) {
		out.Tables, err = writeParquet(ctx, e, filepath.Join(directory, "tables"))
		return err
	}
	data, err := b.aggregate(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !b.problems.Empty() {
		return nil, b.problems.Sorted(), nil
	}
	var facts []packedFact
	for _, p := range published {
		switch f, _ := fact.Find(data.aggregates, p.Address); {
		case f == nil: // a name of a source
		case f.Finding != nil:
			out.Untested++
		default:
			facts = append(facts, packedFact{p, f})
		}
	}
	out.Facts = len(facts)
	sample, rows, err := worksheet(ctx, data, facts, o)
	if err != nil {
		return nil, nil, err
	}
	out.Sampled = sample
	sheet, err := tabular.Worksheet("Facts", []string{"fact", "what it is", "value", "as pages write it", "pages", "rows behind it", "sources", "value found", "agrees", "checked by", "day", "remarks"}, rows)
	if err != nil {
		return nil, nil, err
	}
	for name, text := range map[string][]byte{
		"sample.xlsx": sheet, "recompute.sql": []byte(recompute(data, facts)), "README.txt": []byte(fmt.Sprintf(packReadme, o.Sample, o.Seed)),
	} {
		if err := os.WriteFile(filepath.Join(directory, name), text, 0o644); err != nil {
			return nil, nil, err
		}
	}
	return out, nil, nil
}

// writeParquet writes each table, with the numbers of its rows.
func writeParquet(ctx context.Context, e *engine.Engine, directory string) (int, error) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return 0, err
	}
	_, rows, err := e.Collect(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_type = 'BASE TABLE' ORDER BY 1")
	for _, row := range rows {
		name, _ := row[0].(string)
		if err := e.Exec(ctx, fmt.Sprintf("COPY (SELECT * FROM %s ORDER BY _row) TO %s (FORMAT parquet)", engine.Name(name), engine.Text(filepath.Join(directory, name+".parquet")))); err != nil {
			return 0, err
		}
	}
	return len(rows), err
}

// worksheet draws facts, in the order of the list. One that rests on no rows, or is the name of its own line, is nothing that a person
// could look up in a source.
func worksheet(ctx context.Context, data *computed, facts []packedFact, o PackOptions) (sampled int, rows [][]any, err error) {
	drawn := map[int][]any{}
	for _, i := range rand.New(rand.NewPCG(o.Seed, o.Seed)).Perm(len(facts)) {
		if len(drawn) == o.Sample {
			break
		}
		if of := facts[i].of; slices.Contains(of.Aggregate.Key, of.Column.Name) {
			continue
		}
		row, err := worksheetRow(ctx, data, facts[i])
		if err != nil {
			return 0, nil, err
		}
		if row != nil {
			drawn[i] = row
		}
	}
	for _, i := range slices.Sorted(maps.Keys(drawn)) {
		rows = append(rows, drawn[i])
	}
	return len(rows), rows, nil
}

// worksheetRow is a fact with the rows and the sources on which it rests; nil where it rests on none.
func worksheetRow(ctx context.Context, data *computed, f packedFact) ([]any, error) {
	trace, err := f.of.Trace(ctx, data.tables, data.sources)
	if err != nil || len(trace.Behind) == 0 {
		return nil, err
	}
	var behind, sources []string
	for _, of := range trace.Behind {
		var numbers []string
		for _, row := range of.Rows {
			numbers = append(numbers, fmt.Sprint(row.Number))
		}
		more := ""
		if n := of.Total - len(of.Rows); n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		behind = append(behind, of.Table.File()+": "+strings.Join(numbers, " ")+more)
	}
	for _, of := range trace.Behind {
		if e := data.extracts[of.Table.Name]; e != nil && e.Record != nil {
			sources = append(sources, fmt.Sprintf("%s: the query %s on %s (%s), %s", of.Table.Name, e.File, e.Record.Server, e.Record.Engine, e.Record.Extracted))
		}
	}
	for _, s := range trace.Sources {
		sources = append(sources, strings.TrimSpace(s.ID+" "+s.Publisher()+" "+s.URL))
	}
	return []any{f.Address, f.Label, f.of.Value.Raw(), f.Text, strings.Join(f.Pages, "\n"), strings.Join(behind, "\n"), strings.Join(sources, "\n")}, nil
}

// recompute is the script: tables, queries in the order in which they read each other, and each fact beside what its query gives.
func recompute(data *computed, facts []packedFact) string {
	var b strings.Builder
	b.WriteString("-- Recomputes each published figure in DuckDB, in the directory of this file: duckdb < recompute.sql\nSET TimeZone = 'UTC';\n\n")
	for _, name := range data.tables.Names() {
		fmt.Fprintf(&b, "CREATE TABLE %s AS SELECT * FROM read_parquet('tables/%s.parquet');\n", engine.Name(name), name)
	}
	made := map[string]bool{}
	var write func(a *aggregate.Aggregate)
	write = func(a *aggregate.Aggregate) {
		if made[a.Name] {
			return
		}
		made[a.Name] = true
		for _, read := range a.Reads {
			if other := data.aggregates[read]; other != nil {
				write(other)
			}
		}
		fmt.Fprintf(&b, "\n-- %s\nCREATE TABLE %s AS\n%s\n;\n", a.File, engine.Name(a.Name), strings.TrimRight(strings.TrimSpace(a.SQL), "; \n"))
	}
	for _, name := range data.aggregates.Names() {
		write(data.aggregates[name])
	}
	b.WriteString("\nCREATE TABLE facts (fact VARCHAR, published VARCHAR, recomputed VARCHAR);\n")
	for _, f := range facts {
		where := "true"
		for i, column := range f.of.Aggregate.Key {
			where += fmt.Sprintf(" AND (%[1]s::VARCHAR = %[2]s OR TRY_CAST(%[1]s AS DOUBLE) = TRY_CAST(%[2]s AS DOUBLE))", engine.Name(column), engine.Text(f.of.Row.Key[i]))
		}
		value := "NULL"
		if raw := string(f.Value); raw != "null" {
			var text string
			if json.Unmarshal(f.Value, &text) != nil {
				text = raw
			}
			value = engine.Text(text)
		}
		fmt.Fprintf(&b, "INSERT INTO facts SELECT %s, %s, (SELECT %s::VARCHAR FROM %s WHERE %s);\n", engine.Text(f.Address), value, engine.Name(f.of.Column.Name), engine.Name(f.of.Aggregate.Name), where)
	}
	b.WriteString(`
-- numbers are the same to 15 digits, which is what a double keeps; all else to the letter
CREATE VIEW differing AS SELECT * FROM facts WHERE published IS DISTINCT FROM recomputed AND NOT coalesce(
  abs(TRY_CAST(published AS DOUBLE) - TRY_CAST(recomputed AS DOUBLE)) <= 1e-14 * greatest(abs(TRY_CAST(published AS DOUBLE)), 1e-300)
  OR TRY_CAST(published AS TIMESTAMP) = TRY_CAST(recomputed AS TIMESTAMP), false);
SELECT (SELECT count(*) FROM facts) AS facts, (SELECT count(*) FROM differing) AS differing;
SELECT * FROM differing ORDER BY fact;
`)
	return b.String()
}

const packReadme = `What a second checker needs to verify the figures of a published site, without the program that made it.

sample.xlsx     facts that were drawn at random (--sample %d --seed %d): each with the rows of the files and the sources on
                which it rests, and the query on a server that gave a table. Look each up in its source, and write what you found, whether it agrees, your name and the day.
recompute.sql   recomputes each published fact with DuckDB, from the tables: run "duckdb < recompute.sql" in this directory, or
                in Python: import duckdb; print(duckdb.connect().execute(open("recompute.sql").read()).fetchall())
                It lists the facts that differ; an empty list means that all agree.
tables/         each table as Parquet, as the queries read it, without private columns; _row is the row of the file.

What was checked, by whom and when, the report's editor writes in data/signoffs.csv (date,name,role,what).

Whether the rows are right, only the sources say; whether a query asks the right question, only a person who reads it.
`
