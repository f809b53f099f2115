package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/generator/config/schematest"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
	"broadsheet/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const reference = "../../docs/content/reference.md"

// TestReferenceIsComplete holds docs/content/reference.md to the program. Sections that
// the program can write itself are written with UPDATE=1; of the others, whose words are
// by hand, the first column of the table must name all that there is, and nothing else.
func TestReferenceIsComplete(t *testing.T) {
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	root, err := commands(newTerminal(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	for heading, text := range map[string]string{
		"Commands":                         commandTable(root),
		"Flags":                            flagTable(root),
		"Limits":                           limitTable(),
		"All units":                        unitList(),
		"Keys of the data package":         keyTable(t, "datapackage"),
		"Keys of the head of an aggregate": keyTable(t, "aggregate"),
		"Keys of the head of an extract":   keyTable(t, "extract"),
		"Keys of a chart":                  keyTable(t, "chart"),
		"Keys of hugo.toml":                keyTable(t, "hugo"),
		"Kinds of charts":                  kindTable(t),
		"What templates can ask":           methodTable(t),
		"What machines read with `--json`": jsonShapes(t),
	} {
		section, start, end := sectionOf(page, heading)
		if start < 0 {
			t.Errorf("there is no section %q", heading)
			continue
		}
		lead, _, _ := strings.Cut(strings.TrimSpace(section), "\n\n") // one paragraph by hand
		page = page[:start] + "\n" + lead + "\n\n" + strings.TrimSpace(text) + "\n\n" + page[end:]
	}
	page = strings.TrimSpace(page) + "\n"
	if page != string(data) {
		if os.Getenv("UPDATE") == "" {
			t.Errorf("%s does not say what the program says, first at %q; UPDATE=1 go test ./cmd/broadsheet -run TestReference writes it", reference, firstDifference(page, string(data)))
		} else if err := os.WriteFile(reference, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}

	units, _, _ := sectionOf(page, "Units")
	for _, m := range regexp.MustCompile("(?m)^\\| (`[^|]+)").FindAllStringSubmatch(units, -1) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(m[1], -1) {
			if _, known := (quantity.Units{}).Find(name[1]); !known {
				t.Errorf("Units: %s documents %s, which does not exist", reference, name[1])
			}
		}
	}

	shortcodes := []string{}
	files, err := fs.Glob(broadsheet.Theme, "layouts/_shortcodes/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		shortcodes = append(shortcodes, strings.TrimSuffix(path.Base(file), ".html"))
	}
	for heading, want := range map[string][]string{
		"Shortcodes": shortcodes,
		"Norms":      schematest.Read(t, "chart").Properties["waive"].Items.Properties["norm"].Words(),
	} {
		section, _, _ := sectionOf(page, heading)
		var got []string
		for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(section, -1) {
			got = append(got, m[1])
		}
		slices.Sort(got)
		slices.Sort(want)
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("%s: %s is not documented: add a row to %s", heading, name, reference)
			}
		}
		for _, name := range got {
			if !slices.Contains(want, name) {
				t.Errorf("%s: %s documents %s, which does not exist", heading, reference, name)
			}
		}
	}
}

// sectionOf is what is between a heading and the next.
func sectionOf(page, heading string) (section string, start, end int) {
	at := strings.Index(page, "\n## "+heading+"\n")
	if at < 0 {
		return "", -1, -1
	}
	start = at + len("\n## "+heading+"\n")
	if end = strings.Index(page[start:], "\n## "); end < 0 {
		return page[start:], start, len(page)
	}
	return page[start : start+end], start, start + end + 1
}

func firstDifference(a, b string) string {
	lines := strings.Split(b, "\n")
	for i, line := range strings.Split(a, "\n") {
		if i >= len(lines) || lines[i] != line {
			return line
		}
	}
	return ""
}

// cell makes a text one cell of a table. What could be taken for numbers of the report,
// or for code of Hugo, is code.
func cell(text string) string {
	text = strings.NewReplacer("|", "\\|", "{{<", "{{</*", ">}}", "*/>}}").Replace(text)
	return regexp.MustCompile(`\{.*\}|--[a-z][a-z-]*|'[^']*\d[^']*'|\(\d+\)|\d{1,3}(,\d{3})+|[^\s(,;:]*[\d_][^\s(,;:]*`).ReplaceAllStringFunc(text, func(code string) string {
		plain := strings.TrimRight(code, ".)")
		if strings.HasPrefix(code, "{") || strings.HasPrefix(code, "(") {
			plain = code
		}
		return "`" + plain + "`" + code[len(plain):]
	})
}

func commandTable(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString("| command | does |\n|---|---|\n")
	for _, c := range root.Commands() {
		if !c.Hidden {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.TrimSuffix(c.UseLine(), " [flags]"), cell(c.Short))
		}
	}
	return b.String()
}

