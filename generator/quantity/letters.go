package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capitalize makes the first letter of a text a capital: "état" is "État".
func Capitalize(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(unicode.ToTitle(first)) + text[size:]
}

// Title is Capitalize for what is the name of something, too: eBay stays.
func Title(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	if second, _ := utf8.DecodeRuneInString(text[size:]); unicode.IsUpper(second) {
		return text
	}
	return Capitalize(text)
}

// Apostrophes writes an apostrophe between two letters as print has it: "county's" is "county’s".
func Apostrophes(text string) string {
	if !strings.Contains(text, "'") {
		return text
	}
	runes := []rune(text)
	for i := 1; i+1 < len(runes); i++ {
		if runes[i] == '\'' && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1]) {
			runes[i] = '’'
		}
	}
	return string(runes)
}

// Uncapitalize makes the first letter of a text a small one, but for words that
// are written in capitals: "Gross product" is "gross product", and "GDP" stays.
func Uncapitalize(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if first == utf8.RuneError || !unicode.IsLower(second) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
