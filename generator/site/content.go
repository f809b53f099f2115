package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/fact"

	"github.com/gohugoio/hugo/parser/metadecoders"
	"github.com/gohugoio/hugo/parser/pageparser"
	"github.com/pelletier/go-toml/v2"
)

func tomlProblem(file string, line int, err error) diag.Problem {
	p := diag.Problem{File: file, Line: line, Message: "broken TOML: " + strings.TrimPrefix(err.Error(), "toml: ")}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		row, column := at.Position()
		p.Line, p.Column = line+row-1, column
	}
	return p
}

// judgeContent reads each Markdown file of the report.
func (s *Site) judgeContent(problems *diag.List) error {
	shortcodes, err := s.shortcodes()
	if err != nil {
		return err
	}
	content := &contentFiles{languages: s.languages(), bundles: map[string]bool{}, most: s.Limits}
	s.themePages(&content.addresses)
	if err := content.findBundles(s.Source); err != nil {
		return err
	}
	s.content = &content.addresses
	return fs.WalkDir(s.Source, "content", func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "content" {
			problems.Add(diag.Problem{File: "content/_index.md", Message: "the file is missing", Expected: "the home page of the report"})
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		content.add(name, problems)
		if path.Ext(name) != ".md" {
			return nil
		}
		data, err := fs.ReadFile(s.Source, name)
		if err != nil {
			return err
		}
		p := &prose{site: s, file: name, text: data, shortcodes: shortcodes, problems: problems}
		p.judge()
		return nil
	})
}

// hugoShortcodes come with Hugo, and otherHostShortcodes too: these show something of another host.
var (
	hugoShortcodes      = []string{"comment", "details", "figure", "highlight", "param", "qr", "ref", "relref"}
	otherHostShortcodes = []string{"gist", "instagram", "instagram_simple", "twitter", "twitter_simple", "vimeo", "vimeo_simple", "x", "x_simple", "youtube"}
)

