package record

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"time"

	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// CorrectionsFile lists the published figures that were wrong. `accept
// --correction` adds to it; an editor may edit its words.
const CorrectionsFile = "data/corrections.csv"

// Correction is something published that was wrong, and what is right: a figure, a name, a day; or only words.
type Correction struct {
	Date  string `csv:"date"`  // as 2018-02-01
	Fact  string `csv:"fact"`  // its address; "" for words alone
	Old   string `csv:"old"`   // as pages showed it
	New   string `csv:"new"`   // "" where no page shows it any more
	Text  string `csv:"text"`  // what was wrong, and why
	Pages string `csv:"pages"` // that showed the old figure, with spaces in between
}

// Corrections reads them, oldest first. A report may have none.
func Corrections(report fs.FS, problems *diag.List) ([]Correction, error) {
	text, err := fs.ReadFile(report, CorrectionsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if p := conflict(CorrectionsFile, text); p != nil {
		p.Hint = "keep the rows of both sides, and delete the markers"
		problems.Add(*p)
		return nil, nil
	}
	var list []Correction
	rows, wrong := readRows[Correction](CorrectionsFile, text)
	if wrong == nil {
		if err := unmarshal(rows, &list); err != nil {
			wrong = &diag.Problem{File: CorrectionsFile, Message: err.Error()}
		}
	}
	if wrong != nil {
		wrong.Hint = `save the file as "CSV UTF-8", with commas`
		problems.Add(*wrong)
		return nil, nil
	}
	for i, c := range list {
		if _, err := time.Parse(time.DateOnly, c.Date); err != nil {
			problems.Add(diag.Problem{File: CorrectionsFile, Line: i + 2, Column: 1, Field: "date", Found: diag.Quote(c.Date), Expected: "a day, such as 2018-02-01"})
		}
		if c.Text == "" {
			problems.Add(diag.Problem{File: CorrectionsFile, Line: i + 2, Column: 5, Field: "text", Message: "a value is missing", Expected: "what was wrong, and why"})
		}
	}
	slices.SortStableFunc(list, func(a, b Correction) int { return cmp.Compare(a.Date, b.Date) })
	return list, nil
}

// WriteCorrections writes the file.
func WriteCorrections(list []Correction) ([]byte, error) { return gocsv.MarshalBytes(list) }
