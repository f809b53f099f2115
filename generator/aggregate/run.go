package aggregate

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/generator/config"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/memo"

	"github.com/sourcegraph/conc/panics"
)

// execution is an aggregate on its way from its file to its result.
type execution struct {
	*spec
	read   bool          // by another aggregate
	done   chan struct{} // closed when there will be no more of it
	result *Aggregate    // nil where it cannot be run
	key    memo.Key      // of the result; none where a table behind it has problems

	split    *engine.Split // of the query, where lists of rows are made apart from it
	table    sync.Once     // makes the engine's table of it
	tableErr error
}

// loader runs the aggregates of a report.
type loader struct {
	data     *dataset.Dataset
	engine   *engine.Engine
	limits   limit.Limits
	answers  *memo.Memo
	problems *diag.List
	specs    map[string]*execution

	turns  chan struct{} // as many as queries may run at once, so that none waits in its own time
	stuck  atomic.Int32  // turns that queries hold which cannot be interrupted
	noTurn chan struct{} // closed when no turn is left
}

// rejectUnknown adds a problem for each name that is neither a table nor an aggregate:
// the engine would know some of its own, such as duckdb_settings.
func (l *loader) rejectUnknown(s *execution) {
	for _, read := range s.mentions {
		if l.data.Table(read.Name) != nil || l.specs[read.Name] != nil {
			s.reads = append(s.reads, read.Name)
			continue
		}
		if l.data.Broken(read.Name) {
			s.usable = false // the reason is reported there
			continue
		}
		known := append(l.data.Names(), slices.Collect(maps.Keys(l.specs))...)
		p := diag.Problem{Message: "unknown table or aggregate " + diag.Quote(read.Name), Hint: diag.Nearest(read.Name, known)}
		s.reject(l.problems, s.at(p, read.Offset))
	}
}

