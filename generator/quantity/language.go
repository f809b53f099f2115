package quantity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bep/golocales"
	"golang.org/x/text/language"
)

// Language is how a language and a region write numbers, amounts, days and the words
// beside them. Signs and days are those of CLDR, by the library with which Hugo formats
// them, so that a template's own numbers look the same; words are in words.go. American
// English is written as AP does. A language that words.go does not have gets no words
// beside its numbers: all digits in place of millions, and signs.
type Language struct {
	tag  string // "de-DE"
	base string // "de"
	*words

	decimal, group string
	percentSign    string // behind the digits
	before         bool   // the symbol of money is
	space          string // between symbol and digits
	dates          golocales.Translator
}

// English is American English in AP style, of reports that name no language.
var English = LanguageOf("en-US")

var languages sync.Map // by tag

// LanguageOf is the language of a BCP 47 tag, such as "de-DE".
func LanguageOf(tag string) *Language {
	if l, ok := languages.Load(tag); ok {
		return l.(*Language)
	}
	l, _ := languages.LoadOrStore(tag, newLanguage(tag))
	return l.(*Language)
}

func newLanguage(tag string) *Language {
	l := &Language{tag: tag, base: baseOf(tag)}
	l.words = spoken[tag]
	if l.words == nil {
		l.words = spoken[l.base]
	}
	l.dates = golocales.New(tag)
	if l.dates == nil {
		l.dates = golocales.New(l.base)
	}
	if l.dates == nil {
		l.dates = golocales.New("en")
	}
	signs := trim(l.dates.FormatNumber(1234567.5, 1))
	one, two := strings.Index(signs, "234"), strings.Index(signs, "567")
	l.group, l.decimal = signs[one+3:two], signs[two+3:len(signs)-1]
	l.percentSign = strings.TrimPrefix(trim(l.dates.FormatPercent(5, 0)), "5")
	money := trim(l.dates.FormatCurrency(5, 0, "EUR"))
	l.before = !strings.HasPrefix(money, "5")
	l.space = strings.Trim(money, "5€EUR")
	if l.words == nil {
		l.words = &words{missing: spoken["en"].missing, yes: spoken["en"].yes, no: spoken["en"].no, percent: l.percentSign, one: isOne, per: "/", people: spoken["en"].people, onDay: "%s", inPart: "%s", inYear: "%s", upTo: " – "}
	}
	return l
}

// trim takes the marks of direction away, which pages need not.
func trim(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u200e' || r == '\u200f' {
			return -1
		}
		return r
	}, text)
}

func baseOf(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return strings.ToLower(tag)
	}
	base, _ := parsed.Base()
	return base.String()
}

// Weekday is how many days of the week are before one: weeks start on Sunday where people write American English or Spanish, and elsewhere on Monday.
func (l *Language) Weekday(day time.Time) int {
	if l.tag == "en" || strings.HasSuffix(l.tag, "-US") {
		return int(day.Weekday())
	}
	return (int(day.Weekday()) + 6) % 7
}

// Tag is the BCP 47 tag.
func (l *Language) Tag() string { return l.tag }

// Number is what a word of the language says that stands for a small number.
func (l *Language) Number(word string) (n int64, ok bool) {
	i := slices.Index(l.digits, strings.ToLower(word))
	return int64(i), i >= 0
}

// Base is the code of the language, whatever the region: "de".
func (l *Language) Base() string { return l.base }

// Spoken reports whether the program has words for the language.
func (l *Language) Spoken() bool { return spoken[l.base] != nil }

// isAP reports whether days, and what is said of them, are written as AP does.
func (l *Language) isAP() bool { return l.base == "en" && l.words == spoken["en"] }

// write writes the digits of a number that were written with a point.
func (l *Language) write(digits string, grouped bool) string {
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	var b strings.Builder
	for i, digit := range whole {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 && len(whole) >= l.ungrouped+3 {
			b.WriteString(l.group)
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		b.WriteString(l.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

// day writes a day, and a time of day behind it where it has one.
func (l *Language) day(t time.Time, f form, style Style) string {
	plain := style == Short || style == InTable || style == Exact || style == Tick
	switch {
	case f == quarter && plain:
		return fmt.Sprintf(cmp.Or(l.shortQuarter, "%d Q%d"), t.Year(), quarterOf(t))
	case f == quarter && l.quarters[0] != "":
		return fmt.Sprintf(l.quarters[quarterOf(t)-1], t.Year())
	case f == quarter:
		return fmt.Sprintf("%d Q%d", t.Year(), quarterOf(t))
	case f == month && plain:
		return t.Format("2006-01")
	case f == month:
		return fmt.Sprintf(cmp.Or(l.ofYear, "%s %d"), l.dates.MonthsWide()[t.Month()-1], t.Year())
	case l.isAP():
		return apDay(t, f, plain, style)
	}
	text := l.dates.FormatDateLong(t)
	switch {
	case plain:
		text = l.dates.FormatDateMedium(t)
	case style == Yearly && l.ofMonth != "":
		text = fmt.Sprintf(l.ofMonth, t.Day(), l.dates.MonthsWide()[t.Month()-1])
	}
	if t.Day() == 1 && l.firstDay != "" && !plain {
		text = strings.Replace(text, "1", l.firstDay, 1)
	}
	if f == moment {
		text += " " + l.dates.FormatTimeShort(t)
	}
	return text
}

// apDay is a day as AP writes it, and in tables as files do.
func apDay(t time.Time, f form, plain bool, style Style) string {
	switch {
	case plain && f == moment:
		return t.Format("2006-01-02 15:04")
	case plain:
		return t.Format(time.DateOnly)
	}
	text := months[t.Month()-1] + t.Format(" 2")
	if style != Yearly {
		text += t.Format(", 2006")
	}
	if f == moment {
		text += ", " + t.Format("3:04 ") + map[bool]string{false: "a.m.", true: "p.m."}[t.Hour() >= 12]
	}
	return text
}

func quarterOf(t time.Time) int { return int(t.Month()-1)/3 + 1 }

// symbol is that of money, with what is between it and the digits where it is before
// them.
func (l *Language) symbol(r *rule) string {
	if l.base == "en" && l.isAP() || r.declared != nil {
		return r.prefix
	}
	text := trim(l.dates.FormatCurrency(5, 0, strings.ToUpper(r.code)))
	text = strings.TrimFunc(strings.Replace(text, "5", "", 1), unicode.IsSpace)
	if l.before {
		last, _ := utf8.DecodeLastRuneInString(text)
		if text += l.space; l.space == "" && unicode.IsLetter(last) {
			text += "\u00a0"
		}
	}
	return text
}

// SaysMissing reports whether a text stands for a value that is missing, in any language.
func SaysMissing(text string) bool {
	for _, w := range spoken {
		if text == w.missing {
			return true
		}
	}
	return false
}
