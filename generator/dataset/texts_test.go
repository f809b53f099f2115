package dataset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTextsAreRawValues holds the texts of whole tables against the values that pages
// show, for every type.
func TestTextsAreRawValues(t *testing.T) {
	d, _, said := load(t, one(`"schema": {"fields": [
		{"name": "order", "type": "string"}, {"name": "n", "type": "number"}, {"name": "x", "type": "number"}, {"name": "i", "type": "integer", "groupChar": ","}, {"name": "y", "type": "year"},
		{"name": "b", "type": "boolean"}, {"name": "d", "type": "date"}, {"name": "l", "type": "list"}, {"name": "secret", "type": "string", "private": true}]}`,
		`order,n,x,i,y,b,d,l,secret
a,12.50,1e300,"1,000",2017,true,2017-01-05,"x, y",s
" b""",-0.5,-2.5,-7,0000,0,0001-01-01,x,s
"c
d",100,0.1,0,9999,1,9999-12-31,",",s
,0.0,,,,,,,s
e,-0.000000001,1e-30,9223372036854775807,0999,FALSE,2020-02-29,"a;b,c",s
f,99999999999999999999999999999.999999999,0,-9223372036854775808,2000,true,0044-03-15,é,s
0100,0,123456789012345.678,1,2000,,9999-12-31,100,s
`+"\x1f\x1e\x1em,0,7,1,2000,,,\"\x1e,\x1fb\",s\n"))
	if said != "" {
		t.Fatal(said)
	}
	rows, err := d.Tables[0].All(t.Context())
	if err != nil || len(rows) != 8 {
		t.Fatal(err, len(rows))
	}
	table := d.Tables[0]
	fromEngine, err := table.texts(t.Context(), table.selection(), len(rows), "true") // as those of a large table
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]string
	for text, err := range table.Texts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text.Append(nil))
	}
	if len(fromEngine) != len(rows) || len(texts) != len(rows) {
		t.Fatalf("%d and %d rows of %d", len(fromEngine), len(texts), len(rows))
	}
	for i, row := range rows {
		var want []string
		for _, v := range row.Values {
			want = append(want, v.Raw())
		}
		for _, got := range [][]string{fromEngine[i].Append(nil), texts[i]} {
			if !slices.Equal(got, want) {
				t.Errorf("row %d: %q, want %q", row.Number, got, want)
			}
		}
	}
}

// TestLongTables asks for rows of a table that comes in several parts, with gaps between
// its rows of which one is longer than a part.
func TestLongTables(t *testing.T) {
	var text strings.Builder
	var want []string
	text.WriteString("a,b\n")
	for i := range 3 * batch {
		switch {
		case i > batch/2 && i < 2*batch || i%100 == 0:
			text.WriteString(",\n") // no row
		default:
			want = append(want, fmt.Sprint(i))
			fmt.Fprintf(&text, "%d,x\n", i)
		}
	}
	d, _, said := load(t, one(`"schema": {"fields": [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]}`, text.String()))
	if said != "" {
		t.Fatal(said)
	}
	table := d.Tables[0]
	var got []string
	for texts, err := range table.Texts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, texts.Append(nil)[0])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d rows, want %d", len(got), len(want))
	}
	for range table.Texts(t.Context()) {
		break // which is not an error
	}
	rows, err := table.Pick(t.Context(), []int64{57_003, 2, 3, 57_002, 5, 30_000})
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, row := range rows {
		got = append(got, fmt.Sprintf("%d %s", row.Number, row.Values[0].Raw()))
	}
	if want := []string{"3 1", "5 3", "57003 57001"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
