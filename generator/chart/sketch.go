package chart

import (
	"context"
	"encoding/json"
	"sync"

	"broadsheet/generator/chart/svg"
)

// sketch is a chart, or a panel, at one width: the option, with what the chart's file
// says in its own words, as it is validated and drawn.
type sketch struct {
	width, height int
	option        *option
}

var widths = []int{Narrow, Wide}

// sketch makes the options of a chart, once for each width, and validates them.
func (c *Chart) sketch(problems *faults) error {
	sketchOf := func(p *plot, width int) *sketch {
		o, height := c.spec.kind.option(p, width)
		s := &sketch{width, height, o}
		c.sketches = append(c.sketches, s)
		return s
	}
	switch {
	case c.panels == nil:
		for _, width := range widths {
			sketchOf(c.plot, width)
		}
	case len(c.panels) == 0: // no rows
		sketchOf(c.plot, c.panelWidth())
	default:
		for _, p := range c.panels {
			s := sketchOf(p.plot, c.panelWidth())
			var once sync.Once
			var drawing svg.Drawing
			var err error
			p.drawn = func(ctx context.Context, d *svg.Drawer) (svg.Drawing, error) {
				once.Do(func() { drawing, err = s.draw(ctx, d) })
				return drawing, err
			}
		}
	}
	if c.checkOptions(problems); problems.failed {
		return nil
	}
	for _, s := range c.sketches {
		if err := s.option.lay(c.spec.Options); err != nil {
			return err
		}
	}
	c.checkRoom(problems)
	if !problems.failed {
		c.checkNorms(problems)
	}
	return nil
}

func (s *sketch) draw(ctx context.Context, d *svg.Drawer) (svg.Drawing, error) {
	data, err := json.Marshal(s.option)
	if err != nil {
		return svg.Drawing{}, err
	}
	return d.Draw(ctx, data, s.width, s.height)
}
