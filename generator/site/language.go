package site

import (
	"cmp"
	"io/fs"

	"broadsheet/generator/quantity"

	"github.com/pelletier/go-toml/v2"
)

// Language is that in which the report is written, by hugo.toml: of its default language
// the locale, or else the name. A file that cannot be read is a problem later.
func Language(report fs.FS) *quantity.Language {
	var config struct {
		Locale, LanguageCode, DefaultContentLanguage string
		Languages                                    map[string]struct{ Locale, LanguageCode string }
	}
	data, err := fs.ReadFile(report, "hugo.toml")
	if err != nil || toml.Unmarshal(data, &config) != nil {
		return quantity.English
	}
	of := config.Languages[config.DefaultContentLanguage]
	tag := cmp.Or(of.Locale, of.LanguageCode, config.Locale, config.LanguageCode, config.DefaultContentLanguage, "en-US")
	return quantity.LanguageOf(tag)
}
