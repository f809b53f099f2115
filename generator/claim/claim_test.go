package claim

import (
	"testing"

	"broadsheet/generator/phrase"
	"broadsheet/generator/quantity"
)

func TestEachClaimIsASentence(t *testing.T) {
	dollars, _ := quantity.Units{}.Find("usd")
	usd := func(raw string) Value { return Value{Raw: raw, Unit: dollars} }
	drawn := Contents{Counts: map[string]int{"rows": 1, "points": 2}, Labels: map[string]string{"value": "Amount"}}
	for want, c := range map[string]Claim{
		"Plot of 2 points: Amount.":                          drawn.Show(Words("Plot of "), Points("point"), Words(": "), Label("value")),
		"Map of 1 county.":                                   drawn.Show(Words("Map of "), Part{Count: "rows", Noun: "county", Plural: "counties"}),
		"Map of 0 counties.":                                 Contents{}.Show(Words("Map of "), Part{Count: "rows", Noun: "county", Plural: "counties"}),
		"Highest: A (x), $28.3 million.":                     {Says: Highest, Names: []string{"A (x)"}, Values: []Value{usd("28300000")}},
		"Lowest end: B, −$5.":                                {Says: LowestEnd, Names: []string{"B"}, Values: []Value{usd("-5")}},
		"A: from $5 in 2015 to $6 in 2017.":                  {Says: Change, Names: []string{"A", "in 2015", "in 2017"}, Values: []Value{usd("5"), usd("6")}},
		"Demand: 69.":                                        {Says: Count, Names: []string{"demand"}, N: 69},
		"No value: A, B.":                                    {Says: Missing, Names: []string{"A", "B"}},
		"No values for 2016, 2018.":                          {Says: Gaps, Names: []string{"2016", "2018"}},
		": from N/A  to N/A .":                               {Says: Change}, // of a page that somebody else wrote
		`Highest: <b> "q" & ` + "\u2028" + `, not a number.`: {Says: Highest, Names: []string{`<b> "q" & ` + "\u2028"}, Values: []Value{usd("not a number")}},
	} {
		for i := range c.Values {
			if !c.Values[i].Unit.Known() {
				t.Fatal("a value without a unit")
			}
		}
		if got := c.In(phrase.In("en")); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		text, err := List{c}.JSON()
		if err != nil {
			t.Fatal(err)
		}
		read, err := Read(text)
		if err != nil || len(read) != 1 || !read[0].Same(c) {
			t.Errorf("%v: %s is not what was written", err, text)
		}
	}
}
