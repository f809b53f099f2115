package quantity

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unit says what a number counts or measures, and so what may be done with it and how it
// is written. What follows from it is asked of its methods, and never of its name: that
// holds for units that are added later, too.
//
// The unit of a column also knows how its values are written beside each other:
// see For. The zero Unit is unknown.
type Unit struct {
	name   string
	known  *rule  // nil for a name that is not a unit
	places places // what the values of its column need

	language *Language // nil for English
}

// Language is how values are written.
func (u Unit) Language() *Language { return cmp.Or(u.language, English) }

// In is the unit in a language.
func (u Unit) In(l *Language) Unit {
	u.language = l
	return u
}

// rule is what is known of the unit.
func (u Unit) rule() *rule {
	if u.known == nil {
		return &rule{}
	}
	return u.known
}

// meaning is what values of a unit are.
type meaning uint8

const (
	isCount  meaning = iota + 1 // of things that there are
	isNumber                    // a score, an index
	isMoney
	isAmount // can be added up: kilometers, tons
	isLevel  // cannot: degrees, kilometers per hour
	isShare  // of a whole
	isRate   // of one amount to another
	isRank
	isYear
	isTime
	isText
	isFlag
)

// additive are the meanings of values that grow with the number of people: of those a
// sum means something, and a map needs them for each person.
var additive = map[meaning]bool{isCount: true, isMoney: true, isAmount: true}

// String is the name, as an editor writes it.
func (u Unit) String() string { return u.name }

// MarshalText writes the name.
func (u Unit) MarshalText() ([]byte, error) { return []byte(u.name), nil }

// Known reports whether u is a unit.
func (u Unit) Known() bool { return u.known != nil }

func (u Unit) is(m meaning) bool { return u.rule().meaning == m }

// Exact reports whether values must be exact decimals and no floats: money.
func (u Unit) Exact() bool { return u.is(isMoney) }

// Additive reports whether values can be added up.
func (u Unit) Additive() bool { return additive[u.rule().meaning] }

// HasSums reports whether a sum of values can mean something: shares are parts of one
// whole, and what a plain number is only its editor knows. A sum of rates means nothing.
func (u Unit) HasSums() bool { return u.Additive() || u.IsShare() || u.is(isNumber) }

// Whole reports whether values are whole numbers by their nature: after 1 comes 2. The
// mean of a count is none.
func (u Unit) Whole() bool { return u.is(isCount) && !u.places.fractions }

// IsShare reports whether values are parts of a whole.
func (u Unit) IsShare() bool { return u.is(isShare) }

// IsPercent reports whether values are percents, of which 12.4 is 12.4 percent.
func (u Unit) IsPercent() bool { return u.IsShare() && u.rule().percent && u.rule().shift == 0 }

// IsRate reports whether values relate one amount to another.
func (u Unit) IsRate() bool { return u.is(isRate) }

// IsRank reports whether values are places in an order.
func (u Unit) IsRank() bool { return u.is(isRank) }

// IsYear reports whether values are years.
func (u Unit) IsYear() bool { return u.is(isYear) }

// IsDate reports whether values are days, or months, quarters or moments.
func (u Unit) IsDate() bool { return u.is(isTime) }

// InChart is the style of the table of a chart: that of tables, with days as the report writes them.
func (u Unit) InChart() Style {
	if u.IsDate() {
		return Prose
	}
	return InTable
}

// HasTime reports whether values have a time of day.
func (u Unit) HasTime() bool { return u.rule().form == moment }

// IsTime reports whether values have their place in time.
func (u Unit) IsTime() bool { return u.IsYear() || u.IsDate() }

// IsText reports whether values are texts.
func (u Unit) IsText() bool { return u.is(isText) }

// IsFlag reports whether values are true or false.
func (u Unit) IsFlag() bool { return u.is(isFlag) }

// Numeric reports whether values are numbers with a size, which line up on the right.
func (u Unit) Numeric() bool { return !u.IsTime() && !u.IsText() && !u.IsFlag() }

// Accepts reports whether a value can have the unit. "2016-17" is a year, and a day has
// no time of day.
func (u Unit) Accepts(v Value) bool {
	switch v.Kind {
	case Number:
		return u.Numeric() || u.IsYear()
	case Date:
		return u.IsDate() && (u.HasTime() || !v.hasTime())
	case Flag:
		return u.IsFlag()
	case Text:
		return u.IsText() || u.IsYear()
	}
	return true
}

// Measure names the unit for a reader, e.g. "US dollars"; "" where the label of the
// column says it all.
func (u Unit) Measure() string {
	r, l := u.rule(), u.Language()
	text := ""
	switch name, known := nameIn(l.base, r.code); {
	case r.percent:
		text = strings.TrimSpace(l.percent)
	case r.declared != nil:
		text = r.declared.Many
	case r.code == "":
	case known:
		text = name[1]
	case l.base == "en" && r.name != "":
		text = r.name
	case r.prefix != "":
		text = strings.ToUpper(r.code)
	default:
		text = r.code
	}
	if r.to != "" {
		to := r.to
		if older[u.name] != "" { // these are our words, and no report's
			to = strings.NewReplacer(",", l.group, "residents", l.people).Replace(to)
		}
		text = strings.TrimSpace(text + " " + l.per + " " + to)
	}
	return text
}

// MeasureBeside is Measure beside a label; "" where the label says it: "Premiums ($)" are not "US dollars" once more.
func (u Unit) MeasureBeside(label string) string {
	words := u.called()
	if u.rule().percent {
		words = []string{"%", strings.TrimSpace(u.Language().percent)}
	}
	if !u.IsRate() && slices.ContainsFunc(words, func(word string) bool { return says(label, word) }) {
		return ""
	}
	return u.Measure()
}

// called lists what a subtitle may call the unit.
func (u Unit) called() []string {
	r, l := u.rule(), u.Language()
	switch {
	case r.to != "":
		return l.rates
	case r.percent:
		return l.shares
	case l.base == "en" || r.declared != nil || len(r.named) == 0:
		return r.named
	case !l.Spoken(): // by what it goes there is not known
		return nil
	}
	name, _ := nameIn(l.base, r.code)
	list := append(slices.Clone(r.named), r.code, strings.TrimSpace(r.suffix), name[0], name[1], lastWord(name[0]), lastWord(name[1]), firstWord(name[0]), firstWord(name[1]))
	return slices.DeleteFunc(list, func(word string) bool { return word == "" })
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

// NamedIn reports whether a text, such as a subtitle, says the unit, or need not.
func (u Unit) NamedIn(text string) bool {
	named := u.called()
	return len(named) == 0 || slices.ContainsFunc(named, func(word string) bool { return says(text, word) })
}

// Bare reports whether a number in a table does not say its unit, as $1 and 1% do.
func (u Unit) Bare() bool { return u.rule().prefix == "" && u.rule().suffix == "" }

// Unmistakable reports whether a number in prose says all of its unit, as $5 and 5
// percent do. $5 per 1,000 residents reads $5 as well.
func (u Unit) Unmistakable() bool {
	return !u.IsRate() && (u.rule().prefix != "" || u.rule().many != "" || u.rule().percent)
}

// says reports whether a text has a word, and not inside another. The case is all the
// same, but for what is written in capitals: the code of Albania's money is ALL.
func says(text, word string) bool {
	if len(word) < 2 || word != strings.ToUpper(word) {
		text, word = strings.ToLower(text), strings.ToLower(word)
	}
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if !joined(text, start) && !joined(text, end) {
			return true
		}
		at = start + 1
	}
}

// joined reports whether a place of a text is between two letters or digits.
func joined(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
