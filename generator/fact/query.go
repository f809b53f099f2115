package fact

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Test says in words what a finding tests: as its head states it, or the name of its row,
// which a query tests.
func (f *Fact) Test() string {
	if f.Finding != nil {
		return f.Finding.Says
	}
	return cmp.Or(f.RowName(), f.Column.Label)
}

// Query is the part of the query that yields a finding, on one line; "" where that is not seen.
func (f *Fact) Query() string {
	return strings.Join(strings.Fields(cmp.Or(f.part(), itemOf(f.Aggregate.SQL, f.Column.Name))), " ")
}

func (f *Fact) part() string {
	if len(f.Row.Key) == 0 {
		return itemOf(f.Aggregate.SQL, f.Column.Name)
	}
	return rowOf(f.Aggregate.SQL, f.Row.Key)
}

// Tested is all that a finding's test is about, as it was written: what its sentence may
// hold. Of a query that is the part which yields the finding.
func (f *Fact) Tested() string {
	if f.Finding != nil {
		return strings.Join(f.Finding.Mentions, "\n")
	}
	sql, part := f.Aggregate.SQL, f.part()
	if part == "" {
		return sql
	}
	text, added, named := part, map[string]bool{}, subqueries(sql)
	for again := true; again; {
		again = false
		for _, sub := range named {
			if !added[sub.name] && slices.Contains(wordsOf(text), sub.name) && !strings.Contains(sub.text, part) {
				added[sub.name], again = true, true
				text += "\n" + sub.text
			}
		}
	}
	return text
}

var union = regexp.MustCompile(`(?i)\bunion\b(?:\s+all)?(?:\s+by\s+name)?`)

// rowOf is the SELECT that has a key, where several are put together by UNION; "" where
// none or several have it.
func rowOf(sql string, key []string) string {
	var found []string
	for _, part := range union.Split(sql, -1) {
		at := -1
		for _, k := range key {
			if at = strings.Index(part, "'"+strings.ReplaceAll(k, "'", "''")+"'"); at < 0 {
				break
			}
		}
		if at >= 0 {
			start := strings.LastIndex(strings.ToUpper(part[:at]), "SELECT")
			found = append(found, strings.TrimSpace(part[max(0, start):]))
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// itemOf is what a SELECT yields as a column, and from what; "" where that is not seen.
func itemOf(sql, column string) string {
	depth, start, quoted := 0, -1, false
	var items []string
	from := ""
	upper := strings.ToUpper(sql)
	isWord := func(at int, word string) bool {
		return strings.HasPrefix(upper[at:], word) && (at == 0 || strings.ContainsRune(" \t\r\n,)", rune(sql[at-1]))) && at+len(word) < len(sql) && strings.ContainsRune(" \t\r\n(", rune(sql[at+len(word)]))
	}
	for i := 0; i < len(sql); i++ {
		switch c := sql[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth > 0:
		case isWord(i, "SELECT"):
			start, items, from = i+len("SELECT"), nil, ""
		case start >= 0 && from == "" && c == ',':
			items, start = append(items, sql[start:i]), i+1
		case start >= 0 && from == "" && isWord(i, "FROM"):
			items, from = append(items, sql[start:i]), sql[i:]
		}
	}
	for _, item := range items {
		if words := wordsOf(item); len(words) > 0 && words[len(words)-1] == column {
			return strings.TrimSpace(item) + "\n" + from
		}
	}
	return ""
}

// subquery is one of WITH.
type subquery struct{ name, text string }

var named = regexp.MustCompile(`(?i)(?:^|[\s,])([a-z_][a-z0-9_]*)\s+as\s+(?:materialized\s+)?\(`)

// subqueries lists what a SELECT names by WITH.
func subqueries(sql string) (list []subquery) {
	for _, m := range named.FindAllStringSubmatchIndex(sql, -1) {
		depth, end := 1, m[1]
		for ; end < len(sql) && depth > 0; end++ {
			switch sql[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		list = append(list, subquery{sql[m[2]:m[3]], sql[m[1]:max(m[1], end-1)]})
	}
	return list
}

// wordsOf lists the names and words of a query.
func wordsOf(sql string) []string {
	return strings.FieldsFunc(sql, func(r rune) bool {
		return r != '_' && !(r >= 'a' && r <= 'z') && !(r >= 'A' && r <= 'Z') && !(r >= '0' && r <= '9')
	})
}
