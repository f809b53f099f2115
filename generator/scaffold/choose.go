package scaffold

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/quantity"
)

// form is how rows become bars or points.
type form int

const (
	ranking  form = iota // a bar for each row
	overTime             // a point for each year, or month
	groups               // a bar for each value of a column
	filledIn             // a bar for each column: how many of its cells have values
)

func (s *story) choose() {
	var unique, category *column
	measures := s.measures()
	if len(measures) > 0 {
		s.measure = measures[0]
	}
	for _, c := range s.columns {
		if s.year == nil && c.yearSQL() != "" && c.years() >= 3 && c.blank*2 < s.rows {
			s.year = c
		}
		if !c.isName(s.rows) || c == s.measure {
			continue
		}
		values := len(c.distinct)
		switch {
		case values == s.rows && !c.alike:
			if unique == nil {
				unique = c
			}
		case category == nil || better(c, category):
			category = c
		}
	}
	if s.year == nil {
		i := slices.IndexFunc(s.columns, func(c *column) bool { return c.months() >= 3 && c.blank*2 < s.rows })
		if i >= 0 {
			s.year, s.monthly = s.columns[i], true
		}
	}
	switch {
	case unique != nil && s.measure != nil:
		s.form, s.name = ranking, unique
		s.others = measures[1:min(len(measures), 4)]
	case s.year != nil:
		s.form = overTime
	case category != nil:
		s.form, s.name = groups, category
	default:
		s.form, s.measure = filledIn, nil
	}
	if s.measure != nil && s.form != ranking {
		s.averaged = !s.measure.Unit.Additive()
	}
	for _, c := range s.columns { // of other columns, a word that is there once
		for _, cell := range slices.Sorted(maps.Keys(c.distinct)) {
			if c != s.name && c.Type == "string" && c.distinct[cell] == 1 && allOf.MatchString(strings.TrimSpace(cell)) {
				s.doubt(fmt.Sprintf("column %s has %s in one row, which looks like a total row: if it is one, %s", diag.Quote(c.Name), diag.Quote(cell), leaveOut(c.rowsOf(cell))))
			}
		}
	}
	if s.name != nil {
		for cell := range s.name.distinct {
			if plain := strings.TrimSpace(cell); allOf.MatchString(plain) || nation.MatchString(plain) && s.name.distinct["AL"]+s.name.distinct["Alabama"] > 0 {
				s.total = append(s.total, cell)
			}
		}
		if slices.Sort(s.total); len(s.total) > 0 {
			s.doubt(fmt.Sprintf("column %s has %s, which looks like a total row: the chart leaves it out; if it is one, %s", diag.Quote(s.name.Name), diag.Quote(s.total[0]), leaveOut(s.name.rowsOf(s.total[0]))))
		}
	}
}

// rowsOf are the numbers of the rows that have a value.
func (c *column) rowsOf(value string) (rows []int) {
	for i, cell := range c.cells {
		if cell == value {
			rows = append(rows, c.numbers[i])
		}
	}
	return rows
}

var allOf = regexp.MustCompile(`^(?i)(grand total|sub ?totals?|totals?|sum|all|overall|gesamt|insgesamt|summe|total général)$`)

// nation is all states together.
var nation = regexp.MustCompile(`^(?i)(united states|us|usa|u\.s\.)$`)

// yearSQL is the SQL of the years of a column; "" where it has none.
func (c *column) yearSQL() string {
	switch {
	case c.Unit.IsYear() && c.Type == "year":
		return sqlName(c.Name)
	case c.Unit.IsYear():
		return sqlName(c.Name) + "::INTEGER"
	}
	return c.year
}

var fourDigits = regexp.MustCompile(`(?:1[5-9]|20)[0-9]{2}`)

// years counts the years of a column, as far as its texts tell.
func (c *column) years() int {
	seen := map[string]bool{}
	for cell := range c.distinct {
		if y := fourDigits.FindString(cell); y != "" {
			seen[y] = true
		} else if c.Type == "date" && len(cell) >= 2 {
			seen[cell[len(cell)-2:]] = true
		}
	}
	return len(seen)
}

