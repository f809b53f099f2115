package config

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

var (
	mistyped   = regexp.MustCompile("(?s)^cannot unmarshal (.*?)(?: `(.*)`)? into (.*)$")
	definedTwo = regexp.MustCompile(`(?s)^mapping key (".*") already defined at line (\d+)$`)
)

// yamlProblem puts what the parser says into plain words: its own name Go types, and
// count lines from where the YAML starts.
func yamlProblem(message string, line int, into reflect.Type) diag.Problem {
	if m := definedTwo.FindStringSubmatch(message); m != nil {
		first, _ := strconv.Atoi(m[2])
		return diag.Problem{Message: fmt.Sprintf("the key %s is given twice, first on line %d", m[1], line+first-1)}
	}
	if strings.HasPrefix(message, "invalid map key") {
		return diag.Problem{Message: "a key that is no text", Expected: "a word, or text in quotes"}
	}
	m := mistyped.FindStringSubmatch(message)
	if m == nil {
		return diag.Problem{Message: "broken YAML: " + message}
	}
	p := diag.Problem{Found: diag.Quote(m[2]), Expected: expected(kinds(into, map[string]reflect.Kind{})[m[3]])}
	switch m[1] {
	case "!!seq":
		p.Found = "a list"
	case "!!map":
		p.Found = "keys with values"
	}
	return p
}

// kinds are those of all types that a file of type t may hold, by their names.
func kinds(t reflect.Type, known map[string]reflect.Kind) map[string]reflect.Kind {
	if _, ok := known[t.String()]; ok {
		return known
	}
	known[t.String()] = t.Kind()
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		kinds(t.Elem(), known)
	case reflect.Struct:
		for i := range t.NumField() {
			kinds(t.Field(i).Type, known)
		}
	}
	if t.Kind() == reflect.Slice {
		known["[]"+t.Elem().String()] = reflect.Slice // as a named list says of itself
	}
	return known
}

func expected(kind reflect.Kind) string {
	switch kind {
	case reflect.Slice:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "keys with values"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "text"
}
