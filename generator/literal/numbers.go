package literal

import (
	"regexp"
	"slices"
	"strings"
)

const english = "en"

// expression is a number in a text, with all that belongs to it:
// "$28.3 million", "twenty-three", "a third".
type expression struct {
	start, end int
	digits     bool
}

// expressions lists the numbers of a text in a language, by its code. Years and names are
// none, those of the language and the report's own. A language that numerals do not have
// is looked through for digits.
func expressions(text, language string, own Names) []expression {
	text = hyphens.Replace(text)
	list := numbers(splitWords(text), language)
	if len(list) == 0 {
		return nil
	}
	return numbers(splitWords(hideNames(text, language, own)), language)
}

// hyphens makes one sign of those that programs put in the place of a hyphen, as long as they are.
var hyphens = strings.NewReplacer("\u2010", "–", "\u2011", "–")

func numbers(words sentence, language string) []expression {
	var list []expression
	for i := 0; i < len(words); i++ {
		last := words.number(i)
		if foreign := numerals[language]; language != english && !words[i].digits {
			if last = -1; foreign != nil {
				last = words.numeral(i, foreign)
			}
		}
		if last < 0 {
			continue
		}
		e := expression{start: words[i].start, end: words[last].end}
		if i > 0 && words[i].near && currency(words[i-1].lower) {
			e.start = words[i-1].start
		}
		e.digits = slices.ContainsFunc(words[i:last+1], func(w word) bool { return w.digits })
		list = append(list, e)
		i = last
	}
	return list
}

// year is one, or several: 2017, 2010s, 2016-17, 2017–2021, FY17, mid-2017.
var year = regexp.MustCompile(`^(?:\pL+[-–])*(?:(?:fy)?(?:19|20)\d\d|fy['’]?\d\d)(?:['’]?s|[-–/](?:19|20)?\d\d)?(?:[-–][\pL–-]+)?$`)

