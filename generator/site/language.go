package site

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

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

// OtherLanguages are the tags of those that hugo.toml names beside the report's own.
func (s *Site) OtherLanguages() []string {
	of, tags := languageTags(s.Source)
	delete(tags, of)
	return slices.Sorted(maps.Values(tags))
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
		return []byte(s.voice().Say(string(phraseIn.FindSubmatch(match)[1])))
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

func (s *Site) voice() voice { return voiceOf(s.Tables.Units().Language()) }

func (r *tables) voice() voice { return voiceOf(r.data.Units().Language()) }

// ScriptPhrases is what the script of a page says in a language, by its BCP 47 tag.
func (r *Report) ScriptPhrases(tag string) string { return phrase.In(tag).Script() }
