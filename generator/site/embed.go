package site

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"unicode/utf8"
)

// A frame on another site's page tells that page its height by a script. Where the page takes scripts out, the frame has the height
// that CSS computes of its width: that of the text, which is guessed from its letters, and of the drawing, which is known.

// The narrowest frame that is computed, and the least width at which the wide drawing shows: 47rem of the style sheet.
const (
	leastFrame = 320
	wideFrame  = 752
	mostPlot   = 720 // main of a page to embed, without its padding
	narrowPlot = 448 // .drawing.narrow
	frameEdge  = 32  // the padding of main
)

// EmbedHeight is the height of the frame by its width, 100%, as CSS for padding.
func (v *ChartView) EmbedHeight() template.CSS {
	// What text takes falls with the width, and less and less: the chord from end to end is at no width too low.
	narrowest, narrower, wider := v.textHeight(leastFrame), v.textHeight(wideFrame-1), v.textHeight(wideFrame)
	slope := math.Max(0, narrowest-narrower) / (wideFrame - leastFrame)
	ratio, most := ratioOf(v.Narrow.Height, v.Narrow.Width), narrowPlot
	if v.Scaled() {
		ratio, most = ratioOf(v.Wide.Height, v.Wide.Width), mostPlot
	}
	narrow := fmt.Sprintf("%.0fpx - %.2f%% + %.3f * min(100%% - %dpx, %dpx)", narrowest+slope*leastFrame, 100*slope, ratio, frameEdge, most)
	wide := fmt.Sprintf("%.0fpx + %.3f * min(100%% - %dpx, %dpx)", wider, ratioOf(v.Wide.Height, v.Wide.Width), frameEdge, mostPlot)
	const only = 9999                                                                                                                                     // makes of a pixel more than any height, so that one of the two counts
	return template.CSS(fmt.Sprintf("max(min(%s, (%dpx - 100%%) * %d), min(%s, (100%% - %dpx) * %d))", narrow, wideFrame+1, only, wide, wideFrame, only)) //nolint:gosec // numbers
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
