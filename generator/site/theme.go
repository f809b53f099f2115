package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/card"
	"broadsheet/generator/config"
	"broadsheet/generator/diag"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The look of a site is assets/css/main.css of the built-in theme, whose tokens (custom properties such as --accent) hold for
// pages, charts, downloads and cards alike. A report changes it in two ways: params.theme of hugo.toml names an accent, faces and a
// logo, and assets/css/theme.css is added to the sheet, after both.

// Theme is params.theme.
type Look struct {
	Accent    string // "#b3431a"
	Headline  string // a list of families, as font-family has it
	Serif     string
	Sans      string
	Mono      string
	Logo      string // a file of assets/, beside the name of the report
	Nameplate string // a file of assets/, in place of the name
	Faces     []Face

	rules    string
	families string // of all tokens
}

// Face is a file of a typeface.
type Face struct {
	Family, File  string
	Weight, Style string
}

const (
	mainSheet = "assets/css/main.css"
	ownSheet  = "assets/css/theme.css"
)

var (
	color    = regexp.MustCompile(`^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	families = regexp.MustCompile(`^(?:[\pL\pN _-]+|"[\pL\pN _.&-]+"|'[\pL\pN _.&-]+')(?:\s*,\s*(?:[\pL\pN _-]+|"[\pL\pN _.&-]+"|'[\pL\pN _.&-]+'))*$`)
	family   = regexp.MustCompile(`^[\pL\pN _.&-]+$`)
	weight   = regexp.MustCompile(`^(?:[1-9]\d{0,2}|1000|normal|bold)(?: (?:[1-9]\d{0,2}|1000))?$`)
	darkRoot = regexp.MustCompile(`(?s)@media[^{]*prefers-color-scheme:\s*dark[^{]*\{\s*:root\s*\{(.*?)\}`)
)

// themeKeys are those of params.theme; set takes a text that is what it expects.
var themeKeys = map[string]struct {
	expected string
	is       func(text string) bool
	set      func(l *Look) *string
}{
	"accent":    {`a color in digits, such as "#b3431a"`, color.MatchString, func(l *Look) *string { return &l.Accent }},
	"headline":  {familiesExpected, families.MatchString, func(l *Look) *string { return &l.Headline }},
	"serif":     {familiesExpected, families.MatchString, func(l *Look) *string { return &l.Serif }},
	"sans":      {familiesExpected, families.MatchString, func(l *Look) *string { return &l.Sans }},
	"mono":      {familiesExpected, families.MatchString, func(l *Look) *string { return &l.Mono }},
	"logo":      {pictureExpected, isPicture, func(l *Look) *string { return &l.Logo }},
	"nameplate": {pictureExpected, isPicture, func(l *Look) *string { return &l.Nameplate }},
}

var faceKeys = map[string]struct {
	expected string
	is       func(text string) bool
	set      func(f *Face) *string
}{
	"family": {`a name, such as "Source Serif 4"`, family.MatchString, func(f *Face) *string { return &f.Family }},
	"file":   {"a file of assets/ that ends with .woff2, .woff, .ttf or .otf", isFace, func(f *Face) *string { return &f.File }},
	"weight": {`"400", "bold", or "200 900" of a variable face`, weight.MatchString, func(f *Face) *string { return &f.Weight }},
	"style":  {`"normal" or "italic"`, func(text string) bool { return text == "normal" || text == "italic" }, func(f *Face) *string { return &f.Style }},
}

const (
	familiesExpected = `families of typefaces, such as "'Source Serif 4', Georgia, serif"`
	pictureExpected  = "a file of assets/ that ends with .svg, .png, .webp or .jpg"
)

func isPicture(name string) bool {
	return fs.ValidPath(name) && slices.Contains([]string{".svg", ".png", ".webp", ".jpg", ".jpeg"}, path.Ext(name))
}

func isFace(name string) bool { return fs.ValidPath(name) && faceFormats[path.Ext(name)] != "" }

var faceFormats = map[string]string{".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}

// readLook reads a setting of params.theme, whose keys are in lower case without those two.
func (c *configReader) readLook(names []string, path []key, value *unstable.Node) {
	switch {
	case len(names) == 0 && value != nil && value.Kind != unstable.InlineTable:
		c.add(path[len(path)-1], diag.Problem{Message: "params.theme is not a table", Expected: `[params.theme], and below it accent = "#b3431a"`})
	case len(names) == 1 && names[0] == "faces" && value == nil:
		c.look.Faces = append(c.look.Faces, Face{})
		c.faces = append(c.faces, path[len(path)-1])
	case len(names) == 1 && names[0] == "faces":
		if value.Kind != unstable.Array {
			c.add(path[len(path)-1], diag.Problem{Message: "params.theme.faces is not a list", Expected: "[[params.theme.faces]], and below it family and file"})
			return
		}
		for it := value.Children(); it.Next(); {
			c.look.Faces = append(c.look.Faces, Face{})
			c.faces = append(c.faces, path[len(path)-1])
			for parts := it.Node().Children(); parts.Next(); {
				if n := parts.Node(); n.Kind == unstable.KeyValue {
					k := c.keys(n)
					c.face(strings.ToLower(k[0].name), k[0], n.Value())
				}
			}
		}
	case len(names) == 1 && value != nil:
		k := path[len(path)-1]
		rule, known := themeKeys[names[0]]
		if !known {
			c.unknownOf("params.theme", k, slices.Concat([]string{"faces"}, slices.Collect(maps.Keys(themeKeys))))
		} else if c.isText("params.theme."+names[0], k, value, rule.expected, rule.is) {
			*rule.set(&c.look) = string(value.Data)
			c.lookAt[names[0]] = k
		}
	case len(names) == 2 && names[0] == "faces" && value != nil && len(c.look.Faces) > 0:
		c.face(names[1], path[len(path)-1], value)
	case len(names) > 1 && names[0] != "faces":
		c.unknownOf("params.theme", path[len(path)-len(names)], slices.Concat([]string{"faces"}, slices.Collect(maps.Keys(themeKeys))))
	}
}

func (c *configReader) face(name string, k key, value *unstable.Node) {
	rule, known := faceKeys[name]
	if !known {
		c.unknownOf("params.theme.faces", k, slices.Collect(maps.Keys(faceKeys)))
	} else if c.isText("params.theme.faces."+name, k, value, rule.expected, rule.is) {
		*rule.set(&c.look.Faces[len(c.look.Faces)-1]) = string(value.Data)
	}
}

func (c *configReader) unknownOf(table string, k key, known []string) {
	slices.Sort(known)
	c.add(k, diag.Problem{Message: "unknown key " + diag.Quote(k.name) + " of " + table, Expected: "one of " + strings.Join(known, ", "), Hint: diag.Nearest(k.name, known)})
}

func (c *configReader) isText(name string, k key, value *unstable.Node, expected string, is func(string) bool) bool {
	if value.Kind != unstable.String || !is(string(value.Data)) {
		c.add(k, diag.Problem{Message: name, Found: diag.Quote(string(value.Data)), Expected: expected})
		return false
	}
	return true
}

// checkTheme holds params.theme and the style sheets of a report to what its pages need: its files exist, its colors are apart
// from the paper, and the charts have all theirs.
func (s *Site) checkTheme(c *configReader) error {
	for i, f := range c.look.Faces {
		switch {
		case f.Family == "" || f.File == "":
			c.add(c.faces[i], diag.Problem{Message: "a face without its family and its file", Expected: `family = "Source Serif 4" and file = "fonts/source-serif.woff2"`})
		case !s.hasAsset(f.File):
			c.add(c.faces[i], diag.Problem{Message: "assets/ has no file " + diag.Quote(f.File), Hint: "put it at assets/" + f.File})
		case !s.isFace(f.File):
			c.add(c.faces[i], diag.Problem{Message: "assets/" + f.File + " is not a typeface of the format that its name says"})
		}
	}
	for _, name := range []string{"logo", "nameplate"} {
		if file := *themeKeys[name].set(&c.look); file != "" && !s.hasAsset(file) {
			c.add(c.lookAt[name], diag.Problem{Message: "assets/ has no file " + diag.Quote(file)})
		}
	}
	s.look = c.look
	builtIn, err := fs.ReadFile(s.Theme, mainSheet)
	if err != nil {
		return err
	}
	for _, name := range []string{mainSheet, ownSheet} {
		sheet, err := fs.ReadFile(s.Source, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		checkTokens(name, sheet, builtIn, c.problems)
	}
	sheets, err := s.sheets()
	if err != nil {
		return err
	}
	s.look.rules = sheets[1]
	all := tokens(firstRoot, sheets...)
	s.look.families = all["--headline"] + all["--serif"] + all["--sans"]
	s.checkContrast(c, sheets)
	return nil
}

// listed is the first of a list, and how many more there are.
func listed(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	return strings.Join(names, ", ")
}

// ownFaces are those that cards are written in: of the first families of headlines and of what is not text.
func (s *Site) ownFaces() (card.Faces, error) {
	l, out := s.look, card.Faces{}
	for _, wanted := range []struct {
		families string
		bold     bool
		into     *[]byte
	}{{cmp.Or(l.Headline, l.Serif), true, &out.Headline}, {l.Sans, true, &out.Bold}, {l.Sans, false, &out.Regular}} {
		first, _, _ := strings.Cut(wanted.families, ",")
		first = strings.Trim(first, ` "'`)
		for _, f := range l.Faces {
			if f.Family != first || f.Style == "italic" || f.isBold() != wanted.bold || !slices.Contains([]string{".ttf", ".otf"}, path.Ext(f.File)) {
				continue
			}
			data, err := fs.ReadFile(s.Source, path.Join("assets", f.File))
			if err != nil {
				return out, err
			}
			*wanted.into = data
		}
	}
	return out, nil
}

// isFace reports whether a file of assets/ is a typeface; of compressed ones only the beginning is looked at.
func (s *Site) isFace(name string) bool {
	data, err := fs.ReadFile(s.Source, path.Join("assets", name))
	switch path.Ext(name) {
	case ".woff2":
		return err == nil && bytes.HasPrefix(data, []byte("wOF2"))
	case ".woff":
		return err == nil && bytes.HasPrefix(data, []byte("wOFF"))
	}
	return err == nil && card.IsFace(data)
}

func (f Face) isBold() bool {
	n, _ := strconv.Atoi(f.Weight)
	return f.Weight == "bold" || n >= 600
}

func (s *Site) hasAsset(name string) bool {
	_, err := fs.Stat(s.Source, path.Join("assets", name))
	return err == nil
}

// checkTokens holds a sheet of a report to the built-in one: a color that charts and cards take too is written in digits, and a
// sheet in its place has all of them.
func checkTokens(name string, sheet, builtIn []byte, problems *diag.List) {
	needed := tokens(firstRoot, string(builtIn))
	own := tokens(firstRoot, string(sheet))
	var missing []string
	for _, token := range slices.Sorted(maps.Keys(needed)) {
		value, has := own[token]
		switch {
		case !color.MatchString(needed[token]):
		case !has && name == mainSheet:
			missing = append(missing, token)
		case has && !color.MatchString(value):
			p := diag.Problem{File: name, Message: token, Found: diag.Quote(value), Expected: "a color in digits, such as " + needed[token] + ", as charts, downloads and cards take it too"}
			p.Line, p.Column = config.Position(sheet, strings.Index(string(sheet), token))
			problems.Add(p)
		}
	}
	if len(missing) > 0 {
		problems.Add(diag.Problem{File: name, Message: "it takes the place of the theme's whole style sheet, and has no " + listed(missing), Hint: "name it " + ownSheet + ", and it is added to the theme's"})
	}
}

// sheets are the parts of the style sheet that say of tokens: the built-in one, or the report's in its place, params.theme, and the
// report's own.
func (s *Site) sheets() (all []string, err error) {
	for _, name := range []string{mainSheet, "", ownSheet} {
		if name == "" {
			all = append(all, s.look.tokenRules(all[0]))
			continue
		}
		sheet, err := fs.ReadFile(s.Source, name)
		if errors.Is(err, fs.ErrNotExist) && name == mainSheet {
			sheet, err = fs.ReadFile(s.Theme, name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		all = append(all, string(sheet))
	}
	return all, nil
}

// tokens reads the custom properties of the first :root of a style sheet, or of the one for dark screens.
func tokens(root *regexp.Regexp, sheets ...string) map[string]string {
	all := map[string]string{}
	for _, sheet := range sheets {
		if found := root.FindStringSubmatch(sheet); found != nil {
			for _, p := range property.FindAllStringSubmatch(found[1], -1) {
				all[p[1]] = strings.TrimSpace(p[2])
			}
		}
	}
	return all
}

// rules are what params.theme says, as CSS. The accent of dark screens is the same color, as much lighter as it needs to be read
// there.
func (l Look) tokenRules(builtIn string) string {
	var light, dark strings.Builder
	for _, token := range []string{"accent", "headline", "serif", "sans", "mono"} {
		if value := *themeKeys[token].set(&l); value != "" {
			fmt.Fprintf(&light, "  --%s: %s;\n", token, value)
		}
	}
	if l.Accent != "" {
		fmt.Fprintf(&dark, "  --accent: %s;\n", readable(l.Accent, cmp.Or(tokens(darkRoot, builtIn)["--paper"], "#000"), "#ffffff"))
	}
	css := ""
	if light.Len() > 0 {
		css += ":root {\n" + light.String() + "}\n"
	}
	if dark.Len() > 0 {
		css += "@media screen and (prefers-color-scheme: dark) { :root {\n" + dark.String() + "} }\n"
	}
	return css
}

// TokenRules are what params.theme says of tokens, as CSS.
func (l Look) TokenRules() string { return l.rules }

// FaceRules are the faces, as CSS for a file of css/.
func (l Look) FaceRules() string {
	var css strings.Builder
	for _, f := range l.Faces {
		fmt.Fprintf(&css, "@font-face { font-family: \"%s\"; src: url(\"../%s\") format(\"%s\"); font-weight: %s; font-style: %s; font-display: swap; }\n",
			f.Family, (&url.URL{Path: f.File}).EscapedPath(), faceFormats[path.Ext(f.File)], cmp.Or(f.Weight, "400"), cmp.Or(f.Style, "normal"))
	}
	return css.String()
}
