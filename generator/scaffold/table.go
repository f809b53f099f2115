package scaffold

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/limit"
	"broadsheet/generator/quantity"
	"broadsheet/generator/tabular"

	"golang.org/x/text/unicode/norm"
)

// Source is a file that nobody prepared, or a sheet of one.
type Source struct {
	Path  string // as messages name it
	Data  []byte
	Sheet string // of a workbook of several

	others []string // the other sheets of it
}

// Sources are the tables of a file: of a workbook, each sheet with something in it.
func Sources(file string, data []byte, limits limit.Limits) ([]Source, []diag.Problem) {
	if !tabular.IsWorkbook(file) {
		return []Source{{Path: file, Data: data}}, nil
	}
	sheets, problem := tabular.Sheets(file, data, limits.Bytes(limit.FileSize))
	if problem != nil {
		problem.File = file
		return nil, []diag.Problem{*problem}
	}
	var list []Source
	for _, sheet := range sheets {
		if len(sheets) == 1 {
			sheet = ""
		}
		others := slices.DeleteFunc(slices.Clone(sheets), func(other string) bool { return other == sheet })
		list = append(list, Source{file, data, sheet, others})
	}
	return list, nil
}

// name is what the table is called for people.
func (s Source) name() string {
	if s.Sheet != "" {
		return s.Sheet + filepath.Ext(s.Path)
	}
	return s.Path
}

// place is how messages name it: by its file, and its sheet where there are several.
func (s Source) place() string {
	if s.Sheet != "" {
		return s.Path + ", sheet " + diag.Quote(s.Sheet)
	}
	return s.Path
}

// inFile places problems in the file, and on the sheet: which of several is a table, a person may choose.
func (s Source) inFile(problems []diag.Problem) []diag.Problem {
	for i := range problems {
		p := &problems[i]
		if p.File = s.Path; s.Sheet == "" {
			continue
		}
		p.Sheet = s.Sheet
		if i == 0 {
			for _, other := range s.others {
				p.Hint += ", or take another sheet: --sheet " + diag.Quote(other)
			}
			p.Hint = strings.TrimPrefix(p.Hint, ", or ")
		}
	}
	return problems
}

// table is a source that was read: its description, and a report of it alone in which
// the reader of a build has read it.
type table struct {
	dataset.Resource

	source  Source
	title   string
	columns []*column
	rows    int
	doubts  []string // that are not of one column
	keys    []string // of columns, each of which identifies a row
	engine  *engine.Engine
	words   voice
}

// readTable looks at all cells of a file. What a person has to decide is a problem.
func readTable(ctx context.Context, source Source, name string, w voice, limits limit.Limits) (*table, []diag.Problem, error) {
	failed := func(p diag.Problem) (*table, []diag.Problem, error) {
		return nil, source.inFile([]diag.Problem{p}), nil
	}
	t := &table{source: source, title: titleOf(source.name()), words: w}
	t.Name, t.Path, t.Title = name, pathOf(source, name), t.title
	text, problems, err := t.csv(ctx, limits)
	if err != nil || len(problems) > 0 {
		return nil, source.inFile(problems), err
	}
	if tabular.IsText(source.Path) || tabular.Extension(source.Path) == "" {
		t.guessDialect(text)
	}
	grid, rows := readGrid(t.Dialect, text)
	grid, rows = t.belowTitle(grid, rows)
	if p := misplaced(grid, rows); p != nil {
		return failed(*p)
	}
	if n := len(grid[0]); n > limits.Get(limit.Columns) {
		return failed(limits.Exceeded(limit.Columns, diag.Count(n, "column")))
	}
	switch t.Encoding {
	case "", "utf-16le", "utf-16be":
	default:
		t.doubt(fmt.Sprintf("the file is not UTF-8, and is read as %s: look for letters that are wrong", t.Encoding))
	}
	t.profile(grid, rows[1:])
	problems, err = t.fit(ctx, limits)
	if err != nil || len(problems) > 0 {
		return nil, problems, errors.Join(err, t.close())
	}
	return t, nil, nil
}

// pathOf is the file of a table in data/: sheets of one workbook share it.
func pathOf(source Source, name string) string {
	end := ".csv"
	if ext := tabular.Extension(source.Path); ext != "" {
		_, compressed, _ := strings.Cut(filepath.Base(source.Path), ext)
		end = ext + compressed
	}
	if source.Sheet != "" {
		name = tableName(source.Path, func(string) bool { return false })
	}
	return name + end
}

