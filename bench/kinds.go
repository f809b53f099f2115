package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"broadsheet"
	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// kinds times and weighs a drawing of each kind of chart, those of the gallery, at each width, in a
// machine that has drawn before, as all but the first of a build are.
func kinds() (err error) {
	ctx, report := context.Background(), os.DirFS("docs")
	eng, err := engine.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, eng.Close()) }()
	var problems diag.List
	data, err := dataset.Load(ctx, report, nil, eng, nil, nil, &problems)
	if err != nil {
		return err
	}
	if err := eng.Freeze(ctx); err != nil {
		return err
	}
	aggregates, err := aggregate.Load(ctx, report, data, eng, nil, nil, &problems)
	if err != nil {
		return err
	}
	set, err := chart.Load(ctx, chart.Files(report, &problems), aggregates, nil, data.Package.Created, chart.Palette{}, nil, &problems)
	if err != nil {
		return err
	}
	if !problems.Empty() {
		return fmt.Errorf("%s", problems.Sorted()[0])
	}
	fmt.Printf("\n%-34s %9s %9s %9s %9s\n", "drawing of a kind", "median", "narrow", "middle", "wide")
	ids := set.IDs()
	slices.SortStableFunc(ids, func(a, b string) int { return strings.Compare(set[a].Kind, set[b].Kind) })
	drawer := svg.New(broadsheet.Drawing, nil)
	for _, id := range ids {
		var took []float64
		var bytes []int
		for range 5 {
			bytes = nil
			fresh, err := chart.Load(ctx, chart.Files(report, &problems), aggregates, nil, data.Package.Created, chart.Palette{}, nil, &problems) // panels remember
			if err != nil {
				return err
			}
			start := time.Now()
			for _, width := range chart.Widths {
				drawing, err := fresh[id].Draw(ctx, drawer, width)
				if err != nil {
					return err
				}
				bytes = append(bytes, compressed(drawing.Shapes))
			}
			took = append(took, float64(time.Since(start).Microseconds())/1000/float64(len(chart.Widths)))
		}
		slices.Sort(took)
		fmt.Printf("%-10s %-23s %6.1f ms %6.1f KB %6.1f KB %6.1f KB\n", set[id].Kind, id, took[len(took)/2], float64(bytes[0])/1000, float64(bytes[1])/1000, float64(bytes[2])/1000)
	}
	return nil
}

func compressed(text string) int {
	var counter counting
	w, err := gzip.NewWriterLevel(&counter, gzip.BestCompression)
	if err != nil {
		return 0
	}
	if _, err := io.WriteString(w, text); err != nil {
		return 0
	}
	if err := w.Close(); err != nil {
		return 0
	}
	return int(counter)
}
