package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// settings are those of Hugo that a report can make in hugo.toml: they hold as
// Hugo's documentation says. A test goes through all that Hugo has.
var settings = []string{
	"author", "baseurl", "builddrafts", "capitalizelisttitles", "cascade", "contenttypes", "copyright", "defaultcontentlanguage",
	"defaultcontentlanguageinsubdir", "defaultcontentrole", "defaultcontentroleinsubdir", "defaultcontentversion", "defaultcontentversioninsubdir",
	"defaultoutputformat", "disablealiases", "disabledefaultlanguageredirect", "disabledefaultsiteredirect", "disablekinds", "disablelanguages",
	"disablepathtolower", "enableemoji", "enablemissingtranslationplaceholders", "enablerobotstxt", "frontmatter", "hascjklanguage", "ignorefiles",
	"imaging", "languagecode", "languages", "locale", "mainsections", "markup", "mediatypes", "menu", "menus", "minify", "outputformats", "outputs", "page",
	"pagination", "params", "permalinks", "pluralizelisttitles", "reflinkserrorlevel", "reflinksnotfoundurl", "related", "removepathaccents", "roles",
	"sectionpagesmenu", "services", "sitemap", "social", "summarylength", "taxonomies", "timezone", "title", "titlecasestyle", "versions",
}

// ofLanguage are those that a language has beside.
var ofLanguage = []string{"contentdir", "direction", "disabled", "label", "languagedirection", "languagename", "weight"}

// pinned are the settings that are the program's and not a report's, with the reason:
// a report that somebody else wrote reads nothing outside its directory, runs no
// program, opens no connection, and builds to the same bytes everywhere.
var pinned = map[string]string{
	"security": "no report runs programs or opens connections",
	"module":   ownFiles, "theme": ownFiles, "themesdir": ownFiles, "ignorevendorpaths": ownFiles, "configdir": ownFiles, "workingdir": ownFiles,
	"contentdir": inContent, "layoutdir": inContent, "assetdir": inContent, "datadir": inContent, "i18ndir": inContent, "archetypedir": inContent, "staticdir": inContent,
	"publishdir": "--destination says where the site is written", "cleandestinationdir": "public/ is always replaced as a whole",
	"cachedir": noFiles, "resourcedir": noFiles, "caches": noFiles, "httpcache": noFiles, "ignorecache": noFiles, "build": noFiles, "nobuildlock": noFiles,
	"nochmod": noFiles, "notimes": noFiles,
	"enablegitinfo": "it would run git",
	"buildfuture":   "a build knows no clock, so pages of any date are built", "buildexpired": "a build knows no clock, so pages of any date are built",
	"timeout":      "--limit page-time=SECONDS sets it",
	"canonifyurls": madeRelative, "relativeurls": madeRelative, "uglyurls": "a page is the index.html of its directory",
	"environment": "every build is for publication", "segments": "every build is whole", "rendersegments": "every build is whole",
	"deployment": "it is a setting of Hugo's own commands", "server": "it is a setting of Hugo's own commands", "newcontenteditor": "it is a setting of Hugo's own commands",
	"disablelivereload": "it is a setting of Hugo's own commands", "templatemetrics": printed, "templatemetricshints": printed, "printi18nwarnings": printed,
	"printpathwarnings": printed, "printunusedtemplates": printed, "paniconwarning": "what Hugo warns of is always a problem",
	"ignorelogs": "what Hugo warns of is always a problem", "ignoreerrors": "what Hugo warns of is always a problem",
	"disablehugogeneratorinject": "pages are made by Broadsheet", "privacy": otherHosts, "internal": "it is Hugo's own",
}

const (
	ownFiles     = "a report is made of its own files"
	inContent    = "the directories of a report have fixed names"
	noFiles      = "a build keeps no files but the site"
	madeRelative = "links are always made relative, and work at any address"
	printed      = "a build prints problems only"
	otherHosts   = "pages load nothing from another host"
)

// refusedValues are settings whose other values hold.
var refusedValues = []struct {
	path    []string
	refuses func(value string) bool
	why     string
}{
	{[]string{"timezone"}, func(v string) bool { return strings.EqualFold(v, "local") }, "it depends on the machine"},
	{[]string{"params", "report"}, nil, "templates find what is computed there"},
	{[]string{"params", "archive"}, func(v string) bool { return v != "true" && v != "false" }, "it is true or false"},
	{[]string{"params", "strict"}, func(v string) bool { return v != "true" && v != "false" }, "it is true or false"},
	{[]string{"params", "baseurl"}, nil, "baseURL at the top of hugo.toml sets it, or --base-url"},
	{[]string{"services", "disqus"}, nil, otherHosts},
	{[]string{"services", "googleanalytics"}, nil, otherHosts},
	{[]string{"services", "instagram"}, nil, otherHosts},
	{[]string{"services", "x"}, nil, otherHosts},
	{[]string{"services", "twitter"}, nil, otherHosts},
	{[]string{"markup", "asciidocext"}, nil, "content is written in Markdown"},
	{[]string{"markup", "defaultmarkdownhandler"}, func(v string) bool { return v != "goldmark" }, "content is written in Markdown"},
}

