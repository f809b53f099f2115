package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/archive"
	"broadsheet/generator/chart"
	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/fact"
	"broadsheet/generator/literal"
	"broadsheet/generator/rowpage"
)

// Proof is what became of the findings of a report on data that were changed: one that
// holds whatever the data are proves nothing.
type Proof struct {
	Findings int
	Never    []Unmoved // those that no change made false
}

// Unmoved is a finding that held on all changed data.
type Unmoved struct {
	Finding string `json:"finding"`
	Test    string `json:"test"`
	Tried   int    `json:"tried"` // changes of the tables behind it
}

// Prove tests each finding on which words of the report rest on tables that are changed in
// the same ways each time. It returns the problems of a report that cannot be computed, or
// whose findings do not hold.
func Prove(ctx context.Context, report fs.FS, o Options) (*Proof, []diag.Problem, error) {
	type outcome struct {
		proof    *Proof
		problems []diag.Problem
	}
	out, problem, err := bounded(ctx, o, func(ctx context.Context, o Options) (out outcome, err error) {
		out.proof, out.problems, err = prove(ctx, report, o)
		return out, err
	})
	if problem != nil {
		return nil, []diag.Problem{*problem}, nil
	}
	return out.proof, out.problems, err
}

func prove(ctx context.Context, report fs.FS, o Options) (*Proof, []diag.Problem, error) {
	o.Memo = "" // which is for the data as they are
	var problems diag.List
	prose, err := content.Load(report)
	if err != nil {
		return nil, nil, err
	}
	data, found, err := computeWith(ctx, report, o, nil)
	if err != nil || len(found) > 0 {
		return nil, found, err
	}
	pages, err := rowpage.Expand(prose, data.aggregates, &problems)
	if err != nil {
		return nil, nil, err
	}
	addresses := literal.Findings(pages.Files, chart.Files(report, &problems))
	open := map[string]*Unmoved{}
	behind := map[string][]string{} // the tables behind each finding
	for _, address := range addresses {
		f, _ := fact.Find(data.aggregates, address)
		if f == nil || !f.Column.Unit.IsFlag() || !f.Value.True() {
			problems.Add(diag.Problem{File: "data/aggregates", Message: "a finding that does not hold cannot be proved: " + diag.Quote(address), Hint: "run: broadsheet check"})
			continue
		}
		open[address] = &Unmoved{Finding: address, Test: f.Test()}
		behind[address] = f.Aggregate.Tables
	}
	if !problems.Empty() {
		return nil, problems.Sorted(), nil
	}
	proof := &Proof{Findings: len(open)}
	for round := range rounds {
		for _, t := range data.tables.Tables {
			var tests []string
			for address := range open {
				if slices.Contains(behind[address], t.Name) {
					tests = append(tests, address)
				}
			}
			if len(tests) == 0 {
				continue
			}
			changed, _, err := computeWith(ctx, report, o, func(ctx context.Context, eng *engine.Engine) error { return change(ctx, eng, t, round) })
			if err != nil {
				return nil, nil, err
			}
			for _, address := range tests {
				parsed, _ := fact.ParseAddress(address)
				if f := fact.Lookup(changed.aggregates, parsed); f != nil {
					open[address].Tried++
					if !f.Value.True() {
						delete(open, address)
					}
				}
			}
		}
	}
	for _, u := range open {
		proof.Never = append(proof.Never, *u)
	}
	slices.SortFunc(proof.Never, func(a, b Unmoved) int { return strings.Compare(a.Finding, b.Finding) })
	return proof, nil, nil
}

// computeWith computes the aggregates of the report, once its tables are changed. Where
// that makes an aggregate impossible, it is missing.
func computeWith(ctx context.Context, report fs.FS, o Options, change func(context.Context, *engine.Engine) error) (c *computed, problems []diag.Problem, err error) {
	b := &job{report: archive.Record(report), options: o, course: course{tell: o.Progress}, change: change}
	ok, err := b.open(ctx)
	if !ok || err != nil {
		return &computed{aggregates: aggregate.Set{}}, b.problems.Sorted(), err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	c, err = b.aggregate(ctx)
	return c, b.problems.Sorted(), err
}

// rounds is how many changes of a table are tried, each with other rows and values.
const rounds = 12

// change changes the values of a table, but for those by which its rows are known. What
// comes out depends on the round only: rows get values of other rows, numbers, days and
// flags others of their kind, and some rows go.
func change(ctx context.Context, eng *engine.Engine, t *dataset.Table, round int) error {
	table := engine.Name(t.Name)
	types, err := eng.Describe(ctx, t.Name)
	if err != nil {
		return err
	}
	for i, c := range types {
		if c.Name == "_row" || slices.Contains(t.Schema.PrimaryKey, c.Name) {
			continue
		}
		column, seed := engine.Name(c.Name), 1000*round+i
		order := fmt.Sprintf("hash(_row * 7919 + %d)", seed)
		query := fmt.Sprintf(`UPDATE %[1]s SET %[2]s = other.value FROM (
	SELECT a._row, b.value FROM (SELECT _row, row_number() OVER (ORDER BY _row) AS n FROM %[1]s) a
	JOIN (SELECT %[2]s AS value, row_number() OVER (ORDER BY %[3]s) AS n FROM %[1]s) b ON a.n = b.n) other WHERE other._row = %[1]s._row`, table, column, order)
		if round%2 == 1 {
			value := ""
			switch kind, _, _ := strings.Cut(c.Type, "("); kind {
			case "DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "DOUBLE":
				value = fmt.Sprintf("TRY_CAST(%s * [0, 0.01, 0.5, 2, 100, 10000][1 + (%s %% 6)::INTEGER] AS %s)", column, order, c.Type)
			case "DATE":
				value = fmt.Sprintf("%s + (%s %% 2000)::INTEGER - 1000", column, order)
			case "BOOLEAN":
				value = "NOT " + column
			case "VARCHAR": // so that what most rows are becomes another thing
				value = fmt.Sprintf("(SELECT list_sort(list(DISTINCT %[1]s))[1 + %[3]d %% greatest(1, count(DISTINCT %[1]s))] FROM %[2]s)", column, table, round/2)
			}
			if value != "" {
				query = fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s %% 4 <> 0", table, column, value, order)
			}
		}
		if err := eng.Exec(ctx, query); err != nil {
			return err
		}
	}
	if round%3 == 2 {
		return eng.Exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE hash(_row * 7919 + %d) %% 3 = 0", table, round))
	}
	return nil
}
