package chart

import (
	"fmt"
	"html"
	"time"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/claim"
	"broadsheet/generator/diag"
	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

// calendar colors a square for each day by a measure, in the steps of a map: a block for each month, a row for each week, which starts
// on Sunday where people write American English or Spanish, and elsewhere on Monday.
var calendar = kind{
	channels: []channel{{name: "x", as: AsName}, {name: "value", as: AsValue}},
	panel:    Narrow,
	named:    true,
	steps:    true,
	overTime: true,
	prepare:  prepareCalendar,
	option:   calendarOption,
	draw:     drawCalendar,
}

// mostMonths is how many a reader looks at.
const mostMonths = 48

func prepareCalendar(c *plot, problems *faults) {
	day, value := c.column("x"), c.column("value")
	byDay, _ := quantity.ParsePeriod("day")
	if c.unit(day).Period() != byDay || !c.unit(value).Numeric() {
		problems.add(diag.Problem{Message: "a calendar needs days on x and a measure as value", Hint: "of months and years draw a heat map: kind: heatmap"}, "kind")
		return
	}
	for _, l := range c.lines {
		if l.Values[day].IsMissing() {
			problems.add(diag.Problem{Message: "a row of the aggregate has no day on x", Hint: "leave it out: WHERE " + c.of.Columns[day].Name + " IS NOT NULL"}, "of")
			return
		}
	}
	c.requireUniqueNames(day, problems)
	months := c.months()
	if len(months) > mostMonths {
		problems.add(diag.Problem{Message: fmt.Sprintf("%d months", len(months)), Expected: fmt.Sprintf("%d or fewer", mostMonths), Hint: "sum the days by month in the aggregate, and draw a heat map: kind: heatmap"}, "x")
		return
	}
	c.legend = c.classLegend(value)
	if c.hasGaps(months) {
		c.legend = append(c.legend, c.notInData())
	}
	c.claim(c.extremes(day, value), claim.Words("Calendar of "), claim.Rows("day"))
}

// dayOf is the day of a line.
func (c *plot) dayOf(l aggregate.Row) time.Time {
	day, _ := time.Parse(time.DateOnly, l.Values[c.column("x")].Raw()) // its unit says so
	return day
}

// months are those from the first to the last of all days, by their first day.
func (c *plot) months() (months []time.Time) {
	var first, last time.Time
	for _, l := range c.whole {
		if day := c.dayOf(l); !l.Values[c.column("x")].IsMissing() {
			if first.IsZero() || day.Before(first) {
				first = day
			}
			if day.After(last) {
				last = day
			}
		}
	}
	if first.IsZero() {
		return nil
	}
	for month := first.AddDate(0, 0, 1-first.Day()); !month.After(last) && len(months) <= mostMonths; month = month.AddDate(0, 1, 0) {
		months = append(months, month)
	}
	return months
}

// hasGaps reports whether a day of the months has no line.
func (c *plot) hasGaps(months []time.Time) bool {
	days := 0
	for _, month := range months {
		days += month.AddDate(0, 1, -1).Day()
	}
	return days > len(c.lines)
}

// calendarGrid is how months are laid out at a width.
type calendarGrid struct {
	months []time.Time
	across int
	pitch  int // from a day to the next
	tops   []int
	height int
}

const monthGap, monthHead = 18, 22

func (c *plot) calendarGrid(width int) calendarGrid {
	const least, most = 14, 22
	g := calendarGrid{months: c.months()}
	g.across = max(1, (width+monthGap)/(7*least+monthGap))
	g.across = min(g.across, 6, max(1, len(g.months)))
	g.pitch = min(most, (width-(g.across-1)*monthGap)/(7*g.across))
	for i := range g.months {
		if i%g.across == 0 && i > 0 {
			g.height += g.weeks(c, i-g.across)*g.pitch + monthHead + monthGap/2
		}
		g.tops = append(g.tops, g.height)
	}
	if n := len(g.months); n > 0 {
		g.height += g.weeks(c, (n-1)/g.across*g.across)*g.pitch + monthHead
	}
	return g
}

// weeks is how many the longest month of a row has.
func (g *calendarGrid) weeks(c *plot, from int) (most int) {
	for _, month := range g.months[from:min(from+g.across, len(g.months))] {
		most = max(most, (c.weekday(month)+month.AddDate(0, 1, -1).Day()+6)/7)
	}
	return most
}

// weekday is how many days of the week are before one.
func (c *plot) weekday(day time.Time) int {
	return c.unit(c.column("x")).Language().Weekday(day)
}

func calendarOption(c *plot, width int) (*option, int) {
	g := c.calendarGrid(width)
	return newOption(), max(1, g.height)
}

func drawCalendar(c *plot, width, height int) svg.Drawing {
	day, value := c.column("x"), c.column("value")
	classes, g := c.classes(value), c.calendarGrid(width)
	lines := map[string]aggregate.Row{}
	for _, l := range c.lines {
		lines[l.Values[day].Raw()] = l
	}
	month, _ := quantity.Units{}.In(c.unit(day).Language()).Find("month")
	p := &paper{}
	for i, first := range g.months {
		left, top := i%g.across*(7*g.pitch+monthGap), g.tops[i]
		if v, ok := month.Read(first.Format("2006-01")); ok {
			title := month.AxisLabel(v, quantity.OfEachMonth, i == 0 || first.Month() == time.January)
			p.text(float64(left), float64(top)+9, []string{title}, textStyleOf{anchor: "start", color: quietInk, tick: tickOf(markup.DataValues, markup.Month, first.Format("2006-01"))})
		}
		for at := first; at.Month() == first.Month(); at = at.AddDate(0, 0, 1) {
			place := c.weekday(first) + at.Day() - 1
			x, y, side := left+place%7*g.pitch, top+monthHead+place/7*g.pitch, g.pitch-2
			color, said := c.notInData().Color, ""
			if l, there := lines[at.Format(time.DateOnly)]; there {
				color = classes.color(l.Values[value])
				said = fmt.Sprintf(" "+markup.DataName.Attr("%s")+" "+markup.DataValue.Attr("%s"), html.EscapeString(c.id(l, day)), l.Values[value].Raw())
			}
			fmt.Fprintf(p, `<path d="M%d %dl%d 0 0 %[3]d -%[3]d 0z" fill="%[4]s"%[5]s/>`+"\n", x, y, side, colored(color), said)
		}
	}
	return svg.Drawing{Width: width, Height: height, Shapes: p.String()}
}
