package record

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A place of the lock is a page, "/money/", or a chart, "chart ID". A page shows charts, and both show columns of one line of
// an aggregate, "by_state.amount_usd,rank[CA]", or of every line, "by_state.amount_usd,rank[*]". So what is new on a page, or
// in an aggregate, is a new line or none, and no other line is another.

const (
	chartPlace = "chart "
	everyLine  = "[*]"
)

// ChartPlace is a chart as a place, and as what a page shows.
func ChartPlace(id string) string { return chartPlace + id }

// Line is what a place shows of a line of an aggregate, or of every line.
type Line struct {
	Aggregate string
	Key       string // as it is in an address, with brackets
	Every     bool
	Columns   []string // as they are in an address
}

// simple is a column that can be in a list.
var simple = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// Shows writes a line, mostly as one text.
func (l Line) Shows() []string {
	if l.Every {
		l.Key = everyLine
	}
	slices.Sort(l.Columns)
	var list, plain []string
	for _, c := range l.Columns {
		if simple.MatchString(c) {
			plain = append(plain, c)
		} else {
			list = append(list, l.Aggregate+"."+c+l.Key)
		}
	}
	const most = 120 // characters, so that a line of the file can be read
	for len(plain) > 0 {
		n, length := 0, 0
		for n < len(plain) && (n == 0 || length+len(plain[n]) < most) {
			length += len(plain[n]) + 1
			n++
		}
		list = append(list, l.Aggregate+"."+strings.Join(plain[:n], ",")+l.Key)
		plain = plain[n:]
	}
	return list
}

// lists is what Shows writes of several simple columns.
var lists = regexp.MustCompile(`^(?s)([a-z0-9_]+)\.([A-Za-z0-9_]+(?:,[A-Za-z0-9_]+)*)(\[.*)?$`)

// locate says of each fact which pages and charts showed it.
func (l *Lock) locate() {
	onPages, columns := map[string][]string{}, map[string][]int{}
	byFact := map[string]int{}
	for i, f := range l.Facts {
		byFact[f.Fact] = i
		column := f.Fact
		if m := lists.FindStringSubmatch(f.Fact); m != nil {
			column = m[1] + "." + m[2]
		} else if at := strings.LastIndex(f.Fact, `"[`); at >= 0 {
			column = f.Fact[:at+1]
		}
		columns[column] = append(columns[column], i)
	}
	for _, p := range l.Places {
		if id, ok := strings.CutPrefix(p.Shows, chartPlace); ok {
			onPages[id] = append(onPages[id], p.Place)
		}
	}
	for _, p := range l.Places {
		id, isChart := strings.CutPrefix(p.Place, chartPlace)
		for _, i := range facts(p.Shows, byFact, columns) {
			if f := &l.Facts[i]; isChart {
				f.Charts = append(f.Charts, id)
				f.Pages = append(f.Pages, onPages[id]...)
			} else {
				f.Pages = append(f.Pages, p.Place)
			}
		}
	}
	for i := range l.Facts {
		f := &l.Facts[i]
		slices.Sort(f.Pages)
		slices.Sort(f.Charts)
		f.Pages, f.Charts = slices.Compact(f.Pages), slices.Compact(f.Charts)
	}
}

// facts are the places in the list of facts of what a place shows.
func facts(shows string, byFact map[string]int, columns map[string][]int) (list []int) {
	name, names, key := "", []string{shows}, ""
	if m := lists.FindStringSubmatch(shows); m != nil {
		name, names, key = m[1]+".", strings.Split(m[2], ","), m[3]
	} else if column, ok := strings.CutSuffix(shows, everyLine); ok {
		names, key = []string{column}, everyLine
	}
	for _, c := range names {
		if key == everyLine {
			list = append(list, columns[name+c]...)
		} else if i, ok := byFact[name+c+key]; ok {
			list = append(list, i)
		}
	}
	return list
}

// SortPlaces puts places in the order of the file, each once.
func SortPlaces(list []LockedPlace) []LockedPlace {
	slices.SortFunc(list, func(a, b LockedPlace) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Shows, b.Shows))
	})
	return slices.Compact(list)
}
