// Package scaffold makes a report of CSV files that nobody prepared.
//
// New looks at all cells of each file (profile.go, units.go), describes it in
// data/datapackage.json (package.go), and has the reader of a build read what it described:
// a column that the reader refuses becomes text (table.go). Of each table it then tells a
// story that builds at once: aggregates, a finding, a chart and a table, chosen by what
// the columns are (story.go). A file that is not a CSV, or has no header in row 1, is a
// problem for a person (sniff.go).
//
// Nothing is guessed in silence: what could also be otherwise is a doubt, in words. The
// copy of a file in data/ is byte for byte the file.
package scaffold

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
)

// Doubt is a guess about a file that a person should look at.
type Doubt struct {
	File string // as the person named it, with the sheet
	Text string
}

func (d Doubt) String() string { return d.File + ": " + d.Text }

// reservedTables are names of tables that mean something to a build.
var reservedTables = []string{"sources", "corrections"}

// New writes the report of some files into an empty directory, in the language of a locale. Where there are problems,
// the directory is of no use.
func New(ctx context.Context, directory string, sources []Source, locale string, limits limit.Limits) ([]Doubt, []diag.Problem, error) {
	w := voiceOf(locale)
	tables, problems, err := readTables(ctx, sources, w, limits)
	defer func() {
		for _, t := range tables {
			err = errors.Join(err, t.close())
		}
	}()
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	var stories []*story
	for _, t := range tables {
		s, err := tell(ctx, t)
		if err != nil {
			return nil, nil, err
		}
		stories = append(stories, s)
	}
	files := map[string]string{}
	for _, s := range stories {
		for name, text := range s.files {
			files[name] = text
		}
		if other, taken := files[s.File()]; taken && other != string(s.source.Data) { // which sheets share
			return nil, []diag.Problem{{File: s.source.Path, Message: "two workbooks of one name", Hint: "rename one of the two"}}, nil
		}
		files[s.File()] = string(s.source.Data)
	}
	title := tables[0].title
	description, err := packageJSON(slug(title, '-'), title, tables)
	if err != nil {
		return nil, nil, err
	}
	files[dataset.File] = string(description)
	files["hugo.toml"] = w.configuration(title, locale)
	files["content/_index.md"] = w.page(title, stories)
	var doubts []Doubt
	for i, t := range tables {
		if sheets := sheetsOf(t.source.Path, sources); sheets > 1 && (i == 0 || tables[i-1].source.Path != t.source.Path) {
			doubts = append(doubts, Doubt{t.source.Path, fmt.Sprintf("each of its %d sheets is a table, and is published; to take only one, name it with --sheet", sheets)})
		}
		for _, text := range t.said() {
			doubts = append(doubts, Doubt{t.source.place(), text})
		}
	}
	files["README.md"] = readme(title, doubts)
	if err := addCommon(files); err != nil {
		return nil, nil, err
	}
	return doubts, nil, write(directory, files)
}

// sheetsOf is how many of the sources are sheets of a workbook.
func sheetsOf(workbook string, sources []Source) (n int) {
	for _, s := range sources {
		if s.Sheet != "" && s.Path == workbook {
			n++
		}
	}
	return n
}

// readTables reads each file, and finds what points from one to another.
func readTables(ctx context.Context, sources []Source, w voice, limits limit.Limits) (tables []*table, problems []diag.Problem, err error) {
	views, err := engineViews(ctx)
	if err != nil {
		return nil, nil, err
	}
	var keys []foreign
	for _, source := range sources {
		name := tableName(source.name(), func(name string) bool {
			return slices.Contains(views, name) || slices.Contains(reservedTables, name) || slices.ContainsFunc(tables, func(t *table) bool { return related(t.Name, name) })
		})
		t, wrong, err := readTable(ctx, source, name, w, limits)
		if problems = append(problems, wrong...); err != nil {
			return tables, nil, err
		}
		if t != nil {
			tables = append(tables, t)
			keys = append(keys, t.foreign()...)
		}
	}
	for _, t := range tables {
		t.linkTo(keys)
	}
	return tables, problems, nil
}

// related reports whether the aggregates of one table could have the name of another.
func related(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+"_") || strings.HasPrefix(b, a+"_")
}

func engineViews(ctx context.Context) (names []string, err error) {
	e, err := engine.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	return e.Views(ctx)
}

// foreign is the key of the table, if it is one column.
func (t *table) foreign() []foreign {
	if len(t.keys) != 1 {
		return nil
	}
	i := slices.IndexFunc(t.columns, func(c *column) bool { return c.Name == t.keys[0] })
	return []foreign{{t.Name, t.keys[0], t.columns[i].distinct}}
}

//go:embed all:example
var example embed.FS

// Example writes a small report of invented figures, which shows each thing once, into an
// empty directory.
func Example(directory string) error {
	files := map[string]string{}
	err := fs.WalkDir(example, "example", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := example.ReadFile(name)
		files[strings.TrimPrefix(name, "example/")] = string(data)
		return err
	})
	if err != nil {
		return err
	}
	if err := addCommon(files); err != nil {
		return err
	}
	return write(directory, files)
}

// addCommon adds what is the same in each new report.
func addCommon(files map[string]string) error {
	schemas, err := Schemas()
	if err != nil {
		return err
	}
	for name, text := range schemas {
		files[name] = string(text)
	}
	files[".gitignore"] = "/public/\n/.broadsheet/\n"
	files[".gitattributes"] = "# the same bytes, and so the same site, on each system; tables stay as they came\n* text=auto eol=lf\n/data/*.csv -text\n/data/*.txt -text\n/data/*.dat -text\n"
	for _, name := range []string{"pages.yml", "pull-request.yml"} {
		text, err := workflow(name)
		if err != nil {
			return err
		}
		files[path.Join(".github/workflows", name)] = text
	}
	return nil
}

