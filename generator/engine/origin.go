package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Derivation is what the columns of a SELECT are computed from, as its parse tree
// says.
type Derivation struct {
	Outputs []Output
	Joins   []Join    // those of which it cannot be said that they leave each row once, in the order of the text
	Limits  []Literal // numbers above 1 written in the query that say how many rows are taken: LIMIT 5, rank <= 5, arg_max(a, b, 5)
	Varied  bool      // the query has Variants
}

// Output is a column of a result. Names are in lower case.
type Output struct {
	Name string
	Origin
}

// Origin is what an expression is computed from.
type Origin struct {
	Reads   []Ref     // sorted, each once
	Counts  [][]Ref   // of each call of a function such as sum, to which a row that comes twice counts twice, what it reads
	Typed   bool      // a value that is written in the query, or in one branch of its UNION, and is not NULL
	Values  []Literal // numbers written in the query that it can be
	Factors []Literal // numbers written in the query by which it is multiplied, or which it adds up
	Shifts  []Literal // likewise, which are added or subtracted
	Digits  []Literal // texts written in the query that it can be, of digits
	Joined  []Literal // numbers and digits written in the query that are part of its text
	Texts   []Literal // texts written in the query, or that functions make of such, that it can be or hold
	Ranked  bool      // it is a place in an order
	Unknown bool      // it may read what is not in Reads
	Passes  bool      // functions or conditions decide it that pass over what has no value, such as min, bool_and or WHERE

	Asked []Ref // what these read

	calls []int // of these
}

// Ref is a column of a table or an aggregate that a query reads. Without a column it
// is its rows, as they are counted.
type Ref struct{ Relation, Column string }

// Literal is a number as it is written in a query.
type Literal struct {
	Text   string
	Offset int // in bytes from 0; -1 where it is not known
}

// Join is a join by which a row may come more than once.
type Join struct {
	With   string // the name of what is joined
	Left   string // the name of that to which it is joined; "" where there are several
	Offset int
}

// Relation is a table or an aggregate as a query sees it.
type Relation struct {
	Columns []string   // in lower case
	Keys    [][]string // sets of columns that tell its rows apart; an empty set says that there is one row
}

// Derive follows the columns of a SELECT back to the columns of what it reads. The
// SELECT is one that Parse has read.
func (e *Engine) Derive(ctx context.Context, query string, relations map[string]Relation) (*Derivation, error) {
	tree, err := e.serialize(ctx, query)
	if err != nil {
		return nil, err
	}
	if tree.manyStatements() { // a PIVOT of which the data name the columns
		text, _ := withPivotValues(query)
		if tree, err = e.serialize(ctx, text); err != nil {
			return nil, err
		}
	}
	d := &Derivation{}
	if tree.Error || len(tree.Statements) != 1 {
		return d, nil
	}
	r := resolver{relations: relations, joins: map[Join]bool{}, fold: func(n node) any { return e.fold(ctx, n) }}
	for _, o := range r.query(tree.Statements[0].Node, nil).columns {
		o.tidy()
		for _, i := range o.calls {
			o.Asked = append(o.Asked, r.calls[i].reads...)
		}
		o.Asked = unique(o.Asked)
		d.Outputs = append(d.Outputs, o)
	}
	for join := range r.joins {
		d.Joins = append(d.Joins, join)
	}
	slices.SortFunc(d.Joins, func(a, b Join) int { return cmp.Or(a.Offset-b.Offset, strings.Compare(a.With, b.With)) })
	slices.SortFunc(r.limits, func(a, b Literal) int { return a.Offset - b.Offset })
	d.Limits = slices.Compact(r.limits)
	d.Varied = len(rowLists(tree.Statements[0].Node)) > 0
	return d, nil
}

// Output is the column of a name, which the engine writes as the query does.
func (d *Derivation) Output(name string) (Origin, bool) {
	for _, o := range d.Outputs {
		if o.Name == strings.ToLower(name) {
			return o.Origin, true
		}
	}
	return Origin{Unknown: true}, false
}

func (o *Origin) tidy() {
	o.Reads = unique(o.Reads)
	for i := range o.Counts {
		o.Counts[i] = unique(o.Counts[i])
	}
}

func unique(refs []Ref) []Ref {
	refs = slices.Clone(refs)
	slices.SortFunc(refs, func(a, b Ref) int {
		return cmp.Or(strings.Compare(a.Relation, b.Relation), strings.Compare(a.Column, b.Column))
	})
	return slices.Compact(refs)
}

// or is the origin of a column that has the values of either.
func (o Origin) or(p Origin) Origin {
	both := o.with(p)
	both.Typed = o.Typed || p.Typed
	return both
}

// with is the origin of what is computed from both: a written value beside one that is
// read makes none that is written.
func (o Origin) with(p Origin) Origin {
	o.Typed = o.Typed && (len(o.Reads) > 0 || len(p.Reads) == 0) || p.Typed && (len(p.Reads) > 0 || len(o.Reads) == 0)
	o.Reads = slices.Concat(o.Reads, p.Reads)
	o.Counts = slices.Concat(o.Counts, p.Counts)
	o.Values = slices.Concat(o.Values, p.Values)
	o.Factors = slices.Concat(o.Factors, p.Factors)
	o.Shifts = slices.Concat(o.Shifts, p.Shifts)
	o.Digits = slices.Concat(o.Digits, p.Digits)
	o.Joined = slices.Concat(o.Joined, p.Joined)
	o.Texts = slices.Concat(o.Texts, p.Texts)
	o.Ranked = o.Ranked || p.Ranked
	o.Unknown = o.Unknown || p.Unknown
	o.Passes = o.Passes || p.Passes
	o.calls = slices.Concat(o.calls, p.calls)
	return o
}

// additive are the functions to which a row that comes twice counts twice, and
// others are the remaining ones of DuckDB that take many rows. A test holds both
// against DuckDB's own list.
var (
	additive = words(`approx_quantile avg corr count count_if count_star countif covar_pop covar_samp entropy favg fsum geometric_mean
		geomean histogram histogram_exact kahan_sum kurtosis kurtosis_pop list array_agg mad mean median mode product quantile
		quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
		reservoir_quantile sem skewness stddev stddev_pop stddev_samp sum sum_no_overflow sumkahan var_pop var_samp variance
		group_concat string_agg listagg approx_top_k bit_xor ntile row_number cume_dist percent_rank rank dense_rank`)
	idempotent = words(`any_value approx_count_distinct arbitrary arg_max arg_max_null arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin
		bit_and bit_or bitstring_agg bool_and bool_or first last max max_by min min_by`)
)

func words(text string) map[string]bool {
	known := map[string]bool{}
	for _, word := range strings.Fields(text) {
		known[word] = true
	}
	return known
}
