package site

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/fact"
)

// A table's page shows its first rows, and of the others those to which numbers
// lead, so that a number can be followed to its rows in a table of any size.

// rowLinks leads to rows of tables.
type rowLinks struct {
	data       *dataset.Dataset
	aggregates aggregate.Set
	lineage    *lineage
	others     map[string]func() ([]int64, error) // of each table, those others, found once
}

func newRowLinks(data *dataset.Dataset, aggregates aggregate.Set, lineage *lineage) *rowLinks {
	r := &rowLinks{data: data, aggregates: aggregates, lineage: lineage, others: map[string]func() ([]int64, error){}}
	for _, t := range data.Tables {
		r.others[t.Name] = sync.OnceValues(func() ([]int64, error) { return r.findBeyond(t) })
	}
	return r
}

// beyond lists those others of a table: at most as many as the first.
func (r *rowLinks) beyond(t *dataset.Table) ([]int64, error) {
	if t.Rows <= dataset.Shown {
		return nil, nil
	}
	return r.others[t.Name]()
}

// findBeyond looks through the lines of all aggregates that pages show.
func (r *rowLinks) findBeyond(t *dataset.Table) ([]int64, error) {
	last, err := lastShown(t)
	if err != nil {
		return nil, err
	}
	var others []int64
	for _, name := range r.aggregates.Names() {
		a := r.aggregates[name]
		i := slices.Index(a.Lineage, t.Name)
		if i < 0 {
			continue
		}
		behind, err := r.lineage.lines[name]()
		if err != nil {
			return nil, err
		}
		for _, b := range behind[i] {
			for _, row := range b.Rows {
				if number := int64(row.Number); number > last {
					others = append(others, number)
				}
			}
		}
	}
	slices.Sort(others)
	others = slices.Compact(others)
	return others[:min(dataset.Shown, len(others))], nil
}

// lastShown is the number of the last of the first rows.
func lastShown(t *dataset.Table) (int64, error) {
	head, err := t.Head()
	if err != nil || len(head) == 0 {
		return 0, err
	}
	return int64(head[len(head)-1].Number), nil
}

// link leads to a row of a table; "" where its page does not show it.
func (r *rowLinks) link(table string, number int64) (string, error) {
	t := r.data.Table(table)
	last, err := lastShown(t)
	if err != nil {
		return "", err
	}
	if number > last {
		others, err := r.beyond(t)
		if err != nil {
			return "", err
		}
		if _, shown := slices.BinarySearch(others, number); !shown {
			return "", nil
		}
	}
	return fmt.Sprintf("/data/%s/#row-%d", table, number), nil
}

// maxListed is how many rows behind an aggregate a download lists; beyond it the
// table itself is the better download.
const maxListed = 100_000

// allBehind is the file of all rows of a table behind the lines of an aggregate, for lines with more rows than pages
// show; "" where no line has so many, or readers cannot download the table.
func allBehind(a *aggregate.Aggregate, lineage int, t *dataset.Table) string {
	total, most := 0, 0
	for _, line := range a.Rows {
		n := line.Lineage[lineage].Len()
		total, most = total+n, max(most, n)
	}
	switch {
	case most <= fact.MostBehind || t.DownloadPath() == "":
		return ""
	case total > maxListed:
		return t.DownloadPath()
	}
	return "numbers/" + a.Name + "-" + a.Lineage[lineage] + "-rows.csv"
}

// rowsBehind makes such a file: each line's key, the number of a row, and the row.
func rowsBehind(ctx context.Context, a *aggregate.Aggregate, lineage int, t *dataset.Table, plain func(string) string) (csvFile, error) {
	var numbers []int64
	for _, line := range a.Rows {
		numbers = slices.AppendSeq(numbers, line.Lineage[lineage].All())
	}
	slices.Sort(numbers)
	rows, err := t.PickTexts(ctx, slices.Compact(numbers))
	if err != nil {
		return csvFile{}, err
	}
	texts := make(map[int64]dataset.Texts, len(rows))
	for _, row := range rows {
		texts[row.Number] = row
	}
	isText := slices.Concat(slices.Repeat([]bool{true}, len(a.Key)), []bool{false}, areTexts(t))
	return write(slices.Concat(a.Key, []string{"row"}, fieldNames(t)), func(yield func(csvRow, error) bool) {
		r := csvRow{isText: isText}
		for _, line := range a.Rows {
			for number := range line.Lineage[lineage].All() {
				r.cells = append(append(r.cells[:0], line.Key...), strconv.FormatInt(number, 10))
				row, ok := texts[number]
				if !ok {
					yield(r, fmt.Errorf("%s rests on row %d of %s, which is not there", a.Name, number, t.Name))
					return
				}
				r.cells = row.Append(r.cells)
				fillCells(r.cells, plain)
				if !yield(r, nil) {
					return
				}
			}
		}
	}, 0)
}
