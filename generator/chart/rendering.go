package chart

import (
	"context"
	"encoding/json"
	"sync"

	"broadsheet/generator/chart/svg"
)

// rendering is a chart, or a panel, at one width: the option, with what the chart's file
// says in its own words, as it is validated and drawn.
type rendering struct {
	width, height int
	option        *option
	plot          *plot
}

var widths = []int{Narrow, Wide}

// makeRenderings makes the options of a chart, once for each width, and validates them.
func (c *Chart) makeRenderings(problems *faults) error {
	add := func(p *plot, width int) *rendering {
		o, height := c.spec.kind.option(p, width)
		s := &rendering{width, height, o, p}
		c.renderings = append(c.renderings, s)
		return s
	}
	switch {
	case c.panels == nil:
		for _, width := range widths {
			add(c.plot, width)
		}
	case len(c.panels) == 0: // no rows
		add(c.plot, c.panelWidth())
	default:
		for _, p := range c.panels {
			s := add(p.plot, c.panelWidth())
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
	for _, s := range c.renderings {
		if err := s.option.merge(c.spec.Options); err != nil {
			return err
		}
	}
	for _, s := range c.renderings {
		s.checkNotes(problems)
	}
	c.checkRoom(problems)
	if !problems.failed {
		c.checkNorms(problems)
	}
	return nil
}

func (s *rendering) draw(ctx context.Context, d *svg.Drawer) (svg.Drawing, error) {
	if own := s.plot.spec.kind.draw; own != nil {
		return own(s.plot, s.width, s.height), nil
	}
	data, err := json.Marshal(s.option)
	if err != nil {
		return svg.Drawing{}, err
	}
	drawing, err := d.Draw(ctx, data, s.width, s.height)
	if err != nil {
		return drawing, err
	}
	return s.annotate(drawing), nil
}
