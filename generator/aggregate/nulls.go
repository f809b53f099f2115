package aggregate

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/finding"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"

	"github.com/sourcegraph/conc/pool"
)

// checkNulls adds a problem where a flag goes by functions or conditions that pass over a row which has no value, or is true by a
// subquery of what has no rows: nobody said what that means.
func (l *loader) checkNulls(ctx context.Context, s *execution, a *Aggregate, d *engine.Derivation) error {
	var flags []string
	holds := false
	for i, c := range a.Columns {
		if o, _ := d.Output(c.Name); o.Passes && c.Unit.IsFlag() {
			flags = append(flags, strings.ToLower(c.Name))
			holds = holds || slices.ContainsFunc(a.Rows, func(r Row) bool { return r.Values[i].True() })
		}
	}
	if a.Tainted || len(flags) == 0 {
		return nil
	}
	var null *engine.Null
	guarded, err := remember(l, "guarded", s, func() (engine.Guarded, error) { return l.engine.Guard(ctx, s.sql, l.relations(s), flags) })
	for _, c := range guarded.Calls {
		for _, read := range c.Reads {
			if file, empty := l.isEmpty(read); err == nil && holds && empty {
				s.fail(l.problems, s.at(diag.Problem{
					Message: "a finding over no rows", Found: file + " has none", Expected: "rows, as of none anything is true", Hint: "test that there are rows, (SELECT count(*) FROM " + read + ") > 0, or leave the subquery out",
				}, c.Offset))
				return nil
			}
		}
	}
	if err == nil {
		null, err = l.engine.FindNull(ctx, guarded)
	}
	var said *engine.Error
	if null == nil || err != nil {
		if errors.As(err, &said) {
			err = nil // what cannot be looked at has been run already
		}
		return err
	}
	s.fail(l.problems, l.passes(s, null))
	return nil
}

// passes is the problem of what passes over a row.
func (l *loader) passes(s *execution, null *engine.Null) diag.Problem {
	var parts []string
	for i, name := range null.Columns[:min(len(null.Columns), len(null.Values))] {
		parts = append(parts, strings.TrimPrefix(name, "_")+" "+null.Values[i])
	}
	where := cmp.Or(null.Relation, "what is in FROM")
	if t := l.data.Table(null.Relation); t != nil {
		where = t.File()
	}
	p := diag.Problem{
		Message: null.Function + "() passes over a row that has no value", Found: "no value for " + cmp.Or(strings.Join(parts, ", "), "the one row") + " of " + where,
		Expected: "a value for each row", Hint: "say what a missing value means, such as " + null.Function + "(coalesce(…, …)), or leave such rows out, WHERE … IS NOT NULL",
	}
	switch null.Function {
	case "bool_and", "bool_or":
		p.Message, p.Expected = null.Function+"() passes over a row that is neither true nor false", "true or false for each row"
		p.Hint = "say what a missing value means, such as " + null.Function + "(coalesce(…, false))"
	case "WHERE", "FILTER", "HAVING", "QUALIFY", "ON":
		p.Message, p.Expected = null.Function+" passes over a row of which its condition is neither true nor false", "true or false for each row"
		p.Hint = "say what a missing value means, such as coalesce(…, false)"
		if null.Function == "ON" {
			p.Message, p.Expected = "ON passes over a row that has no value to compare", "a value for each row"
			p.Hint = "say what a missing value means, such as coalesce(…, …), or leave such rows out, WHERE … IS NOT NULL"
		}
	case "USING":
		p.Message = "USING passes over a row that has no value to compare"
		p.Hint = "leave such rows out, WHERE … IS NOT NULL, or join by ON coalesce(…, …)"
	}
	return s.at(p, null.Offset)
}

// isEmpty reports whether a table or an aggregate has no rows, and names its file.
func (l *loader) isEmpty(name string) (file string, empty bool) {
	if t := l.data.Table(name); t != nil {
		return t.File(), t.Rows == 0 && !t.Tainted
	}
	if other := l.specs[name]; other != nil && other.result != nil {
		return other.result.File, len(other.result.Rows) == 0 && !other.result.Tainted
	}
	return "", false
}

