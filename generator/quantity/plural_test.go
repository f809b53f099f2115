package quantity

import (
	"strings"
	"testing"
)

func TestPlural(t *testing.T) {
	for tag, want := range map[string]string{
		"en-US": "one other other other", "fr": "one other one other", "pl": "one few many few", "ja": "other other other other", "ar": "one few zero many",
	} {
		var got []string
		for _, raw := range []string{"1", "3", "0", "24"} {
			v, _ := Count.Read(raw)
			got = append(got, LanguageOf(tag).Plural(v))
		}
		if strings.Join(got, " ") != want {
			t.Error(tag, got, want)
		}
	}
	one, _ := Count.Read("1.5")
	large, _ := Count.Read("1000000001")
	if English.Plural(one) != "other" || English.Plural(large) != "other" {
		t.Error("1.5, or a billion and one, is one")
	}
	if names, _ := LanguageOf("pl").Plurals(); strings.Join(names, " ") != "one few many" {
		t.Error(names)
	}
	if names, _ := English.Plurals(); strings.Join(names, " ") != "one other" {
		t.Error(names)
	}
}
