package site

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/chart/svg"
)

// A frame on another site's page tells that page its height by a script. Where the page takes scripts out, the frame has the height
// that CSS computes of its width: that of the text, which is guessed from its letters, and of the drawing, which is known.

// The narrowest frame that is computed, and the least widths at which the next drawing shows: those of .drawing in the style sheet.
const (
	leastFrame  = 320
	frameEdge   = 32 // the padding of main
	narrowEdge  = 24 // and on the smallest screens
	middleFrame = 444 + frameEdge
	wideFrame   = 647 + frameEdge
	mostPlot    = 720 // main of a page to embed, without its padding
)

// EmbedHeight is the height of the frame by its width, 100%, as CSS for padding.
func (v *ChartView) EmbedHeight() template.CSS {
	// What text takes falls with the width, and less and less: the chord from end to end is at no width too low.
	of := func(drawing svg.Drawing, from, to float64, edge int) string {
		text := v.textHeight(from)
		slope := math.Max(0, text-v.textHeight(to)) / (to - from)
		return fmt.Sprintf("%.0fpx - %.2f%% + %.3f * min(100%% - %dpx, %dpx)", text+slope*from, 100*slope, ratioOf(drawing.Height, drawing.Width), edge, mostPlot)
	}
	const only = 9999 // makes of a pixel more than any height, so that one of the three counts
	//nolint:gosec // numbers
	return template.CSS(fmt.Sprintf("max(min(%s, (%dpx - 100%%) * %d), min(%s, (100%% - %dpx) * %d, (%dpx - 100%%) * %d), min(%.0fpx + %.3f * min(100%% - %dpx, %dpx), (100%% - %dpx) * %d))",
		of(v.Narrow, leastFrame, middleFrame-1, narrowEdge), middleFrame, only,
		of(v.Middle, middleFrame, wideFrame-1, frameEdge), middleFrame-1, only, wideFrame, only,
		v.textHeight(wideFrame), ratioOf(v.Wide.Height, v.Wide.Width), frameEdge, mostPlot, wideFrame-1, only))
}

// FrameHeight is the height of a frame in which CSS counts for nothing.
func (v *ChartView) FrameHeight() int {
	return int(v.textHeight(wideFrame)) + v.Wide.Height*mostPlot/max(1, v.Wide.Width)
}

func ratioOf(height, width int) float64 { return float64(height) / float64(max(1, width)) }

// textHeight is the height of all but the drawing, in a frame of that width.
func (v *ChartView) textHeight(frame float64) float64 {
	room := math.Min(frame-frameEdge, mostPlot)
	lines := func(text string, letter, size, line float64) float64 {
		if text == "" {
			return 0
		}
		return math.Ceil(float64(utf8.RuneCountInString(text))*letter*size*1.04/room) * line
	}
	const (
		serif = 0.5 // a bold letter, in parts of its size
		sans  = 0.46
	)
	// around the figure, its title and its caption
	high := 3.0 + 10 + 5 + 17 + 32
	high += lines(v.Title.String(), serif, 19, 24) + lines(v.Subtitle.String(), sans, 15, 22)
	if note := v.Note.String(); note != "" {
		high += 10 + lines(note, sans, 14, 21)
	}
	if v.Rounded() {
		high += 10 + lines(v.say("rounding"), sans, 14, 21)
	}
	if len(v.Legend) > 0 {
		var items []string
		for _, item := range v.Legend {
			items = append(items, item.Label)
		}
		high += 8 + flow(items, room, 14, 24, 14, 25)
	}
	high += 20 + 23                                     // show as a table
	high += 12 + lines(v.credit, sans, 14, 21) + 6 + 26 // get the data
	return high + 6 + lines(v.say("from")+" "+v.pictures.title, sans, 14, 21)
}

func (v *ChartView) say(key string, values ...string) string {
	return v.pictures.voice.Say(key, values...)
}

// flow is the height of items side by side, in as many rows as they need.
func flow(items []string, room, size, beside, gap, row float64) float64 {
	x, rows := 0.0, 1.0
	for _, item := range items {
		wide := math.Min(room, beside+0.46*size*float64(utf8.RuneCountInString(strings.TrimSpace(item))))
		if x > 0 && x+gap+wide > room {
			x, rows = 0, rows+1
		}
		if x > 0 {
			x += gap
		}
		x += wide
	}
	return rows * row
}
