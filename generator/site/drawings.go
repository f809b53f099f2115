package site

import (
	"context"
	"sync"

	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/progress"

	"github.com/sourcegraph/conc/panics"
)

// drawings draws charts while Hugo is already at work on pages: a page waits only
// for the charts that it shows.
type drawings struct {
	pending map[drawingKey]func() (svg.Drawing, error)
}

type drawingKey struct {
	id    string
	width int
}

// draw starts to draw every chart, at each width that it has.
func draw(ctx context.Context, charts chart.Set, drawer *svg.Drawer) *drawings {
	d := &drawings{pending: map[drawingKey]func() (svg.Drawing, error){}}
	var drawn func()
	for _, id := range charts.IDs() {
		c := charts[id]
		if c == nil {
			continue
		}
		for _, width := range chart.Widths {
			if c.Scaled() && width != chart.Wide {
				continue
			}
			d.pending[drawingKey{id, width}] = sync.OnceValues(func() (svg.Drawing, error) {
				defer drawn()
				return c.Draw(ctx, drawer, width)
			})
		}
	}
	drawn = progress.Count(ctx, len(d.pending), "drawing")
	for _, id := range charts.IDs() {
		for _, width := range chart.Widths {
			if drawing := d.pending[drawingKey{id, width}]; drawing != nil {
				go panics.Try(func() { _, _ = drawing() }) // whoever waits for it gets the error, or the panic
			}
		}
	}
	return d
}

// wait returns a drawing; the wide one where a chart has only that.
func (d *drawings) wait(c *chart.Chart, width int) (svg.Drawing, error) {
	if c.Scaled() {
		width = chart.Wide
	}
	return d.pending[drawingKey{c.ID, width}]()
}

// finish returns when nothing is being drawn any more, with the first failure.
func (d *drawings) finish() error {
	var first error
	for _, drawing := range d.pending {
		if _, err := drawing(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
