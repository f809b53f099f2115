package site

import (
	"sync"

	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
)

// Drawings draws charts while Hugo is already at work on pages: a page waits only
// for the charts that it shows.
type Drawings struct {
	pending map[drawingKey]func() (svg.Drawing, error)
}

type drawingKey struct {
	id    string
	width int
}

// Draw starts to draw every chart, at each width that it has.
func Draw(charts chart.Set, drawer *svg.Drawer) *Drawings {
	d := &Drawings{pending: map[drawingKey]func() (svg.Drawing, error){}}
	for _, id := range charts.IDs() {
		c := charts[id]
		if c == nil {
			continue
		}
		for _, width := range []int{chart.Wide, chart.Narrow} {
			if c.Scaled() && width != chart.Wide {
				continue
			}
			d.pending[drawingKey{id, width}] = sync.OnceValues(func() (svg.Drawing, error) { return c.Draw(drawer, width) })
		}
	}
	for _, id := range charts.IDs() {
		for _, width := range []int{chart.Wide, chart.Narrow} {
			if draw := d.pending[drawingKey{id, width}]; draw != nil {
				go func() { _, _ = draw() }() // whoever waits for it gets the error
			}
		}
	}
	return d
}

// wait returns a drawing; the wide one where a chart has only that.
func (d *Drawings) wait(c *chart.Chart, width int) (svg.Drawing, error) {
	if c.Scaled() {
		width = chart.Wide
	}
	return d.pending[drawingKey{c.ID, width}]()
}

// Wait returns when nothing is being drawn any more, with the first failure.
func (d *Drawings) Wait() error {
	var first error
	for _, draw := range d.pending {
		if _, err := draw(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