// run runs one aggregate, once those that it reads are done.
func (l *loader) run(ctx context.Context, s *execution) error {
	for _, read := range s.reads {
		if other := l.specs[read]; other != nil && other != s && s.usable {
			select {
			case <-other.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if other.result == nil {
				s.usable = false // the reason is reported there
			}
		}
	}
	if !s.usable {
		return nil
	}
	select {
	case l.turns <- struct{}{}:
	case <-l.noTurn:
		s.usable = false // the reason is reported at those that hold them
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
	limited, stop := context.WithTimeout(ctx, l.limits.Seconds(limit.QueryTime))
	defer stop()
	result, err := l.compute(limited, s)
	if !errors.Is(err, errStuck) {
		<-l.turns
	} else if int(l.stuck.Add(1)) == cap(l.turns) {
		close(l.noTurn)
	}
	var said *engine.Error
	switch {
	case err == nil:
		if s.result = result; result != nil && len(s.Findings) > 0 {
			flag, _ := l.data.Units().Find("flag")
			result.test(s.spec, flag, l.problems)
		}
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errStuck):
		s.exceeds(l, limit.QueryTime, "a SELECT that goes on")
	case errors.As(err, &said) && said.Memory:
		s.exceeds(l, limit.Memory, "a SELECT that needs more than half of the memory")
	case errors.As(err, &said):
		s.fail(l.problems, s.broken(said))
	default:
		return err
	}
	return nil
}

// exceeds adds the problem of a SELECT beyond a limit.
func (s *spec) exceeds(l *loader, name limit.Name, what string) {
	p := l.limits.Exceeded(name, what)
	p.Line = s.sqlLine()
	s.fail(l.problems, p)
}

// compute is the aggregate from the memo, or from its query. It returns nil after
// adding a problem.
func (l *loader) compute(ctx context.Context, s *execution) (*Aggregate, error) {
	if s.doc == nil {
		return nil, l.ensure(ctx, s) // the comment cannot be read; the SELECT may be wrong too
	}
	a := l.start(s)
	if a.Tainted || s.problems > 0 {
		return l.query(ctx, s, a)
	}
	key, err := l.keyOf(s)
	if err != nil {
		return nil, err
	}
	queried := false
	r, err := memo.Do(l.answers, "aggregate", key, func() (Result, error) {
		queried = true
		made, err := l.query(ctx, s, a)
		if made == nil && err == nil {
			err = errProblems
		}
		return a.Result, err
	})
	if errors.Is(err, errProblems) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !queried {
		if err := l.keepAll(s); err != nil {
			return nil, err
		}
	}
	a.Result = r
	a.index(s.spec)
	s.key, err = r.key()
	return a, err
}

// errProblems says that problems were added, so that nothing is remembered.
var errProblems = errors.New("the aggregate has problems")

// keyOf is all that the result depends on: the file, what it reads, and the limits.
// What it reads is known by its result, so that a change that is lost on the way,
// such as one in a column that nobody reads, ends there.
func (l *loader) keyOf(s *execution) (memo.Key, error) {
	inputs := []any{s.text, l.data.Units().Key(), l.limits.Get(limit.ResultRows), l.limits.Get(limit.Cell)}
	for _, read := range s.reads {
		inputs = append(inputs, read)
		if t := l.data.Table(read); t != nil {
			inputs = append(inputs, t.Key)
		} else {
			inputs = append(inputs, l.specs[read].key)
		}
	}
	// which names are tables decides what is lineage
	return memo.KeyOf(append(inputs, l.data.Names())...)
}

// ensure makes the table of the result in the engine, and those that it reads before
// it: results from the memo have none until somebody asks.
func (l *loader) ensure(ctx context.Context, s *execution) error {
	s.table.Do(func() {
		for _, read := range s.reads {
			if other := l.specs[read]; other != nil && other != s {
				if s.tableErr = l.ensure(ctx, other); s.tableErr != nil {
					return
				}
			}
		}
		s.tableErr = l.create(ctx, s)
	})
	return s.tableErr
}

// query runs the SELECT into a table, where the engine bounds its memory, and reads
// that. It returns nil after adding a problem.
func (l *loader) query(ctx context.Context, s *execution, a *Aggregate) (*Aggregate, error) {
	if err := l.ensure(ctx, s); err != nil {
		return nil, err
	}
	columns, err := l.engine.Describe(ctx, s.name)
	if err != nil {
		return nil, err
	}
	values, lineage := a.readColumns(s.spec, columns, l.data, l.problems)
	if s.problems > 0 {
		return nil, nil
	}
	count, err := l.measure(ctx, s, columns)
	if err != nil {
		return nil, err
	}
	if s.problems > 0 {
		return nil, l.engine.Drop(ctx, s.name)
	}
	rows, err := l.readResult(ctx, s, lineage)
	if err != nil {
		return nil, err
	}
	derivation, err := l.derive(ctx, s, a, columns, values)
	if err != nil {
		return nil, err
	}
	found := a.readLines(s.spec, rows, values, lineage, l.data, l.problems)
	if s.split != nil && s.problems == 0 {
		if err := l.listRows(ctx, s, a); err != nil {
			return nil, err
		}
	}
	if err := l.checkKeys(ctx, s.spec, a); err != nil {
		return nil, err
	}
	if err := l.checkRepeats(ctx, s, a, derivation, found); err != nil {
		return nil, err
	}
	const small = 10_000 // rows, or rows behind them, that may stay to the end of the build
	if !s.read && count+a.behind() > small {
		if err := l.engine.Drop(ctx, s.name); err != nil {
			return nil, err
		}
	}
	if s.problems > 0 {
		return nil, nil
	}
	return a, nil
}

// readResult reads the result. Rows of tables are packed as they come, as those behind all lines may not fit side by side.
func (l *loader) readResult(ctx context.Context, s *execution, lineage []int) (rows [][]any, err error) {
	_, err = l.engine.Each(ctx, "SELECT * FROM "+engine.Name(s.name), func(row []any) error {
		row = slices.Clone(row)
		for _, i := range lineage {
			numbers, _ := row[i].([]int64)
			row[i] = packRows(numbers)
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// measure counts the rows of the result, and holds them and its texts against the
// limits, before Go has a copy of them.
func (l *loader) measure(ctx context.Context, s *execution, columns []engine.Column) (rows int, err error) {
	var texts []string
	for _, c := range columns {
		if c.Type == "VARCHAR" {
			texts = append(texts, c.Name)
		}
	}
	rows, longest, err := l.engine.Measure(ctx, s.name, texts)
	if err != nil {
		return 0, err
	}
	if rows > l.limits.Get(limit.ResultRows) {
		s.exceeds(l, limit.ResultRows, "a SELECT of "+diag.Count(rows, "row"))
	}
	for i, name := range texts {
		if longest[i] > l.limits.Get(limit.Cell) {
			s.failAt(l.problems, l.limits.Exceeded(limit.Cell, "a text of "+diag.Count(longest[i], "character")), "columns", name)
		}
	}
	return rows, nil
}

// errStuck says that a query goes on after its context is done.
var errStuck = errors.New("a query cannot be interrupted")

// create runs the SELECT into a table. DuckDB can be interrupted between two batches
// of rows and not in one call of a function, such as levenshtein() of two very long
// texts: such a query is left to itself.
func (l *loader) create(ctx context.Context, s *execution) error {
	const grace = time.Second
	done := make(chan error, 1)
	var caught panics.Catcher
	go func() {
		var err error
		caught.Try(func() { err = l.createTable(ctx, s) })
		done <- err
	}()
	var late <-chan time.Time
	for ended := ctx.Done(); ; {
		select {
		case err := <-done:
			caught.Repanic()
			return err
		case <-ended:
			ended, late = nil, time.After(grace)
		case <-late:
			return errStuck
		}
	}
}

func (l *loader) createTable(ctx context.Context, s *execution) (err error) {
	if s.split, err = l.split(ctx, s); err != nil {
		return err
	}
	if s.split != nil {
		if err := l.engine.Create(ctx, s.name, s.split.Rest); err == nil {
			return nil
		}
		s.split = nil // what is wrong is said of the query as it is written
	}
	return l.engine.Create(ctx, s.name, s.sql)
}

// start is the aggregate before its SELECT has run.
func (l *loader) start(s *execution) *Aggregate {
	a := &Aggregate{Name: s.name, File: s.file, Title: s.Title, About: s.About, text: s.text, SQL: strings.TrimSpace(s.sql), Key: s.Key, Reads: s.reads, Limit: s.Definitions[limited]}
	a.Uses = map[string][]string{}
	for _, read := range s.reads {
		if t := l.data.Table(read); t != nil {
			a.Tables = append(a.Tables, read)
			a.Tainted = a.Tainted || t.Tainted
			a.Uses[read] = append(a.Uses[read], t.Named(s.names)...)
		} else if other := l.specs[read]; other != nil {
			a.Tables = append(a.Tables, other.result.Tables...)
			a.Tainted = a.Tainted || other.result.Tainted
			for table, columns := range other.result.Uses {
				a.Uses[table] = append(a.Uses[table], columns...)
			}
		}
	}
	slices.Sort(a.Tables)
	a.Tables = slices.Compact(a.Tables)
	return a
}

// broken is the problem of a SELECT that the engine cannot run, at its place in the
// user's file.
func (s *spec) broken(said *engine.Error) diag.Problem {
	p := diag.Problem{Message: "broken SQL: " + lowerFirst(said.Message)}
	switch {
	case said.Internal:
		p.Message = "the SQL engine fails on this SELECT"
		p.Hint = "write it in another way, or in two steps: an aggregate may read another"
	case strings.Contains(said.Message, "verflow"):
		p.Message, _, _ = strings.Cut(strings.TrimRight(p.Message, "!"), ". You might")
		p.Hint = "compute with a wider type, such as n::HUGEINT or n::DECIMAL(38, 2)"
		if strings.Contains(said.Message, "DECIMAL") {
			p.Hint = "compute with rounded values, such as round(n, 6)::DECIMAL(18, 6), or with doubles: n::DOUBLE"
		}
	case strings.HasPrefix(said.Message, "Needed scale"):
		p.Message = "the exact product of two columns has more than 38 decimals"
		p.Hint = "compute with rounded values, such as round(n, 6)::DECIMAL(18, 6), or with doubles: n::DOUBLE"
	}
	const maxCandidates = 8
	if more := said.Candidates; len(more) > 0 {
		p.Hint = "near it: " + strings.Join(more[:min(len(more), maxCandidates)], ", ")
		if len(more) > maxCandidates {
			p.Hint += ", …"
		}
	}
	return s.at(p, said.Offset)
}

// at puts a problem at a byte offset of the SELECT, or at its first line.
func (s *spec) at(p diag.Problem, offset int) diag.Problem {
	if p.Line = s.sqlLine(); offset >= 0 {
		p.Line, p.Column = config.Position([]byte(s.text), s.sqlStart+offset)
	}
	return p
}
