package quantity

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Texts go in the order that a reader of a language expects: months, days of the week, sizes, grades and ranges of ages by what they
// mean, where all texts of a column are of one kind; else names by the rules of the language (CLDR, by x/text/collate, as the browser's
// Intl.Collator has them), and the numbers in them by size.

// Order compares the texts of a column.
func (l *Language) Order(texts []string) func(a, b string) int {
	if rank := l.ranks(texts); rank != nil {
		return func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), strings.Compare(a, b)) }
	}
	return l.collated(texts)
}

// collated compares texts by the rules of the language.
func (l *Language) collated(texts []string) func(a, b string) int {
	tag, err := language.Parse(l.tag)
	if err != nil {
		tag = language.Und
	}
	c, buffer, keys := collate.New(tag, collate.Numeric), &collate.Buffer{}, map[string][]byte{}
	for _, text := range texts {
		if keys[text] == nil {
			keys[text] = bytes.Clone(c.KeyFromString(buffer, text))
			buffer.Reset()
		}
	}
	return func(a, b string) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), strings.Compare(a, b)) }
}

// Sequence is the different texts of a column in their order, where that is not the one by letters; else nil.
func (l *Language) Sequence(texts []string) []string {
	rank := l.ranks(texts)
	if rank == nil {
		return nil
	}
	different := slices.Compact(slices.Sorted(slices.Values(texts)))
	slices.SortStableFunc(different, func(a, b string) int { return cmp.Compare(rank[a], rank[b]) })
	if slices.IsSortedFunc(different, l.collated(different)) {
		return nil
	}
	return different
}

// longestScale is how many different texts a scale can have.
const longestScale = 100

// ranks are the places of texts that are all of one scale; nil where they are not.
func (l *Language) ranks(texts []string) map[string]float64 {
	different := map[string]bool{}
	for _, text := range texts {
		if different[text] = true; len(different) > longestScale {
			return nil
		}
	}
	if len(different) < 2 {
		return nil
	}
	for _, scale := range l.orders(different) {
		rank := map[string]float64{}
		for text := range different {
			at, ok := scale(plainName(text))
			if !ok {
				break
			}
			rank[text] = at
		}
		if len(rank) == len(different) {
			return rank
		}
	}
	return nil
}

// scale is the place of a text on it; false for one of another kind.
type scale func(text string) (float64, bool)

func plainName(text string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Join(strings.Fields(text), " ")), ".")
}

// named is a scale of names in order, each with those that mean the same.
func named(list ...string) scale {
	at := map[string]float64{}
	for i, names := range list {
		for name := range strings.SplitSeq(names, "|") {
			at[plainName(name)] = float64(i)
		}
	}
	return func(text string) (float64, bool) { n, ok := at[text]; return n, ok }
}

// orders are the scales that some texts may be of.
func (l *Language) orders(texts map[string]bool) []scale {
	for text := range texts {
		if m := rangeText.FindStringSubmatch(plainName(text)); m != nil && m[1]+m[3]+m[4] != "" {
			return []scale{ranges}
		}
	}
	return l.scalesOfNames()
}

// scalesOfNames are those of a language, and those of English, which data files are often written in.
func (l *Language) scalesOfNames() []scale {
	if list, ok := scalesOf.Load(l); ok {
		return list.([]scale)
	}
	list := calendar(l)
	if l.base != "en" {
		list = append(list, calendar(English)...)
	}
	list = append(list, common...)
	for _, words := range degrees[l.base] {
		list = append(list, named(words...))
	}
	scalesOf.Store(l, list)
	return list
}

var scalesOf sync.Map

