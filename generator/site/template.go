package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// templateFile is a template of the report: a layout, a partial, a shortcode or a
// content adapter, before Hugo sees it.
//
// It is parsed for what the program forbids (policy.go), and then edited on its way
// to Hugo, so that it ends: each loop, and each template that others call, begins
// with a call of the guard, and what can make too much of anything goes by way of
// the guard. No edit adds a line, so that Hugo's messages keep their lines; original
// puts their columns right.
type templateFile struct {
	file  string
	text  []byte
	edits []edit
}

// edit puts other text in the place of a part of the template.
type edit struct {
	at, length int
	put        string
}

// isTemplate reports whether Hugo takes a file of the report for a template.
func isTemplate(name string) bool {
	return strings.HasPrefix(name, "layouts/") || isAdapter(name)
}

// isAdapter reports whether a file makes pages of data.
func isAdapter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "content/") && strings.HasPrefix(base, "_content.") && strings.HasSuffix(base, ".gotmpl")
}

// checkTemplates reads the templates of the report.
func (s *Site) checkTemplates(problems *diag.List) error {
	s.templates = map[string]*templateFile{}
	for _, folder := range []string{"layouts", "content"} {
		err := fs.WalkDir(s.Source, folder, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == folder {
				return nil
			}
			if err != nil || entry.IsDir() || !isTemplate(name) {
				return err
			}
			text, err := fs.ReadFile(s.Source, name)
			if err != nil {
				return err
			}
			s.templates[name] = readTemplate(name, text, problems)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readTemplate checks a template and prepares its edits. One that cannot be parsed
// is a problem, and stays as it is.
func readTemplate(name string, text []byte, problems *diag.List) *templateFile {
	t := &templateFile{file: name, text: bytes.TrimPrefix(text, []byte("\ufeff"))}
	trees := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(t.text), "", "", trees); err != nil {
		problems.Add(syntaxProblem(name, err))
		return t
	}
	for _, tree := range trees {
		t.guardStart(tree.Root)
		t.walk(tree.Root, problems)
	}
	slices.SortFunc(t.edits, func(a, b edit) int { return a.at - b.at })
	return t
}

// walk goes through a tree: it checks each call, and guards each loop.
func (t *templateFile) walk(node parse.Node, problems *diag.List) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			t.walk(child, problems)
		}
	case *parse.ActionNode:
		t.walk(n.Pipe, problems)
	case *parse.IfNode:
		t.branch(&n.BranchNode, problems)
	case *parse.WithNode:
		t.branch(&n.BranchNode, problems)
	case *parse.RangeNode:
		t.guard(int(n.List.Pos), int(n.Pos))
		t.branch(&n.BranchNode, problems)
	case *parse.TemplateNode:
		t.walk(n.Pipe, problems)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for i, command := range n.Cmds {
			t.check(command, i > 0, problems)
			for _, argument := range command.Args {
				t.walk(argument, problems)
			}
		}
	case *parse.ChainNode:
		t.walk(n.Node, problems)
	}
}

func (t *templateFile) branch(n *parse.BranchNode, problems *diag.List) {
	t.walk(n.Pipe, problems)
	t.walk(n.List, problems)
	t.walk(n.ElseList, problems)
}

// guardStart has a template begin with a call of the guard, as templates can call
// each other without end. One that only defines others has nothing to begin with.
func (t *templateFile) guardStart(root *parse.ListNode) {
	for _, node := range root.Nodes {
		at := int(node.Position())
		if text, ok := node.(*parse.TextNode); ok {
			if len(bytes.TrimSpace(text.Text)) > 0 {
				t.guard(at, at)
				return
			}
			continue
		}
		if bytes.HasPrefix(t.text[at:], []byte("$_hugo_config")) {
			continue // Hugo looks for it in the first place
		}
		t.guard(bytes.LastIndex(t.text[:at], []byte("{{")), at)
		return
	}
}

// guard puts a call of the guard before offset at, which is of text or of a left
// delimiter. Where a right delimiter that trims comes before it, the call trims too.
func (t *templateFile) guard(at, of int) {
	before := bytes.TrimRight(t.text[:at], " \t\r\n")
	end := "}}"
	if bytes.HasPrefix(t.text[at:], []byte("{{-")) {
		at = len(before) // so that the space is still trimmed
	}
	if bytes.HasSuffix(before, []byte("}}")) {
		at = len(before)
		if trims.Match(before) {
			end = " -}}"
		}
	}
	t.edits = append(t.edits, edit{at, 0, `{{ $__guard := ` + guardName + `.Tick ` + t.quotePlace(of) + end})
}

// trims matches a text that ends with a right delimiter that trims what follows.
var trims = regexp.MustCompile(`[ \t\r\n]-}}$`)

// quotePlace writes a place of the template as an argument.
func (t *templateFile) quotePlace(at int) string {
	line, column := config.Position(t.text, at)
	return strconv.Quote(fmt.Sprintf("%s:%d:%d", t.file, line, column))
}

// replace calls a method of the guard in the place of what is at an offset; the
// arguments that follow there stay.
func (t *templateFile) replace(at int, written, method string, arguments ...string) {
	if !bytes.HasPrefix(t.text[at:], []byte(written)) {
		return // in brackets, as in (math).Rand, which the policy refuses
	}
	put := strings.Join(append([]string{guardName + "." + method, t.quotePlace(at)}, arguments...), " ")
	t.edits = append(t.edits, edit{at, len(written), put})
}

// forHugo is the template with its edits.
func (t *templateFile) forHugo() []byte {
	out := make([]byte, 0, len(t.text)+64*len(t.edits))
	at := 0
	for _, e := range t.edits {
		out = append(append(out, t.text[at:e.at]...), e.put...)
		at = e.at + e.length
	}
	return append(out, t.text[at:]...)
}

// original is the column, in characters from 1, of a place for which Hugo names line
// and byte, from 0, of the edited template.
func (t *templateFile) original(line, column int) int {
	start := 0
	for range line - 1 {
		next := bytes.IndexByte(t.text[start:], '\n')
		if next < 0 {
			return column
		}
		start += next + 1
	}
	end := len(t.text)
	if next := bytes.IndexByte(t.text[start:], '\n'); next >= 0 {
		end = start + next
	}
	at, moved := start+column, 0 // in the edited text of this line
	for _, e := range t.edits {
		if e.at < start || e.at > end || e.at+moved >= at {
			continue
		}
		if at < e.at+moved+len(e.put) {
			at = e.at + moved
			break
		}
		moved += len(e.put) - e.length
	}
	at = min(max(at-moved, start), end)
	return 1 + utf8.RuneCount(t.text[start:at])
}
