package fact

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Address is what an editor writes, taken apart.
type Address struct {
	Name, Column string
	Key          []string
}

var addressParts = regexp.MustCompile(`(?s)^\s*([a-z][a-z0-9_]*)\.(?:([A-Za-z0-9_]+)|"((?:[^"\\]|\\.)+)")\s*(\[.*\])?\s*$`)

// ParseAddress takes an address apart. It fails on what is not an address.
func ParseAddress(text string) (Address, bool) {
	a, brackets, ok := plainParts(text)
	if !ok {
		m := addressParts.FindStringSubmatch(text)
		if m == nil {
			return Address{}, false
		}
		a, brackets = Address{Name: m[1], Column: m[2] + escaped.ReplaceAllString(m[3], "$1")}, m[4]
	}
	if brackets != "" {
		key, ok := parseKey(brackets[1 : len(brackets)-1])
		if !ok {
			return Address{}, false
		}
		a.Key = key
	}
	return a, true
}

// plainParts takes an address apart that has neither spaces nor a quoted column, as nearly all: the lock alone has thousands.
func plainParts(text string) (a Address, brackets string, ok bool) {
	a.Name, text, ok = strings.Cut(text, ".")
	if i := strings.IndexByte(text, '['); i >= 0 {
		text, brackets = text[:i], text[i:]
	}
	a.Column = text
	ok = ok && a.Name != "" && a.Name[0] >= 'a' && a.Name[0] <= 'z' && a.Name == strings.ToLower(a.Name) && isPlain(a.Name) && isPlain(a.Column) &&
		(brackets == "" || brackets[len(brackets)-1] == ']')
	return a, brackets, ok
}

// isPlain reports whether a name needs no quotation marks.
func isPlain(name string) bool {
	for _, r := range []byte(name) {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return name != ""
}

var escaped = regexp.MustCompile(`(?s)\\(.)`)

// parseKey splits the text between the brackets.
func parseKey(text string) ([]string, bool) {
	var key []string
	for {
		text = strings.TrimLeft(text, " ")
		var part strings.Builder
		if strings.HasPrefix(text, `"`) {
			closed := false
			text = text[1:]
			for i := 0; i < len(text); i++ {
				if text[i] == '\\' && i+1 < len(text) {
					i++
				} else if text[i] == '"' {
					text, closed = strings.TrimLeft(text[i+1:], " "), true
					break
				}
				part.WriteByte(text[i])
			}
			if !closed || text != "" && text[0] != ',' {
				return nil, false
			}
			key = append(key, part.String())
		} else {
			end := strings.IndexByte(text, ',')
			if end < 0 {
				end = len(text)
			}
			if plain := text[:end]; strings.ContainsAny(plain, `"[]`) {
				return nil, false
			}
			key = append(key, strings.TrimSpace(text[:end]))
			text = text[end:]
		}
		if text == "" {
			return key, true
		}
		text = text[1:] // the comma
	}
}

// String is the canonical form: no spaces, quotes only where they are needed.
func (a Address) String() string {
	var b strings.Builder
	b.WriteString(a.Name + ".")
	if isPlain(a.Column) {
		b.WriteString(a.Column)
	} else {
		b.WriteString(quote(a.Column))
	}
	for i, part := range a.Key {
		b.WriteByte("[,"[min(i, 1)])
		if part == "" || strings.ContainsAny(part, `,[]"\`) || strings.TrimSpace(part) != part {
			part = quote(part)
		}
		b.WriteString(part)
	}
	if len(a.Key) > 0 {
		b.WriteByte(']')
	}
	return b.String()
}

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quote(text string) string {
	return `"` + quoted.Replace(text) + `"`
}

// Anchor names the fact's cell on the page of its aggregate: the column and the
// key. Letters of ASCII, digits and _ stay as they are, all else becomes its
// number between dots, so that different facts have different anchors, and At
// finds the way back: amount_usd-CA, rate-Z.fc.rich-2015.
func (a Address) Anchor() string {
	var b strings.Builder
	for i, part := range append([]string{a.Column}, a.Key...) {
		if i > 0 {
			b.WriteByte('-')
		}
		for _, r := range part {
			if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, ".%x.", r)
			}
		}
	}
	return b.String()
}

// AddressOfAnchor is the address of the cell with that anchor on the page of the aggregate.
func AddressOfAnchor(name, anchor string) (Address, bool) {
	a := Address{Name: name}
	for i, part := range strings.Split(anchor, "-") {
		var text strings.Builder
		for j, piece := range strings.Split(part, ".") {
			if j%2 == 0 { // as it is
				text.WriteString(piece)
				continue
			}
			r, err := strconv.ParseInt(piece, 16, 32)
			if err != nil {
				return Address{}, false
			}
			text.WriteRune(rune(r))
		}
		if i == 0 {
			a.Column = text.String()
		} else {
			a.Key = append(a.Key, text.String())
		}
	}
	return a, isName(name) && a.Column != "" && strings.Count(anchor, ".")%2 == 0
}

// isName reports whether an aggregate can have that name, as addressParts has it.
func isName(text string) bool {
	for i, r := range text {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r == '_' || r >= '0' && r <= '9')) {
			return false
		}
	}
	return text != ""
}

const numbers = "/numbers/"

// Link leads to the fact's cell among the numbers, from the root of the site.
func (a Address) Link() string { return numbers + a.Name + "/#" + a.Anchor() }

// LinkOn leads to the cell on a further page of the aggregate.
func (a Address) LinkOn(page int) string {
	return numbers + a.Name + "/" + strconv.Itoa(page) + "/#" + a.Anchor()
}

// AddressOfLink is the address of the fact to whose cell a link leads, from the root of
// the site.
func AddressOfLink(link string) (Address, bool) {
	rest, ok := strings.CutPrefix(link, numbers)
	if !ok {
		return Address{}, false
	}
	page, anchor, ok := strings.Cut(rest, "/#")
	if !ok {
		return Address{}, false
	}
	name, further, _ := strings.Cut(page, "/")
	if further != "" && strings.Trim(further, "0123456789") != "" {
		return Address{}, false
	}
	return AddressOfAnchor(name, anchor)
}
