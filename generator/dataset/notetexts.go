package dataset

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"

	"golang.org/x/text/encoding/charmap"
)

// distinct is a value of a column of texts.
type distinct struct {
	text  string
	row   int64 // the first
	count int64
}

// mostTexts bounds how many values of a column are compared with each other.
const mostTexts = 50_000

func (l *looking) lookAtTexts(ctx context.Context, f *Field, isFirst bool) error {
	name := engine.Name(f.Name)
	_, rows, err := l.engine.Collect(ctx, fmt.Sprintf("SELECT %s, min(_row), count(*) FROM %s WHERE %[1]s IS NOT NULL GROUP BY 1 ORDER BY 2 LIMIT %[3]d", name, engine.Name(l.Name), mostTexts+1))
	if err != nil || len(rows) > mostTexts {
		return err
	}
	texts, values := make([]distinct, len(rows)), int64(0)
	for i, row := range rows {
		texts[i].text, _ = row[0].(string)
		texts[i].row, _ = row[1].(int64)
		texts[i].count, _ = row[2].(int64)
		values += texts[i].count
	}
	if len(texts) == 0 {
		l.blank(f)
		return nil
	}
	l.lookForAlike(f, texts)
	l.lookForLetters(f, texts)
	l.lookForNumbers(f, texts, values)
	l.lookForCodes(f, texts, values)
	if i := slices.IndexFunc(texts, func(t distinct) bool { return IsTotal(t.text) && t.count == 1 }); i >= 0 && len(texts) > 2 {
		l.add(noteTotal, texts[i].row, f, diag.Problem{Message: "a row of totals", Found: diag.Quote(texts[i].text), Hint: "a sum over the table counts all twice: " + leaveOut(texts[i].row) + ", or leave it out in each aggregate"})
	}
	if gaps := int64(l.Rows) - values; isFirst && len(texts) >= 2 && values == int64(len(texts)) && gaps*3 >= int64(l.Rows) && texts[0].row <= 3 {
		l.add(noteMerged, 1, f, diag.Problem{Message: fmt.Sprintf("%s of the first column %s blank, as where cells were merged", diag.Count(int(gaps), "cell"), isOrAre(gaps)), Hint: "write the value in each row to which it belongs"})
	}
	return nil
}