// files that Hugo would read beside hugo.toml, or in its place.
var otherFiles = map[string]string{
	"hugo.yaml": inTOML, "hugo.yml": inTOML, "hugo.json": inTOML, "config.toml": inTOML, "config.yaml": inTOML, "config.yml": inTOML, "config.json": inTOML,
	"config": inTOML, "themes": "copy what you need of the theme to layouts/ and assets/", "_vendor": "copy what you need of the module to the report",
}

const inTOML = "the settings of a report belong in hugo.toml"

// checkConfig checks hugo.toml: that it can be read, and that what it sets holds.
func (s *Site) checkConfig(problems *diag.List) error {
	for _, name := range slices.Sorted(maps.Keys(otherFiles)) {
		if _, err := fs.Stat(s.Source, name); err == nil {
			problems.Add(diag.Problem{File: name, Message: "it is ignored", Hint: otherFiles[name]})
		}
	}
	data, err := fs.ReadFile(s.Source, "hugo.toml")
	if errors.Is(err, fs.ErrNotExist) {
		problems.Add(diag.Problem{File: "hugo.toml", Message: "the file is missing", Hint: "a report directory has one, with a title at least: title = \"My report\""})
		return nil
	}
	if err != nil {
		return err
	}
	s.config = map[string]any{}
	if err := toml.Unmarshal(data, &s.config); err != nil {
		problems.Add(tomlProblem("hugo.toml", 1, err))
		return nil
	}
	c := &configReader{data: data, problems: problems, lookAt: map[string]key{}}
	c.read()
	s.readBaseURL()
	s.checkLanguages(problems)
	return s.checkTheme(c)
}

// checkLanguages counts what multiplies the site.
func (s *Site) checkLanguages(problems *diag.List) {
	sites := 1
	for key, value := range s.config {
		if group, ok := value.(map[string]any); ok && slices.Contains([]string{"languages", "versions", "roles"}, strings.ToLower(key)) {
			sites *= max(1, len(group))
		}
	}
	if sites > s.Limits.Get(limit.Languages) {
		p := s.Limits.Exceeded(limit.Languages, fmt.Sprintf("%d sites, one for each language, version and role", sites))
		p.File = "hugo.toml"
		problems.Add(p)
	}
}

// languages are those that hugo.toml names, the default one first.
func (s *Site) languages() []string {
	first, list := "en", []string(nil)
	for key, value := range s.config {
		if group, ok := value.(map[string]any); ok && strings.EqualFold(key, "languages") {
			for name := range group {
				list = append(list, strings.ToLower(name))
			}
		}
		if name, ok := value.(string); ok && strings.EqualFold(key, "defaultContentLanguage") {
			first = strings.ToLower(name)
		}
	}
	slices.Sort(list)
	return append([]string{first}, list...)
}

// configReader goes through the keys of hugo.toml with their places.
type configReader struct {
	data     []byte
	parser   unstable.Parser
	problems *diag.List

	look   Look
	lookAt map[string]key
	faces  []key
}

func (c *configReader) read() {
	c.parser.Reset(c.data)
	var table []key
	for c.parser.NextExpression() {
		switch e := c.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = c.keys(e)
			c.check(table, nil)
		case unstable.KeyValue:
			c.keyValue(table, e)
		}
	}
}

// key is a part of the name of a setting.
type key struct {
	name string
	at   int
}

func (c *configReader) keys(e *unstable.Node) []key {
	var list []key
	for it := e.Key(); it.Next(); {
		n := it.Node()
		list = append(list, key{string(n.Data), int(n.Raw.Offset)})
	}
	return list
}

func (c *configReader) keyValue(table []key, e *unstable.Node) {
	path := append(slices.Clip(table), c.keys(e)...)
	value := e.Value()
	c.check(path, value)
	c.inline(path, value)
}

// inline goes into tables that are written on one line.
func (c *configReader) inline(path []key, value *unstable.Node) {
	if value.Kind != unstable.InlineTable {
		return
	}
	for it := value.Children(); it.Next(); {
		if n := it.Node(); n.Kind == unstable.KeyValue {
			c.keyValue(path, n)
		}
	}
}

