package literal

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/claimword"
	"broadsheet/generator/config"
	"broadsheet/generator/content"
	"broadsheet/generator/fact"
)

// TemplateClaims lists what the report's own templates and content adapters claim: in the text between tags, and in
// strings of more than a word, which end on pages.
func TemplateClaims(report fs.FS, aggregates aggregate.Set, language string, settings *Settings) (claims []Claim, err error) {
	for _, directory := range []string{"layouts", "content"} {
		err := fs.WalkDir(report, directory, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil || entry.IsDir():
				return nil // which package directory names
			case path.Ext(name) != ".html" && path.Ext(name) != ".gotmpl", directory == "content" && path.Ext(name) == ".html":
				return nil
			}
			text, err := fs.ReadFile(report, name)
			if err != nil {
				return nil
			}
			f := &file{name: name, language: language, settings: settings, text: text, aggregates: aggregates}
			f.template()
			claims = append(claims, f.claimed...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return claims, nil
}

var (
	unread   = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}|<!--.*?-->|<(script|style)\b.*?</(?:script|style)>`)
	actions  = regexp.MustCompile("(?s)\\{\\{.*?(?:\"(?:[^\"\\\\\\n]|\\\\.)*\".*?|`[^`]*`.*?)*?\\}\\}")
	literals = regexp.MustCompile("\"(?:[^\"\\\\\\n]|\\\\.)*\"|`[^`]*`")
	lines    = regexp.MustCompile(`[^\n]+`)
	tags     = regexp.MustCompile(`(?s)<[a-zA-Z/!][^>]*>`)
)

// template finds the claims of a template. Words within {{ if }} are chosen by what it tests, and rest on that, if it tests
// what they say.
func (f *file) template() {
	text := unread.ReplaceAllFunc(f.text, blank)
	var open []string // the blocks that an action is in: what their {{ if }} tests, or "" of others
	at := 0
	for _, action := range actions.FindAllIndex(text, -1) {
		f.betweenActions(text[at:action[0]], at, open)
		at = action[1]
		said := strings.Trim(string(text[action[0]:action[1]]), "{}- \n\t")
		word, _, _ := strings.Cut(said, " ")
		switch word {
		case "if", "with":
			open = append(open, said)
		case "range", "define", "block":
			open = append(open, "")
		case "else":
			if len(open) > 0 && open[len(open)-1] != "" {
				open[len(open)-1] += "; " + said
			}
		case "end":
			open = open[:max(0, len(open)-1)]
		case "errorf", "warnf":
			continue // no page says it
		}
		in := open
		if strings.Contains(said, "cond ") {
			in = append(slices.Clone(open), said)
		}
		for _, s := range literals.FindAllIndex(text[action[0]:action[1]], -1) {
			start, end := action[0]+s[0], action[0]+s[1]
			if words, err := strconv.Unquote(string(text[start:end])); err == nil && strings.Contains(strings.TrimSpace(words), " ") {
				f.templateText(words, start, in)
			}
		}
	}
	f.betweenActions(text[at:], at, open)
}

var (
	columnsIn   = regexp.MustCompile(`\.([\pL_][\pL\pN_]*)`)
	addressesIn = regexp.MustCompile("[\"`]([^\"`]+)[\"`]")
	isEmpty     = regexp.MustCompile(`^(?:if|with) (?:not |eq 0 |\(?len )?\(?[.$][\pL\pN_.]+\)?(?: 0)?(?:;|$)|\b(?:eq|gt|ge|lt|le) [^;]*\b0\b|\bnot [.$]|\blen\b`)
	isOrder     = regexp.MustCompile(`\b(?:gt|ge|lt|le) `)
)

// testing is the innermost of the conditions around a word that tests what it says: a flag of an aggregate tests whatever
// its query does; that something is missing or zero tests that there is none; and which of two is larger, a direction.
func (f *file) testing(open []string, word, said string) string {
	for _, condition := range slices.Backward(open) {
		switch {
		case condition == "":
		case f.asksFlag(condition):
			// that a flag does not hold tests only that something is not so
			if !claimword.Denies(word, f.language) && !claimword.Denied(said) && strings.HasPrefix(condition, "if not ") != strings.HasSuffix(condition, "; else") {
				continue
			}
			return condition
		case claimword.Denies(word, f.language) && isEmpty.MatchString(condition), claimword.Directs(word, f.language) && isOrder.MatchString(condition):
			return condition
		}
	}
	return ""
}

// asksFlag reports whether a condition is a column that is true or false, or a finding by its address.
func (f *file) asksFlag(condition string) bool {
	for _, quoted := range addressesIn.FindAllStringSubmatch(condition, -1) {
		if found := f.on(quoted[1]); found != nil {
			return true
		}
	}
	for _, name := range columnsIn.FindAllStringSubmatch(condition, -1) {
		for _, a := range f.aggregates {
			if a == nil {
				continue
			}
			if i := a.Column(name[1]); i >= 0 && a.Columns[i].Unit.IsFlag() {
				return true
			}
		}
	}
	return false
}

// betweenActions finds the claims of a part of a template that is HTML.
func (f *file) betweenActions(text []byte, at int, open []string) {
	text = tags.ReplaceAllFunc(text, blank)
	for _, line := range lines.FindAllIndex(text, -1) {
		f.templateText(string(text[line[0]:line[1]]), at+line[0], open)
	}
}

// blank hides a part of a text, of which the lines stay.
func blank(text []byte) []byte {
	hidden := append([]byte{}, text...)
	fillSpaces(hidden)
	return hidden
}

// templateText adds the claim of a text at an offset of the file.
func (f *file) templateText(said string, at int, open []string) {
	page := content.ReadLine(said)
	m := mask(page)
	p := plain(m.text, 0)
	words := f.claimWords(string(p.text), f.language)
	if len(words) == 0 {
		return
	}
	shown, _ := fact.ParseProse(f.aggregates, said)
	c := Claim{Sentence: strings.Join(strings.Fields(shown.String()), " "), template: true}
	c.Line, c.Column = config.Position(f.text, at)
	f.reads(c.Line, c.Column)
	for _, w := range words {
		on := ""
		if resting := findingAt(m.findings, p.at[w.Start]); resting != nil {
			on = resting.address
		}
		if test := f.testing(open, w.Text, string(p.text)); test != "" && on == "" {
			c.Words = append(c.Words, w.Text)
			if rest := (Rest{Test: test}); !slices.Contains(c.Rests, rest) {
				c.Rests = append(c.Rests, rest)
			}
			continue
		}
		f.rest(&c, string(p.text), w, on, -1)
	}
	f.claim(c)
}
