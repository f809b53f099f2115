package record

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"broadsheet/generator/diag"
)

// SignoffsFile lists who checked the report, and when. An editor writes it, with the names of real people; `/method/` prints it.
const SignoffsFile = "data/signoffs.csv"

// Signoff is one person who checked something.
type Signoff struct {
	Date string `csv:"date"` // as 2018-02-01
	Name string `csv:"name"`
	Role string `csv:"role"` // such as "data editor"; may be blank
	What string `csv:"what"` // was checked, and how
}

// Signoffs reads them, in the order of the file. A report may have none.
func Signoffs(report fs.FS, problems *diag.List) ([]Signoff, error) {
	text, err := fs.ReadFile(report, SignoffsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if p := conflict(SignoffsFile, text); p != nil {
		p.Hint = "keep the rows of both sides, and delete the markers"
		problems.Add(*p)
		return nil, nil
	}
	var list []Signoff
	rows, wrong := readRows[Signoff](SignoffsFile, text)
	if wrong == nil {
		if err := unmarshal(rows, &list); err != nil {
			wrong = &diag.Problem{File: SignoffsFile, Message: err.Error()}
		}
	}
	if wrong != nil {
		wrong.Hint = `save the file as "CSV UTF-8", with commas`
		problems.Add(*wrong)
		return nil, nil
	}
	for i, s := range list {
		if _, err := time.Parse(time.DateOnly, s.Date); err != nil {
			problems.Add(diag.Problem{File: SignoffsFile, Line: i + 2, Column: 1, Field: "date", Found: diag.Quote(s.Date), Expected: "a day, such as 2018-02-01"})
		}
		for _, of := range []struct {
			column                 int
			field, value, expected string
		}{{2, "name", s.Name, "who checked it"}, {4, "what", s.What, "what was checked, and how"}} {
			if strings.TrimSpace(of.value) == "" {
				problems.Add(diag.Problem{File: SignoffsFile, Line: i + 2, Column: of.column, Field: of.field, Message: "a value is missing", Expected: of.expected})
			}
		}
	}
	return list, nil
}
