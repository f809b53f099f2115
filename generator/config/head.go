package config

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// CutHead cuts the text of an SQL file into its head, the YAML of its first comment, which starts on a line, and what begins at an
// offset behind it. The problem has no file, and says nothing of what is expected where there is no comment.
func CutHead(text string) (head string, line, end int, wrong *diag.Problem) {
	for i, r := range text {
		if r == 0 || r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			p := diag.Problem{Message: "the file is not UTF-8 text", Found: fmt.Sprintf("the byte %#02x", text[i]), Expected: "UTF-8", Hint: "save the file as UTF-8"}
			p.Line, p.Column = Position([]byte(text), i)
			return "", 0, 0, &p
		}
	}
	open := strings.Index(text, "/*")
	if open < 0 || strings.Trim(text[:open], " \t\r\n\ufeff") != "" {
		return "", 0, 0, &diag.Problem{Line: 1, Message: "the file does not start with a comment"}
	}
	line, _ = Position([]byte(text), open)
	head, _, closed := strings.Cut(text[open+len("/*"):], "*/")
	if !closed {
		return "", 0, 0, &diag.Problem{Line: line, Message: "the comment has no end", Expected: "*/ before the SELECT"}
	}
	return head, line, open + len("/*") + len(head) + len("*/"), nil
}
