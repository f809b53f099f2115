package check

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// places finds in the files of the report what is wrong in a finished page: first in the file of which the page was
// made, then in what all pages share.
type places struct {
	report fs.FS
	texts  map[string]string // files that were read
	shared []string          // names of templates, style sheets and the configuration
}

// of is the problem of a fault at its place.
func (s *places) of(source string, f fault) diag.Problem {
	problem := f.Problem
	problem.File = source
	if s.report == nil {
		return problem
	}
	if s.texts == nil {
		s.texts = map[string]string{}
		s.list()
	}
	for _, name := range append([]string{source}, s.shared...) {
		text := s.text(name)
		for _, mark := range f.marks {
			at := find(text, mark)
			if at < 0 {
				continue
			}
			before := text[:at]
			problem.File, problem.Line = name, 1+strings.Count(before, "\n")
			problem.Column = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
			return problem
		}
	}
	return problem
}

func (s *places) list() {
	for _, folder := range []string{"layouts", "assets", "static", "i18n", "hugo.toml"} {
		// a directory that cannot be read has no position
		_ = fs.WalkDir(s.report, folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && slices.Contains([]string{".html", ".css", ".svg", ".toml", ".xml", ".yaml"}, path.Ext(name)) {
				s.shared = append(s.shared, name)
			}
			return nil
		})
	}
}

func (s *places) text(name string) string {
	text, ok := s.texts[name]
	if !ok {
		if data, err := fs.ReadFile(s.report, name); err == nil {
			text = string(data)
		}
		if path.Ext(name) == ".toml" { // pages say its texts, and not its weights
			text = setting.ReplaceAllStringFunc(text, func(part string) string { return strings.Repeat(" ", len(part)) })
		}
		s.texts[name] = text
	}
	return text
}

// setting is a line that sets a number.
var setting = regexp.MustCompile(`(?m)^[\w. -]+=[ \t]*-?[\d._]+[ \t]*$`)

// find is the offset of a mark in a text, and is not a part of a longer word or address.
func find(text, mark string) int {
	if mark == "" {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(text[from:], mark)
		if i < 0 {
			return -1
		}
		at := from + i
		from = at + 1
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(mark):])
		isTag := mark[0] == '<' && after == '/'
		if !(isWord(before) && isWord(rune(mark[0]))) && (isTag || !isWord(after)) {
			return at
		}
	}
}

func isWord(r rune) bool {
	return r == '/' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