// Words for numbers, and what each stands for.
var (
	counts = map[string]int64{
		"zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	}
	scales = map[string]int64{
		"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
		"hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12, "dozens": 12,
	}
)

// set makes a set of the words of a list.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

var (
	multiples = set("twice thrice halved halving double doubles doubled doubling triple triples tripled tripling quadruple quadruples quadrupled quadrupling " +
		"quintuple quintupled sextupled double-digit double-digits triple-digit triple-digits single-digit")
	// "a couple of letters"; but "a couple" who marry, "a decade ago" (names.go)
	groups = map[string]int64{"couple": 2, "pair": 2, "trio": 3, "quartet": 4, "decade": 10, "dozen": 12, "score": 20, "fortnight": 14, "century": 100}
	// "it took a decade"; but "they were a couple"
	groupsOfTime = set("decade fortnight century")
	// "the eleventh letter"; but "the eleventh hour"
	laterOrdinals = set("tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	// "ranked fifth"
	beforeRank = set("rank ranks ranked ranking placed finished came")
	// "1950 letters"; but "the 2017 letters", "in 2017 letters"
	beforeCount = set("sent send sends got get gets received wrote spent cost paid lost had has have were was are is about nearly almost over under than least " +
		"exactly only another more some roughly approximately around counted found made")
	// "2000 dollars"
	countable = set("dollars euros pounds francs people residents inhabitants voters children miles kilometers kilometres meters metres acres hectares tons tonnes " +
		"percent degrees hours days weeks months years times")
	parts    = set("half quarter third fourth fifth sixth seventh eighth ninth tenth twelfth fifteenth twentieth hundredth thousandth")
	ordinals = set("first second third fourth fifth sixth seventh eighth ninth")

	// "a third of it", "down by a third"; but "a third letter"
	afterPart  = set("of more less fewer higher lower larger smaller bigger as")
	beforePart = set("by than about nearly almost roughly over under around approximately only just least most some exactly to")

	// "half the money"; but "the first half of 2018"
	beforeHalf = set("first second other better latter last final")
	// "a half-hour", "a quarter-century"; but "half-hearted", "quarter-final"
	afterHalf = set("hour minute day week month year decade century mile point percent share time")

	// "one letter"; but "no one", "the one"
	beforeOne = set("no the this that these those each every which any some another other")
	// "one letter"; but "one of them", "one has to"
	afterOne = set("of another other who whom whose that which what with without or and nor in on at to for from by as is was are were be been being has had have having " +
		"did does do done can could will would may might must should shall cannot but than then so if when where while because since though although unless until " +
		"not never only also too just still even yet already ever after before under over above below among between against about into onto upon within during through " +
		"across per via like except there here now later today again instead alone it he she they we you i me him her them us this these those the a an " +
		"got gets get said says say goes went go made makes make came comes come saw sees see found finds find knew knows know wrote writes write took takes take " +
		"gave gives give held holds hold lost loses lose won wins win paid pays pay sent sends send told tells tell kept keeps keep left leaves leave let lets " +
		"put puts seems seem needs need thinks think thing")
	// "one-year"; but "one-time"
	afterOneHyphen = set("time way sided off stop on size to by of dimensional liner man")

	// "One had sued"; but "one has to"
	afterCounted = set("was were had did went came sued won lost got received said paid failed passed ruled agreed refused stayed remained fell rose closed opened")
	// "nine sued, and one was cleared"; but "a new one was made"
	beforeClause = set("and but while whereas or")

	// "the forty-first letter"; but "the twenty-first century"
	afterOrdinal = set("century centuries birthday anniversary amendment hour and or of in on at to")
	// "1999 of them"; but "2017 of course"
	ofThem = set("them the those these us which whom")
	// "the total was 1999"; but "the total of 2017"
	totals      = set("total tally count number sum figure")
	beforeTotal = set("is was were are at to hit reached stands stood")

	// idioms in which the word before is not a number
	idioms = map[string]map[string]bool{
		"zero": set("tolerance sum-game"), "double": set("jeopardy standard standards check checks checked blind"),
		"iv": set("bags drips fluids lines"), "doubled": set("down"), "doubling": set("down"), "doubles": set("down"),
	}
)

var singleWord = regexp.MustCompile(`^\pL[\pL'’-]*$`)

// sentence is the words of a text in their order.
type sentence []word

// next is the word behind i, if only a space is between them.
func (s sentence) next(i int) string {
	if i+1 < len(s) && s[i+1].near {
		return s[i+1].lower
	}
	return ""
}

// before is the word before i, likewise.
func (s sentence) before(i int) string {
	if i > 0 && s[i].near {
		return s[i-1].lower
	}
	return ""
}

// number is the last word of the number that starts at word i, or -1 where none does.
func (s sentence) number(i int) int {
	w, next := s[i].lower, s.next(i)
	switch {
	case s[i].digits:
		if last := s.tail(i); last > i || !year.MatchString(w) || currency(s.before(i)) || s.isCount(i) {
			return last
		}
	case idioms[w][next]:
	case s.isRoman(i):
		return i
	case w == "a", w == "an":
		switch {
		case scales[next] > 0:
			return s.tail(i + 1)
		case next == "half", next == "quarter",
			parts[next] && (afterPart[s.next(i+1)] || beforePart[s.before(i)]):
			return s.tail(i + 1)
		case groups[next] > 0 && (s.next(i+1) == "of" || groupsOfTime[next]):
			return i + 1
		}
	case w == "one":
		if b := s.before(i); (b == "but" || b == "only" || b == "just") && next != "day" && next != "another" || next == "alone" {
			return i
		}
		if scales[next] > 0 || parts[next] || isPercent(next) || next == "percentage" || next == "and" && s.next(i+1) == "a" && parts[s.next(i+2)] {
			return s.tail(i)
		}
		if startsClause(s, i) && (afterCounted[next] || next == "has" && s.next(i+1) != "to") {
			return i
		}
		if i+1 < len(s) && s[i+1].near && !beforeOne[s.before(i)] && isNoun(s[i+1]) {
			return i
		}
	case w == "half":
		if !beforeHalf[s.before(i)] {
			return s.tail(i)
		}
	case isLaterOrdinal(w) && next != "" && next == s[i+1].text && !afterOrdinal[next]:
		return i
	case ordinals[w] && beforeRank[s.before(i)], laterOrdinals[s[i].text] && next != "hour" && s.before(i) != "a":
		return i
	case multiples[w], isCardinal(w), scales[w] > 0:
		return s.tail(i)
	case strings.ContainsAny(w, "-–/") && isCompound(w):
		return s.tail(i)
	case strings.HasSuffix(w, "fold") && isCardinal(strings.TrimSuffix(w, "fold")), w == "hundredfold", w == "thousandfold":
		return i
	}
	return -1
}

// tail is the last of the words behind i that belong to its number.
func (s sentence) tail(i int) int {
	for {
		next := s.next(i)
		switch {
		case next == "":
			return i
		case scales[next] > 0, isPercent(next), currency(next),
			isCardinal(next) && !s[i].digits,
			parts[next] && s[i].lower == "one", parts[strings.TrimSuffix(next, "s")] && strings.HasSuffix(next, "s") && !parts[s[i].lower]:
			i++
		case s[i].digits && len(next) == 3 && strings.Trim(next, "0123456789") == "" && !year.MatchString(s[i].lower): // 28 300 000
			i++
		case next == "per" && s.next(i+1) == "cent",
			next == "percentage" && strings.HasPrefix(s.next(i+1), "point"),
			next == "a" && s[i].lower == "half" && scales[s.next(i+1)] > 0,
			next == "of" && scales[s[i].lower] > 0 && scales[s.next(i+1)] > 0,
			next == "and" && scales[s[i].lower] > 0 && isCardinal(s.next(i+1)):
			i += 2
		case next == "and" && s.next(i+1) == "a" && parts[s.next(i+2)]: // two and a half
			i += 3
		default:
			return i
		}
	}
}

// isCount reports whether a number that may be a year is a count: "2000 dollars", "1950
// letters went out".
func (s sentence) isCount(i int) bool {
	next, before := s.next(i), s.before(i)
	if len(s[i].lower) != 4 || countable[next] {
		return countable[next]
	}
	switch {
	case next == "of" && ofThem[s.next(i+1)], next == "in" && s.next(i+1) == "all":
		return true
	case beforeTotal[before] && i > 2 && slices.ContainsFunc(s[i-3:i-1], func(w word) bool { return totals[w.lower] }):
		return true
	case before == "of" && s.before(i-1) == "total", before == "to" && s.before(i-1) == "up":
		before = "about"
	}
	return strings.HasSuffix(next, "s") && next == s[i+1].text && singleWord.MatchString(next) && !yearVerbs[next] && (i == 0 || beforeCount[before])
}

// "2017 was", "2017 saw", "2017 is"
var yearVerbs = set("was is has brings sees marks begins ends starts levels comes goes remains stays does as this its plans rules figures")

// roman are numerals below 400. Of the short ones those are left out that are states, programs or sizes.
var (
	roman    = regexp.MustCompile(`^C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$`)
	notRoman = set("i v x l c ci cl cv di li mi xl cc ccc xxx civ")
)

// isRoman reports whether a word is a Roman numeral that counts: "XLI letters"; but
// "World War II begins", "Title IX".
func (s sentence) isRoman(i int) bool {
	next := s.next(i)
	if s[i].text == "" || notRoman[s[i].lower] || !roman.MatchString(s[i].text) || !isPlural(next) || next != s[i+1].text || yearVerbs[next] {
		return false
	}
	before := s.before(i)
	return before == "" || before == s[i-1].text
}

// isPlural reports whether a word may be what there are many of.
func isPlural(w string) bool { return strings.HasSuffix(w, "s") && len(w) > 2 || irregular[w] }

var irregular = set("people men women children police")

// startsClause reports whether a word is the first of its clause.
func startsClause(s sentence, i int) bool { return i == 0 || !s[i].near || beforeClause[s[i-1].lower] }

// isLaterOrdinal reports whether a word is one such as forty-first.
func isLaterOrdinal(w string) bool {
	tens, ones, ok := strings.Cut(strings.ReplaceAll(w, "–", "-"), "-")
	return ok && counts[tens] >= 20 && ordinals[ones]
}

func isPercent(w string) bool { return w == "percent" || w == "%" || w == "pct" }

func currency(w string) bool {
	return w == "us$" || w != "" && strings.TrimFunc(w, func(r rune) bool { return isCurrency(string(r)) }) == ""
}

// isCardinal reports whether w is a number from two up, such as "twenty-three".
func isCardinal(w string) bool {
	tens, ones, compound := strings.Cut(w, "-")
	n, ok := counts[tens]
	if !compound {
		return ok
	}
	return n >= 20 && (counts[ones] > 0 && counts[ones] < 10 || ones == "one")
}

// isCompound reports whether a word with a hyphen holds a number: "two-thirds",
// "three-year", "half-million", "one-fifth"; but not "twenty-first" and "one-time".
func isCompound(w string) bool {
	list := strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("-–/", r) })
	for i, part := range list {
		rest := list[i+1:]
		switch {
		case (ordinals[part] || laterOrdinals[part]) && len(rest) == 1 && (strings.HasSuffix(rest[0], "est") || rest[0] == "most"):
			return i == 0 && part != "first" // the third-largest
		case len(rest) == 1 && counts[part] >= 20 && ordinals[rest[0]], len(rest) > 0 && idioms[part][rest[0]], part == "zero" && len(rest) == 1 && rest[0] == "sum":
			return false
		case isCardinal(part), scales[part] > 0:
			return true
		case part == "one" && len(rest) > 0 && !afterOneHyphen[rest[0]]:
			return i == 0
		case (part == "half" || part == "quarter") && len(rest) > 0 && afterHalf[rest[0]]:
			return true
		}
	}
	return false
}

// isNoun reports whether a word behind "one" is what there is one of.
func isNoun(w word) bool {
	if w.digits {
		return true // one 2017 award
	}
	return singleWord.MatchString(w.lower) && !afterOne[w.lower] && !strings.HasSuffix(w.lower, "ed") && !strings.HasSuffix(w.lower, "ly")
}
