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

// beyond lists those others of a table: at most as many as the first.
func (r *Report) beyond(t *dataset.Table) ([]int64, error) {
	if t.Rows <= dataset.Shown {
		return nil, nil
	}
	return r.others[t.Name]()
}

// findBeyond looks through the lines of all aggregates that pages show.
func (r *Report) findBeyond(t *dataset.Table) ([]int64, error) {
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
		for _, line := range a.Lines[:min(mostRows, len(a.Lines))] {
			for _, number := range line.Rows[i][:min(fact.MostBehind, len(line.Rows[i]))] {
				if number > last {
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

// rowLink leads to a row of a table; "" where its page does not show it.
func (r *Report) rowLink(table string, number int64) (string, error) {
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

// mostListed is how many rows behind an aggregate a download lists; beyond it the
// table itself is the better download.
const mostListed = 100_000

// allBehind is the address of a CSV of all rows of a table behind the lines of an
// aggregate, for lines with more rows than pages show.
func (r *Report) allBehind(a *aggregate.Aggregate, lineage int) string {
	total := 0
	for _, line := range a.Lines {
		total += len(line.Rows[lineage])
	}
	if total > mostListed {
		return "/data/" + a.Lineage[lineage] + ".csv"
	}
	return "/numbers/" + a.Name + "-" + a.Lineage[lineage] + "-rows.csv"
}

// addRowsBehind adds these downloads.
func (r *Report) addRowsBehind(ctx context.Context, a *aggregate.Aggregate, pages Pages) error {
	for i, table := range a.Lineage {
		if !slices.ContainsFunc(a.Lines, func(l aggregate.Line) bool { return len(l.Rows[i]) > fact.MostBehind }) {
			continue
		}
		link := r.allBehind(a, i)
		if link == "/data/"+table+".csv" {
			continue
		}
		t := r.data.Table(table)
		rows, err := t.All(ctx)
		if err != nil {
			return err
		}
		byNumber := make(map[int64]dataset.Row, len(rows))
		for _, row := range rows {
			byNumber[int64(row.Number)] = row
		}
		head := slices.Concat(a.Key, []string{"row"})
		for _, f := range t.Fields {
			head = append(head, f.Name)
		}
		records := [][]string{head}
		for _, line := range a.Lines {
			for _, number := range line.Rows[i] {
				record := make([]string, 0, len(head))
				for _, key := range line.Key {
					record = append(record, harmless(key))
				}
				record = append(record, strconv.FormatInt(number, 10))
				records = append(records, append(record, texts(byNumber[number].Values)...))
			}
		}
		if pages[link[1:]], err = toCSV(records); err != nil {
			return err
		}
	}
	return nil
}

// rowsBeyond makes the memory of beyond: each table is looked up once.
func (r *Report) rowsBeyond() map[string]func() ([]int64, error) {
	others := map[string]func() ([]int64, error){}
	for _, t := range r.data.Tables {
		others[t.Name] = sync.OnceValues(func() ([]int64, error) { return r.findBeyond(t) })
	}
	return others
}
