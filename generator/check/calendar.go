package check

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"

	"broadsheet/generator/markup"
	"broadsheet/generator/quantity"
)

var squarePath = regexp.MustCompile(`^M(\S+) (\S+)l(\S+) 0 0 (\S+) -\S+ 0z$`)

// isCalendar reports whether what is drawn are days in the colors of classes.
func (d *drawing) isCalendar(t *table) bool {
	i := t.column("name")
	day, _ := quantity.ParsePeriod("day")
	return i >= 0 && t.columns[i].unit.Period() == day && t.column("group") < 0 &&
		!slices.ContainsFunc(d.marks, func(m mark) bool { return !classColor.MatchString(m.fill) })
}

// calendarDay is a square of a calendar.
type calendarDay struct {
	at              key
	day             time.Time
	left, top, side float64
	column, row     int // in its month
}

func (c calendarDay) month() string { return c.day.Format("2006-01") }

// misdated names the first square of a calendar that is not where its day is: in the column of its weekday and in the row of its week, in a
// block for each month, one after the other; then the first month that is not written above its block.
func (d *drawing) misdated(t *table) string {
	language := t.columns[t.column("name")].unit.Language()
	var days []calendarDay
	for _, m := range d.marks {
		n, ok := numbers(squarePath, m.path)
		day, err := time.Parse(time.DateOnly, m.at.name)
		if !ok || err != nil || n[2] != n[3] {
			return m.at.String() + " is not the square of a day"
		}
		before := language.Weekday(day.AddDate(0, 0, 1-day.Day()))
		place := before + day.Day() - 1
		days = append(days, calendarDay{m.at, day, n[0], n[1], n[2], place % 7, place / 7})
	}
	slices.SortStableFunc(days, func(a, b calendarDay) int { return a.day.Compare(b.day) })
	pitch := pitchOf(days)
	type block struct {
		month     string
		left, top float64
	}
	var blocks []block
	lowest := math.Inf(-1) // of all squares of months before
	for from := 0; from < len(days); {
		to := from
		var lefts, tops []float64
		for ; to < len(days) && days[to].month() == days[from].month(); to++ {
			c := days[to]
			if c.side != days[0].side || c.side > pitch {
				return c.at.String() + " has not the size of a day"
			}
			lefts, tops = append(lefts, c.left-float64(c.column)*pitch), append(tops, c.top-float64(c.row)*pitch)
		}
		b := block{days[from].month(), middle(lefts), middle(tops)}
		if n := len(blocks); n > 0 {
			last := blocks[n-1]
			beside := math.Abs(b.top-last.top) <= tolerance && b.left >= last.left+7*pitch-tolerance
			if !beside && b.top < lowest-tolerance {
				return days[from].at.String() + " is in the place of another month"
			}
		}
		for i, c := range days[from:to] {
			if math.Abs(lefts[i]-b.left) > tolerance || math.Abs(tops[i]-b.top) > tolerance {
				return c.at.String() + " is not where its day is"
			}
			lowest = max(lowest, c.top+c.side)
		}
		blocks = append(blocks, b)
		from = to
	}
	month, _ := quantity.Units{}.In(language).Find("month")
	for _, b := range blocks {
		said := "nothing"
		for _, l := range d.texts {
			v, ok := month.Read(l.tick)
			at, placed := numbers(textAt, l.place)
			if l.values != markup.Month || !ok || !placed || l.tick != b.month {
				continue
			}
			said = fmt.Sprintf("%q", l.text)
			if slices.Contains(month.AxisLabels(v), l.text) && math.Abs(at[0]-b.left) <= tolerance && at[1] < b.top && at[1] > b.top-2*pitch-tolerance {
				said = ""
				break
			}
		}
		if said != "" {
			return said + " above the days of " + b.month
		}
	}
	return ""
}

// betweenDays is the room between two days.
const betweenDays = 2

// pitchOf is how far days are from each other: as far as the two of a month are that are farthest apart, by as many days of the week.
func pitchOf(days []calendarDay) float64 {
	pitch, most := math.Inf(1), 0
	for i, c := range days {
		for j := i - 1; j >= 0 && days[j].month() == c.month(); j-- {
			across, down := c.column-days[j].column, c.row-days[j].row
			if off := max(across, -across); off > most {
				pitch, most = (c.left-days[j].left)/float64(across), off
			}
			if down > most {
				pitch, most = (c.top-days[j].top)/float64(down), down
			}
		}
	}
	if most == 0 && len(days) > 0 { // one day of each month says nothing
		return days[0].side + betweenDays
	}
	return pitch
}

// middle is the one in the middle of some numbers: where most are.
func middle(list []float64) float64 {
	return slices.Sorted(slices.Values(list))[len(list)/2]
}