// checkReadNulls does the same for what flags read of other aggregates, and these of others: a number that passes over a row is
// no problem, until a finding goes by it.
func (l *loader) checkReadNulls(ctx context.Context) error {
	read := map[string]map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(l.specs)) {
		s := l.specs[name]
		if s.result == nil || s.result.Tainted {
			continue
		}
		var flags []string
		for _, c := range s.result.Columns {
			if c.Unit.IsFlag() {
				flags = append(flags, strings.ToLower(c.Name))
			}
		}
		stated := s.stated()
		for _, column := range stated {
			if read[s.name] == nil {
				read[s.name] = map[string]bool{}
			}
			read[s.name][column] = true
		}
		if err := l.addRead(ctx, s, append(flags, stated...), read); err != nil {
			return err
		}
	}
	looking := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, name := range slices.Sorted(maps.Keys(read)) {
		looking.Go(func(ctx context.Context) error {
			return l.checkColumns(ctx, l.specs[name], slices.Sorted(maps.Keys(read[name])))
		})
	}
	return looking.Wait()
}

// stated are the columns, but for flags, of which findings of the head speak, unless they are of known values.
func (s *execution) stated() (columns []string) {
	for _, f := range s.Findings {
		if f.Known {
			continue
		}
		named := []string{f.Of, f.From, f.To, f.Than, f.Over}
		for _, conditions := range []finding.Conditions{f.For.Conditions, f.Where, f.Is} {
			named = slices.AppendSeq(named, maps.Keys(conditions))
		}
		for _, name := range named {
			if i := s.result.Column(name); i >= 0 && !s.result.Columns[i].Unit.IsFlag() {
				columns = append(columns, strings.ToLower(name))
			}
		}
	}
	return columns
}

// addRead adds what columns read of other aggregates, but for flags, which are checked where they are made.
func (l *loader) addRead(ctx context.Context, s *execution, columns []string, read map[string]map[string]bool) error {
	if len(columns) == 0 {
		return nil
	}
	d, err := remember(l, "derivation", s, func() (*engine.Derivation, error) { return l.engine.Derive(ctx, s.sql, l.relations(s)) })
	if err != nil {
		return err
	}
	for _, name := range columns {
		o, _ := d.Output(name)
		for _, ref := range slices.Concat(o.Reads, o.Asked) {
			other := l.specs[ref.Relation]
			if other == nil || other == s || other.result == nil || other.result.Tainted {
				continue
			}
			of := []string{ref.Column}
			if ref.Column == "" { // its rows
				of = lower(other.result.Key)
			}
			for _, column := range of {
				i := slices.IndexFunc(other.result.Columns, func(c Column) bool { return strings.EqualFold(c.Name, column) })
				if i < 0 || other.result.Columns[i].Unit.IsFlag() || read[other.name][column] {
					continue
				}
				if read[other.name] == nil {
					read[other.name] = map[string]bool{}
				}
				read[other.name][column] = true
				if err := l.addRead(ctx, other, []string{column}, read); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkColumns adds a problem where one of the columns, on which findings of others go, passes over a row.
func (l *loader) checkColumns(ctx context.Context, s *execution, columns []string) error {
	key, err := l.keyOf(s)
	if err != nil {
		return err
	}
	if key, err = memo.KeyOf(append([]any{key}, anyOf(columns)...)...); err != nil {
		return err
	}
	found, err := memo.Do(l.answers, "nulls", key, func() (list []engine.Null, err error) {
		limited, cancel := context.WithTimeout(ctx, l.limits.Seconds(limit.QueryTime))
		defer cancel()
		guarded, err := l.engine.Guard(limited, s.sql, l.relations(s), columns)
		if err != nil || len(guarded.Calls) == 0 {
			return nil, err
		}
		if err := l.ensure(limited, s); err != nil {
			return nil, err
		}
		null, err := l.engine.FindNull(limited, guarded)
		if null != nil {
			list = append(list, *null)
		}
		return list, err
	})
	var said *engine.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &said):
		return nil // what cannot be looked at has been run already
	case errors.Is(err, context.DeadlineExceeded):
		s.exceeds(l, limit.QueryTime, "a SELECT that goes on")
		return nil
	}
	for _, null := range found {
		p := l.passes(s, &null)
		p.File, p.Message = s.file, p.Message+", and a finding goes by that"
		l.problems.Add(p)
	}
	return err
}

func anyOf(names []string) (list []any) {
	for _, name := range names {
		list = append(list, name)
	}
	return list
}