// calendar is the months and the days of the week, which begins on Sunday in America.
func calendar(l *Language) []scale {
	var year, week []string
	for i, name := range l.dates.MonthsWide() {
		both := name + "|" + l.dates.MonthsAbbreviated()[i]
		if l.base == "en" {
			both += "|" + months[i]
		}
		year = append(year, both)
	}
	for i, name := range l.dates.WeekdaysWide() {
		both := name + "|" + l.dates.WeekdaysAbbreviated()[i]
		if l.base == "en" {
			both += map[int]string{2: "|Tues", 4: "|Thur|Thurs"}[i]
		}
		week = append(week, both)
	}
	if l.tag != "en-US" {
		week = append(week[1:], week[0])
	}
	return []scale{named(year...), named(week...)}
}

// common are scales that are written with letters and digits.
var common = []scale{
	named("xxxs|3xs", "xxs|2xs", "xs", "s", "m", "l", "xl", "xxl|2xl", "xxxl|3xl", "xxxxl|4xl"),
	named(grades()...),
	named("a+", "a", "a-", "b+", "b", "b-", "c+", "c", "c-", "d+", "d", "d-", "e", "f"),
	named("aaa", "aa+", "aa", "aa-", "a+", "a", "a-", "bbb+", "bbb", "bbb-", "bb+", "bb", "bb-", "b+", "b", "b-", "ccc+", "ccc", "ccc-", "cc", "c", "d"),
}

// grades are those of American schools.
func grades() []string {
	list := []string{"pre-k|prek|pk|prekindergarten|pre-kindergarten", "k|kg|kindergarten"}
	for n := 1; n <= 12; n++ {
		ending := map[int]string{1: "st", 2: "nd", 3: "rd"}[n]
		if ending == "" {
			ending = "th"
		}
		list = append(list, fmt.Sprintf("%d|grade %d|%d%s|%d%s grade", n, n, n, ending, n, ending))
	}
	return list
}

// degrees are words that grow, by language.
var degrees = map[string][][]string{
	"en": {
		{"extra small", "very small", "small", "medium", "large", "very large", "extra large"},
		{"none", "very low", "low", "medium|moderate|middle", "high", "very high", "extreme"},
		{"never", "rarely|seldom", "sometimes", "often", "always"},
		{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"},
		{"freshman", "sophomore", "junior", "senior"},
	},
	"de": {
		{"sehr klein", "klein", "mittel", "groß", "sehr groß"},
		{"keine", "sehr niedrig", "niedrig|gering", "mittel", "hoch", "sehr hoch"},
		{"nie", "selten", "manchmal", "oft", "immer"},
	},
	"es": {
		{"muy pequeño", "pequeño", "mediano", "grande", "muy grande"},
		{"ninguno", "muy bajo", "bajo", "medio", "alto", "muy alto"},
		{"nunca", "rara vez", "a veces", "a menudo", "siempre"},
	},
	"fr": {
		{"très petit", "petit", "moyen", "grand", "très grand"},
		{"aucun", "très faible", "faible", "moyen", "élevé", "très élevé"},
		{"jamais", "rarement", "parfois", "souvent", "toujours"},
	},
}

var rangeText = regexp.MustCompile(`^(under |less than |below |up to |<=? ?|unter |bis |menos de |moins de )?(?:age |aged |ages )?\$?(\d+(?:[.,]\d+)*)` +
	`(?: ?(?:-|–|to|bis|a|à) ?\$?(\d+(?:[.,]\d+)*))?( ?\+| and over| and older| or older| or more| and more| und mehr| und älter| y más| et plus)?(?: years?| jahre?| años| ans)?$`)

// ranges are ranges of numbers, such as "under 5", "5 to 9" and "65 and over", by where they begin, then by where they end.
func ranges(text string) (float64, bool) {
	m := rangeText.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	number := func(text string) float64 {
		n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
		if err != nil { // grouped by points
			n, _ = strconv.ParseFloat(strings.ReplaceAll(text, ".", ""), 64)
		}
		return n
	}
	begin := number(m[2])
	if m[1] != "" { // before the one that begins there
		begin -= 0.5
	}
	return begin + min(number("0"+m[3]), 1e5)*1e-9, true
}
