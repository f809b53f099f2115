package record

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// The files of the lock. The first is for people, who see in its diff each published
// value that moves; the second says where each was shown, and the third lets the
// program name the rows that moved it. Only `accept` writes them. A line of each
// depends on little else than what it is about, so that git merges what two people
// did to different rows.
const (
	LockFile   = "data/facts.lock.csv"
	PlacesFile = "data/places.lock.csv"
	RowsFile   = "data/rows.lock.csv"
)

// LockFiles are all of them, in the order in which they are written: the facts last,
// so that what is stopped in between can be done again.
var LockFiles = []string{RowsFile, PlacesFile, LockFile}

// lockVersion is in the first row of all files. A change in what the columns
// mean is another version.
const lockVersion = 2

// LockedFact is a fact that the report showed when it was last accepted.
type LockedFact struct {
	Fact  string `csv:"fact"`  // its address
	Value string `csv:"value"` // as machines read it; "" if missing; of a long text a digest
	Text  string `csv:"text"`  // as in prose; "" where that is the value; of a long text how it begins

	Line   int         `csv:"-"` // in the file, as a spreadsheet counts
	Pages  []string    `csv:"-"` // that showed it, sorted
	Charts []string    `csv:"-"` // that showed it, sorted
	Theirs *LockedFact `csv:"-"` // what the other side of a merge accepted, where git could not merge
}

// Said is the text as a reader saw it.
func (f LockedFact) Said() string { return cmp.Or(f.Text, f.Value) }

// Opens reports whether the lock has only how the text begins, beside its digest.
func (f LockedFact) Opens() bool {
	return strings.HasPrefix(f.Value, "#") && strings.HasSuffix(f.Text, "…")
}

// Reads reports whether two facts read the same, to machines and to people.
func (f LockedFact) Reads(as LockedFact) bool { return f.Value == as.Value && f.Said() == as.Said() }

// LockedPlace is something that a place showed: see Place.
type LockedPlace struct {
	Place string `csv:"place"`
	Shows string `csv:"shows"`
}

// LockedRow is a row of a table as it was then. The first one of a table has no Row: its
// Cells are the names of the columns. Of a table that is too long to be locked row by row,
// it is the only one, and its Behind is a digest of all rows.
type LockedRow struct {
	Table  string `csv:"table"`
	Row    string `csv:"row"`    // its primary key, or else how it begins and a digest
	Cells  string `csv:"cells"`  // a digest of each cell
	Behind string `csv:"behind"` // a digest of each line of an aggregate that rests on it
}

// Lock is what was last accepted.
type Lock struct {
	Salt   string       // of all digests
	Facts  []LockedFact // sorted by address
	Places []LockedPlace
	Rows   []LockedRow

	Merged bool // git left conflicts in it, and it is made of both sides
}

// ReadLock reads the files. It returns nil where the report has no lock yet,
// and where a file of it is broken, after adding the problem.
func ReadLock(report fs.FS, problems *diag.List) (*Lock, error) {
	var lock Lock
	var found diag.List
	defer func() { problems.Add(found.Sorted()...) }()
	facts, err := readVersioned[LockedFact](report, LockFile, &found)
	if err != nil || facts == nil {
		return nil, err
	}
	if !found.Empty() {
		return nil, nil
	}
	lock.Facts = facts.list
	places, err := readVersioned[LockedPlace](report, PlacesFile, &found)
	if err != nil {
		return nil, err
	}
	rows, err := readVersioned[LockedRow](report, RowsFile, &found)
	if err != nil {
		return nil, err
	}
	if places != nil {
		lock.Places = places.list
	}
	if rows != nil {
		lock.Rows, lock.Salt = rows.list, rows.note
	}
	lock.Merged = facts.merged || places != nil && places.merged || rows != nil && rows.merged
	if p := misplaced(lock.Rows); p != nil {
		found.Add(*p)
	}
	for i, f := range lock.Facts {
		if i > 0 && f.Fact <= lock.Facts[i-1].Fact {
			found.Add(byHand(LockFile, f.Line, fmt.Sprintf("%q is behind %q", f.Fact, lock.Facts[i-1].Fact)))
		}
	}
	if !found.Empty() {
		return nil, nil
	}
	lock.locate()
	return &lock, nil
}

