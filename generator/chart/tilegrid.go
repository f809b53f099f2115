package chart

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/geography"
	"broadsheet/generator/markup"
)

// tileGrid colours a tile of one size for each place by a measure in classes, about where the place is, so that a small
// one is seen as well as a large one. Which tile is where is said by the geography.
var tileGrid = kind{
	channels: []channel{{name: "region", as: AsName}, {name: "label", optional: true, as: AsLabel}, {name: "value", as: AsValue}},
	isMap:    true,
	steps:    true,
	panel:    Narrow,
	prepare:  prepareTileGrid,
	option:   tileGridOption,
	draw:     drawTileGrid,
}

func prepareTileGrid(c *plot, problems *faults) {
	value, g := c.column("value"), c.spec.geography
	if !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a tile-grid needs a measure as value"}, "value")
		return
	}
	for key, set := range map[string]string{"view": c.spec.View, "projection": c.spec.Projection} {
		if set != "" {
			problems.add(diag.Problem{Message: "a tile-grid has no " + key}, key)
		}
	}
	if !slices.ContainsFunc(g.Shapes, func(s geography.Shape) bool { return s.Tile != nil }) {
		problems.add(diag.Problem{
			Message: g.Name + " has no tiles", Expected: "geography: us-states, or a file of " + geography.Directory + " whose features have tile_column and tile_row, counted from 0",
		}, "geography")
		return
	}
	seen := c.findShapes(problems)
	at := map[[2]int]string{}
	for _, s := range g.Shapes {
		if s.Tile == nil {
			continue
		}
		place := [2]int{s.Tile.Column, s.Tile.Row}
		if other, taken := at[place]; taken {
			problems.add(diag.Problem{Message: "two tiles in one place of " + g.Name, Found: fmt.Sprintf("%s and %s in column %d, row %d", diag.Quote(other), diag.Quote(s.ID), place[0], place[1])}, "geography")
			return
		}
		at[place] = s.ID
	}
	var without []string
	for _, s := range seen {
		if s.Tile == nil {
			without = append(without, diag.Quote(s.ID))
		}
	}
	if len(without) > 0 {
		problems.add(diag.Problem{Message: g.Name + " has no tile for " + few(without), Expected: "a tile for each " + g.Noun + " in the data", Hint: "give it tile_column and tile_row"}, "region")
	}
	c.legend = c.classLegend(value)
	if len(c.tiles()) > len(seen) {
		c.legend = append(c.legend, c.notInData())
	}
	c.claim(c.extremesOfAll(), claim.Words("Tile grid with values for "), c.shapesClaimed())
}

// tile is a shape with its line, nil where the data have none.
type tile struct {
	*geography.Shape
	line int // -1 for none
}

// tiles are those that are drawn.
func (c *plot) tiles() []tile {
	g, region := c.spec.geography, c.column("region")
	lines := map[*geography.Shape]int{}
	for i, l := range c.lines {
		if s := g.Find(l.Values[region].Raw()); s != nil {
			lines[s] = i
		}
	}
	var list []tile
	for i := range g.Shapes {
		s := &g.Shapes[i]
		line, ok := lines[s]
		switch {
		case s.Tile == nil:
		case ok:
			list = append(list, tile{s, line})
		case !s.Inset:
			list = append(list, tile{s, -1})
		}
	}
	return list
}

const largestTile = 58

// tileSize is the side of a tile at a width, and how many there are across and down.
func (c *plot) tileSize(width int) (side, columns, rows int) {
	for _, t := range c.tiles() {
		columns, rows = max(columns, t.Tile.Column+1), max(rows, t.Tile.Row+1)
	}
	return min(largestTile, width/max(1, columns)), columns, rows
}

func tileGridOption(c *plot, width int) (*option, int) {
	side, _, rows := c.tileSize(width)
	return newOption(), max(1, side*rows)
}

func drawTileGrid(c *plot, width, height int) svg.Drawing {
	region, value := c.column("region"), c.column("value")
	classes, tiles := c.classes(value), c.tiles()
	side, _, _ := c.tileSize(width)
	const gap = 2
	isValued := true // in each tile there is room for the value
	texts := c.besideOf(c.whole, value)
	for _, text := range texts {
		isValued = isValued && textWidth(text)+2*gap <= side-gap
	}
	isValued = isValued && side >= 2*lineHeight+8
	var b strings.Builder
	for _, t := range tiles {
		x, y := t.Tile.Column*side, t.Tile.Row*side
		color, said, text, inked := c.notInData().Color, "", "", quietInk
		if t.line >= 0 {
			l := c.lines[t.line]
			color = classes.color(l.Values[value])
			inked = colored(color + "-ink")
			text = texts[l.Values[value].Raw()]
			said = fmt.Sprintf(" "+markup.DataName.Attr("%s")+" "+markup.DataValue.Attr("%s"), html.EscapeString(c.id(l, region)), l.Values[value].Raw())
		}
		fmt.Fprintf(&b, `<path d="M%d %dl%d 0 0 %d -%d 0z" fill="%s"%s/>`, x, y, side-gap, side-gap, side-gap, colored(color), said)
		name := t.Tile.Label
		if name == "" {
			name = t.Name
		}
		middle := float64(x) + float64(side-gap)/2
		write := func(text, weight string, down float64) {
			fmt.Fprintf(&b, `<text x="%s" y="%s" text-anchor="middle" style="font-size:%dpx;%s" fill="%s">%s</text>`, tenth(middle), tenth(float64(y)+down), fontSize, weight, inked, html.EscapeString(text))
		}
		base := float64(side-gap)/2 + 4.5
		switch {
		case textWidth(name) > side-gap:
		case isValued && text != "":
			write(name, "font-weight:600;", base-7.5)
			write(text, "", base+7.5)
		default:
			write(name, "font-weight:600;", base)
		}
		b.WriteString("\n")
	}
	return svg.Drawing{Width: width, Height: height, Shapes: b.String()}
}
