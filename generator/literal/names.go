package literal

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names are what holds digits and is no number: days, and what laws, courts and
// cases are called. A new one needs a line here.
var names = []name{
	{`MONTH DAY(?:st|nd|rd|th)?(?:[-–]DAY)?(?:,? YEAR)?`, "Jan. 24, 2018"},
	{`DAY(?:st|nd|rd|th)? (?:of )?MONTH(?: YEAR)?`, "24 January 2018"},
	{`YEAR-[01]\d(?:-[0-3]\d)?`, "2018-01-24"},
	{`[01]?\d/[0-3]?\d/(?:YEAR|\d\d)`, "1/24/2018"},
	{`[0-2]?\d(?::[0-5]\d)?(?: )?(?i:[ap]m|[ap]\.m\.)`, "5:30 p.m."},
	{`['’]\d0s`, "the ’90s"},
	{`\d{1,2}(?:st|nd|rd|th)[- ]centur(?:y|ies)`, "21st century"},

	{`\d+ (?:USC|U\.S\.C\.|U\.S\. Code|CFR|C\.F\.R\.|Stat\.|Fed\. Reg\.|F\.[23]d|F\. ?Supp\. ?[23]d)(?: (?:[Pp]art|[Ss]ection|§+))? SECTION`, "8 U.S.C. § 1373"},
	{`(?:[Ss]ection|[Ss]ec\.|[Ss]ubsection|§)(?: )?SECTION`, "Section 287(g)"},
	{`(?:[Ss]ections|[Ss]ubsections|§§)(?: )?SECTION(?:, SECTION)*(?:,? (?:and|or|to|through) SECTION)?`, "sections 1373 and 1644"},
	{`(?:[Tt]itle|Article|Chapter|Part|Subpart|Rule|Amendment|Proposition|Prop\.|Measure) SECTION`, "Title 8"},
	{`(?:H\.R\.|H\. ?Res\.|S\.|S\. ?Res\.|HR|HB|SB|AB|H\.B\.|S\.B\.|A\.B\.|(?:House|Senate|Assembly) (?:Bill|Resolution)) \d+`, "H.R. 3009"},
	{`(?:Public Law|Pub\. ?L\.|P\.L\.)(?: No\.)? \d+[-–]\d+`, "Public Law 109-162"},
	{`(?:Executive Order|E\.O\.|EO|Proclamation) (?:No\. )?\d+`, "Executive Order 13768"},
	{`\d+(?:st|nd|rd|th) (?:Amendment|(?:U\.S\. )?Circuit|Congress|(?:Judicial )?District)`, "9th Circuit"},
	{`(?:Nos?\. )?\d+(?::\d+)?-(?:cv|cr|mc|md|mj|ap|bk)-\d+(?:-[\w-]*\w)?`, "No. 17-cv-00485"},
	{`Nos?\. \d\d-\d+`, "No. 17-2991"},
}

type name struct{ pattern, example string }

var nameOf = func() (list []*regexp.Regexp) {
	for _, n := range append(names, dates...) {
		pattern := strings.NewReplacer(
			"MONTH", `(?:Jan(?:\.|uary)|Feb(?:\.|ruary)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:\.|ust)|Sept?\.|September|Oct(?:\.|ober)|Nov(?:\.|ember)|Dec(?:\.|ember))`,
			"DAY", `(?:3[01]|[12]\d|0?[1-9])`,
			"YEAR", `(?:19|20)\d\d`,
			"SECTION", `\d+[a-z]?(?:[.-]\d+)*(?:\(\w+\))*`,
		).Replace(n.pattern)
		list = append(list, regexp.MustCompile(pattern))
	}
	return list
}()

// hideNames puts filler in the place of names. The text stays as long as it is.
func hideNames(text string) string {
	var hidden []byte
	for _, pattern := range nameOf {
		for _, m := range pattern.FindAllStringIndex(text, -1) {
			if !stands(text, m[0], m[1]) {
				continue
			}
			if hidden == nil {
				hidden = []byte(text)
			}
			fill(hidden[m[0]:m[1]])
		}
	}
	if hidden == nil {
		return text
	}
	return string(hidden)
}

// stands reports whether a match stands for itself, and is no part of a longer
// number or name: "May 24 percent", "2018-01-245", "U.S. 20 cities" as "S. 20".
func stands(text string, start, end int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:start])
	if isWordRune(before) || before == '§' || before == '.' && !startsWithDigit(text[start:]) || (before == ',' || before == '.') && endsInDigit(text[:start-size]) {
		return false
	}
	after, size := utf8.DecodeRuneInString(text[end:])
	if isWordRune(after) || (after == ',' || after == '.') && startsWithDigit(text[end+size:]) {
		return false
	}
	if after == ' ' {
		next, _, _ := strings.Cut(text[end+1:], " ")
		next = strings.TrimRightFunc(next, unicode.IsPunct)
		return scales[next] == 0 && next != "percent" && next != "percentage" && next != "per" && next != "%"
	}
	return true
}