// ReadFacts reads the list of facts of a lock, of version 1 too, as editions keep theirs; false where it cannot be read.
func ReadFacts(text []byte) ([]LockedFact, bool) {
	var found diag.List
	if isOld(LockFile, text) {
		rows, wrong := readRows[oldFact](LockFile, text)
		if wrong != nil || len(rows) < 2 {
			return nil, false
		}
		var facts []LockedFact
		for _, row := range rows[2:] {
			f := LockedFact{Fact: row[0], Value: row[1], Text: row[2], Pages: strings.Fields(row[3])}
			if f.Text == f.Value {
				f.Text = ""
			}
			facts = append(facts, f)
		}
		return facts, true
	}
	facts := decode[LockedFact](LockFile, text, &found)
	if !found.Empty() {
		return nil, false
	}
	return facts.list, true
}

// misplaced is the problem of a row that does not follow from the one before: each
// table starts with its columns, and its rows ascend.
func misplaced(rows []LockedRow) *diag.Problem {
	seen := map[string]bool{}
	for i, row := range rows {
		wrong := row.Row != "" || seen[row.Table]
		if i > 0 && rows[i-1].Table == row.Table {
			wrong = row.Row <= rows[i-1].Row
		}
		if wrong {
			p := byHand(RowsFile, i+3, fmt.Sprintf("row %q of %q out of its order", row.Row, row.Table)) // the header and the version come first
			return &p
		}
		seen[row.Table] = true
	}
	return nil
}

// byHand is the problem of a lock that no `accept` has written so.
func byHand(file string, line int, found string) diag.Problem {
	return diag.Problem{File: file, Line: line, Message: "the lock was edited by hand", Found: found, Hint: "take the file back from git, or run: broadsheet accept"}
}

// ByHand is the problem of a locked fact whose text does not belong to its value.
func (f LockedFact) ByHand() diag.Problem {
	p := byHand(LockFile, f.Line, fmt.Sprintf("%s, value %q and text %q", f.Fact, f.Value, f.Text))
	p.Message = "the lock was edited by hand, or written by another Broadsheet"
	return p
}

// Conflicts is the problem of a report that is published with a lock of which git has left both sides of a merge.
func Conflicts() diag.Problem {
	return diag.Problem{File: LockFile, Message: "a merge conflict of git that is not resolved", Hint: "to see what neither side has accepted, run: broadsheet diff; to accept it, run: broadsheet accept --merged"}
}

// versioned is what a file of the lock holds.
type versioned[T any] struct {
	list   []T
	note   string // beside the version
	merged bool
}