// months counts the months of a column of months or days.
func (c *column) months() int {
	if c.Type != "yearmonth" && c.Type != "date" {
		return 0
	}
	read := c.Reader()
	seen := map[string]bool{}
	for cell := range c.distinct {
		if day, ok := read(cell); ok && len(day) >= len("2018-01") {
			seen[day[:len("2018-01")]] = true
		}
	}
	return len(seen)
}

// timeSQL is the SQL of the years, or the months, of a line.
func (s *story) timeSQL() string {
	switch {
	case !s.monthly:
		return s.year.yearSQL()
	case s.year.Type == "date":
		return "strftime(" + sqlName(s.year.Name) + ", '%Y-%m')"
	}
	return sqlName(s.year.Name)
}

// timeUnit is the unit of these, and its name the key of the aggregate.
func (s *story) timeUnit() quantity.Unit {
	if s.monthly {
		return quantity.Month
	}
	return quantity.Year
}

// timeLabel is what readers call it.
func (s *story) timeLabel() string {
	if s.monthly {
		return s.words.Say("new_month")
	}
	return s.words.Say("new_year")
}

// measures are the columns that can be the length of a bar, the best first.
func (s *story) measures() []*column {
	var list []*column
	for _, c := range s.columns {
		if s.score(c) >= 5 {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *column) int { return s.score(b) - s.score(a) })
	return list
}

// score says how good a measure a column is; less than 5 for none.
func (s *story) score(c *column) int {
	name := plainName(c.Name)
	low, high, _ := c.bounds()
	switch {
	case c.number == "" && c.Type != "integer" && c.Type != "number":
		return 0
	case c.Unit.IsYear(), c.Unit.IsRank(), names.MatchString(name), places.MatchString(name), c.consecutive():
		return 0
	case len(c.distinct) <= 3 && s.rows > 5, c.blank*2 > s.rows, math.Max(math.Abs(low), math.Abs(high)) > 1e15:
		return 0
	}
	score := 10
	if wanted.MatchString(name) {
		score += 4
	}
	if c.Unit.Exact() {
		score += 3
	}
	if c.number != "" && !c.Unit.Exact() {
		score -= 3
	}
	if c.blank > 0 {
		score -= 2
	}
	if len(c.distinct) < 12 && s.rows > 40 {
		score -= 4
	}
	return score
}

// isName reports whether the values of a column can name bars.
func (c *column) isName(rows int) bool {
	if c.Type != "string" && c.Type != "boolean" || c.year != "" || c.number != "" || c.blank*2 > rows {
		return false
	}
	name := plainName(c.Name)
	return len(c.distinct) >= 2 && c.longest() <= 80 && (!names.MatchString(name) || len(c.distinct)*2 < rows) && !codes.MatchString(name) && !personal.MatchString(name)
}

var summed = words("total|sum|count|number")

var grouping = words("state|county|country|city|region|district|team|league|party|type|kind|category|class|group|gender|sex|race|department|dept|sector|industry|brand|company|agency|status|cause|artist|genre|name|program|level")

// asks reports whether the column holds answers to the question that is its name.
func (c *column) asks() bool { return strings.HasSuffix(strings.TrimSpace(c.Name), "?") }

// better reports whether one column groups rows better than another.
func better(a, b *column) bool {
	rank := func(c *column) int {
		n := len(c.distinct)
		score := 0
		switch {
		case c.asks():
			score += 4
		case grouping.MatchString(plainName(c.Name)):
			score += 3
		}
		if n >= 3 && n <= 40 {
			score += 2
		}
		if n*2 > len(c.cells) {
			score -= 4
		}
		if c.blank*5 > len(c.cells) {
			score -= 2
		}
		return score
	}
	return rank(a) > rank(b)
}
