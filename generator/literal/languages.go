package literal

import "regexp"

// numerals are the words for numbers of languages other than English, by their codes:
// from two on, as one is also an article, and what stands for so many times or for a part.
// Digits are numbers in any language.
var numerals = map[string]*regexp.Regexp{
	"de": regexp.MustCompile(`^(?:(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)$|` +
		`^(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)?(?:hundert|tausend)[a-zäöüß]*$|^(?:null|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)$|^(?:drei|vier|fünf|sech|sieb|acht|neun)zehn$|` +
		`^(?:million(?:en)?|milliarden?|billion(?:en)?|dutzend|hälfte|drittel|doppelt|dreifach|verdoppelte?n?|verdreifachte?n?)$`),
	"es": regexp.MustCompile(`^(?:cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinte|veinti\pL+|treinta|cuarenta|cincuenta|` +
		`sesenta|setenta|ochenta|noventa|cien|ciento|cientos|(?:dos|tres|cuatro|quin|seis|sete|ocho|nove)c?ient[oa]s|mil|miles|millón|millones|billón|billones|docenas?|mitad|tercio|doble|triple|duplic(?:ó|aron|ar)|triplic(?:ó|aron|ar))$`),
	"fr": regexp.MustCompile(`^(?:(?:zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|et|un)-)*` +
		`(?:zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|milliers?|millions?|milliards?|douzaines?|moitié|tiers|double|triple|doublé|triplé)$`),
}

// numeral is the last word of the number in words that begins at word i, or -1.
func (s sentence) numeral(i int, words *regexp.Regexp) int {
	isPercent := i > 0 && (s[i-1].lower == "por" && s[i].lower == "ciento" || s[i-1].lower == "pour" && s[i].lower == "cent")
	if isPercent || !words.MatchString(s[i].lower) {
		return -1
	}
	for i+1 < len(s) && s[i+1].near && words.MatchString(s[i+1].lower) {
		i++
	}
	return i
}
