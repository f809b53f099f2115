package aggregate

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/finding"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"

	"github.com/sourcegraph/conc/pool"
)

// A number that passes over a row without a value is not a problem until a finding goes by it: nobody said what the missing value means.

// columns are those of aggregates by which findings go, by their names.
type columns map[string]map[string]bool

func (c columns) add(aggregate, column string) (added bool) {
	if c[aggregate] == nil {
		c[aggregate] = map[string]bool{}
	}
	added = !c[aggregate][column]
	c[aggregate][column] = true
	return added
}

// checkNulls adds a problem where a flag, a column by which a finding of the head goes, or what these read of other aggregates
// passes over a row which has no value; and where a flag is true by a subquery of what has no rows. All can be compared with the lock.
func (l *loader) checkNulls(ctx context.Context) error {
	flags, read := columns{}, columns{}
	for _, name := range slices.Sorted(maps.Keys(l.specs)) {
		s := l.specs[name]
		if s.result == nil || s.result.Tainted {
			continue
		}
		from := s.stated()
		for _, column := range from {
			read.add(name, column)
		}
		for _, c := range s.result.Columns {
			if c.Unit.IsFlag() {
				from = append(from, strings.ToLower(c.Name))
				flags.add(name, strings.ToLower(c.Name))
			}
		}
		if err := l.addRead(ctx, s, from, read); err != nil {
			return err
		}
	}
	looking := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for of, all := range map[bool]columns{true: flags, false: read} {
		for name, names := range all {
			looking.Go(func(ctx context.Context) error {
				return l.checkColumns(ctx, l.specs[name], slices.Sorted(maps.Keys(names)), of)
			})
		}
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
func (l *loader) addRead(ctx context.Context, s *execution, from []string, read columns) error {
	if len(from) == 0 {
		return nil
	}
	d, err := l.derivation(ctx, s)
	if err != nil {
		return err
	}
	for _, name := range from {
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
				if i < 0 || other.result.Columns[i].Unit.IsFlag() || !read.add(other.name, column) {
					continue
				}
				if err := l.addRead(ctx, other, []string{column}, read); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkColumns adds the problems of some columns, which are flags or numbers by which findings go.
func (l *loader) checkColumns(ctx context.Context, s *execution, columns []string, flags bool) error {
	key, err := l.keyOf(s)
	if err != nil {
		return err
	}
	if key, err = memo.KeyOf(key, strconv.FormatBool(flags), columns); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, l.limits.Seconds(limit.QueryTime))
	defer cancel()
	guard, err := l.guardKey(s, columns)
	if err != nil {
		return err
	}
	l.answers.Keep("guard", guard)
	problems, err := memo.Do(l.answers, "nulls", key, func() ([]diag.Problem, error) {
		problems, err := l.findNulls(limited, s, guard, columns, flags)
		var said *engine.Error
		if errors.As(err, &said) && !said.Memory && limited.Err() == nil {
			return nil, nil // what cannot be looked at so has been run as it is
		}
		return problems, err
	})
	var said *engine.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &said):
		return nil // likewise
	case errors.Is(err, context.DeadlineExceeded):
		s.exceeds(l, limit.QueryTime, "a SELECT that goes on")
		return nil
	}
	l.problems.Add(problems...)
	return err
}

// guardKey is what the guarded query of some columns depends on: no value.
func (l *loader) guardKey(s *execution, columns []string) (memo.Key, error) {
	key, err := l.textKey(s)
	if err != nil {
		return key, err
	}
	return memo.KeyOf(key, columns)
}

func (l *loader) findNulls(ctx context.Context, s *execution, guard memo.Key, columns []string, flags bool) ([]diag.Problem, error) {
	passes, err := l.mayPass(ctx, s, columns)
	if err != nil || !passes {
		return nil, err
	}
	guarded, err := memo.Do(l.answers, "guard", guard, func() (engine.Guarded, error) { return l.engine.Guard(ctx, s.sql, l.relations(s), columns) })
	if err != nil || len(guarded.Calls) == 0 {
		return nil, err
	}
	problem := func(p diag.Problem) []diag.Problem {
		p.File, p.Finding = s.file, s.name+"."+columns[0]
		return []diag.Problem{p}
	}
	if flags && s.holds(columns) {
		for _, c := range guarded.Calls {
			for _, read := range c.Reads {
				if file, empty := l.isEmpty(read); empty {
					return problem(s.at(diag.Problem{
						Message: "a finding over no rows", Found: file + " has none", Expected: "rows, as of none anything is true", Hint: "test that there are rows, (SELECT count(*) FROM " + read + ") > 0, or leave the subquery out",
					}, c.Offset)), nil
				}
			}
		}
	}
	if err := l.ensure(ctx, s); err != nil {
		return nil, err
	}
	null, err := l.engine.FindNull(ctx, guarded)
	if null == nil || err != nil {
		return nil, err
	}
	p := l.passes(s, null)
	if !flags {
		p.Message += ", and a finding goes by that"
	}
	return problem(p), nil
}

// mayPass reports whether one of the columns depends on what passes over rows.
func (l *loader) mayPass(ctx context.Context, s *execution, columns []string) (bool, error) {
	d, err := l.derivation(ctx, s)
	return err == nil && slices.ContainsFunc(columns, func(name string) bool { o, _ := d.Output(name); return o.Passes }), err
}

// holds reports whether one of the flags is true of a row.
func (s *execution) holds(flags []string) bool {
	return slices.ContainsFunc(flags, func(name string) bool {
		i := slices.IndexFunc(s.result.Columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
		return i >= 0 && slices.ContainsFunc(s.result.Rows, func(r Row) bool { return r.Values[i].True() })
	})
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
		Expected: "a value for each row", Hint: "say what a missing value means, such as " + null.Function + "(coalesce(…, …)), or leave such rows out: " + null.Function + "(…) FILTER (WHERE … IS NOT NULL)",
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