func write(directory string, files map[string]string) error {
	for name, text := range files {
		file := filepath.Join(directory, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// workflow is a workflow of this repository, which installs the released program where
// this repository makes it.
func workflow(name string) (string, error) {
	data, err := broadsheet.Workflows.ReadFile(path.Join(".github/workflows", name))
	if err != nil {
		return "", err
	}
	text, _, _ := strings.Cut(string(data), "  test:\n") // the last job, of the program
	var b strings.Builder
	making := false // a step that makes the program
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "      - ") {
			making = strings.HasPrefix(line, "      - uses: actions/setup-")
		}
		switch {
		case line == "      - run: make bin/broadsheet\n":
			b.WriteString(install)
		case !making:
			b.WriteString(strings.ReplaceAll(line, "bin/broadsheet", "broadsheet"))
		}
	}
	return b.String(), nil
}

const install = `      # where the program is released, and which release: variables of the repository, under
      # Settings, Secrets and variables, Actions
      - name: install broadsheet
        run: |
          test -n "$PROGRAM" || { echo "::error::set the variable BROADSHEET to the repository that releases the program, such as owner/broadsheet"; exit 1; }
          cd "$RUNNER_TEMP"
          gh release download ${VERSION:+"$VERSION"} --repo "$PROGRAM" --pattern 'broadsheet-*-linux-amd64.tar.gz' --pattern SHA256SUMS
          sha256sum --check --ignore-missing SHA256SUMS
          tar -xzf broadsheet-*-linux-amd64.tar.gz --strip-components=1
          echo "$RUNNER_TEMP" >> "$GITHUB_PATH"
        env:
          GH_TOKEN: ${{ github.token }}
          PROGRAM: ${{ vars.BROADSHEET }}
          VERSION: ${{ vars.BROADSHEET_VERSION }}
`

func (w voice) configuration(title, locale string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#:schema "+schemaOf("hugo", "hugo.toml")+"\ntitle = %s\nlocale = %s\n\n[params]\ndescription = %s\n", quoted(title), quoted(locale), quoted(w.Say("new_about")))
	for i, m := range []struct{ menu, name, page string }{{"main", w.Say("new_story"), "/"}, {"footer", w.Say("page_data"), "/data"}, {"footer", w.Say("page_numbers"), "/numbers"}, {"footer", w.Say("page_method"), "/method"}} {
		weight := i
		if m.menu == "main" {
			weight = 1
		}
		fmt.Fprintf(&b, "\n[[menus.%s]]\nname = %q\npageRef = %q\nweight = %d\n", m.menu, m.name, m.page, weight)
	}
	return b.String()
}

// page is the front page.
func (w voice) page(title string, stories []*story) string {
	var body strings.Builder
	var labels []string
	for i, s := range stories {
		file := "`" + strings.ReplaceAll(filepath.Base(s.source.Path), "`", "") + "`"
		records := s.Name + "_total.records"
		if i == 0 {
			said := w.Say("new_rows_in", "File", file)
			if s.rows == 1 {
				said = w.Say("new_row_in", "File", file)
			}
			fmt.Fprintf(&body, "{{< number %q >}}%s{{< /number >}}\n\n", records, said)
		}
		if len(stories) > 1 {
			fmt.Fprintf(&body, "## %s\n\n", escape(s.title))
			labels = append(labels, s.title)
		}
		if i > 0 {
			said := w.Say("new_has_rows", "File", file, "N", fact(records))
			if s.rows == 1 {
				said = w.Say("new_has_row", "File", file, "N", fact(records))
			}
			body.WriteString(said + "\n")
		}
		body.WriteString(s.section + "\n")
		labels = append(labels, s.labels...)
	}
	labels = append(labels, title)
	unescaped := strings.ReplaceAll(body.String(), `\`, "")
	return "---\ntitle: " + quoted(title) + "\ndescription: " + quoted(w.Say("new_about")) + "\n" + w.allowances(title+"\n"+unescaped, labels) + w.claims(title+"\n"+inFindings.ReplaceAllString(unescaped, ""), labels) + "---\n\n" + strings.TrimSpace(body.String()) + "\n"
}

func readme(title string, doubts []Doubt) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nA report made with Broadsheet from files of data.\n\n"+
		"| | |\n|---|---|\n| `broadsheet build` | makes the pages in `public/` |\n| `broadsheet diff` | says which published figures move |\n"+
		"| `broadsheet accept` | accepts them |\n| `broadsheet new --add FILE` | adds a table |\n\n"+
		"The tables are in `data/`, described in `data/datapackage.json`; what is computed from them is in `data/aggregates/`, charts are in\n`data/charts/`, and the words are in `content/`.\n\n"+
		"To publish, set the variable `BROADSHEET` of the repository on GitHub to the repository that releases the program, and choose\n\"GitHub Actions\" under Settings, Pages.\n", escape(title))
	if len(doubts) > 0 {
		b.WriteString("\n## Check these guesses\n\nThe files were described by looking at their cells. These guesses may be wrong:\n\n")
		for _, d := range doubts {
			fmt.Fprintf(&b, "- %s: %s\n", escape(filepath.Base(d.File)), escape(d.Text))
		}
	}
	return b.String()
}
