package dataset

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
	"broadsheet/generator/memo"
)

// A note is what looks like a mistake and may be none: a build says it and goes on. It is
// a diag.Problem with the kind of note. An editor silences those of one kind in the data
// package, for a table or for a column of it, with a reason.

// The kinds of notes.
const (
	noteDuplicates  = "duplicate-rows"
	noteShares      = "shares"
	noteOutlier     = "outlier"
	noteNegative    = "negative-count"
	notePartialYear = "partial-year"
	noteBlank       = "blank-column"
	noteNumbers     = "numbers-in-text"
	noteFuture      = "future-day"
	noteLarge       = "many-rows"
	noteAlike       = "look-alike"
	noteLetters     = "broken-letters"
	noteTotal       = "total-row"
	noteCode        = "spreadsheet-code"
	noteZeros       = "lost-zeros"
	noteMerged      = "merged-cells"
	noteFootnote    = "footnote"
	noteRounded     = "rounded"

	// NoteTyped and NoteClaims are found by package literal, once aggregates say which texts pages show.
	NoteTyped  = "typed-number"
	NoteClaims = "claim-word"
)

// laterNotes are those that Notes does not look for.
var laterNotes = []string{NoteTyped, NoteClaims}

var noteKinds = []string{
	noteDuplicates, noteShares, noteOutlier, notePartialYear, noteBlank, noteNumbers, noteFuture, noteLarge, noteAlike, noteLetters, noteTotal, noteCode, noteZeros, noteMerged, noteRounded, noteNegative, noteFootnote,
	NoteTyped, NoteClaims,
}

// silence is a note that an editor has looked at.
type silence struct {
	Kind   string `json:"kind,omitzero"`
	Field  string `json:"field,omitzero"` // a column; "" for all of the table
	Text   string `json:"text,omitzero"`  // words of a text of the column; "" for all of it
	Times  int    `json:"times,omitzero"` // in how many texts of the column they are; one without it
	Reason string `json:"reason,omitzero"`
}

// covers reports whether all texts of a column are silenced.
func (s silence) covers(column string) bool {
	return s.Text == "" && (s.Field == "" || s.Field == column)
}

// silences are those of a table. What is not a list under their name is somebody else's.
type silences []silence

func (s *silences) UnmarshalJSON(data []byte) error {
	if len(data) == 0 || data[0] != '[' {
		return nil
	}
	return json.Unmarshal(data, (*[]silence)(s))
}

// Expected says what UnmarshalJSON reads.
func (silences) Expected() string {
	return `a list such as [{"kind": "duplicate-rows", "reason": "…"}]`
}

// checkSilences checks the silenced notes of a table.
func (r *Resource) checkSilences(at adder) {
	for i, s := range r.Silenced {
		why := config.CheckReason(s.Reason, diag.Problem{Message: "a note is silenced without a reason", Expected: "\"reason\": \"…\""})
		switch {
		case !slices.Contains(noteKinds, s.Kind):
			at(diag.Problem{Message: "unknown kind of note", Found: diag.Quote(s.Kind), Expected: "one of " + strings.Join(noteKinds, ", "), Hint: nearest(s.Kind, noteKinds)}, "notes", i, "kind")
		case why != nil:
			at(*why, "notes", i)
		case s.Text != "" && !slices.Contains(laterNotes, s.Kind):
			at(diag.Problem{Message: "a note of the kind " + diag.Quote(s.Kind) + " is of no text", Found: diag.Quote(s.Text), Expected: "text in notes of the kinds " + strings.Join(laterNotes, ", ")}, "notes", i, "text")
		case s.Text != "" && s.Field == "":
			at(diag.Problem{Message: "a text without its column", Expected: "\"field\": \"…\""}, "notes", i)
		case s.Times != 0 && s.Text == "", s.Times < 0:
			at(diag.Problem{Message: "times", Found: strconv.Itoa(s.Times), Expected: "beside a text, in how many texts of the column it is, such as 2"}, "notes", i, "times")
		}
	}
}

// Notes looks at all tables for what may be a mistake, and leaves out what is silenced. A
// silence of nothing is a problem. Private columns have no notes.
func (d *Dataset) Notes(ctx context.Context, answers *memo.Memo, problems *diag.List) ([]diag.Problem, error) {
	var all diag.List
	for _, t := range d.Tables {
		if t.Tainted || t.Rows == 0 {
			continue
		}
		notes, err := memo.Do(answers, "notes", t.Key, func() ([]diag.Problem, error) {
			l := looking{Table: t, created: d.Package.Created}
			err := l.look(ctx)
			return l.notes, err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.File(), err)
		}
		all.Add(t.unsilenced(notes, d.doc, d.Package.index(t), problems, func(kind string) bool { return !slices.Contains(laterNotes, kind) })...)
	}
	return all.Sorted(), nil
}