func isOrAre(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// IsTotal reports whether a text is the name of a row of totals.
func IsTotal(text string) bool { return totals.MatchString(strings.TrimSpace(text)) }

var totals = regexp.MustCompile(`^(?i)(grand total|sub-?totals?|totals?|sum|gesamt|insgesamt|summe|total général|suma)$`)

// lookForAlike finds two texts that a reader takes for one.
func (l *looking) lookForAlike(f *Field, texts []distinct) {
	isKey := l.isKey(f.Name)
	seen := make(map[string]distinct, len(texts))
	var pair [2]distinct
	pairs := 0
	for _, t := range texts {
		const longest = 100
		if len(t.text) > longest {
			continue
		}
		plain := Seen(t.text)
		if !isKey {
			plain = strings.ToLower(plain)
		}
		other, again := seen[plain]
		if !again {
			seen[plain] = t
			continue
		}
		if pairs++; pairs == 1 {
			pair = [2]distinct{other, t}
		}
	}
	if pairs == 0 {
		return
	}
	n := diag.Problem{Message: fmt.Sprintf("it looks like %s in %s, and counts as another value", diag.Quote(pair[0].text), l.RowName(pair[0].row)), Found: diag.Quote(pair[1].text),
		Hint: "they differ only in " + Difference(pair[0].text, pair[1].text) + ": write both in one way"}
	if pairs > 1 {
		n.Hint += fmt.Sprintf("; so do %s of the column", diag.Count(pairs-1, "more text"))
	}
	l.add(noteAlike, pair[1].row, f, n)
}

// isKey reports whether a column tells rows apart.
func (t *Table) isKey(name string) bool {
	return slices.Contains(t.Schema.PrimaryKey, name) || slices.ContainsFunc(t.Schema.UniqueKeys, func(key []string) bool { return slices.Contains(key, name) }) || t.field(name).Constraints.Unique
}

// lookForLetters finds letters that were broken before: é as Ã©, or lost.
func (l *looking) lookForLetters(f *Field, texts []distinct) {
	for _, t := range texts {
		n := diag.Problem{Found: diag.Quote(t.text)}
		if strings.ContainsRune(t.text, utf8.RuneError) {
			n.Message, n.Hint = "a letter was lost when the file was converted", "take the text from the source again, in UTF-8"
		} else if right, ok := repaired(t.text); ok {
			n.Message, n.Hint = "letters that were broken when the file was converted", "is it "+diag.Quote(right)+"? save the file again, from its source, as UTF-8"
		} else {
			continue
		}
		l.add(noteLetters, t.row, f, n)
		return
	}
}

// repaired is a text of UTF-8 that somebody read as Windows-1252.
func repaired(text string) (string, bool) {
	if !strings.ContainsAny(text, "ÂÃâÅÄ") {
		return "", false
	}
	data, err := charmap.Windows1252.NewEncoder().String(text)
	return data, err == nil && utf8.ValidString(data)
}

// lookForNumbers finds a column of texts that are numbers, but for a few.
func (l *looking) lookForNumbers(f *Field, texts []distinct, values int64) {
	reads := (Field{Type: "number"}).Reads()
	numbers, decimals := int64(0), false
	var other *distinct
	for i, t := range texts {
		switch {
		case reads(t.text):
			numbers += t.count
			decimals = decimals || strings.ContainsAny(t.text, ".-+\u2212")
		case other == nil:
			other = &texts[i]
		}
	}
	if !decimals || values < 5 || numbers*10 < values*9 {
		return
	}
	n := diag.Problem{Message: "a column of texts that are numbers", Found: diag.Quote(texts[0].text), Hint: "declare it as \"type\": \"number\" in " + File}
	row := int64(1)
	if other != nil {
		row = other.row
		n.Message, n.Found = "a column of texts that are numbers, but for a few", diag.Quote(other.text)
		n.Hint += ", and such cells as \"missingValues\""
	}
	l.add(noteNumbers, row, f, n)
}

var codes = regexp.MustCompile(`(?i)(^|[^a-z])(fips|zip|zipcode|zip_code|geoid|postal|postcode|plz|code|id|ein|naics|sic)([^a-z]|$)`)

func isCode(name string) bool { return codes.MatchString(name) }

// lookForCodes finds codes that a spreadsheet took for a number or a day, or that lost
// their zeros.
func (l *looking) lookForCodes(f *Field, texts []distinct, values int64) {
	var short, day *distinct
	days, digits := int64(0), true
	lengths := map[int]int64{}
	for i, t := range texts {
		switch {
		case turnedIntoDay.MatchString(t.text):
			days += t.count
			if day == nil {
				day = &texts[i]
			}
		case short == nil && shortenedCode.MatchString(t.text):
			short = &texts[i]
		}
		digits = digits && strings.Trim(t.text, "0123456789") == "" && !strings.HasPrefix(t.text, "0")
		lengths[len(t.text)] += t.count
	}
	switch {
	case short != nil:
		l.add(noteCode, short.row, f, diag.Problem{Message: "a number with an exponent in a column of texts", Found: diag.Quote(short.text), Hint: "a spreadsheet shortened it, and it lost its last digits: format the column as text, and enter it again as it is in the source"})
	case day != nil && days*2 < values:
		l.add(noteCode, day.row, f, diag.Problem{Message: "a day in a column of other texts", Found: diag.Quote(day.text), Hint: "did a spreadsheet take a code or a range, such as 1-3, for a day? format the column as text, and enter it again as it is in the source"})
	}
	if !digits || !isCode(f.Name) || len(lengths) != 2 {
		return
	}
	for _, whole := range []int{2, 5, 9, 11} { // states, counties and ZIP codes, EIN, tracts
		n := lengths[whole-1]
		if n == 0 || lengths[whole] < n {
			continue
		}
		i := slices.IndexFunc(texts, func(t distinct) bool { return len(t.text) == whole-1 })
		l.add(noteZeros, texts[i].row, f, diag.Problem{Message: fmt.Sprintf("most codes of the column have %d digits, and none starts with 0", whole), Found: diag.Quote(texts[i].text), Expected: diag.Quote("0" + texts[i].text),
			Hint: "a spreadsheet drops leading zeros: format the column as text, and enter them again"})
	}
}
