package scaffold

import (
	"strings"

	"broadsheet/generator/claimword"
	"broadsheet/generator/literal"
	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

// voice is what a new report says, in its language.
type voice struct {
	*phrase.Book
	language *quantity.Language
}

func voiceOf(locale string) voice { return voice{phrase.In(locale), quantity.LanguageOf(locale)} }

// unit is a unit as the language writes it.
func (w voice) unit(u quantity.Unit) quantity.Unit {
	own, _ := quantity.Units{}.In(w.language).Find(u.String())
	return own
}

// within is a label inside a sentence. One whose other words have capitals too may be a
// name, and stays; so do those of German, where nouns have capitals.
func (w voice) within(label string) string {
	first, rest, _ := strings.Cut(label, " ")
	if w.language.Base() != "de" && len(first) > 1 && strings.ToLower(first[1:]) == first[1:] && strings.ToLower(rest) == rest {
		r := []rune(label)
		return strings.ToLower(string(r[0])) + string(r[1:])
	}
	return label
}

// capital is a text with a capital in front.
func capital(text string) string {
	r := []rune(text)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// by is a measure by what tells its values apart.
func (w voice) by(measure, key string) string { return w.Say("new_by", "A", measure, "B", key) }

func (w voice) hasNumber(text string) bool { return literal.HasNumber(text, w.language.Base()) }

func (w voice) hasClaim(text string) bool {
	return len(claimword.Find(text, w.language.Base())) > 0
}

// flags are yes and no.
func (w voice) flags() (yes, no string) {
	u := w.unit(quantity.YesNo)
	say := func(is bool) string {
		v, _ := quantity.NewValue(is) // which is one
		return u.Format(v, quantity.Prose)
	}
	return say(true), say(false)
}