func flagTable(root *cobra.Command) string {
	said, of := map[string][]string{}, map[string][]string{}
	for _, c := range root.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if c.Hidden || f.Name == "help" {
				return
			}
			value, usage := pflag.UnquoteUsage(f)
			if f.NoOptDefVal != "" && f.Value.Type() != "bool" {
				value = "[=" + value + "]"
			} else if value != "" {
				value = " " + value
			}
			usage, _, _ = strings.Cut(usage, "; one of ")
			flag := "--" + f.Name + value
			if f.Shorthand != "" {
				flag = "-" + f.Shorthand + ", " + flag
			}
			said[flag] = append(said[flag], usage)
			of[flag] = append(of[flag], "`"+c.Name()+"`")
		})
	}
	var b strings.Builder
	b.WriteString("| flag | of | says |\n|---|---|---|\n")
	for _, flag := range slices.SortedFunc(maps.Keys(said), func(a, b string) int { return cmp.Compare(a[strings.Index(a, "--"):], b[strings.Index(b, "--"):]) }) {
		often := func(usage string) (n int) {
			for _, other := range said[flag] {
				if other == usage {
					n++
				}
			}
			return n
		}
		usage := slices.MaxFunc(said[flag], func(a, b string) int { return cmp.Compare(often(a), often(b)) })
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", flag, strings.Join(of[flag], " "), cell(usage))
	}
	return b.String()
}

// unitList names all units that are built in.
func unitList() string {
	var money, others []string
	for _, name := range (quantity.Units{}).Names() {
		if u, _ := (quantity.Units{}).Find(name); u.Exact() && len(name) == len("usd") {
			money = append(money, "`"+name+"`")
		} else {
			others = append(others, "`"+name+"`")
		}
	}
	return strings.Join(others, " ") + "\n\nMoney: " + strings.Join(money, " ")
}

func limitTable() string {
	var b strings.Builder
	b.WriteString("| limit | default | counts |\n|---|---|---|\n")
	for _, name := range limit.Names() {
		words := strings.SplitN(limit.Limits{}.Exceeded(limit.Name(name), "").Expected, " ", 4) // at most 600 seconds
		fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", name, words[2], words[3])
	}
	return b.String()
}

// keyTable lists the keys of a schema, those of a part behind it.
func keyTable(t *testing.T, name string) string {
	root := schematest.Read(t, name)
	var b strings.Builder
	b.WriteString("| key | says |\n|---|---|\n")
	var list func(prefix string, s *schematest.Schema)
	seen := map[*schematest.Schema]bool{}
	list = func(prefix string, s *schematest.Schema) {
		if s.Ref != "" {
			s = root.Definitions[path.Base(s.Ref)]
		}
		if seen[s] {
			return
		}
		seen[s] = true
		if s.Items != nil {
			list(strings.TrimSuffix(prefix, ".")+"[].", s.Items)
		}
		var values schematest.Schema
		if json.Unmarshal(s.Additional, &values) == nil && values.Properties != nil {
			list(prefix+"NAME.", &values)
		}
		for _, key := range slices.Sorted(maps.Keys(s.Properties)) {
			p := s.Properties[key]
			says := cell(p.Description)
			if slices.Contains(s.Required, key) {
				says += " (required)"
			}
			if words := p.Words(); len(words) > 0 && key != "unit" {
				says += ": `" + strings.Join(words, "` `") + "`"
			}
			fmt.Fprintf(&b, "| `%s%s` | %s |\n", prefix, key, says)
			list(prefix+key+".", p)
		}
	}
	list("", root)
	return b.String()
}

func kindTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| kind | needs | may have |\n|---|---|---|\n")
	schema := schematest.Read(t, "chart")
	encodings := map[string]bool{}
	for _, rule := range schema.AllOf {
		for name := range rule.Then.Properties {
			encodings[name] = true
		}
	}
	for _, rule := range schema.AllOf {
		var may []string
		for _, name := range slices.Sorted(maps.Keys(encodings)) {
			if rule.Then.Properties[name] == nil && !slices.Contains(rule.Then.Required, name) {
				may = append(may, "`"+name+"`")
			}
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", rule.If.Properties["kind"].Const, strings.Join(rule.Then.Required, "` `"), strings.Join(append(may, "`by`"), " "))
	}
	return b.String()
}

