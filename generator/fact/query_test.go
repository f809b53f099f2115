package fact

import (
	"strings"
	"testing"

	"broadsheet/generator/aggregate"
)

// What a finding's query is about is the part that yields it, with what it reads.
func TestTested(t *testing.T) {
	rows := &aggregate.Aggregate{SQL: "WITH nation AS (SELECT max(x) AS y FROM t WHERE year = 2015), other AS (SELECT 7 AS z)\n" +
		"SELECT 'one' AS finding, y > 5 AS holds FROM nation\nUNION ALL BY NAME\nSELECT 'two' AS finding, z > 6 AS holds FROM other"}
	one := &aggregate.Aggregate{SQL: "SELECT sum(n) FILTER (WHERE a = 'x, y') > 3 AS first, (SELECT max(n) FROM b) = 'CA' AS second, n > 9 AS third FROM a WHERE a.year = 2016"}
	for _, tt := range []struct {
		a           *aggregate.Aggregate
		column, key string
		holds, not  string
	}{
		{rows, "holds", "one", "5 2015", "6 7 two"},
		{rows, "holds", "two", "6 7", "5 2015"},
		{rows, "holds", "none", "5 6 7", ""},
		{one, "first", "", "3 x, 2016", "CA 9"},
		{one, "second", "", "CA 2016", "3 9"},
		{one, "none", "", "CA 3 9", ""},
	} {
		f := &Fact{Aggregate: tt.a, Column: aggregate.Column{Name: tt.column}, Row: &aggregate.Row{}}
		if tt.key != "" {
			f.Row.Key = []string{tt.key}
		}
		got := f.Tested()
		for word := range strings.FieldsSeq(tt.holds) {
			if !strings.Contains(got, word) {
				t.Errorf("%s %s lacks %s: %s", tt.column, tt.key, word, got)
			}
		}
		for word := range strings.FieldsSeq(tt.not) {
			if strings.Contains(got, word) {
				t.Errorf("%s %s holds %s: %s", tt.column, tt.key, word, got)
			}
		}
	}
}
