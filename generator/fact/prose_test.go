package fact

import (
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// aggregates has one fact, n.of, which is 5, and two findings.
func aggregates(t *testing.T) aggregate.Set {
	t.Helper()
	report := fstest.MapFS{
		dataset.File: {Data: []byte(`{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}]}}]}`)},
		"data/t.csv": {Data: []byte("k\na\nb\nc\nd\ne\n")},
		"data/aggregates/n.sql": {Data: []byte(`/*
title: N
columns: {of: {label: N, unit: count}, yes: {label: Yes, unit: flag}, no: {label: No, unit: flag}}
*/
SELECT count(*) AS of, count(*) > 0 AS yes, count(*) = 0 AS no, list(_row) AS t_rows FROM t`)},
	}
	eng, err := engine.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := eng.Close(); err != nil {
			t.Error(err)
		}
	}()
	var problems diag.List
	data, err := dataset.Load(t.Context(), report, nil, eng, nil, nil, &problems)
	if err != nil {
		t.Fatal(err)
	}
	set, err := aggregate.Load(t.Context(), report, data, eng, nil, nil, &problems)
	if err != nil || !problems.Empty() {
		t.Fatal(err, problems.Sorted())
	}
	return set
}

func TestShortcodesInTitles(t *testing.T) {
	set := aggregates(t)
	for text, want := range map[string]string{
		`Perc {{% fact "n.of" %}} x`:                                                       "{{% fact %}}, which writes no Markdown",
		`Self {{< fact "n.of" />}} x`:                                                      `the shortcode "fact" takes no closing tag`,
		"{{<fact `n.of` words>}} and {{< fact\n\"n.of\"\nWords >}}":                        "five and Five",
		`{{< choose of="n.of" 5="so" 6="not" >}}`:                                          "so",
		`a {{< finding "n.yes" >}}b {{< fact "n.of" >}} c{{< /finding >}} d`:               "a [b 5 c] d",
		`{{< finding "n.yes" >}}b{{< /finding >}}{{< finding "n.yes" >}}c{{< /finding >}}`: "[b][c]",
		`as {{</* fact "n.of" */>}} and {{ x }}`:                                           `as {{< fact "n.of" >}} and {{ x }}`,
		`{{< fact "n.of >}}`:                                                               "broken shortcode: unterminated quoted string",
		`a {{< fact "n.of"`:                                                                "broken shortcode: unclosed shortcode action",
		`a {{< /finding >}}`:                                                               "broken shortcode: got closing shortcode, but none is open",
		`a {{< finding "n.yes" >}}b`:                                                       "the finding is not closed",
		`{{< finding "n.yes" >}}{{< finding "n.yes" >}}b{{< /finding >}}{{< /finding >}}`:  "a finding in a finding",
		`a {{< finding "n.no" >}}so {{< fact "n.of" >}}{{< /finding >}}`:                   "a finding is no longer true: so 5",
		`{{< fact "n.of" >}}b{{< /fact >}}`:                                                `the shortcode "fact" takes no closing tag`,
		`{{< chart "x" >}}`:                                                                `shortcode "chart" in a title`,
		`{{< fact "n.on" >}}`:                                                              `unknown fact "n.on"`,
	} {
		prose, problems := ParseProse(set, text)
		var got strings.Builder
		var resting *Fact
		for _, part := range append(prose, Part{}) {
			if part.Finding != resting && resting != nil {
				got.WriteString("]")
			}
			if part.Finding != resting && part.Finding != nil {
				got.WriteString("[")
			}
			resting = part.Finding
			got.WriteString(part.Text)
		}
		if len(problems) == 0 && got.String() != want {
			t.Errorf("%s: got %s, want %s", text, got.String(), want)
		}
		if len(problems) > 0 && (problems[0].Line != 0 || !strings.HasPrefix(strings.TrimPrefix(problems[0].String(), ": "), want)) {
			t.Errorf("%s: got %v, want %s", text, problems, want)
		}
	}
}
