package site

import (
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

var (
	// parsed is how text/template/parse begins: template: layouts/page.html:2: missing value for if
	parsed = regexp.MustCompile(`(?s)^template: .*?:(\d+): (.*)$`)
	// started is how it ends where the action began on another line: unclosed action started at layouts/page.html:2
	started = regexp.MustCompile(`^(.*?)(?: in action)? started at .*:(\d+)$`)
)

// syntaxProblem says why a template cannot be parsed.
func syntaxProblem(name string, err error) diag.Problem {
	p := diag.Problem{File: name}
	said := strings.TrimPrefix(err.Error(), "template: ")
	if m := parsed.FindStringSubmatch(err.Error()); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		said = m[2]
	}
	if m := started.FindStringSubmatch(said); m != nil {
		p.Line, _ = strconv.Atoi(m[2])
		said = m[1]
	}
	for _, s := range syntax {
		if m := s.said.FindStringSubmatchIndex(said); m != nil {
			expand := func(text string) string { return string(s.said.ExpandString(nil, text, said, m)) }
			p.Message, p.Found, p.Expected, p.Hint = expand(s.message), expand(s.found), expand(s.expected), expand(s.hint)
			return p
		}
	}
	p.Message, p.Found = "the template cannot be parsed", said
	return p
}

// syntax has our words for those of text/template/parse; $1 is what its pattern caught.
var syntax = []struct {
	said                           *regexp.Regexp
	message, found, expected, hint string
}{
	{regexp.MustCompile(`^unclosed action$`), "an action is not closed", "", "}}", ""},
	{regexp.MustCompile(`^(?:unclosed comment|comment ends before closing delimiter)$`), "a comment is not closed", "", "*/}}", ""},
	{regexp.MustCompile(`^missing value for command$`), "an action is empty", "", "a value or a function, such as {{ .Title }}", ""},
	{regexp.MustCompile(`^missing value for (\w+)$`), "$1 has no value", "", "a value, such as {{ $1 .Title }}", ""},
	{regexp.MustCompile(`^unexpected \{\{(end|else)`), "{{ $1 }} belongs to nothing", "", "{{ if }}, {{ with }} or {{ range }} before it", ""},
	{regexp.MustCompile(`^unexpected EOF$`), "the file ends before what it began", "", "{{ end }} for each if, with, range, define and block", ""},
	{regexp.MustCompile(`^unterminated quoted string$`), `a text in quotation marks is not closed`, "", `" on the same line`, ""},
	{regexp.MustCompile(`^unterminated raw quoted string$`), "a text in backquotes is not closed", "", "`", ""},
	{regexp.MustCompile(`^(?:unterminated|malformed) character constant`), "a text is in single quotation marks", "", `double ones, such as "a"`, ""},
	{regexp.MustCompile(`^unclosed left paren$`), "a parenthesis is not closed", "", ")", ""},
	{regexp.MustCompile(`^unexpected right paren`), "a parenthesis is closed that was not opened", "", "( before it", ""},
	{regexp.MustCompile(`^undefined variable (".*")$`), "unknown variable", "$1", "a variable that was set before, with :=", ""},
	{regexp.MustCompile(`^(?:bad|illegal) number syntax: (".*")$`), "not a number", "$1", "", ""},
	{regexp.MustCompile(`multiple definition of template (".*")$`), "a template is defined twice", "$1", "", ""},
	{regexp.MustCompile(`^\{\{(break|continue)\}\} outside \{\{range\}\}$`), "{{ $1 }} is outside {{ range }}", "", "", ""},
	{regexp.MustCompile(`^unexpected "\}"`), "an action is not closed", "}", "}}", ""},
	{regexp.MustCompile(`^unexpected (.+?) in [\w ]+$`), "an action cannot be parsed", "$1", "", "an action is a value or a function and its arguments, such as {{ .Title }} or {{ len .Pages }}"},
	{regexp.MustCompile(`^(?:unexpected|bad character|unrecognized character in action:) (.+)$`), "an action cannot be parsed", "$1", "", "an action is a value or a function and its arguments, such as {{ .Title }} or {{ len .Pages }}"},
}