// check looks at one setting; value is nil for a table.
func (c *configReader) check(path []key, value *unstable.Node) {
	lower := make([]string, len(path))
	for i, k := range path {
		lower[i] = strings.ToLower(k.name)
	}
	c.known(path, lower, settings)
	isLanguage := len(path) > 2 && lower[0] == "languages"
	if isLanguage {
		path, lower = path[2:], lower[2:]
		c.known(path, lower, append(slices.Clone(settings), ofLanguage...))
	}
	said := ""
	if value != nil {
		said = string(value.Data)
	}
	if isLanguage && lower[0] == "contentdir" && (!strings.HasPrefix(said, "content/") || outside(said) != "") {
		c.fail(path[0], "a language has its content below content/", `write contentDir = "content/…"`)
	}
	if isLanguage && lower[0] == "baseurl" {
		c.fail(path[0], "a language cannot have an address of its own: all languages of a report are in one site", "take it out")
	}
	if len(lower) == 1 && !isLanguage && lower[0] == "baseurl" && value != nil {
		c.baseURL(path[0], said)
	}
	if len(lower) == 2 && lower[0] == "params" && value != nil {
		c.readerParam(lower[1], path[1], value)
	}
	if len(lower) >= 2 && lower[0] == "params" && lower[1] == "theme" {
		c.readLook(lower[2:], path, value)
	}
	for _, v := range refusedValues {
		if len(lower) >= len(v.path) && slices.Equal(lower[:len(v.path)], v.path) && (v.refuses == nil || v.refuses(said)) {
			c.fail(path[len(v.path)-1], "a report cannot set "+diag.Quote(strings.Join(v.path, "."))+": "+v.why, "")
		}
	}
	if lower[0] == "frontmatter" && value != nil {
		c.frontMatter(path, value)
	}
}

// known checks the first key of a path.
func (c *configReader) known(path []key, lower, settings []string) {
	first := lower[0]
	why, isPinned := pinned[first]
	switch {
	case slices.Contains(settings, first):
	case isPinned:
		c.fail(path[0], "a report cannot set "+diag.Quote(path[0].name)+": "+why, "take it out")
	case strings.HasPrefix(first, "staticdir"):
		c.fail(path[0], "a report cannot set "+diag.Quote(path[0].name)+": "+inContent, "take it out")
	default:
		c.fail(path[0], "unknown setting "+diag.Quote(path[0].name), cmp.Or(diag.Nearest(first, settings), "put your own values under [params]"))
	}
}

// frontMatter refuses dates of files, which depend on the machine, and those of git.
func (c *configReader) frontMatter(path []key, value *unstable.Node) {
	said := []string{string(value.Data)}
	if value.Kind == unstable.Array {
		for it := value.Children(); it.Next(); {
			said = append(said, string(it.Node().Data))
		}
	}
	for _, v := range said {
		if v = strings.ToLower(v); v == ":filemodtime" || v == ":git" {
			c.fail(path[len(path)-1], "a date from "+diag.Quote(v)+" depends on the machine", "write the date in the front matter")
		}
	}
}

func (c *configReader) fail(k key, message, hint string) {
	c.add(k, diag.Problem{Message: message, Hint: hint})
}

func (c *configReader) add(k key, p diag.Problem) {
	p.File = "hugo.toml"
	p.Line, p.Column = config.Position(c.data, k.at)
	c.problems.Add(p)
}

func tomlProblem(file string, line int, err error) diag.Problem {
	p := diag.Problem{File: file, Line: line, Message: "broken TOML: " + strings.TrimPrefix(err.Error(), "toml: ")}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		row, column := at.Position()
		p.Line, p.Column = line+row-1, column
	}
	return p
}

// readerParam checks the parameters that say to readers who is behind a report.
func (c *configReader) readerParam(name string, k key, value *unstable.Node) {
	switch name {
	case "contact":
		if _, ok := contactLink(string(value.Data), ""); !ok || value.Kind != unstable.String {
			c.add(k, diag.Problem{Message: "params.contact is not an address", Found: diag.Quote(string(value.Data)), Expected: "a mail address, or that of a page where errors are reported, such as https://github.com/NAME/REPORT/issues"})
		}
	case "author", "authors":
		isNames := value.Kind == unstable.String || value.Kind == unstable.Array
		for it := value.Children(); value.Kind == unstable.Array && it.Next(); {
			isNames = isNames && it.Node().Kind == unstable.String
		}
		if !isNames {
			c.add(k, diag.Problem{Message: "params." + name + " holds no names", Expected: authorsExpected})
		}
	}
}
