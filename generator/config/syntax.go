package config

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"broadsheet/generator/diag"

	"go.yaml.in/yaml/v3"
)

// FaultOfYAML words what the parser says of a line of YAML, with the way out where it is known.
func FaultOfYAML(said, line string) (message, hint string) {
	switch {
	case strings.Contains(said, "mapping value") && strings.Contains(said, "not allowed"):
		hint = "put the text in quotation marks"
		if m := colonInText.FindStringSubmatch(line); m != nil {
			hint += ": " + m[1] + `: "` + strings.ReplaceAll(strings.TrimSpace(m[2]), `"`, `\"`) + `"`
		}
		return `a text with ": " in it`, hint
	case strings.HasPrefix(said, noKey) && behindQuote.MatchString(line):
		return "words behind the second quotation mark", "put the whole text between the two"
	case strings.HasPrefix(said, noKey):
		return "a line that is not KEY: VALUE", "write it so, below the start of the other keys; or put a text of several lines in quotation marks"
	case strings.Contains(said, "unexpected end"):
		hint = "look further up for a quote or bracket that is not closed"
	case strings.Contains(said, "cannot start any token") && strings.Contains(line, "\t"):
		return "a tab", "YAML is indented with spaces"
	}
	return said, hint
}

// colonInText is a key with a text that holds a colon and a space: title: Estonia: the most.
var colonInText = regexp.MustCompile(`^\s*(?:- )?([A-Za-z_][\w-]*): ([^"'{\[].*: .*)$`)

// noKey is what the parser says where a mapping does not go on; it names the line where the mapping starts.
const noKey = "did not find expected key"

var behindQuote = regexp.MustCompile(`^\s*(?:- )?[A-Za-z_][\w-]*: *("(?:[^"\\]|\\.)*"|'[^']*')\s*[^\s#]`)

// stumbled is the first line by which a text is broken, in the parser's words; 0 if none of the first is.
func stumbled(data []byte, said string) int {
	const most = 500
	lines := bytes.SplitAfter(data, []byte("\n"))
	for n := 1; n <= min(len(lines), most); n++ {
		var node yaml.Node
		if err := yaml.Unmarshal(bytes.Join(lines[:n], nil), &node); err != nil && strings.HasSuffix(err.Error(), said) {
			return n
		}
	}
	return 0
}

// LineOf is a line of a text, from 1; "" if there is none.
func LineOf(data []byte, number int) string {
	lines := bytes.Split(data, []byte("\n"))
	if number < 1 || number > len(lines) {
		return ""
	}
	return string(bytes.TrimRight(lines[number-1], "\r"))
}

// faultOfJSON words what the parser says at an offset, and returns where the mistake is: a comma is missing at the end of the line
// above the value that the parser stumbles over.
func faultOfJSON(said string, data []byte, offset int) (p diag.Problem, at int) {
	p.Message = "broken JSON: " + said
	if offset < 0 || offset >= len(data) {
		return p, offset
	}
	before := bytes.TrimRight(data[:offset], " \t\r\n")
	where := ""
	if bytes.Contains(data[len(before):offset], []byte("\n")) {
		line, _ := Position(data, len(before))
		where = fmt.Sprintf(" at the end of line %d", line)
	}
	closes := data[offset] == '}' || data[offset] == ']'
	switch {
	case strings.Contains(said, "unexpected end"):
		p.Hint = "the end is missing; look for a bracket or brace that is not closed"
	case !closes && (strings.Contains(said, "after object key:value pair") || strings.Contains(said, "after array element")):
		p.Message = "broken JSON: a comma is missing" + where
		return p, len(before)
	case closes && bytes.HasSuffix(before, []byte(",")):
		p.Message = "broken JSON: a comma too many" + where
		return p, len(before) - 1
	}
	return p, offset
}
