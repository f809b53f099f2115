package comparison

import (
	"strings"

	"broadsheet/generator/markup"

	"github.com/aymanbagabas/go-udiff"
)

// run is a part of two lists that is in only one of them, or differs.
type run struct{ from, to, fromNow, toNow int }

// runs are where two lists of words or texts differ.
func runs(before, after []string) (list []run) {
	joined := func(texts []string) (string, []int) {
		var b strings.Builder
		var starts []int
		for _, t := range texts {
			starts = append(starts, b.Len())
			b.WriteString(t + "\n") // texts have no line breaks
		}
		return b.String(), append(starts, b.Len())
	}
	text, starts := joined(before)
	now, _ := joined(after)
	at := func(place int) int {
		for i, start := range starts {
			if start >= place {
				return i
			}
		}
		return len(before)
	}
	shift := 0 // how much further on the same is in the second list
	for _, edit := range udiff.Lines(text, now) {
		r := run{from: at(edit.Start), to: at(edit.End)}
		r.fromNow = r.from + shift
		r.toNow = r.fromNow + strings.Count(edit.New, "\n")
		shift = r.toNow - r.to
		list = append(list, r)
	}
	return list
}

// changes pairs the texts that differ, before and after; "" where there is none.
func changes(before, after []string) (list [][2]string) {
	for _, r := range runs(before, after) {
		for i := range max(r.to-r.from, r.toNow-r.fromNow) {
			var pair [2]string
			if r.from+i < r.to {
				pair[0] = before[r.from+i]
			}
			if r.fromNow+i < r.toNow {
				pair[1] = after[r.fromNow+i]
			}
			list = append(list, pair)
		}
	}
	return list
}

// writeMarked writes the earlier or the later of two texts, with the words marked that differ.
func writeMarked(w *markup.Writer, before, after string, later bool) {
	words, others := strings.Fields(before), strings.Fields(after)
	differ := runs(words, others)
	if later {
		words = others
	}
	next := 0
	same := func(to int) {
		w.Text(strings.Join(words[next:to], " "))
	}
	for _, r := range differ {
		from, to := r.from, r.to
		if later {
			from, to = r.fromNow, r.toNow
		}
		if same(from); from > next {
			w.Text(" ")
		}
		if to > from {
			w.Raw("<mark>").Text(strings.Join(words[from:to], " ")).Raw("</mark>")
		}
		if to > from && to < len(words) {
			w.Text(" ")
		}
		next = to
	}
	same(len(words))
}
