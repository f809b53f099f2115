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

	once    sync.Once
	drawing svg.Drawing
	err     error
}

// makeRenderings makes the options of a chart, once for each width, and validates them.
func (c *Chart) makeRenderings(problems *faults) error {
	add := func(p *plot, width int) *rendering {
		o, height := c.spec.kind.option(p, width)
		s := &rendering{width: width, height: height, option: o, plot: p}
		c.renderings = append(c.renderings, s)
		return s
	}
	switch {
	case c.panels == nil:
		for _, width := range Widths {
			add(c.plot, width)
		}
	case len(c.panels) == 0: // no rows
		add(c.plot, c.panelWidth(Narrow))
	default:
		for _, p := range c.panels {
			for _, width := range Widths {
				if wide := c.panelWidth(width); p.at(wide) == nil {
					p.renderings = append(p.renderings, add(p.plot, wide))
				}
			}
		}
	}
	if c.checkOptions(problems); problems.failed {
		return nil
	}
	if c.checkMargins(problems); problems.failed {
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

// drawn draws the rendering once, for the chart of that id.
func (s *rendering) drawn(ctx context.Context, d *svg.Drawer, id string) (svg.Drawing, error) {
	s.once.Do(func() { s.drawing, s.err = s.draw(ctx, d, id) })
	return s.drawing, s.err
}

func (s *rendering) draw(ctx context.Context, d *svg.Drawer, id string) (svg.Drawing, error) {
	if own := s.plot.spec.kind.draw; own != nil {
		return own(s.plot, s.width, s.height), nil
	}
	data, err := json.Marshal(s.option)
	if err != nil {
		return svg.Drawing{}, err
	}
	drawing, err := d.Draw(ctx, id, data, s.width, s.height)
	if err != nil {
		return drawing, err
	}
	return s.annotate(drawing), nil
}
