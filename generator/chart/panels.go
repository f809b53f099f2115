package chart

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
)

// Small multiples: with `by: COLUMN` any kind is drawn once for each value of the
// column, on scales, in colours and with names that are those of the whole chart.
// A panel is as wide in a narrow column as in a wide one, where more fit beside
// each other: so its text has one size, and it is drawn once. Where one alone has room, it has the whole column.

// smallPanel is the width of a panel of which two fit into a narrow column, and three into the next.
const smallPanel = (Middle - 24) / 3

// panel is a part of small multiples.
type panel struct {
	id, text   string
	plot       *plot
	renderings []*rendering // at each width that it has
}

// at is the rendering of that width; nil if there is none.
func (p *panel) at(width int) *rendering {
	if i := slices.IndexFunc(p.renderings, func(s *rendering) bool { return s.width == width }); i >= 0 {
		return p.renderings[i]
	}
	return nil
}

const maxPanels = 60

func (c *Chart) preparePanels(problems *faults) {
	by := c.column("by")
	ids, texts := c.names(by)
	if len(ids) > maxPanels {
		problems.add(diag.Problem{Message: fmt.Sprintf("%d panels", len(ids)), Expected: fmt.Sprintf("%d or fewer", maxPanels)}, "by")
		return
	}
	c.panels = []*panel{}
	for i, lines := range c.byPanel() {
		part := c.part(lines)
		c.spec.kind.prepare(part, problems)
		if problems.failed {
			return
		}
		c.legend = part.legend
		c.panels = append(c.panels, &panel{id: ids[i], text: texts[i], plot: part})
	}
	c.plot.claim(append(c.logClaims(), c.extremesOfAll()...), claim.Words("Small multiples of "), claim.Panels("panel"))
}

// byPanel is the lines of each panel, in the order of the aggregate; all where
// there are no panels.
func (c *plot) byPanel() [][]aggregate.Row {
	by := c.column("by")
	if by < 0 {
		return [][]aggregate.Row{c.whole}
	}
	ids, _ := c.names(by)
	lines := map[string][]aggregate.Row{}
	for _, l := range c.whole {
		lines[c.id(l, by)] = append(lines[c.id(l, by)], l)
	}
	var lists [][]aggregate.Row
	for _, name := range ids {
		lists = append(lists, lines[name])
	}
	return lists
}

// panelWidth is how wide a panel is in a column of that width.
func (c *plot) panelWidth(column int) int {
	wide := max(c.spec.kind.panel, smallPanel)
	if panelsAcross(wide, column) == 1 {
		return column
	}
	return wide
}

func panelsAcross(wide, column int) int { return max(1, (column+panelGap)/(wide+min(panelGap, 12))) }

// panelHead is the room for a panel's title, in pixels.
const panelHead, panelGap = 22, 14

// sharesAxes reports whether panels beside each other need the labels of their axes once: lines and areas over time do.
func (c *Chart) sharesAxes() bool { return c.spec.Kind == "line" || c.spec.Kind == "area" }

// drawnLabel is a label of the axis of values upward, or of the axis of names across.
var drawnLabel = map[markup.Data]*regexp.Regexp{
	markup.DataValues: regexp.MustCompile(`<text[^>]* ` + string(markup.DataValues) + `="y"[^>]*>[^<]*</text>\n?`),
	markup.DataNames:  regexp.MustCompile(`<text[^>]* ` + string(markup.DataNames) + `="x"[^>]*>[^<]*</text>\n?`),
}

// drawPanels lays the panels out in rows. Of axes that all share, labels are at the left and below the last of each column.
func (c *Chart) drawPanels(ctx context.Context, d *svg.Drawer, width int) (svg.Drawing, error) {
	wide := c.panelWidth(width)
	across := panelsAcross(wide, width)
	gap := 0
	if across > 1 {
		gap = (width - across*wide) / (across - 1)
	}
	drawing := svg.Drawing{Width: width}
	var b strings.Builder
	y, tallest, head := 0, 0, 0
	drawings := make([]svg.Drawing, len(c.panels))
	for i, p := range c.panels {
		var err error
		if drawings[i], err = p.at(wide).drawn(ctx, d, c.ID); err != nil {
			return svg.Drawing{}, err
		}
	}
	for i, p := range c.panels {
		column := i % across
		if column == 0 && i > 0 {
			y, tallest = y+tallest, 0
		}
		x, part := column*(wide+gap), drawings[i]
		if column == 0 { // the titles of a row are as high as the highest
			head = panelHead
			for _, other := range c.panels[i:min(i+across, len(c.panels))] {
				head = max(head, panelHead+(len(wrap(other.text, wide*10/12))-1)*lineHeight)
			}
		}
		lines := wrap(p.text, wide*10/12) // bold letters are wider
		for n, line := range lines {
			fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" font-weight="600" fill="%s">%s</text>`, x, y+14+n*lineHeight, fontSize, ink, html.EscapeString(line))
		}
		shapes := part.Shapes
		if part.Prefix != "" {
			shapes = strings.ReplaceAll(shapes, part.Prefix, fmt.Sprintf("%sp%d-%d", part.Prefix, i, width))
		}
		row := part.Height
		if c.sharesAxes() && across > 1 {
			if column > 0 {
				shapes = drawnLabel[markup.DataValues].ReplaceAllString(shapes, "")
			}
			if i+across < len(c.panels) {
				shapes = drawnLabel[markup.DataNames].ReplaceAllString(shapes, "")
			}
			if lastBelow := (i/across+1)*across - 1 + across; lastBelow < len(c.panels) { // all of the row have one below
				row -= lineHeight
			}
		}
		fmt.Fprintf(&b, `<g `+markup.DataPanel.Attr("%s")+` transform="translate(%d %d)">%s</g>`, html.EscapeString(p.id), x, y+head, shapes)
		tallest = max(tallest, head+row+panelGap)
	}
	drawing.Height = max(1, y+tallest)
	drawing.Shapes = b.String()
	return drawing, nil
}
