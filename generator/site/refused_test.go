package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"broadsheet"
	"broadsheet/generator/diag"
	"broadsheet/generator/rowpage"

	"github.com/gohugoio/hugo/config/allconfig"
)

// TestEverySettingOfHugoIsDecided: each holds, or is named.
func TestEverySettingOfHugoIsDecided(t *testing.T) {
	var names []string
	var collect func(of reflect.Type)
	collect = func(of reflect.Type) {
		for i := range of.NumField() {
			f := of.Field(i)
			switch {
			case f.Anonymous:
				collect(f.Type)
			case f.IsExported() && f.Name != "C":
				names = append(names, strings.ToLower(f.Name))
			}
		}
	}
	collect(reflect.TypeFor[allconfig.Config]())
	for _, name := range names {
		_, isPinned := pinned[name]
		if holds := slices.Contains(settings, name); holds == isPinned && !strings.HasPrefix(name, "staticdir") {
			t.Errorf("the setting %s of Hugo: holds %t, is pinned %t", name, holds, isPinned)
		}
	}
	for _, name := range settings {
		if !slices.Contains(names, name) && name != "menu" {
			t.Errorf("Hugo has no setting %s", name)
		}
	}
}

// TestEveryShortcodeOfHugoIsKnown lists those that are embedded in Hugo.
func TestEveryShortcodeOfHugoIsKnown(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-json", "github.com/gohugoio/hugo").Output()
	if err != nil {
		t.Fatal(err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(module.Dir, "tpl/tplimpl/embedded/templates/_shortcodes"))
	if err != nil || len(files) == 0 {
		t.Fatal("no shortcodes", err)
	}
	known := append(slices.Clone(hugoShortcodes), otherHostShortcodes...)
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".html"); !strings.HasPrefix(name, "1__") { // those are parts of others
			names = append(names, name)
		}
	}
	slices.Sort(known)
	if slices.Sort(names); !slices.Equal(names, known) {
		t.Errorf("Hugo has\n%v\nand known are\n%v", names, known)
	}
}

// TestTheThemeKeepsThePolicy: what no report may do, the theme does not either.
func TestTheThemeKeepsThePolicy(t *testing.T) {
	var problems diag.List
	s := &Site{Inputs: Inputs{Source: broadsheet.Theme}}
	if err := s.checkTemplates(&problems); err != nil || len(s.templates) == 0 {
		t.Fatal("no templates", err)
	}
	s = &Site{Inputs: Inputs{Source: themeContent}}
	if err := s.checkTemplates(&problems); err != nil || len(s.templates) == 0 {
		t.Fatal("no adapters", err)
	}
	for _, p := range problems.Sorted() {
		t.Error(p)
	}
}

// TestOnlyWarningsAreProblems: Hugo also says how long it took, and colours what it
// says on a terminal.
func TestOnlyWarningsAreProblems(t *testing.T) {
	got := warnings("hugo: collected modules in 2296 ms\n\x1b[33mWARN  \x1b[0mone\nYou can suppress this warning\nignoreLogs = ['x']\nWARN  two\nhugo: built in 700 ms\n")
	if len(got) != 2 || got[0].Message != "Hugo warns: one" || got[1].Message != "Hugo warns: two" {
		t.Errorf("got %v", got)
	}
}

// TestWhatHugoDeniesIsSaidInOurWords: its own list the policy, line by line.
func TestWhatHugoDeniesIsSaidInOurWords(t *testing.T) {
	err := fmt.Errorf("render: %w", errors.New("access denied: \"sass\" is not whitelisted in policy \"security.exec.allow\"; the current security configuration is:\n\n[security]"))
	want := `hugo.toml: it needs another program, another host or content that is not Markdown, found "sass", expected what the files of the report say alone`
	if got := (&Site{Inputs: Inputs{Content: &rowpage.Pages{}}}).hugoProblem(err).String(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestTemplatesAreEditedInPlace(t *testing.T) {
	for _, tt := range []struct{ name, from, want string }{
		{"layouts/a.html", "a {{ .B }}", `^1:1^a {{ .B }}`},
		{"layouts/a.html", "\n  {{- .B -}}\n", "^2:7^\n  {{- .B -}}\n"},
		{"layouts/a.html", `{{ define "main" }} x {{ end }}`, `{{ define "main" }}^1:20^ x {{ end }}`},
		{"layouts/a.html", "{{- /* c */ -}}\n{{ range .A -}} \n b {{- end }}", "{{- /* c */ -}}^2:10 -^\n{{ range .A -}}^2:10 -^ \n b {{- end }}"},
		{"layouts/a.html", "{{ range $i, $x := .A }}{{/* c */}}{{- $x }}{{ else }}{{ end }}", "^1:10^{{ range $i, $x := .A }}{{/* c */}}^1:10^{{- $x }}{{ else }}{{ end }}"},
		{"layouts/a.html", `é{{ "x" | strings.Repeat 3 }}`, `^1:1^é{{ "x" | G.Repeat "layouts/a.html:1:11" 3 }}`},
		{"content/_content.gotmpl", `{{ $.AddPage . }}{{ .x.AddPage . }}`, `^1:4^{{ G.AddPage "content/_content.gotmpl:1:4" $ . }}{{ G.AddPage "content/_content.gotmpl:1:21" .x . }}`},
		{"layouts/a.html", `{{ $.AddPage . }`, `{{ $.AddPage . }`}, // cannot be parsed
	} {
		var problems diag.List
		got := string(readTemplate(tt.name, []byte(tt.from), &problems).forHugo())
		got = strings.ReplaceAll(got, `{{ $__guard := `+guardName+`.Tick "`+tt.name+":", "^")
		got = strings.ReplaceAll(strings.ReplaceAll(got, `" -}}`, " -^"), `"}}`, "^")
		if got = strings.ReplaceAll(got, guardName, "G"); got != tt.want {
			t.Errorf("%s became\n%q, want\n%q", tt.from, got, tt.want)
		}
	}
}

// TestPlacesAreThoseOfTheFile: Hugo names a place of the edited template.
func TestPlacesAreThoseOfTheFile(t *testing.T) {
	const text = "é{{ .A }}\n  {{ range .B }}x{{ replace `a` `b` `c` }}{{ .Here }}{{ end }}\n{{ .There }}"
	tmpl := readTemplate("layouts/a.html", []byte(text), &diag.List{})
	edited := strings.Split(string(tmpl.forHugo()), "\n")
	for _, tt := range []struct {
		line, column int
		what         string
	}{{1, 5, ".A"}, {2, 12, ".B"}, {2, 46, ".Here"}, {3, 4, ".There"}} {
		if got := tmpl.original(tt.line, strings.Index(edited[tt.line-1], tt.what)); got != tt.column {
			t.Errorf("%s is in column %d, want %d", tt.what, got, tt.column)
		}
	}
}

// TestTheGuardStopsWithTheBuild: a tick after the end fails.
func TestTheGuardStopsWithTheBuild(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	g := newGuard(ctx, nil)
	if _, err := g.Tick("layouts/a.html:1:1"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := g.Tick("layouts/a.html:1:1"); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}