// shortcodes lists the names that a page may use.
func (s *Site) shortcodes() ([]string, error) {
	names := slices.Clone(hugoShortcodes)
	for _, from := range []fs.FS{s.Source, s.Theme} {
		for _, folder := range []string{"layouts/_shortcodes", "layouts/shortcodes"} {
			err := fs.WalkDir(from, folder, func(file string, entry fs.DirEntry, err error) error {
				if errors.Is(err, fs.ErrNotExist) && file == folder {
					return nil
				}
				if err != nil || entry.IsDir() {
					return err
				}
				// "sub/name.en.html" is {{< sub/name >}}
				directory, base := path.Split(strings.TrimPrefix(file, folder+"/"))
				base, _, _ = strings.Cut(base, ".")
				names = append(names, directory+base)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// prose is a Markdown file while it is judged.
type prose struct {
	site       *Site
	file       string
	text       []byte
	shortcodes []string
	problems   *diag.List
}

// add adds a problem at a byte offset of the file.
func (p *prose) add(offset int, problem diag.Problem) {
	before := p.text[:min(max(offset, 0), len(p.text))]
	problem.File = p.file
	problem.Line = 1 + strings.Count(string(before), "\n")
	problem.Column = 1 + utf8.RuneCount(before[strings.LastIndexByte(string(before), '\n')+1:])
	p.problems.Add(problem)
}

// call is a shortcode as it stands in the prose.
type call struct {
	name  string
	at    int
	args  []string
	named map[string]string
	inner string
}

func (p *prose) judge() {
	items, err := pageparser.ParseBytes(p.text, pageparser.Config{})
	if err != nil {
		p.add(0, diag.Problem{Message: err.Error()})
		return
	}
	var open []*call
	var calls []*call
	var current *call
	parameter := ""
	closing := false
	for i, item := range items {
		switch {
		case item.IsError():
			p.add(item.Pos(), diag.Problem{Message: "broken shortcode: " + item.ValStr(p.text)})
			return
		case item.IsFrontMatter():
			p.judgeFrontMatter(item)
		case item.IsLeftShortcodeDelim():
			closing = i+1 < len(items) && items[i+1].IsShortcodeClose()
		case item.IsShortcodeName():
			if closing {
				// those in between, such as facts, have no end
				for n := len(open) - 1; n >= 0; n-- {
					if open[n].name == item.ValStr(p.text) {
						open[n].inner = string(p.text[open[n].at:item.Pos()])
						open = open[:n]
						break
					}
				}
				current = nil
				continue
			}
			current = &call{name: item.ValStr(p.text), at: item.Pos(), named: map[string]string{}}
			calls = append(calls, current)
			open = append(open, current)
		case current != nil && item.IsShortcodeParamVal():
			if parameter != "" {
				current.named[parameter] = item.ValStr(p.text)
				parameter = ""
			} else {
				current.args = append(current.args, item.ValStr(p.text))
			}
		case current != nil && item.IsShortcodeParam():
			if i+1 < len(items) && items[i+1].IsShortcodeParamVal() {
				parameter = item.ValStr(p.text)
			} else {
				current.args = append(current.args, item.ValStr(p.text))
			}
		}
	}
	for _, c := range calls {
		p.judgeCall(c)
	}
}

// judgeFrontMatter parses it, and judges the facts in titles and descriptions.
func (p *prose) judgeFrontMatter(item pageparser.Item) {
	format := pageparser.FormatFromFrontMatterType(item.Type)
	text := item.Val(p.text)
	values, err := metadecoders.Default.UnmarshalToMap(text, format)
	line := 1 + strings.Count(string(p.text[:item.Pos()]), "\n")
	if err != nil {
		problem := diag.Problem{File: p.file, Line: line, Message: fmt.Sprintf("broken %s: %s", strings.ToUpper(string(format)), shorten(innermost(err)))}
		var at *toml.DecodeError
		if errors.As(err, &at) {
			problem = tomlProblem(p.file, line, at)
		} else if m := yamlPosition.FindStringSubmatch(problem.Message); m != nil {
			n, _ := strconv.Atoi(m[1])
			problem.Line, problem.Message = line+n-1, "broken YAML: "+m[3]
			problem.Column, _ = strconv.Atoi(m[2])
		}
		problem.Message, _, _ = strings.Cut(problem.Message, "\n")
		p.problems.Add(problem)
		return
	}
	for _, key := range slices.Collect(maps.Keys(values)) {
		values[strings.ToLower(key)] = values[key] // as Hugo reads them
	}
	place := func(key string) int { return item.Pos() + max(0, strings.Index(strings.ToLower(string(text)), key)) }
	for key, problem := range frontMatterAddresses(values) {
		p.add(place(key), problem)
	}
	if markup, ok := values["markup"].(string); ok && !slices.Contains([]string{"", "goldmark", "markdown", "md"}, strings.ToLower(markup)) {
		p.add(place("markup"), diag.Problem{Message: "content that is not Markdown", Found: diag.Quote(markup), Expected: "goldmark, or nothing"})
	}
	for _, key := range []string{"title", "description", "linktitle"} {
		said, ok := values[key].(string)
		if !ok {
			continue
		}
		_, wrong := fact.Read(p.site.Report.aggregates, said)
		for _, problem := range wrong {
			p.add(place(key), problem)
		}
	}
}

var yamlPosition = regexp.MustCompile(`\[(\d+):(\d+)\] ([^\n]*)`)

// judgeCall checks what a shortcode of ours names.
func (p *prose) judgeCall(c *call) {
	r := p.site.Report
	first := ""
	if len(c.args) > 0 {
		first = c.args[0]
	}
	switch c.name {
	case "fact", "number":
		if _, _, wrong := fact.Cited(r.aggregates, c.args); wrong != nil {
			p.add(c.at, *wrong)
		}
	case "choose":
		if _, _, wrong := fact.Choose(r.aggregates, c.named["of"], without(c.named, "of")); wrong != nil {
			p.add(c.at, *wrong)
		}
	case "finding":
		if wrong := r.finding(first, c.inner); wrong != nil {
			p.add(c.at, *wrong)
		}
	case "chart":
		if _, known := r.charts[first]; !known {
			p.add(c.at, diag.Problem{Message: "unknown chart " + diag.Quote(first), Hint: diag.Nearest(first, r.charts.IDs())})
		}
	case "source":
		p.judgeSource(c, first)
	case "quote":
		p.judgeQuote(c)
	case "statements":
		if _, wrong := r.statements(c.named); wrong != nil {
			p.add(c.at, *wrong)
		}
	case "timeline":
		if _, _, wrong := r.timelineOf(first, c.named); wrong != nil {
			p.add(c.at, *wrong)
		}
	case "chart-file":
		if _, known := r.charts[first]; !known {
			p.add(c.at, diag.Problem{Message: "unknown chart " + diag.Quote(first), Hint: diag.Nearest(first, r.charts.IDs())})
		}
	case "table":
		if _, wrong := r.pick(first, c.named); wrong != nil {
			p.add(c.at, *wrong)
		}
	default:
		switch {
		case slices.Contains(p.shortcodes, c.name):
		case slices.Contains(otherHostShortcodes, c.name):
			p.add(c.at, diag.Problem{Message: "the shortcode " + diag.Quote(c.name) + " of Hugo shows something of another host", Expected: "pages that load nothing from elsewhere", Hint: "link to it: [text](https://…)"})
		default:
			p.add(c.at, diag.Problem{Message: "unknown shortcode " + diag.Quote(c.name), Hint: diag.Nearest(c.name, p.shortcodes)})
		}
	}
}

func (p *prose) judgeSource(c *call, id string) {
	r := p.site.Report
	if r.Source(id) == nil {
		p.add(c.at, diag.Problem{Message: "unknown source " + diag.Quote(id), Hint: diag.Nearest(id, slices.Collect(maps.Keys(r.sources)))})
	}
}

// judgeQuote checks that somebody's words name their source, and hold nothing but
// words: what stands in them is not searched for typed numbers.
func (p *prose) judgeQuote(c *call) {
	if id, ok := c.named["source"]; ok {
		p.judgeSource(c, id)
	} else {
		p.add(c.at, diag.Problem{Message: "a quote without its source", Expected: `{{< quote source="…" >}}`})
	}
	known := []string{"date", "source", "speaker"}
	for name := range c.named {
		if !slices.Contains(known, name) {
			p.add(c.at, diag.Problem{Message: "a quote has no " + diag.Quote(name), Expected: strings.Join(known, ", "), Hint: diag.Nearest(name, known)})
		}
	}
	_, words, _ := strings.Cut(c.inner, "}}")
	end := max(0, strings.LastIndex(words, "{{")) // of what closes it
	switch words = words[:end]; {
	case strings.TrimSpace(words) == "":
		p.add(c.at, diag.Problem{Message: "a quote without words", Expected: `{{< quote source="…" >}}words{{< /quote >}}`})
	case strings.Contains(words, "{{<") || strings.Contains(words, "{{%"):
		p.add(c.at, diag.Problem{Message: "a shortcode in a quote", Expected: "somebody's words, as they were said or written"})
	}
}

func without(words map[string]string, key string) map[string]string {
	rest := maps.Clone(words)
	delete(rest, key)
	return rest
}
