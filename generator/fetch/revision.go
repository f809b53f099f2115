package fetch

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// Revision is what the publisher changed.
type Revision struct {
	Added, Removed, Revised []Row // by their key, in the order of the file
	NewColumns, GoneColumns []string
	Totals                  []Total // of columns of numbers that come to another sum
}

// Row is one row that came, went or changed.
type Row struct {
	Key   string // as id=r7
	Cells []Cell // that changed
}

// Cell is one that changed.
type Cell struct{ Column, Old, New string }

// Total is a column of numbers, added up.
type Total struct{ Column, Old, New string }

// compare says how one table differs from the one before. Rows are the same by their key, and without one by all of their cells.
func compare(old, now *table, key []string) *Revision {
	r := &Revision{NewColumns: lacking(now.columns, old.columns), GoneColumns: lacking(old.columns, now.columns)}
	common := slices.DeleteFunc(slices.Clone(now.columns), func(c string) bool { return !slices.Contains(old.columns, c) })
	if len(lacking(key, common)) > 0 || len(key) == 0 {
		key = common
	}
	before := map[string][][]string{}
	for _, row := range old.rows {
		k := old.key(row, key)
		before[k] = append(before[k], row)
	}
	for _, row := range now.rows {
		k := now.key(row, key)
		if len(before[k]) == 0 {
			r.Added = append(r.Added, Row{Key: k})
			continue
		}
		was := before[k][0]
		before[k] = before[k][1:]
		var cells []Cell
		for _, c := range common {
			if a, b := old.cell(was, c), now.cell(row, c); a != b {
				cells = append(cells, Cell{c, a, b})
			}
		}
		if cells != nil {
			r.Revised = append(r.Revised, Row{k, cells})
		}
	}
	for _, row := range old.rows {
		if k := old.key(row, key); len(before[k]) > 0 {
			before[k] = before[k][1:]
			r.Removed = append(r.Removed, Row{Key: k})
		}
	}
	for _, c := range common {
		a, ok := old.total(c)
		b, too := now.total(c)
		if ok && too && a != b {
			r.Totals = append(r.Totals, Total{c, a, b})
		}
	}
	return r
}

func lacking(names, in []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(in, name) })
}

func (t *table) cell(row []string, column string) string {
	if i := slices.Index(t.columns, column); i >= 0 && i < len(row) {
		return row[i]
	}
	return ""
}

func (t *table) key(row []string, columns []string) string {
	var parts []string
	for _, c := range columns {
		parts = append(parts, c+"="+t.cell(row, c))
	}
	return strings.Join(parts, " ")
}

// total adds up a column; not ok where it is not of numbers.
func (t *table) total(column string) (text string, ok bool) {
	sum, decimals := new(big.Rat), 0
	for _, row := range t.rows {
		text := t.cell(row, column)
		if text == "" {
			continue
		}
		n, isNumber := new(big.Rat).SetString(text)
		if !isNumber || !plainNumber.MatchString(text) {
			return "", false
		}
		_, fraction, _ := strings.Cut(text, ".")
		sum, decimals, ok = sum.Add(sum, n), max(decimals, len(fraction)), true
	}
	return sum.FloatString(decimals), ok
}

// plainNumber has no zero at its start, as a code has.
var plainNumber = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?$`)

// Words is the revision in one line: "3 rows added, 2 revised; a column more: rate".
func (r *Revision) Words() string {
	var parts []string
	for _, of := range []struct {
		n    int
		what string
	}{{len(r.Added), "added"}, {len(r.Removed), "removed"}, {len(r.Revised), "revised"}} {
		if of.n > 0 {
			noun := "rows"
			if of.n == 1 {
				noun = "row"
			}
			if len(parts) > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", of.n, of.what))
			} else {
				parts = append(parts, fmt.Sprintf("%d %s %s", of.n, noun, of.what))
			}
		}
	}
	for _, of := range []struct {
		names []string
		what  string
	}{{r.NewColumns, "new"}, {r.GoneColumns, "gone"}} {
		if len(of.names) > 0 {
			parts = append(parts, of.what+" columns: "+strings.Join(of.names, ", "))
		}
	}
	if parts == nil {
		return "the same rows, written in another way"
	}
	return strings.Join(parts, ", ")
}
