package record

import (
	"bytes"
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

// The two files of the lock. The first is for people, who see in its diff each
// published number that moves; the second lets the program name the rows that
// moved it. Only `accept` writes them.
const (
	LockFile = "data/facts.lock.csv"
	RowsFile = "data/rows.lock.csv"
)

// lockVersion is in the first row of both files. A change in what the columns
// mean is another version.
const lockVersion = 1

// LockedFact is a fact that the report showed when it was last accepted.
type LockedFact struct {
	Fact  string `csv:"fact"`  // its address
	Value string `csv:"value"` // as machines read it; "" if missing
	Text  string `csv:"text"`  // as in prose
	Pages string `csv:"pages"` // that showed it, with spaces in between

	Line int `csv:"-"` // in the file, as a spreadsheet counts
}

// LockedRow is a row of a table as it was then. Row 1 stands for the table: its Cells
// are the names of the columns. Of a table that is too long to be locked row by
// row, it is the only one, and its Behind is a digest of all rows.
type LockedRow struct {
	Table  string `csv:"table"`
	Row    int    `csv:"row"`
	Cells  string `csv:"cells"`  // a digest of each cell
	Behind string `csv:"behind"` // a digest of each line of an aggregate that rests on it
}

// Lock is what was last accepted.
type Lock struct {
	Facts []LockedFact // sorted by address
	Rows  []LockedRow
}

// ReadLock reads the two files. It returns nil where the report has no lock yet,
// and where a file of it is broken, after adding the problem.
func ReadLock(report fs.FS, problems *diag.List) (*Lock, error) {
	var lock Lock
	var found diag.List
	defer func() { problems.Add(found.Sorted()...) }()
	read, err := readVersioned(report, LockFile, &lock.Facts, &found)
	if err != nil || !read {
		return nil, err
	}
	if _, err := readVersioned(report, RowsFile, &lock.Rows, &found); err != nil {
		return nil, err
	}
	if p := misplaced(lock.Rows); p != nil {
		found.Add(*p)
	}
	for i := range lock.Facts {
		f := &lock.Facts[i]
		f.Line = i + 3 // the header and the version come first
		if i > 0 && f.Fact <= lock.Facts[i-1].Fact {
			found.Add(byHand(LockFile, f.Line, fmt.Sprintf("%q stands behind %q", f.Fact, lock.Facts[i-1].Fact)))
		}
	}
	if !found.Empty() {
		return nil, nil
	}
	return &lock, nil
}

// ReadFacts reads the list of facts of a lock; false where it cannot be read, as when
// another version wrote it.
func ReadFacts(text []byte) ([]LockedFact, bool) {
	var facts []LockedFact
	var found diag.List
	decode(LockFile, text, &facts, &found)
	return facts, found.Empty()
}

// misplaced is the problem of a row that does not follow from the one before: each
// table starts with row 1, and its rows ascend.
func misplaced(rows []LockedRow) *diag.Problem {
	seen := map[string]bool{}
	for i, row := range rows {
		wrong := row.Row != 1 || seen[row.Table]
		if i > 0 && rows[i-1].Table == row.Table {
			wrong = row.Row <= rows[i-1].Row
		}
		if wrong {
			p := byHand(RowsFile, i+3, fmt.Sprintf("row %d of %q in a place that is not its own", row.Row, row.Table)) // the header and the version come first
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

// readVersioned reads a file of the lock into a list of records. It reports
// whether there is such a file.
func readVersioned[T any](report fs.FS, file string, list *[]T, problems *diag.List) (bool, error) {
	text, err := fs.ReadFile(report, file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	decode(file, text, list, problems)
	return true, nil
}

// decode reads the text of a file of the lock into a list of records.
func decode[T any](file string, text []byte, list *[]T, problems *diag.List) {
	if p := conflict(file, text); p != nil {
		problems.Add(*p)
		return
	}
	rows, p := readRows[T](file, text)
	if p != nil {
		problems.Add(*p)
		return
	}
	if len(rows) < 2 || rows[1][0] != "version" {
		problems.Add(byHand(file, 2, "no version in row 2"))
		return
	}
	if rows[1][1] != strconv.Itoa(lockVersion) {
		problems.Add(diag.Problem{File: file, Line: 2, Message: "a lock of version " + diag.Quote(rows[1][1]), Expected: fmt.Sprintf("version %d", lockVersion), Hint: "use the Broadsheet that wrote it, or run: broadsheet accept"})
		return
	}
	rows = append(rows[:1], rows[2:]...)
	if column := slices.Index(rows[0], "row"); column >= 0 {
		for i, row := range rows[1:] {
			if _, err := strconv.Atoi(row[column]); err != nil {
				problems.Add(byHand(file, i+3, diag.Quote(row[column])+" as the number of a row"))
				return
			}
		}
	}
	if err := unmarshal(rows, list); err != nil {
		problems.Add(byHand(file, 0, err.Error()))
	}
}

// conflict is the problem of a file in which git has left both sides of a merge.
func conflict(file string, text []byte) *diag.Problem {
	line := 0
	for l := range bytes.Lines(text) {
		line++
		for _, marker := range []string{"<<<<<<< ", ">>>>>>> "} {
			if bytes.HasPrefix(l, []byte(marker)) {
				return &diag.Problem{File: file, Line: line, Message: "a merge conflict of git that is not resolved", Hint: "resolve the conflicts in the CSV files of data/ first, then run: broadsheet accept"}
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

// Files writes the lock: the two files by name.
func (l *Lock) Files() (map[string][]byte, error) {
	facts, err := gocsv.MarshalBytes(append([]LockedFact{{Fact: "version", Value: strconv.Itoa(lockVersion)}}, l.Facts...))
	if err != nil {
		return nil, err
	}
	rows, err := gocsv.MarshalBytes(append([]LockedRow{{Table: "version", Row: lockVersion}}, l.Rows...))
	return map[string][]byte{LockFile: facts, RowsFile: rows}, err
}