// Unsilenced are the notes of a kind that Notes does not look for which are not silenced.
func (d *Dataset) Unsilenced(kind string, notes []diag.Problem, problems *diag.List) (left []diag.Problem) {
	for _, t := range d.Tables {
		var own []diag.Problem
		for _, n := range notes {
			if n.File == t.File() {
				n.Note = kind
				own = append(own, n)
			}
		}
		left = append(left, t.unsilenced(own, d.doc, d.Package.index(t), problems, func(k string) bool { return k == kind })...)
	}
	return left
}

// Waiver is words in the texts of a column that are right as they are, with the reason.
type Waiver struct {
	Kind, Text, Reason string
	Times              int          // how many texts of the column have them
	Unused             diag.Problem // where no text of the column has them, or needs them
}

// Waivers are those of a column.
func (d *Dataset) Waivers(t *Table, column string) (list []Waiver) {
	for i, s := range t.Silenced {
		if s.Text == "" || s.Field != column || !slices.Contains(laterNotes, s.Kind) {
			continue
		}
		list = append(list, Waiver{s.Kind, s.Text, s.Reason, max(1, s.Times), d.doc.Problem(diag.Problem{
			Message: "words that need no waiver: " + diag.Quote(s.Text), Found: "column " + diag.Quote(column) + " without them, or not on a page", Hint: "delete the note",
		}, "resources", d.Package.index(t), "notes", i, "text")})
	}
	return list
}

// WhySilenced is the reason for which notes of a kind are silenced in a column of a file.
func (d *Dataset) WhySilenced(kind, file, field string) string {
	for _, t := range d.Tables {
		for _, s := range t.Silenced {
			if t.File() == file && s.Kind == kind && s.covers(field) {
				return s.Reason
			}
		}
	}
	return ""
}

// index is the place of a table in the package.
func (p *Package) index(t *Table) int {
	return slices.IndexFunc(p.Resources, func(r Resource) bool { return r.Name == t.Name })
}

// unsilenced are the notes that are not silenced, of the kinds that were looked for.
func (t *Table) unsilenced(notes []diag.Problem, doc *config.Document, resource int, problems *diag.List, looked func(kind string) bool) []diag.Problem {
	used := make([]bool, len(t.Silenced))
	notes = slices.DeleteFunc(slices.Clone(notes), func(n diag.Problem) bool {
		i := slices.IndexFunc(t.Silenced, func(s silence) bool { return s.Kind == n.Note && s.covers(n.Field) })
		if i >= 0 {
			used[i] = true
		}
		return i >= 0
	})
	for i, s := range t.Silenced {
		if !used[i] && s.Text == "" && !t.Tainted && slices.Contains(noteKinds, s.Kind) && looked(s.Kind) {
			problems.Add(doc.Problem(diag.Problem{Message: "no note of the kind " + diag.Quote(s.Kind) + " is to be silenced", Hint: "delete it"}, "resources", resource, "notes", i))
		}
	}
	return notes
}

// looking is a table that is looked at for notes.
type looking struct {
	*Table
	created string // the day of the data, "" if unknown
	notes   []diag.Problem
}

// add adds a note about a cell; about a column where the row is 1.
func (l *looking) add(kind string, row int64, f *Field, n diag.Problem) {
	n.Note, n.Line = kind, int(row)
	if f != nil {
		n.Field, n.Column = f.Name, 1+l.header[slices.IndexFunc(l.Schema.Fields, func(o Field) bool { return o.Name == f.Name })]
	}
	l.notes = append(l.notes, l.InFile(n))
}

func (l *looking) look(ctx context.Context) error {
	const many = 100_000
	if l.Rows > many && (l.Download == "" || l.Download == downloadCSV) {
		l.add(noteLarge, 0, nil, diag.Problem{Message: fmt.Sprintf("all %d rows are published for download", l.Rows), Hint: `leave out rows that no number needs, or publish them compressed ("download": "gzip") or not at all ("download": "none")`})
	}
	for i := range l.Fields {
		f := &l.Fields[i]
		place := slices.IndexFunc(l.Schema.Fields, func(o Field) bool { return o.Name == f.Name })
		if l.header[place] < 0 {
			continue
		}
		var err error
		switch {
		case f.Type == "string" || f.Type == "any":
			err = l.lookAtTexts(ctx, f, place == 0)
		case f.Type == "integer" || f.Type == "number":
			err = l.lookAtNumbers(ctx, f)
		case f.Type == "date" || f.Type == "datetime":
			err = l.lookAtDays(ctx, f)
		}
		if err != nil {
			return err
		}
	}
	if err := l.lookForFootnote(ctx); err != nil {
		return err
	}
	return l.lookForDuplicates(ctx)
}

