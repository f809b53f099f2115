package engine

import "strings"

// pivotValues is what a PIVOT without values is given to be parsed: DuckDB makes two statements of
// such a PIVOT, and json_serialize_sql, from which tables and functions are found, takes one.
const pivotValues = " IN (x)"

// insertions are the places of a query, in order, at which pivotValues was inserted.
type insertions []int

// before turns an offset of the longer text into one of the query.
func (p insertions) before(offset int) int {
	for i := len(p) - 1; i >= 0; i-- {
		if start := p[i] + i*len(pivotValues); offset >= start {
			return max(offset-(i+1)*len(pivotValues), p[i])
		}
	}
	return offset
}

// withPivotValues gives values to each PIVOT that takes them from the data:
// PIVOT t ON year USING sum(n) becomes PIVOT t ON year IN (x) USING sum(n).
func withPivotValues(query string) (string, insertions) {
	var places insertions
	tokens := tokenize(query)
	for i, t := range tokens {
		if t.is("PIVOT", "PIVOT_WIDER") && !standardPivot(tokens[i+1:]) {
			places = append(places, missingValues(tokens[i+1:], t.depth)...)
		}
	}
	var b strings.Builder
	last := 0
	for _, at := range places {
		b.WriteString(query[last:at] + pivotValues)
		last = at
	}
	return b.String() + query[last:], places
}

// standardPivot reports whether a PIVOT goes on as in standard SQL, where values
// are always given: FROM t PIVOT (sum(n) FOR year IN (2016, 2017)).
func standardPivot(tokens []token) bool {
	if len(tokens) == 0 || tokens[0].text != "(" {
		return false
	}
	for _, t := range tokens[1:] {
		switch {
		case t.depth <= tokens[0].depth || t.is("SELECT", "FROM", "PIVOT"):
			return false
		case t.is("FOR") && t.depth == tokens[0].depth+1:
			return true
		}
	}
	return false
}

// missingValues lists the ends of the expressions after ON that have no IN. The
// tokens are those behind PIVOT, which is at the given depth.
func missingValues(tokens []token, depth int) insertions {
	on, end := -1, len(tokens)
	for i, t := range tokens {
		if t.depth < depth || t.text == ";" || t.depth == depth && t.is("GROUP", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT") {
			end = i
			break
		}
		if t.depth == depth && t.is("ON") {
			on = i // one further left belongs to a JOIN
		}
	}
	if on < 0 {
		return nil
	}
	var places insertions
	given := false
	for i := on + 1; i < len(tokens); i++ {
		t := tokens[i]
		stop := i >= end || t.depth == depth && t.is("USING")
		if stop || t.depth == depth && t.text == "," {
			if !given && i > on+1 {
				places = append(places, tokens[i-1].end)
			}
			if given = false; stop {
				return places
			}
		}
		given = given || t.depth == depth && t.is("IN")
	}
	if !given && len(tokens) > on+1 {
		places = append(places, tokens[len(tokens)-1].end)
	}
	return places
}

// token is a word, a quoted text, or a single character of a query.
type token struct {
	text       string
	start, end int
	depth      int // how many parentheses and brackets are open around it
}

func (t token) is(words ...string) bool {
	for _, word := range words {
		if strings.EqualFold(t.text, word) {
			return true
		}
	}
	return false
}

// tokenize cuts a query, as far as is needed to find keywords and parentheses:
// comments are left out.
func tokenize(query string) []token {
	var tokens []token
	depth := 0
	for at := 0; at < len(query); {
		rest := query[at:]
		n := 1
		switch c := rest[0]; {
		case strings.HasPrefix(rest, "--"):
			at += until(rest, 2, "\n")
			continue
		case strings.HasPrefix(rest, "/*"):
			at += commentEnd(rest)
			continue
		case c <= ' ':
			at++
			continue
		case (c == 'e' || c == 'E') && strings.HasPrefix(rest[1:], "'"):
			for n = 2; n < len(rest) && rest[n] != '\''; n++ {
				if rest[n] == '\\' {
					n++
				}
			}
			n = min(n+1, len(rest))
		case c == '\'' || c == '"': // a doubled quotation mark is two texts side by side
			n = until(rest, 1, rest[:1])
		case c == '$':
			if tag := dollarTag(rest); tag != "" {
				n = until(rest, len(tag), tag)
			}
		case wordByte(c):
			for n < len(rest) && (wordByte(rest[n]) || rest[n] == '$') {
				n++
			}
		case strings.IndexByte(")]}", c) >= 0:
			depth = max(depth-1, 0)
		}
		tokens = append(tokens, token{rest[:n], at, at + n, depth})
		if strings.IndexByte("([{", rest[0]) >= 0 {
			depth++
		}
		at += n
	}
	return tokens
}

// until is how long text is, from a place, up to and with the end mark.
func until(text string, from int, mark string) int {
	if i := strings.Index(text[from:], mark); i >= 0 {
		return from + i + len(mark)
	}
	return len(text)
}

// commentEnd is how long a comment is; comments nest.
func commentEnd(text string) int {
	open := 0
	for i := 0; i+1 < len(text); i++ {
		switch text[i : i+2] {
		case "/*":
			open++
			i++
		case "*/":
			open--
			i++
			if open == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// dollarTag is the beginning of a text between dollar signs, $$ or $tag$, or "".
func dollarTag(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '$' {
			return text[:i+1]
		}
		if !wordByte(text[i]) || i == 1 && text[i] >= '0' && text[i] <= '9' {
			break
		}
	}
	return ""
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