// nameOf is the name of a file without its end: days of days.csv.gz.
func nameOf(file string) string {
	name := filepath.Base(file)
	if ext := tabular.Extension(name); ext != "" {
		return name[:strings.LastIndex(name, ext)]
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// csv is the source as CSV text.
func (t *table) csv(ctx context.Context, limits limit.Limits) (text []byte, problems []diag.Problem, err error) {
	text = t.source.Data
	if tabular.Extension(t.source.Path) != "" && !tabular.IsPlain(t.source.Path) {
		e, err := engine.Open(ctx)
		if err != nil {
			return nil, nil, err
		}
		defer func() { err = errors.Join(err, e.Close()) }()
		t.Dialect.SheetName = t.source.Sheet
		if lists := tabular.Properties(text); filepath.Ext(t.source.Path) == ".json" && len(lists) == 1 {
			t.Dialect.Property = lists[0]
		}
		text, _, problems, err = tabular.CSV(ctx, e, t.source.Path, text, tabular.Part{SheetName: t.source.Sheet, Property: t.Dialect.Property, Most: limits.Bytes(limit.FileSize)})
		if err != nil || len(problems) > 0 || !tabular.IsText(t.source.Path) {
			return text, problems, err
		}
	}
	if p := dataset.Disguised(text); p != nil {
		return nil, []diag.Problem{*p}, nil
	}
	if text, t.Encoding, err = decode(text); err != nil {
		return nil, []diag.Problem{{Message: "the encoding of the file is not known", Hint: "open it in a spreadsheet, and save it as \"CSV UTF-8\""}}, nil
	}
	return text, nil, nil
}

// belowTitle leaves out what a table has above the names of its columns, and makes one row of those that name them together.
func (t *table) belowTitle(grid [][]string, rows []int) ([][]string, []int) {
	first := 0
	for first < len(grid)-1 && filled(grid[first]) == 0 && tabular.IsWorkbook(t.source.Path) {
		first++
	}
	first += headerBelow(grid[first:])
	switch together := t.grouped(grid[first:]); {
	case together != nil:
		t.Dialect.HeaderRows = rows[first : first+2 : first+2]
		t.doubt(fmt.Sprintf("rows %d and %d together name the columns, such as %s", rows[first], rows[first+1], diag.Quote(together[len(together)-1])))
		grid, rows = append([][]string{together}, grid[first+2:]...), rows[first+1:]
	case first > 0:
		t.Dialect.HeaderRows = []int{rows[first]}
		t.doubt(fmt.Sprintf("row %d names the columns, and the rows above it are not read", rows[first]))
		grid, rows = grid[first:], rows[first:]
	}
	return grid, rows
}

// grouped is what the first two rows name the columns together, where the first has groups of columns in merged cells; nil where the first
// row is enough.
func (t *table) grouped(grid [][]string) []string {
	if !inGroups(grid) {
		return nil
	}
	var names []string
	for _, row := range grid[:2] {
		cells := make([][]byte, len(row))
		for i, cell := range row {
			cells[i] = []byte(cell)
		}
		names = t.Dialect.Named(names, cells)
	}
	if distinct(names) != filled(names) {
		return nil
	}
	return names
}

// readGrid is the rows of a text, with the header, and their numbers. Blank rows below it are none.
func readGrid(dialect dataset.Dialect, text []byte) (grid [][]string, numbers []int) {
	delimiter := byte(',')
	if dialect.Delimiter != "" {
		delimiter = dialect.Delimiter[0]
	}
	for number, cells := range dataset.Rows(dialect.FixedWidth(text), delimiter) {
		if slices.Contains(dialect.CommentRows, number) {
			continue
		}
		row := make([]string, len(cells))
		for i, cell := range cells {
			row[i] = string(cell)
		}
		if len(grid) == 0 || slices.ContainsFunc(row, func(cell string) bool { return cell != "" }) {
			grid, numbers = append(grid, row), append(numbers, number)
		}
	}
	return grid, numbers
}

func (t *table) doubt(text string) { t.doubts = append(t.doubts, text) }

// profile describes each column. Numbers are those of the rows below the header.
func (t *table) profile(grid [][]string, numbers []int) {
	header, rows := grid[0], grid[1:]
	t.rows = len(rows)
	as := notationOf(rows, t.Dialect.Delimiter)
	for i, name := range header {
		cells := make([]string, len(rows))
		for j, row := range rows {
			if i < len(row) {
				cells[j] = row[i]
			}
		}
		name = dataset.ColumnName([]byte(name))
		unnamed := name == "" && len(header) > 1
		if unnamed {
			name = dataset.BlankName(i + 1)
		}
		c := profile(name, cells, numbers, as)
		if unnamed {
			c.doubt("has no name in the file, and is called by its letter")
		}
		c.giveUnit()
		if l := withoutUnit(label(name), c.Unit); l != name {
			c.Title = l
		}
		t.columns = append(t.columns, c)
	}
	below := len(rows)
	for below > 1 && len(header) > 2 && filled(rows[below-1]) == 1 && rows[below-1][0] != "" {
		below--
	}
	if below < len(rows) && len(rows)-below < below {
		t.doubt(fmt.Sprintf("row %d has a value in its first cell only, %s: if it is a note, %s", numbers[below], diag.Quote(rows[below][0]), leaveOut(numbers[below:])))
	}
	if first := rows[0]; len(rows) > 2 && filled(first) > 1 && !anyNumber(first) && !slices.ContainsFunc(rows[1:min(len(rows), 6)], func(row []string) bool { return !anyNumber(row) }) {
		t.doubt(fmt.Sprintf("row %d may be a second header: delete it, if so", numbers[0]))
	}
}

// leaveOut says how rows are kept out of a table.
func leaveOut(rows []int) string {
	return fmt.Sprintf(`delete it, or add "commentRows": [%s] to the dialect of the table`, strings.ReplaceAll(strings.Trim(fmt.Sprint(rows), "[]"), " ", ", "))
}

// fit has the reader of a build read the file as it is described. What it does not take
// for a number or a day, though a person would, becomes text. Problems that are left are
// for a person to decide.
func (t *table) fit(ctx context.Context, limits limit.Limits) ([]diag.Problem, error) {
	directory, err := os.MkdirTemp("", "broadsheet-new-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(directory)
	if err := os.Mkdir(filepath.Join(directory, "data"), 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(directory, t.File()), t.source.Data, 0o644); err != nil {
		return nil, err
	}
	t.findKeys()
	for {
		description, err := packageJSON("x", t.Title, []*table{t})
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(directory, dataset.File), description, 0o644); err != nil {
			return nil, err
		}
		problems, err := t.load(ctx, directory, limits)
		if err != nil || len(problems) == 0 {
			return nil, err
		}
		if !t.yield(problems) {
			return t.first(problems), nil
		}
	}
}

// first is the first problems of many, which mostly are of one kind.
func (t *table) first(problems []diag.Problem) []diag.Problem {
	const most = 3
	more := len(problems) - most
	problems = problems[:min(len(problems), most)]
	if more > 0 {
		problems = append(problems, diag.Problem{Message: "more such problems: " + fmt.Sprint(more) + " or more", Hint: "put the file in order in a spreadsheet, and save it again"})
	}
	return t.source.inFile(problems)
}

func (t *table) load(ctx context.Context, directory string, limits limit.Limits) ([]diag.Problem, error) {
	if err := t.close(); err != nil {
		return nil, err
	}
	var err error
	if t.engine, err = engine.Open(ctx); err != nil {
		return nil, err
	}
	var problems diag.List
	if _, err := dataset.Load(ctx, os.DirFS(directory), quantity.English, t.engine, limits, nil, &problems); err != nil {
		return nil, err
	}
	return problems.Sorted(), nil
}

func (t *table) close() error {
	if t.engine == nil {
		return nil
	}
	err := t.engine.Close()
	t.engine = nil
	return err
}

// yield makes text of the columns that problems name, and drops keys that do not hold.
// It reports whether that changed something.
func (t *table) yield(problems []diag.Problem) bool {
	changed := false
	for _, p := range problems {
		if len(t.keys) > 0 && p.Field == strings.Join(t.keys, ", ") {
			t.keys, changed = nil, true
			continue
		}
		i := slices.IndexFunc(t.columns, func(c *column) bool { return c.Name == p.Field })
		if i < 0 || t.columns[i].Type == "string" {
			continue
		}
		c := t.columns[i]
		switch c.Type {
		case "date":
			c.year = ""
		case "number", "integer":
			if c.GroupChar == "" && c.DecimalChar == "" {
				c.number = "try_cast(" + sqlName(c.Name) + " AS DOUBLE)"
			}
		}
		c.doubt(fmt.Sprintf("is read as text, as the reader of tables takes %s in row %d for no %s", p.Found, p.Line, c.Type))
		c.Type, c.Format, c.Formats, c.GroupChar, c.DecimalChar, c.BareNumber, c.Accounting = "string", "", nil, "", "", nil, false
		if c.number == "" {
			c.MissingValues = nil
		}
		changed = true
	}
	return changed
}

// findKeys finds the columns that identify a row: one, or two together.
func (t *table) findKeys() {
	usable := func(c *column) bool {
		return c.blank == 0 && (c.Type == "string" || c.Type == "year" || c.Type == "yearmonth" || c.Type == "date" || c.Type == "integer" && (c.consecutive() || names.MatchString(plainName(c.Name)))) && c.longest() <= 100
	}
	var parts []*column
	for _, c := range t.columns { // what is called an id before what only happens to be different
		if usable(c) && len(c.distinct) == t.rows && identifier.MatchString(plainName(c.Name)) {
			t.keys = []string{c.Name}
			return
		}
	}
	for _, c := range t.columns {
		switch {
		case !usable(c):
		case len(c.distinct) == t.rows:
			t.keys = []string{c.Name}
			return
		case len(parts) < 6:
			parts = append(parts, c)
		}
	}
	for i, a := range parts {
		for _, b := range parts[i+1:] {
			if len(a.distinct)*len(b.distinct) < t.rows {
				continue
			}
			pairs := make(map[[2]string]bool, t.rows)
			for row := range a.cells {
				pairs[[2]string{a.cells[row], b.cells[row]}] = true
			}
			if len(pairs) == t.rows {
				t.keys = []string{a.Name, b.Name}
				return
			}
		}
	}
}

// longest is how long the longest cell is, in bytes.
func (c *column) longest() (n int) {
	for cell := range c.distinct {
		n = max(n, len(cell))
	}
	return n
}

// said is all doubts about the table, with the columns that they are about.
func (t *table) said() []string {
	list := slices.Clone(t.doubts)
	if len(t.keys) == 0 {
		list = append(list, "no column was found that identifies a row")
	}
	columns := map[string][]string{}
	var texts []string
	for _, c := range t.columns {
		for _, d := range c.doubts {
			if columns[d] == nil {
				texts = append(texts, d)
			}
			columns[d] = append(columns[d], diag.Quote(c.Name))
		}
	}
	for _, d := range texts {
		switch n := len(columns[d]); {
		case n == 1:
			list = append(list, "column "+columns[d][0]+" "+d)
		case n == 2:
			list = append(list, "column "+columns[d][0]+" "+d+"; likewise "+columns[d][1])
		default:
			list = append(list, "column "+columns[d][0]+" "+d+fmt.Sprintf("; likewise %d other columns", n-1))
		}
	}
	return list
}

// tableName makes the name of a table of that of a file; it is none of those taken.
func tableName(file string, taken func(string) bool) string {
	name := slug(nameOf(file), '_')
	if name == "" || name[0] < 'a' {
		name = strings.TrimRight("table_"+name, "_")
	}
	unique := name
	for i := 2; taken(unique); i++ {
		if unique = fmt.Sprintf("%s_%d", name, i); taken(unique) { // as one that begins like another's aggregates
			unique = fmt.Sprintf("table_%d_%s", i, name)
		}
	}
	return unique
}

// slug writes a text with small letters, digits and a joint; at most 40 of them.
func slug(text string, joint byte) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte(joint)
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	const most = 40
	if name := b.String(); len(name) > most {
		if at := strings.LastIndexByte(name[:most+1], joint); at > 0 {
			return name[:at]
		}
		return name[:most]
	}
	return b.String()
}

// titleOf is the title of a file: its name in words.
func titleOf(file string) string {
	name := nameOf(file)
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || unicode.IsSpace(r) })
	text := strings.NewReplacer("{{", "", "}}", "", "<", "", ">", "").Replace(strings.Join(words, " "))
	if text == "" {
		return "Table"
	}
	r := []rune(text)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}