// lookForFootnote finds a row at the end of a table of which only the first cell has a value, as a note below it has in a spreadsheet.
func (l *looking) lookForFootnote(ctx context.Context) error {
	const columns, last = 3, 10
	if len(l.Fields) < columns || l.header[0] != 0 || l.Fields[0].Name != l.Schema.Fields[0].Name || l.Fields[0].Type != "string" {
		return nil
	}
	first, rest := &l.Fields[0], []string{}
	for _, f := range l.Fields[1:] {
		rest = append(rest, engine.Name(f.Name))
	}
	table := engine.Name(l.Name)
	row, err := l.one(ctx, "SELECT min(_row), arg_min(%[1]s, _row), count(*) FROM %[2]s WHERE _row > (SELECT max(_row) - %[3]d FROM %[2]s) AND %[1]s IS NOT NULL AND coalesce(%[4]s) IS NULL", engine.Name(first.Name), table, last, strings.Join(rest, "::VARCHAR, ")+"::VARCHAR")
	if err != nil || row == nil || row[0] == nil {
		return err
	}
	at, _ := row[0].(int64)
	text, _ := row[1].(string)
	if n, _ := row[2].(int64); n*2 < int64(l.Rows) {
		l.add(noteFootnote, at, first, diag.Problem{Message: "a row with a value in its first cell only, as a note below a table has", Found: diag.Quote(text), Hint: "if it is a note, " + leaveOut(at) + "; what readers need to know goes into the description of the table" + moreRows(n-1)})
	}
	return nil
}

