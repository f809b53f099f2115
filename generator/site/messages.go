package site

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"

	"broadsheet/generator/diag"

	"github.com/gohugoio/hugo/common/herrors"
	"github.com/gohugoio/hugo/common/text"
)

// hugoProblem says what Hugo found wrong, at its place in the user's file.
func (s *Site) hugoProblem(err error) diag.Problem {
	if w := (wrong{}); errors.As(err, &w) {
		return w.Problem
	}
	p := diag.Problem{File: "hugo.toml", Message: shorten(innermost(err))}
	if m := denied.FindStringSubmatch(p.Message); m != nil {
		p.Message, p.Found, p.Expected = "it needs another program, another host or content that is not Markdown", m[1], "what the files of the report say alone"
	}
	if m := executing.FindStringSubmatch(p.Message); m != nil {
		p.Message = m[1]
	}
	// the innermost position is the closest to the cause
	for e := err; e != nil; e = errors.Unwrap(e) {
		var positioned herrors.FileError
		if !errors.As(e, &positioned) {
			break
		}
		if at := positioned.Position(); at.IsValid() && at.Filename != "" {
			p.File, p.Line, p.Column = fileOf(at), at.LineNumber, max(at.ColumnNumber, 0)
		}
		e = positioned
	}
	if row, ok := s.Content.Rows[p.File]; ok {
		p.File, p.Line, p.Column, p.Message = row.File, 0, 0, p.Message+" (row "+row.String()+")"
	}
	if t := s.templates[p.File]; t != nil && p.Column > 0 {
		p.Column = t.original(p.Line, p.Column)
	}
	return p
}

// denied is how Hugo says that its policy forbids something.
var denied = regexp.MustCompile(`access denied: ("[^"]*") is not whitelisted`)

// executing is how a template's failure ends, after the way to it.
var executing = regexp.MustCompile(`(?s)^.*executing "[^"]*" at (<.*)$`)

var rawHTML = regexp.MustCompile(`^Raw HTML omitted while rendering "([^":]*)`)

// colour is what Hugo colours its messages with where it writes to a terminal.
var colour = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// warnings makes problems of what Hugo warns of. A warning starts with WARN, and may
// go on with advice on how to silence it, which is not the way out here. Whatever else
// Hugo says, such as how long something took, is not a problem; an error ends the build.
func warnings(said string) []diag.Problem {
	var list []diag.Problem
	for line := range strings.Lines(colour.ReplaceAllString(said, "")) {
		text, starts := strings.CutPrefix(strings.TrimSpace(line), "WARN ")
		if !starts {
			continue
		}
		p := diag.Problem{File: "hugo.toml", Message: "Hugo warns: " + strings.TrimSpace(shorten(text))}
		if m := rawHTML.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
			p = diag.Problem{File: shorten(m[1]), Message: "HTML in Markdown is left out", Hint: "write Markdown, or a shortcode; in a content adapter, htmlEscape what comes from a table"}
		}
		list = append(list, p)
	}
	return list
}

// fileOf is the file that the user wrote.
func fileOf(at text.Position) string {
	name := filepath.ToSlash(at.Filename)
	if rest, ok := strings.CutPrefix(name, reportRoot+"/"); ok {
		return rest
	}
	if rest, ok := strings.CutPrefix(name, themeRoot+"/"); ok {
		return rest
	}
	return strings.TrimPrefix(name, "/")
}

func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// shorten takes paths in memory out of a message.
func shorten(message string) string {
	return strings.NewReplacer(reportRoot+"/", "", themeRoot+"/", "").Replace(message)
}