// readVersioned reads a file of the lock; nil where there is none.
func readVersioned[T line](report fs.FS, file string, problems *diag.List) (*versioned[T], error) {
	text, err := fs.ReadFile(report, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := decode[T](file, text, problems)
	return &v, nil
}

// decode reads the text of a file of the lock.
func decode[T line](file string, text []byte, problems *diag.List) (v versioned[T]) {
	if conflict(file, text) == nil {
		v.list, v.note = decodeSide[T](file, text, problems)
		return v
	}
	v.merged = true
	sides, whole := split(text)
	if !whole {
		problems.Add(*conflict(file, text))
		return v
	}
	var read [3][]T
	for i, side := range sides {
		if i == base && side == nil {
			continue
		}
		var note string
		if read[i], note = decodeSide[T](file, side, problems); i == ours {
			v.note = note
		}
	}
	if problems.Empty() {
		v.list = merge(read, sides[base] != nil)
	}
	return v
}

// decodeSide reads the text of a file without conflicts.
func decodeSide[T line](file string, text []byte, problems *diag.List) (list []T, note string) {
	if isOld(file, text) {
		problems.Add(diag.Problem{File: file, Line: 2, Message: "a lock of version 1", Expected: fmt.Sprintf("version %d", lockVersion), Hint: "run: broadsheet accept"})
		return nil, ""
	}
	rows, p := readRows[T](file, text)
	if p != nil {
		p.Hint = byHand(file, 0, "").Hint
		problems.Add(*p)
		return nil, ""
	}
	if len(rows) < 2 || rows[1][0] != "version" {
		problems.Add(byHand(file, 2, "no version in row 2"))
		return nil, ""
	}
	if rows[1][1] != strconv.Itoa(lockVersion) {
		problems.Add(diag.Problem{File: file, Line: 2, Message: "a lock of version " + diag.Quote(rows[1][1]), Expected: fmt.Sprintf("version %d", lockVersion), Hint: "use the Broadsheet that wrote it, or run: broadsheet accept"})
		return nil, ""
	}
	if len(rows[1]) > 2 {
		note = rows[1][2]
	}
	if err := unmarshal(append(rows[:1], rows[2:]...), &list); err != nil {
		problems.Add(byHand(file, 0, err.Error()))
	}
	for i := range list {
		if f, ok := any(&list[i]).(*LockedFact); ok {
			f.Line = i + 3 // the header and the version come first
		}
	}
	return list, note
}

// oldFact is a fact of version 1.
type oldFact struct {
	Fact  string `csv:"fact"`
	Value string `csv:"value"`
	Text  string `csv:"text"`
	Pages string `csv:"pages"`
}

// isOld reports whether version 1 wrote the list of facts.
func isOld(file string, text []byte) bool {
	first, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n"))
	return file == LockFile && strings.TrimSpace(string(first)) == strings.Join(heads[oldFact](), ",")
}

// conflict is the problem of a file in which git has left both sides of a merge.
func conflict(file string, text []byte) *diag.Problem {
	n := 0
	for l := range bytes.Lines(text) {
		n++
		for _, marker := range []string{"<<<<<<< ", ">>>>>>> "} {
			if bytes.HasPrefix(l, []byte(marker)) {
				return &diag.Problem{File: file, Line: n, Message: "a merge conflict of git that is not resolved", Hint: "resolve the conflicts in the CSV files of data/ first, then run: broadsheet accept"}
			}
		}
	}
	return nil
}

// readRows reads all rows of a record file and checks its header.
func readRows[T any](file string, text []byte) ([][]string, *diag.Problem) {
	head := heads[T]()
	expected := "the columns " + strings.Join(head, ",")
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	var at *csv.ParseError
	switch {
	case errors.As(err, &at):
		return nil, &diag.Problem{File: file, Line: at.Line, Message: "broken CSV: " + at.Err.Error(), Expected: expected}
	case err != nil:
		return nil, &diag.Problem{File: file, Message: err.Error()}
	case len(rows) == 0 || !slices.Equal(rows[0], head):
		found := "an empty file"
		if len(rows) > 0 {
			found = diag.Quote(strings.Join(rows[0], ","))
		}
		return nil, &diag.Problem{File: file, Line: 1, Found: found, Expected: expected}
	}
	return rows, nil
}

// heads lists the columns of a record type.
func heads[T any]() []string {
	text, err := gocsv.MarshalString([]T{})
	if err != nil {
		panic(err) // the record types are ours
	}
	return strings.Split(strings.TrimSpace(text), ",")
}

func unmarshal[T any](rows [][]string, list *[]T) error {
	var plain bytes.Buffer
	if err := csv.NewWriter(&plain).WriteAll(rows); err != nil {
		return err
	}
	return gocsv.UnmarshalBytes(plain.Bytes(), list)
}

// Files writes the lock: its files by name.
func (l *Lock) Files() (map[string][]byte, error) {
	version := strconv.Itoa(lockVersion)
	facts, err := gocsv.MarshalBytes(append([]LockedFact{{Fact: "version", Value: version}}, l.Facts...))
	if err != nil {
		return nil, err
	}
	places, err := gocsv.MarshalBytes(append([]LockedPlace{{Place: "version", Shows: version}}, l.Places...))
	if err != nil {
		return nil, err
	}
	rows, err := gocsv.MarshalBytes(append([]LockedRow{{Table: "version", Row: version, Cells: l.Salt}}, l.Rows...))
	return map[string][]byte{LockFile: facts, PlacesFile: places, RowsFile: rows}, err
}