// one asks for one row.
func (l *looking) one(ctx context.Context, format string, args ...any) ([]any, error) {
	_, rows, err := l.engine.Collect(ctx, fmt.Sprintf(format, args...))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

func (l *looking) lookAtNumbers(ctx context.Context, f *Field) error {
	name, table := engine.Name(f.Name), engine.Name(l.Name)
	row, err := l.one(ctx, "SELECT count(x), min(x), max(x), count(*) FILTER (WHERE x <> trunc(x)), max(abs(x), 2)::DOUBLE[]::VARCHAR, arg_max(_row, abs(x)) FROM (SELECT _row, %s::DOUBLE AS x FROM %s)", name, table)
	if err != nil {
		return err
	}
	if low, ok := row[1].(float64); ok && low < 0 && f.Unit.Whole() {
		at, err := l.one(ctx, "SELECT arg_min(_row, %s) FROM %s", name, table)
		if err != nil {
			return err
		}
		number, _ := at[0].(int64)
		l.add(noteNegative, number, f, diag.Problem{Message: "a count below zero", Found: fmt.Sprint(low), Hint: "is it a change, whose unit is number, or does it stand for a value that is not known?"})
	}
	if f.exponent > 0 && f.Type == "integer" {
		l.add(noteRounded, f.exponent, f, diag.Problem{Message: "a whole number with an exponent, as a spreadsheet shows a long one", Hint: "it may have lost its last digits: format the column as a number without decimals, and save the file again"})
	}
	n, _ := row[0].(int64)
	if n == 0 {
		l.blank(f)
		return nil
	}
	low, _ := row[1].(float64)
	high, _ := row[2].(float64)
	if parts, _ := row[3].(int64); f.Unit.IsPercent() && n >= 3 && low >= 0 && high <= 1 && parts > 0 {
		l.add(noteShares, 1, f, diag.Problem{Message: "all values of the column are from 0 to 1, and its unit is percent", Found: fmt.Sprint(high), Expected: "12.4 for 12.4 percent, and not 0.124", Hint: "give the column the unit share, if they are parts of one"})
	}
	var top []float64
	text, _ := row[4].(string)
	const times, few = 100, 10
	if json.Unmarshal([]byte(text), &top) == nil && len(top) == 2 && n >= few && top[1] > 0 && top[0] >= times*top[1] && !f.Unit.IsRank() && !isCode(f.Name) {
		at, _ := row[5].(int64)
		value, err := l.one(ctx, "SELECT %s::VARCHAR FROM %s WHERE _row = %d", name, table, at)
		if err != nil {
			return err
		}
		said, _ := value[0].(string)
		l.add(noteOutlier, at, f, diag.Problem{Message: fmt.Sprintf("the value is more than %d times any other of the column", times), Found: diag.Quote(f.plain(said)), Hint: "is it in another unit, or a sum of the others?"})
	}
	return nil
}

func (l *looking) blank(f *Field) {
	l.add(noteBlank, 1, f, diag.Problem{Message: "the column has no values", Hint: "delete it from the file and from " + File + ", if nothing is to come"})
}

func (l *looking) lookAtDays(ctx context.Context, f *Field) error {
	name, table := engine.Name(f.Name), engine.Name(l.Name)
	row, err := l.one(ctx, "SELECT count(x), max(x)::DATE::VARCHAR, arg_max(_row, x) FROM (SELECT _row, %s AS x FROM %s)", name, table)
	if err != nil {
		return err
	}
	if n, _ := row[0].(int64); n == 0 {
		l.blank(f)
		return nil
	}
	last, _ := row[1].(string)
	at, _ := row[2].(int64)
	if l.created != "" && last > l.created {
		l.add(noteFuture, at, f, diag.Problem{Message: "a day after the day of the data", Found: last, Expected: l.created + " or before, as " + File + " says in \"created\"", Hint: "look for a wrong year; or change \"created\", if the data are newer"})
	}
	// of each year, the first and the last month with a row
	_, years, err := l.engine.Collect(ctx, fmt.Sprintf("SELECT year(x)::BIGINT, min(month(x))::BIGINT, max(month(x))::BIGINT, count(DISTINCT month(x)) FROM (SELECT %s AS x FROM %s) WHERE x IS NOT NULL GROUP BY 1 ORDER BY 1 DESC LIMIT 3", name, table))
	if err != nil || len(years) < 3 {
		return err
	}
	whole := func(year []any) bool { return year[1] == int64(1) && year[2] == int64(12) && year[3].(int64) >= 6 }
	if lastYear := years[0]; lastYear[2].(int64) < 12 && whole(years[1]) && whole(years[2]) {
		day, err := time.Parse(time.DateOnly, last)
		if err != nil {
			return nil
		}
		l.add(notePartialYear, at, f, diag.Problem{Message: fmt.Sprintf("the last year, %d, ends in %s", lastYear[0], day.Format("January")), Hint: "leave it out of what is shown by years, or say so there"})
	}
	return nil
}

// lookForDuplicates finds rows that are alike where no key forbids it.
func (l *looking) lookForDuplicates(ctx context.Context) error {
	if len(l.Fields) < 2 || len(l.Fields) < len(l.Schema.Fields) || len(l.Schema.PrimaryKey) > 0 || len(l.Schema.UniqueKeys) > 0 || slices.ContainsFunc(l.Fields, func(f Field) bool { return f.Constraints.Unique }) {
		return nil
	}
	var columns []string
	for _, f := range l.Fields {
		columns = append(columns, engine.Name(f.Name))
	}
	all := strings.Join(columns, ", ")
	row, err := l.one(ctx, "SELECT count(*) - count(DISTINCT hash(%s)) FROM %s", all, engine.Name(l.Name))
	if err != nil || row[0] == int64(0) {
		return err
	}
	row, err = l.one(ctx, "SELECT sum(n - 1)::BIGINT, min(again), arg_min(first, again) FROM (SELECT count(*) AS n, min(_row) AS first, min(_row, 2)[2] AS again FROM %s GROUP BY %s HAVING count(*) > 1)", engine.Name(l.Name), all)
	if err != nil || row == nil || row[0] == nil {
		return err
	}
	n, _ := row[0].(int64)
	again, _ := row[1].(int64)
	first, _ := row[2].(int64)
	l.add(noteDuplicates, again, nil, diag.Problem{Message: "the row is the same as " + l.RowName(first), Hint: "delete one of the two, if the source has it once" + moreRows(n-1)})
	return nil
}

// leaveOut says how a row is kept out of a table.
func leaveOut(row int64) string {
	if row > lastNamedRow {
		return "delete it"
	}
	return fmt.Sprintf(`delete it, or declare "dialect": {"commentRows": [%d]} in %s`, row, File)
}

func moreRows(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; there %s %s like it", isOrAre(n), diag.Count(int(n), "more row"))
}
