package quantity

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed names.csv
var namesFile string

// names are what currencies and measures are called in languages other than English, one
// and many of each, from CLDR.
var names = sync.OnceValue(func() map[[2]string][2]string {
	all := map[[2]string][2]string{}
	lines := strings.Split(strings.TrimSpace(namesFile), "\n")
	for _, line := range lines[1:] {
		of := strings.Split(line, ",")
		all[[2]string{of[0], of[1]}] = [2]string{of[2], of[3]}
	}
	return all
})

// nameIn is what a unit of a code is called in a language.
func nameIn(language, code string) (name [2]string, ok bool) {
	name, ok = names()[[2]string{language, code}]
	return name, ok
}
