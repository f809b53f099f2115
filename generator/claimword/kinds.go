package claimword

import (
	"regexp"
	"slices"
	"strings"
)

// kind is words and what a finding that carries them can state (package finding). Words that are in none go with all.
type kind struct {
	words  *regexp.Regexp
	claims []string
}

func kindOf(alternatives, claims string) kind {
	return kind{regexp.MustCompile(`(?i)^(?:` + alternatives + `)$`), strings.Split(claims, ", ")}
}

const (
	rising   = "rose, doubled, more than, highest since, all, most, none, only, count"
	falling  = "fell, halved, less than, lowest since, all, most, none, only, count"
	steady   = "unchanged, equal, between, all, most, none, only, count"
	top      = "largest, rank, majority, highest since, more than, all, none, only, count"
	bottom   = "smallest, rank, lowest since, less than, all, none, only, count"
	exactly  = "only, count, none, all, most, majority, more than, less than, equal, between, rose, fell, unchanged, doubled, halved"
	mostOf   = "most, majority, more than, all"
	anyOf    = "most, majority, more than, all, largest, rank, highest since, only, none, count"
	earliest = "first since, before, after, rank, only, none, count"
)

// kinds are those of each language.
var kinds = map[string][]kind{
	"en": {
		kindOf(`most of|majority|mostly|mainly|chiefly|largely|predominantly`, mostOf),
		kindOf(`most`, anyOf),
		kindOf(`largest|biggest|greatest|highest|richest|longest|strongest|tops|topped`, top),
		kindOf(`lowest|smallest|fewest|least|poorest|shortest|weakest`, bottom),
		kindOf(`only|alone|sole|solely|exclusively`, exactly),
		kindOf(`(?:the |its |their |his |her )?first(?: time| to| since| of)?|earliest`, earliest),
		kindOf(`rose|risen|grew|grown|increased|climbed|soared|surged|jumped`, rising),
		kindOf(`fell|fallen|declined|decreased|shrank|shrunk|plunged|plummeted|dropped .*|dipped|tumbled`, falling),
		kindOf(`unchanged|stayed the same|did not change`, steady),
		kindOf(`doubled`, "doubled, more than, all, most, none, only, count"),
		kindOf(`halved`, "halved, less than, all, most, none, only, count"),
	},
	"de": {
		kindOf(`mehrheit|mehrheitlich|großteil|größtenteils|überwiegend`, mostOf),
		kindOf(`größte[nrms]?|höchste[nrms]?`, top),
		kindOf(`kleinste[nrms]?|niedrigste[nrms]?|wenigste[nrms]?`, bottom),
		kindOf(`stieg(?:en)?|gestiegen|wuchs(?:en)?|gewachsen|zugenommen`, rising),
		kindOf(`sank(?:en)?|gesunken|fiel(?:en)?|gefallen|abgenommen`, falling),
	},
	"es": {
		kindOf(`mayoría|mayoritariamente`, mostOf),
		kindOf(`subió|subieron|aumentó|aumentaron|creció|crecieron`, rising),
		kindOf(`bajó|bajaron|cayó|cayeron|disminuyó|disminuyeron`, falling),
	},
	"fr": {
		kindOf(`majorité|majoritairement|plupart`, mostOf),
		kindOf(`(?:a |ont )?augmenté|(?:a |ont )?progressé`, rising),
		kindOf(`(?:a |ont )?baissé|(?:a |ont )?diminué`, falling),
	},
}

// denied says that a sentence turns what it says round, or compares otherwise than it seems to.
var denied = regexp.MustCompile(`(?i)\b(?:no|not|none|never|neither|nor|nobody|without|cannot|kein\w*|nicht|nie|ningun\w*|nunca|aucune?|jamais|pas)\b|n['’]t\b`)

// Denied reports whether a sentence turns what it says round: no, not, none.
func Denied(sentence string) bool { return denied.MatchString(sentence) }

// Fits reports whether a word of a sentence can rest on a finding with a claim: rose, but not on one of what fell. Behind
// is what follows the word.
func Fits(word, behind, sentence, claim, language string) bool {
	if denied.MatchString(sentence) {
		return true
	}
	if of := strings.HasPrefix(behind, " of "); of && strings.EqualFold(word, "most") || word == "Most" {
		word = "most of"
	}
	for _, k := range kinds[language] {
		if k.words.MatchString(word) {
			return slices.Contains(k.claims, claim)
		}
	}
	return true
}
