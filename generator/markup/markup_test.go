package markup

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestAClassIsOneOfAList(t *testing.T) {
	for list, want := range map[string]bool{
		"chart": true, "chart big": true, "big\n chart": true, "": false, "charts": false, "big-chart": false, "Chart": false,
	} {
		if got := Chart.In(list); got != want {
			t.Errorf("%q: %t", list, got)
		}
	}
}

func TestWriterEscapesData(t *testing.T) {
	var w Writer
	w.Raw("<p").Class(Numeric, Missing).Data(DataRaw, `"><b>`).Attr("title", "a&b").Raw(">").Text("<i>").Raw("</p>")
	if got, want := string(w.HTML()), `<p class="n missing" data-raw="&#34;&gt;&lt;b&gt;" title="a&amp;b">&lt;i&gt;</p>`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

var (
	dataName   = regexp.MustCompile(`\bdata-[a-z]+`)
	classList  = regexp.MustCompile(`\bclass="([^"]*)`)
	dataset    = regexp.MustCompile(`\bdataset\.([a-zA-Z]+)`)
	selector   = regexp.MustCompile(`(?:querySelector(?:All)?(?:<[^>]*>)?|closest(?:<[^>]*>)?|matches)\(\s*['"` + "`" + `]([^'"` + "`" + `]*)`)
	dotted     = regexp.MustCompile(`\.([a-z][a-z-]*)`)
	classesHas = regexp.MustCompile(`classList\.contains\('([a-z-]+)'`)
	action     = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
)

func isClass(name string) bool { return slices.Contains(Classes, Class(name)) }

func isName(name string) bool { return slices.Contains(Names, Data(name)) }

// files reads those of a directory with one of some extensions.
func files(t *testing.T, directory string, extensions ...string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains(extensions, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(filepath.Join(directory, name))
		texts[filepath.Join(directory, name)] = string(text)
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatal(directory, err)
	}
	return texts
}

// program parses the Go files of the program, but for this package and tests.
func program(t *testing.T, visit func(at string, n ast.Node)) {
	t.Helper()
	all := files(t, "..", ".go")
	maps.Copy(all, files(t, "../../cmd", ".go"))
	for name, text := range all {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "../markup/") {
			continue
		}
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				visit(positions.Position(n.Pos()).String(), n)
			}
			return true
		})
	}
}

// TestNobodyElseWritesTheNames looks for names of the contract in the texts of other packages.
func TestNobodyElseWritesTheNames(t *testing.T) {
	program(t, func(at string, n ast.Node) {
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind != token.STRING {
				return
			}
			text, err := strconv.Unquote(n.Value)
			if err != nil {
				t.Fatal(err)
			}
			if name := dataName.FindString(text); name != "" {
				t.Errorf("%s: %s is written by hand: use package markup", at, name)
			}
			for _, m := range classList.FindAllStringSubmatch(text, -1) {
				if slices.ContainsFunc(strings.Fields(m[1]), isClass) {
					t.Errorf("%s: class=%q is written by hand: use package markup", at, m[1])
				}
			}
		case *ast.CallExpr:
			called, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || called.Sel.Name != "Class" && called.Sel.Name != "Data" {
				return
			}
			for _, argument := range n.Args {
				if literal, ok := argument.(*ast.BasicLit); ok && argument == n.Args[0] {
					t.Errorf("%s: %s is no name of package markup", at, literal.Value)
				}
			}
		}
	})
}

// markedSafe are the files of the generator that declare a text to be HTML which is not a constant: a placeholder with the
// name of an aggregate, elements of ours on their way through Markdown, shapes that are made of numbers, and parts of finished pages.
var markedSafe = []string{"../comparison/comparison.go", "../site/inline.go", "../site/placeholders.go", "../site/sparks.go"}

func TestHTMLIsMadeOfConstantsAndEscapedText(t *testing.T) {
	program(t, func(at string, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		called, ok := call.Fun.(*ast.SelectorExpr)
		file, _, _ := strings.Cut(at, ":")
		if ok && called.Sel.Name == "HTML" && len(call.Args) == 1 && !slices.Contains(markedSafe, file) {
			if from, ok := called.X.(*ast.Ident); ok && from.Name == "template" {
				if _, constant := call.Args[0].(*ast.BasicLit); !constant {
					t.Errorf("%s: a text is declared to be HTML: write it with a markup.Writer", at)
				}
			}
		}
	})
}

// TestThemeKeepsTheContract reads the templates: they write no name for programs that is not listed, and each class that
// is listed is written by somebody.
func TestThemeKeepsTheContract(t *testing.T) {
	written := map[Class]bool{}
	for name, text := range files(t, "../../layouts", ".html") {
		for _, data := range dataName.FindAllString(text, -1) {
			if !isName(data) {
				t.Errorf("%s: %s is not listed in package markup", name, data)
			}
		}
		for _, m := range classList.FindAllStringSubmatch(action.ReplaceAllString(text, " "), -1) {
			for _, class := range strings.Fields(m[1]) {
				written[Class(class)] = true
			}
		}
		for _, m := range regexp.MustCompile(`"class" "([a-z]+)"`).FindAllStringSubmatch(text, -1) { // for a partial
			written[Class(m[1])] = true
		}
	}
	values := constants(t)
	program(t, func(_ string, n ast.Node) {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if of, ok := s.X.(*ast.Ident); ok && of.Name == "markup" {
				written[values[s.Sel.Name]] = true
			}
		}
	})
	for _, class := range Classes {
		if !written[class] {
			t.Errorf("nobody writes the class %s", class)
		}
	}
}

// constants are the classes by the names of their constants.
func constants(t *testing.T) map[string]Class {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "markup.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]Class{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				values[spec.Names[0].Name] = Class(text)
				if typed, ok := spec.Type.(*ast.Ident); ok && (typed.Name == "Class" && !isClass(text) || typed.Name == "Data" && !isName(text)) {
					t.Errorf("%s is missing from the list of all", spec.Names[0].Name)
				}
			}
		}
		return true
	})
	return values
}

// TestScriptsReadTheContract reads what scripts look for in pages.
func TestScriptsReadTheContract(t *testing.T) {
	own := []string{"data-page"} // which find.ts writes itself
	for name, text := range files(t, "../../assets/ts", ".ts") {
		names := dataName.FindAllString(text, -1)
		for _, m := range dataset.FindAllStringSubmatch(text, -1) {
			names = append(names, "data-"+strings.ToLower(m[1]))
		}
		for _, data := range names {
			if !isName(data) && !slices.Contains(own, data) {
				t.Errorf("%s: %s is not listed in package markup", name, data)
			}
		}
		var classes []string
		for _, m := range selector.FindAllStringSubmatch(text, -1) {
			for _, class := range dotted.FindAllStringSubmatch(m[1], -1) {
				classes = append(classes, class[1])
			}
		}
		for _, m := range classesHas.FindAllStringSubmatch(text, -1) {
			classes = append(classes, m[1])
		}
		for _, class := range classes {
			if !isClass(class) {
				t.Errorf("%s: the class %s is not listed in package markup", name, class)
			}
		}
	}
}
