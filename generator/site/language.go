package site

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/chart"
	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/afero"
)

// Language is that in which the report is written, by hugo.toml: of its default language
// the locale, or else the name.
func Language(report fs.FS) *quantity.Language {
	of, tags := languageTags(report)
	return quantity.LanguageOf(tags[of])
}

// languageTags are the BCP 47 tags of the languages of hugo.toml, by the names they have
// there, and the default one. A file that cannot be read is a problem later.
func languageTags(report fs.FS) (of string, tags map[string]string) {
	type language struct{ Locale, LanguageCode string }
	var config struct {
		Locale, LanguageCode, DefaultContentLanguage string
		Languages                                    map[string]language
	}
	if data, err := fs.ReadFile(report, "hugo.toml"); err != nil || toml.Unmarshal(data, &config) != nil {
		config.Locale = ""
	}
	of = cmp.Or(strings.ToLower(config.DefaultContentLanguage), "en")
	tags = map[string]string{}
	for name, l := range config.Languages {
		tags[strings.ToLower(name)] = cmp.Or(l.Locale, l.LanguageCode, name)
	}
	if l := config.Languages[of]; cmp.Or(l.Locale, l.LanguageCode) == "" {
		tags[of] = cmp.Or(config.Locale, config.LanguageCode, of)
	}
	return of, tags
}

// Others are the languages beside the report's own, by the names that hugo.toml gives them.
func Others(report fs.FS) map[string]*quantity.Language {
	of, tags := languageTags(report)
	delete(tags, of)
	others := map[string]*quantity.Language{}
	for name, tag := range tags {
		others[name] = quantity.LanguageOf(tag)
	}
	return others
}

// LanguageOf is the language of a file of content/: index.de.md is in that named de.
func LanguageOf(report fs.FS) func(file string) *quantity.Language {
	others, own := Others(report), Language(report)
	return func(file string) *quantity.Language {
		name := strings.TrimPrefix(path.Ext(strings.TrimSuffix(file, path.Ext(file))), ".")
		return cmp.Or(others[strings.ToLower(name)], own)
	}
}

// Translation is what is computed, as pages in another language show it.
type Translation struct {
	Language   *quantity.Language
	Aggregates aggregate.Set
	Charts     chart.Set
}

// in is the site as pages in another language see it, where its name is that of hugo.toml.
func (s *Site) in(name string) *Site {
	t, o := s.Others[name], *s
	o.Aggregates, o.Charts, o.language = t.Aggregates, t.Charts, name
	o.facts = &facts{aggregates: t.Aggregates, sources: s.sources}
	o.tables = &tables{
		facts: o.facts, data: s.Tables, extracts: s.Extracts, fetched: s.Fetched, report: s.Source, aggregates: t.Aggregates, palette: s.Palette, language: t.Language, sources: s.sources, rows: s.tables.rows, pages: s.tables.pages, pick: s.tables.pick, all: s.tables.all,
		downloads: s.tables.downloads, long: s.tables.long,
	}
	return &o
}

// mountPhrases writes what the theme says in each language of the report, for Hugo. A
// file of the report says it in its own way.
func (s *Site) mountPhrases(to afero.Fs) error {
	_, tags := languageTags(s.Source)
	for name, tag := range tags {
		if err := afero.WriteFile(to, path.Join(themeRoot, "i18n", name+".yaml"), phrase.In(tag).File(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

var phraseIn = regexp.MustCompile(`\{\{ ([a-z_]+) \}\}`)

// say fills in the phrases of a page that every report has.
func (s *Site) say(text []byte) []byte {
	return phraseIn.ReplaceAllFunc(text, func(match []byte) []byte {
		sourced := ""
		if len(s.sources.list) > 0 {
			sourced = s.voice().Say("page_method_sourced")
		}
		return []byte(s.voice().Say(string(phraseIn.FindSubmatch(match)[1]), "Sourced", sourced))
	})
}

// voice writes what the program says in a language, and the numbers in it.
type voice struct {
	*quantity.Language
	*phrase.Book
}

func voiceOf(l *quantity.Language) voice { return voice{l, phrase.In(l.Tag())} }

// whole writes a count for a reader.
func (v voice) whole(n int) string {
	value, err := quantity.NewValue(int64(n))
	if err != nil {
		return strconv.Itoa(n)
	}
	return quantity.Count.In(v.Language).Format(value, quantity.InTable)
}

// count writes so many of something.
func (v voice) count(key string, n int) string { return v.Count(key, n, v.whole(n)) }

func (s *Site) voice() voice { return s.tables.voice() }

func (r *tables) voice() voice { return voiceOf(cmp.Or(r.language, r.data.Units().Language())) }

// ScriptPhrases is what the script of a page says in a language, by its BCP 47 tag.
func (r *Report) ScriptPhrases(tag string) string { return phrase.In(tag).Script() }