// methodTable lists the methods of site.Report with the first sentence of their comments.
func methodTable(t *testing.T) string {
	files := token.NewFileSet()
	names, err := filepath.Glob("../../generator/site/*.go")
	if err != nil {
		t.Fatal(err)
	}
	type method struct{ call, says string }
	found := map[string]method{}
	for _, name := range names {
		parsed, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			var receiver bytes.Buffer
			if err := printer.Fprint(&receiver, files, f.Recv.List[0].Type); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains([]string{"*Report", "*facts", "*sources", "*tables", "*charts", "*corrections", "*revisions"}, receiver.String()) {
				continue
			}
			call := f.Name.Name
			for _, p := range f.Type.Params.List {
				var of bytes.Buffer
				if err := printer.Fprint(&of, files, p.Type); err != nil {
					t.Fatal(err)
				}
				if of.String() == "context.Context" {
					continue // Hugo gives it
				}
				for _, name := range p.Names {
					call += " " + strings.ToUpper(name.Name)
					if strings.HasPrefix(of.String(), "...") {
						call += "…"
					}
				}
			}
			says, _, _ := strings.Cut(strings.Join(strings.Fields(f.Doc.Text()), " ")+" ", ". ")
			found[f.Name.Name] = method{call, strings.TrimSuffix(strings.TrimSpace(says), ".")}
		}
	}
	var b strings.Builder
	b.WriteString("| method | says |\n|---|---|\n")
	for m := range reflect.TypeFor[*site.Report]().Methods() {
		if found[m.Name].says == "" {
			t.Errorf("generator/site: the method %s, which templates can ask, has no comment", m.Name)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", found[m.Name].call, cell(found[m.Name].says))
	}
	return b.String()
}

// jsonShapes shows what each command prints with --json on a small report.
func jsonShapes(t *testing.T) string {
	archive, err := txtar.ParseFile("testdata/reports/json.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := map[string]string{}
	for _, f := range archive.Files {
		text[f.Name] = string(f.Data)
		put(f.Name, text[f.Name])
	}
	git := func(args ...string) {
		c := exec.Command("git", args...)
		c.Dir, c.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	var b strings.Builder
	show := func(does string, args ...string) {
		if args[0] != "version" && args[0] != "verify" {
			args = append(args, "-s", dir)
		}
		var out, said bytes.Buffer
		run(append(args, "--json"), &out, &said)
		var v any
		if err := json.Unmarshal(out.Bytes(), &v); err != nil {
			t.Fatalf("%v: %v\n%s%s", args, err, out.String(), said.String())
		}
		fmt.Fprintf(&b, "%s\n\n```json\n%s\n```\n\n", does, shape(v, ""))
	}
	must := func(args ...string) {
		var said bytes.Buffer
		if code := run(append(args, "-s", dir), &said, &said); code != 0 {
			t.Fatalf("%v: %d\n%s", args, code, said.String())
		}
	}
	must("accept")
	git("init", "-q", "-b", "main")
	git("config", "user.name", "Editor")
	git("config", "user.email", "editor@example.org")
	git("add", ".")
	git("commit", "-q", "-m", "First")
	show("`publish`:", "publish", "--no-push")
	show("`trace`:", "trace", "by_state.amount_usd[CA]")
	put("data/grants.csv", strings.Replace(text["data/grants.csv"], "300000", "400000", 1))
	show("`build`, where all is well:", "build")
	show("`check`, where all is well:", "check")
	show("`diff`:", "diff")
	put("data/grants.csv", strings.Replace(text["data/grants.csv"], "300000", "3e", 1))
	show("`build`, `check`, `diff`, `accept` and others, where the report has problems:", "check")
	put("data/grants.csv", strings.Replace(text["data/grants.csv"], "300000", "500000", 1))
	show("`accept`:", "accept")
	index := filepath.Join(dir, "public/index.html")
	made, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	put("public/index.html", strings.Replace(string(made), "$28.4 million", "$29.4 million", 1))
	show("`verify`:", "verify", filepath.Join(dir, "public"))
	show("`version`:", "version")
	return b.String()
}

// shape is a value with what its parts are in place of them.
func shape(v any, indent string) string {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		var lines []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			lines = append(lines, fmt.Sprintf("%s  %q: %s", indent, key, shape(v[key], indent+"  ")))
		}
		return "{\n" + strings.Join(lines, ",\n") + "\n" + indent + "}"
	case []any:
		var merged any
		for _, item := range v {
			merged = merge(merged, item)
		}
		if merged == nil {
			return "[]"
		}
		return "[" + shape(merged, indent) + "]"
	case string:
		return `"text"`
	case bool:
		return "true"
	case float64:
		return "1"
	}
	return "null"
}

// merge is a value with the parts of both.
func merge(a, b any) any {
	x, ok := a.(map[string]any)
	y, also := b.(map[string]any)
	if !ok || !also {
		return cmp.Or[any](a, b)
	}
	for key, value := range y {
		x[key] = merge(x[key], value)
	}
	return x
}
