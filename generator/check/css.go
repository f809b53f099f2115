package check

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// loading are the functions of CSS whose texts are addresses.
var loading = map[string]bool{"url": true, "src": true, "image": true, "image-set": true, "-webkit-image-set": true, "cross-fade": true, "-webkit-cross-fade": true}

// readCSS holds the addresses in a style sheet, or in a style of an element, to the site. where says which it is.
func (p *page) readCSS(text, where string) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		p.fail(diag.Problem{Message: where + " is not in UTF-8"})
		return
	}
	s := sheet{page: p, where: where}
	lexer := css.NewLexer(parse.NewInputString(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(text)))
	for {
		kind, raw := lexer.Next()
		if kind == css.ErrorToken {
			return
		}
		s.token(kind, string(raw))
	}
}

// sheet is a style sheet while it is read.
type sheet struct {
	*page
	where string
	rule  string   // the at-rule whose beginning is read: "import"
	shown bool     // what is read is the property content, whose text readers see
	open  []string // functions and parentheses
}

func (s *sheet) token(kind css.TokenType, raw string) {
	switch kind {
	case css.AtKeywordToken:
		s.rule = strings.ToLower(unescaped(raw[1:]))
	case css.SemicolonToken, css.LeftBraceToken, css.RightBraceToken:
		s.rule, s.shown = "", false
	case css.IdentToken:
		s.shown = s.shown || strings.EqualFold(unescaped(raw), "content")
	case css.FunctionToken:
		name := strings.ToLower(unescaped(raw[:len(raw)-1]))
		if loading[name] && strings.Contains(raw, `\`) || name == "url" {
			s.fail(diag.Problem{Message: s.where + " has " + diag.Quote(name) + " written with a backslash"}, raw[:len(raw)-1])
		}
		if s.inLoading() && (name == "var" || name == "attr" || name == "env") {
			s.fail(diag.Problem{Message: s.where + " takes an address from " + name + "()", Expected: "an address written out"}, raw)
		}
		s.open = append(s.open, name)
	case css.LeftParenthesisToken:
		s.open = append(s.open, "")
	case css.RightParenthesisToken:
		s.open = s.open[:max(0, len(s.open)-1)]
	case css.BadURLToken, css.BadStringToken:
		s.fail(diag.Problem{Message: s.where + " has an address or a text without its end", Found: diag.Quote(raw)}, raw)
	case css.URLToken:
		s.load(strings.TrimSuffix(raw[strings.IndexByte(raw, '(')+1:], ")"))
	case css.StringToken:
		if s.rule == "import" || s.rule == "charset" || s.inLoading() {
			s.load(raw)
		} else if text := unescaped(unquoted(raw)); s.shown && s.site.Literals != nil && len(s.site.Literals.Numbers(text, "")) > 0 {
			s.fail(diag.Problem{Message: s.where + " says a number: " + diag.Quote(text), Hint: "what readers read is written in a page, where it can be a fact"}, raw)
		}
	}
}

// inLoading reports whether a text is an address, and not the type of one.
func (s *sheet) inLoading() bool {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i] == "type" {
			return false
		}
		if loading[s.open[i]] {
			return true
		}
	}
	return false
}

func (s *sheet) load(raw string) {
	address := unescaped(unquoted(strings.Trim(raw, " \t\n")))
	switch {
	case s.rule == "namespace": // is a name
	case s.rule == "charset":
		if !strings.EqualFold(address, "utf-8") {
			s.fail(diag.Problem{Message: s.where + " says that its encoding is " + diag.Quote(address), Expected: "utf-8"}, "@charset")
		}
	case strings.HasPrefix(address, "#"): // an element of the page that it styles
	case s.rule == "import":
		s.address(loads, s.where, address)
	case strings.HasPrefix(address, "data:font/"), strings.HasPrefix(address, "data:application/font-"), strings.HasPrefix(address, "data:application/x-font-"):
	default:
		s.address(pictures, s.where, address)
	}
}

func unquoted(text string) string {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return text
	}
	return strings.TrimSuffix(text[1:], text[:1])
}

// unescaped reads the escapes of CSS: \75 is the letter u, \( is a parenthesis, and a line end is nothing.
func unescaped(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, `\`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits := 0
		for digits < min(6, len(rest)) && strings.IndexByte("0123456789abcdefABCDEF", rest[digits]) >= 0 {
			digits++
		}
		switch {
		case digits > 0:
			r, _ := strconv.ParseInt(rest[:digits], 16, 32) // six digits are always read
			b.WriteRune(rune(r))
			rest = rest[digits:]
			if rest != "" && isBlank(rune(rest[0])) {
				rest = rest[1:]
			}
		case strings.HasPrefix(rest, "\n"):
			rest = rest[1:]
		default:
			_, n := utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:n])
			rest = rest[n:]
		}
		text = rest
	}
}
