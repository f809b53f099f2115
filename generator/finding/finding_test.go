package finding

import (
	"strings"
	"testing"

	"broadsheet/generator/quantity"

	"go.yaml.in/yaml/v3"
)

// table is one of values as text; "" is missing.
func table(t *testing.T, key, columns string, rows ...string) Table {
	t.Helper()
	table := Table{Key: strings.Fields(key)}
	for column := range strings.FieldsSeq(columns) {
		name, unit, _ := strings.Cut(column, ":")
		u, ok := quantity.Units{}.Find(unit)
		if !ok {
			t.Fatal(unit)
		}
		table.Columns = append(table.Columns, Column{name, strings.ToUpper(name[:1]) + name[1:], u})
	}
	for _, text := range rows {
		var row Row
		for i, cell := range strings.Split(text, "|") {
			v, ok := table.Columns[i].Unit.Read(cell)
			if !ok {
				t.Fatal(cell)
			}
			row.Values = append(row.Values, v)
		}
		for _, name := range table.Key {
			row.Key = append(row.Key, row.Values[table.column(name)].Raw())
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// Each claim holds or does not, and says why.
func TestClaims(t *testing.T) {
	places := table(t, "id", "id:text name:text kind:text amount:usd rate:ratio day:date",
		"CA|California|state|900|2.5|2018-01-02", "IL|Illinois|state|300|2.5|2018-02-02", "ny|New York|city|200|1|2018-03-02", "or|Oregon|state||4|2018-03-02", "al|Albany|city|-5|0.5|")
	years := table(t, "city year", "city:text year:year rate:ratio crimes:count",
		"la|2012|5|9", "la|2013|3|10", "la|2014|2|", "la|2015|4|20", "sf|2014|2.001|7", "sf|2015|2|7", "us|2014|3|8", "us|2015|3.5|4")
	one := table(t, "", "states:usd all:usd before:usd", "300|400|150")
	for _, tt := range []struct {
		of         Table
		spec, want string // what keeps it from holding; "" for nothing
	}{
		{places, "{claim: largest, of: amount, for: CA}", "the value of Oregon is missing"},
		{places, "{claim: largest, of: amount, for: CA, known: true}", ""},
		{places, "{claim: largest, of: amount, for: [CA, IL], known: true}", ""},
		{places, "{claim: largest, of: amount, for: [CA, ny], known: true}", "Illinois has $300, and New York has $200"},
		{places, "{claim: largest, of: rate, for: CA, where: {id: not or}}", "California and Illinois both have 2.5"},
		{places, "{claim: largest, of: rate, for: or}", ""},
		{places, "{claim: largest, of: rate, for: or, where: {id: or}}", "there is no other row"},
		{places, "{claim: largest, of: rate, for: XX}", `no row has the key "XX"`},
		{places, "{claim: smallest, of: amount, for: al, known: true}", ""},
		{places, "{claim: smallest, of: day, for: CA, where: {day: known}}", ""},
		{places, "{claim: rank, n: 2, of: amount, for: IL, known: true}", ""},
		{places, "{claim: rank, n: 3, of: amount, for: IL, known: true}", "it is number 2"},
		{places, "{claim: rank, n: 2, of: rate, for: IL}", "Illinois and California both have 2.5"},
		{places, "{claim: majority, of: amount, for: CA, known: true}", "the value of Albany is negative, −$5, so that parts of the sum say nothing"},
		{places, `{claim: majority, of: amount, for: CA, known: true, where: {amount: "> 0"}}`, "it is not known whether Oregon is among the rows, as a value is missing"},
		{places, "{claim: majority, of: amount, for: CA, where: {id: [CA, IL, ny]}}", ""},
		{places, "{claim: majority, of: amount, for: {kind: state}, where: {id: [CA, IL, ny]}, share: 6/7}", "it is $1,200 of $1,400"},
		{places, "{claim: majority, of: amount, for: IL, where: {id: [IL]}}", "there is no other row"},
		{places, "{claim: more than, of: amount, for: CA, than: IL, times: 2}", ""},
		{places, "{claim: more than, of: amount, for: CA, than: IL, times: 3}", "it is $900, against $300"},
		{places, "{claim: more than, of: amount, for: IL, than: al, times: 3}", "a value is negative, so that no number of times is more"},
		{places, "{claim: more than, of: amount, for: IL, than: al}", ""},
		{places, "{claim: more than, of: amount, for: or, than: al}", "the value of Oregon is missing"},
		{places, "{claim: less than, of: amount, for: IL, than: 300.004}", "it is $300, against $300"},
		{places, "{claim: more than, of: rate, for: {kind: state}, than: 2}", "it is about 3 rows, and should be about one"},
		{places, "{claim: before, of: day, for: CA, than: IL}", ""},
		{places, "{claim: after, of: day, for: CA, than: 2018-01-01}", ""},
		{places, "{claim: after, of: day, for: CA, than: then}", `"then" is not a value, a column or a key of one row`},
		{places, "{claim: equal, of: rate, for: CA, to: IL}", ""},
		{places, "{claim: equal, of: rate, for: CA, to: 2}", "it is 2.5, against 2"},
		{places, "{claim: between, of: rate, for: CA, low: 2, high: 3}", ""},
		{places, "{claim: between, of: rate, for: CA, low: 3, high: 5}", "it is 2.5"},
		{places, `{claim: all, is: {rate: "> 0"}}`, ""},
		{places, `{claim: all, is: {rate: ">= 1"}}`, "Albany is not"},
		{places, `{claim: all, is: {amount: "< 1000"}}`, "it is not known of Oregon, as a value is missing"},
		{places, "{claim: all, where: {kind: county}, is: {rate: 5}}", "there is no row to speak of"},
		{places, "{claim: none, is: {kind: county}}", ""},
		{places, "{claim: none, is: {kind: [county, city]}}", "New York is"},
		{places, "{claim: most, is: {kind: state}}", ""},
		{places, `{claim: most, is: {amount: "> 250"}}`, "2 of 5 are"},
		{places, `{claim: most, is: {amount: "> 0"}, known: true, share: 2/3}`, ""},
		{places, "{claim: only, for: or, is: {amount: missing}}", ""},
		{places, `{claim: only, for: or, is: {rate: "> 2"}}`, "California is too"},
		{places, `{claim: only, for: al, is: {rate: "> 2"}}`, "Albany is not"},
		{places, "{claim: only, for: or, where: {id: or}, is: {kind: state}}", "there is no other row"},
		{places, "{claim: count, n: 3, is: {kind: state}}", ""},
		{places, "{claim: count, n: 4, is: {kind: state}}", "there are 3"},
		{places, "{claim: count, n: 0, is: {amount: known}, where: {kind: county}}", ""},
		{years, "{claim: rose, of: rate, over: year, from: 2014, to: 2015, for: [la, us]}", ""},
		{years, "{claim: rose, of: rate, over: year, from: 2014, to: 2015}", "sf went from 2 to 2"},
		{years, "{claim: fell, of: rate, over: year, from: 2014, to: 2015, for: sf}", "sf went from 2 to 2"},
		{years, "{claim: unchanged, of: rate, over: year, from: 2014, to: 2015, for: sf}", ""},
		{years, "{claim: fell, of: rate, over: year, from: 2010, to: 2015, for: sf}", "there is no row of sf for 2010"},
		{years, "{claim: rose, of: crimes, over: year, from: 2014, to: 2015, for: la}", "a value of la is missing"},
		{years, "{claim: doubled, of: crimes, over: year, from: 2013, to: 2015, for: la}", ""},
		{years, "{claim: halved, of: crimes, over: year, from: 2014, to: 2015, for: us}", ""},
		{years, "{claim: highest since, of: rate, over: year, at: 2015, since: 2012, for: la}", ""},
		{years, "{claim: highest since, of: rate, over: year, at: 2015, since: 2013, for: la}", "it was 3 in 2013, and 4 in 2015"},
		{years, "{claim: highest since, of: rate, over: year, at: 2015, since: 2014, for: sf}", "there is no time between 2014 and 2015"},
		{years, "{claim: highest since, of: crimes, over: year, at: 2015, since: 2012, for: la}", "the value of la, 2014 is missing"},
		{years, `{claim: first since, over: year, at: 2015, since: 2012, for: la, is: {rate: "> 3"}}`, ""},
		{years, `{claim: first since, over: year, at: 2015, since: 2012, for: la, is: {rate: "> 2"}}`, "it was so in 2013"},
		{one, "{claim: more than, of: states, than: all, times: 2/3}", ""},
		{one, "{claim: more than, of: states, than: all, times: 3/4}", "it is $300, against $400"},
		{one, "{claim: doubled, from: before, to: states}", ""},
		{one, "{claim: fell, from: all, to: states}", ""},
		{one, "{claim: fell, from: before, to: states}", "it went from $150 to $300"},
	} {
		var s Spec
		if err := yaml.Unmarshal([]byte(tt.spec), &s); err != nil {
			t.Fatal(tt.spec, err)
		}
		if faults := s.Check(tt.of); len(faults) > 0 {
			t.Errorf("%s: %v", tt.spec, faults[0].Problem)
			continue
		}
		got := s.Test(tt.of)
		if got.Why != tt.want || got.Holds != (tt.want == "") {
			t.Errorf("%s: holds %v, %q, want %q", tt.spec, got.Holds, got.Why, tt.want)
		}
		if got.Says == "" || strings.Contains(got.Says+got.Disproof, "{{") || got.Disproof == "" {
			t.Errorf("%s: says %q, disproof %q", tt.spec, got.Says, got.Disproof)
		}
	}
}

func TestWords(t *testing.T) {
	places := table(t, "id", "id:text name:text kind:text amount:usd", "CA|California|state|900", "IL|Illinois|state|300", "ny|New York|city|200")
	for spec, want := range map[string]string{
		"{claim: largest, of: amount, for: CA}":                         "Amount: California is above all others | another row at that value or beyond it, or one without a value; nearest: Illinois, $300 | 1,CA,California",
		"{claim: majority, of: amount, for: [CA, IL], share: 2/3}":      "Amount: California, Illinois has more than 2/3 of the sum | a part that is no more than that, or a value that is missing or negative; now: $1,200 of $1,400 | 2,2/3,CA,California,IL,Illinois",
		`{claim: most, where: {kind: state}, is: {amount: "< 100000"}}`: "more than 1/2 of the rows have Amount < $100,000; only rows with Kind = state | another number of such rows; now: 2 of 2 | 1/2,100000,state",
	} {
		var s Spec
		if err := yaml.Unmarshal([]byte(spec), &s); err != nil {
			t.Fatal(err)
		}
		r := s.Test(places)
		if got := r.Says + " | " + r.Disproof + " | " + strings.Join(r.Mentions, ","); got != want {
			t.Errorf("%s:\n got %s\nwant %s", spec, got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	places := table(t, "id", "id:text amount:usd rate:usd_per_1k", "CA|900|1")
	for spec, want := range map[string]string{
		"{}":                                                    "claim: a finding without its claim, expected one of ",
		"{claim: bigest}":                                       `claim: unknown claim "bigest", expected one of `,
		"{claim: largest}":                                      `claim: the claim "largest" needs for, expected largest with of, for`,
		"{claim: all, times: 3}":                                `claim: the claim "all" needs is`,
		"{claim: largest, of: amuont, for: CA}":                 `of: unknown column "amuont", expected one of id, amount, rate`,
		"{claim: largest, of: id, for: CA}":                     `of: column "id" cannot be compared, found unit text, expected a column of numbers or times`,
		"{claim: majority, of: rate, for: CA}":                  `of: column "rate" cannot be compared, found unit usd_per_1k, expected a column that has a sum`,
		"{claim: rose, from: amount, to: ratte}":                `to: unknown column "ratte"`,
		"{claim: rose, of: amount, from: 1, to: 2}":             `claim: the claim "rose", found one of of and over`,
		"{claim: more than, of: amount, than: 1, times: twice}": `times: times "twice", expected a number such as 2, 1.5 or 2/3`,
		"{claim: all, is: {kind: state}}":                       `is: unknown column "kind"`,
		"{claim: largest, of: amount, for: CA, n: 3}":           `n: the claim "largest" has no n, expected of, for, where, known`,
	} {
		var s Spec
		if err := yaml.Unmarshal([]byte(spec), &s); err != nil {
			t.Fatal(err)
		}
		faults := s.Check(places)
		if len(faults) == 0 {
			t.Errorf("%s: nothing wrong", spec)
			continue
		}
		if got := faults[0].Key + faults[0].Problem.String(); !strings.HasPrefix(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", spec, got, want)
		}
	}
}
