package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/lock"
	"broadsheet/generator/site"
)

// audit changes cells of a report whose lock says what its pages show.
type audit struct {
	files   fstest.MapFS
	memo    string
	random  *rand.Rand
	tables  []table
	before  map[string]*page
	written site.Pages
}

// table is a CSV file of the report.
type table struct {
	name    string // of the file
	comma   rune
	records [][]string
}

// outcome is what one change comes to.
type outcome struct {
	pages, named, same        int
	silent, phantoms, rowless []string
}

func (o *outcome) add(other *outcome) {
	o.pages, o.named, o.same = o.pages+other.pages, o.named+other.named, o.same+other.same
	o.silent, o.phantoms, o.rowless = append(o.silent, other.silent...), append(o.phantoms, other.phantoms...), append(o.rowless, other.rowless...)
}

func (o *outcome) faults() (list []string) {
	for kind, texts := range map[string][]string{"silent": o.silent, "phantom": o.phantoms, "no row": o.rowless} {
		for _, text := range texts {
			list = append(list, kind+": "+text)
		}
	}
	slices.Sort(list)
	return list
}

// newAudit reads the report, and locks what it shows.
func newAudit(ctx context.Context, report fs.FS, memo string, seed uint64) (*audit, error) {
	a := &audit{files: fstest.MapFS{}, memo: memo, random: rand.New(rand.NewPCG(seed, 0)), before: map[string]*page{}}
	for _, part := range []string{"hugo.toml", "data", "content", "layouts", "assets", "i18n", "static"} {
		err := fs.WalkDir(report, part, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(report, name)
			a.files[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if err := a.readTables(); err != nil {
		return nil, err
	}
	result, err := generator.Build(ctx, a.files, generator.Options{Memo: memo, For: generator.ToAccept})
	if err != nil {
		return nil, err
	}
	if result.Lock == nil {
		return nil, fmt.Errorf("the report has problems: %v", result.Problems)
	}
	locked, err := result.Lock.Files()
	if err != nil {
		return nil, err
	}
	for name, data := range locked {
		a.files[name] = &fstest.MapFile{Data: data}
	}
	a.written = result.Pages
	return a, nil
}

func (a *audit) readTables() error {
	var description struct {
		Resources []struct {
			Path    string
			Dialect struct{ Delimiter string }
		}
	}
	if err := json.Unmarshal(a.files["data/datapackage.json"].Data, &description); err != nil {
		return err
	}
	for _, r := range description.Resources {
		t := table{name: path.Join("data", r.Path), comma: rune(cmp.Or(r.Dialect.Delimiter, ",")[0])}
		reader := csv.NewReader(bytes.NewReader(a.files[t.name].Data))
		reader.Comma, reader.FieldsPerRecord = t.comma, -1
		var err error
		if t.records, err = reader.ReadAll(); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if len(t.records) > 1 {
			a.tables = append(a.tables, t)
		}
	}
	return nil
}

// mutation is one change: of a cell, or a row that is gone.
type mutation struct {
	file        string
	row         int // in a spreadsheet
	column      string
	was, is     string
	gone        bool
	replacement []byte
}

func (m mutation) String() string {
	if m.gone {
		return fmt.Sprintf("%s:%d: removed", m.file, m.row)
	}
	return fmt.Sprintf("%s:%d: %s %q -> %q", m.file, m.row, m.column, m.was, m.is)
}

// mutate makes one change.
func (a *audit) mutate() mutation {
	t := &a.tables[a.random.IntN(len(a.tables))]
	n := 1 + a.random.IntN(len(t.records)-1)
	c := a.random.IntN(len(t.records[n]))
	m := mutation{file: t.name, row: n + 1, column: t.records[0][min(c, len(t.records[0])-1)], was: t.records[n][c]}
	records := slices.Clone(t.records)
	if m.gone = a.random.IntN(15) == 0; m.gone {
		records = slices.Delete(records, n, n+1)
	} else {
		other := t.records[1+a.random.IntN(len(t.records)-1)]
		m.is = a.change(m.was, other[min(c, len(other)-1)])
		records[n] = slices.Clone(records[n])
		records[n][c] = m.is
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = t.comma
	_ = w.WriteAll(records) // to memory
	m.replacement = b.Bytes()
	return m
}

// change is another value of the kind of the old one: a day, a number, words; or that of another row; or none.
func (a *audit) change(was, other string) string {
	switch n := a.random.IntN(20); {
	case n == 0:
		return ""
	case n < 4 && other != was:
		return other
	case was == "":
		return other + "7"
	}
	if day, err := time.Parse(time.DateOnly, was); err == nil {
		return day.AddDate(0, a.random.IntN(3)-1, 1+a.random.IntN(9)).Format(time.DateOnly)
	}
	if n, err := strconv.ParseInt(was, 10, 64); err == nil {
		switch a.random.IntN(3) {
		case 0:
			return strconv.FormatInt(n+1, 10)
		case 1:
			return strconv.FormatInt(n*3+1, 10)
		}
	}
	letters := []rune(was)
	at := a.random.IntN(len(letters))
	for try := 0; try < 20 && !strings.ContainsRune("0123456789", letters[at]); try++ { // digits first
		at = a.random.IntN(len(letters))
	}
	switch r := letters[at]; {
	case r >= '0' && r <= '9':
		letters[at] = '0' + (r-'0'+1+rune(a.random.IntN(9)))%10
	default:
		letters[at] = 'x'
	}
	return string(letters)
}

// next makes a change and says what it comes to; nil where the build refuses it, or it is none.
func (a *audit) next(ctx context.Context) (mutation, *outcome, error) {
	m := a.mutate()
	if !m.gone && m.is == m.was {
		return m, nil, nil
	}
	whole := a.files[m.file]
	a.files[m.file] = &fstest.MapFile{Data: m.replacement}
	result, err := generator.Build(ctx, a.files, generator.Options{Memo: a.memo, For: generator.ToDiff})
	a.files[m.file] = whole
	if err != nil {
		return m, nil, fmt.Errorf("%s: %w", m, err)
	}
	if result.Pages == nil {
		return m, nil, nil
	}
	o, err := a.compare(m, result)
	return m, o, err
}

// compare holds the pages against what is named.
func (a *audit) compare(m mutation, result *generator.Result) (*outcome, error) {
	o := &outcome{}
	named := newNamed(result.Changes)
	visible := map[string]bool{} // addresses and charts of which something that readers see changed
	for _, name := range stories(a.written, result.Pages) {
		if bytes.Equal(a.written[name], result.Pages[name]) {
			continue
		}
		before := a.before[name]
		if before == nil {
			var err error
			if before, err = readPage(a.written[name]); err != nil {
				return nil, err
			}
			a.before[name] = before
		}
		after, err := readPage(result.Pages[name])
		if err != nil {
			return nil, err
		}
		address := "/" + strings.TrimSuffix(name, "index.html")
		before = before.renamed(result.Changes)
		changed := false
		for cell := range differ(before.cells, after.cells) {
			changed, visible[cell] = true, true
			rests := slices.ContainsFunc(slices.Concat(before.rests, after.rests), func(address string) bool { return named.facts[address] })
			if !named.facts[cell] && !named.lines[keyOf(cell)] && !named.rows[rowOf(cell)] && !rests {
				o.silent = append(o.silent, fmt.Sprintf("%s: %s: %q -> %q", address, cell, before.cells[cell], after.cells[cell]))
			}
		}
		for cell := range differ(before.inTexts, after.inTexts) {
			if before.inTexts[cell] == "" || after.inTexts[cell] == "" { // the text that cites it says another
				maps.Copy(visible, before.citing[cell])
				maps.Copy(visible, after.citing[cell])
				changed = true
				continue
			}
			changed, visible[cell] = true, true
			if !named.facts[cell] {
				o.silent = append(o.silent, fmt.Sprintf("%s: %s: %q -> %q", address, cell, before.inTexts[cell], after.inTexts[cell]))
			}
		}
		for id := range differ(before.charts, after.charts) {
			changed, visible["chart "+id] = true, true
			if !named.charts[id] {
				o.silent = append(o.silent, fmt.Sprintf("%s: chart %s", address, id))
			}
		}
		if removed, added := before.without(after), after.without(before); len(removed)+len(added) > 0 {
			changed, visible["page "+address] = true, true
			if !named.pages[address] {
				o.silent = append(o.silent, fmt.Sprintf("%s: %q -> %q", address, removed, added))
			}
		}
		if changed {
			o.pages++
		}
	}
	for _, c := range result.Changes {
		o.named++
		if c.Same {
			o.same++
		}
		if c.Kind == lock.Moved || c.Kind == lock.Renamed {
			continue
		}
		if !rowNamed(c, m) {
			o.rowless = append(o.rowless, c.Fact+": "+c.Step())
		}
		if c.Kind == lock.Changed && !c.Same && c.Reversal != lock.Finding && !shownSo(c, visible) {
			o.phantoms = append(o.phantoms, c.Fact+": "+c.Step())
		}
	}
	return o, nil
}

// shownSo reports whether a page shows the change.
func shownSo(c lock.Change, visible map[string]bool) bool {
	if visible[c.Fact] || c.Was != "" && visible[c.Was] {
		return true
	}
	for _, p := range c.Places {
		if p.Source || p.Condition || isListing(strings.TrimPrefix(p.Page, "/")) || p.Chart != "" && visible["chart "+p.Chart] { // the lines of sources are not compared
			return true
		}
		if p.Table && (visible[prefixOf(c.Fact)] || visible["page "+p.Page]) { // the name of a side, above its statements
			return true
		}
	}
	return false
}

// prefixOf is the address without the last part of its key, as a sparkline has it.
func prefixOf(address string) string {
	if at := strings.LastIndexByte(address, ','); at > 0 {
		return address[:at] + "]"
	}
	return address
}

// keyOf is what is in the brackets of an address.
func keyOf(address string) string {
	_, key, _ := strings.Cut(strings.TrimSuffix(address, "]"), "[")
	return key
}

// rowOf is an address without its column.
func rowOf(address string) string {
	name, _, _ := strings.Cut(address, ".")
	return name + "[" + keyOf(address)
}

func rowNamed(c lock.Change, m mutation) bool {
	return slices.ContainsFunc(slices.Concat(c.Rows, c.Others), func(r lock.Row) bool {
		return r.File == m.file && (r.Row == m.row || m.gone && r.Kind == lock.Gone)
	})
}

// named is what diff names.
type named struct {
	facts, charts, pages map[string]bool
	rows                 map[string]bool // lines of aggregates that came or went, and with them the parts of their keys
	lines                map[string]bool // keys without their last part, of lines that have another one
}

func newNamed(changes []lock.Change) named {
	n := named{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, c := range changes {
		if c.Same {
			continue
		}
		n.facts[c.Fact] = true
		if c.Kind == lock.Added || c.Kind == lock.Gone {
			n.rows[rowOf(c.Fact)] = true
		}
		n.facts[prefixOf(c.Fact)] = true
		if id, ok := strings.CutPrefix(c.Fact, "sources.title"); ok {
			n.facts["sources.outlet"+id] = true
		}
		if c.Was != "" {
			n.facts[c.Was] = true
		}
		if c.Kind == lock.Renamed && c.What == "page" {
			n.pages[c.Fact], n.pages[c.Was] = true, true
		}
		if c.Kind == lock.Renamed && c.What == "key" {
			for _, key := range []string{c.Fact, c.Was} {
				n.lines[strings.ReplaceAll(key, ", ", ",")] = true
				if at := strings.LastIndex(key, ", "); at > 0 {
					n.lines[strings.ReplaceAll(key[:at], ", ", ",")] = true
				}
			}
		}
		for _, p := range c.Places {
			n.charts[p.Chart] = true
		}
		for _, id := range c.OldCharts {
			n.charts[id] = true
		}
		for _, page := range slices.Concat(c.Pages, c.OldPages) {
			n.pages[page] = true
		}
	}
	return n
}
