package check

import (
	"strings"
	"testing"
)

// TestWhatTablesComputeIsComputedAgain changes a total, a rank and a bar of a finished table.
func TestWhatTablesComputeIsComputedAgain(t *testing.T) {
	const table = `<table><thead><tr><th data-column="rank_by_n">Rank</th><th data-column="a">A</th><th data-column="n" data-show="bar">N</th></tr></thead>` +
		`<tbody><tr class="group"><th colspan="2">G</th><td>30</td></tr><tr><td data-raw="1">1=</td><th>x</th><td data-raw="15"><span><span class="bar" style="--from: 25%; --to: 100%; --zero: 25%"></span>15</span></td></tr>` +
		`<tr><td data-raw="1">1=</td><th>y</th><td data-raw="15"><span><span class="bar" style="--from: 25%; --to: 100%; --zero: 25%"></span>15</span></td></tr></tbody>` +
		`<tbody><tr class="group"><th colspan="2">H</th><td data-raw="-5">−5</td></tr><tr><td>3</td><th>z</th><td data-raw="-5"><span><span class="bar" style="--from: 0%; --to: 25%; --zero: 25%"></span>−5</span></td></tr></tbody>` +
		`<tfoot data-show="total"><tr><td></td><th>Total</th><td>25</td></tr></tfoot></table>`
	for _, tt := range []struct{ name, from, to, want string }{
		{"nothing", "<td>25</td>", "<td>25</td>", ""},
		{"the total", "<td>25</td>", "<td>26</td>", `a total in a table, found "26", expected 25.00`},
		{"the total of a group", "<td>30</td>", "<td>31</td>", `a total in a table, found "31", expected 30.00`},
		{"a rank", "<td>3</td>", "<td>2</td>", `a rank in a table, found "2", expected 3`},
		{"a bar", "--from: 0%; --to: 25%", "--from: 0%; --to: 35%", `a bar in a table, found "−5"`},
		{"a value without a total", `<td data-raw="-5"><span><span class="bar" style="--from: 0%; --to: 25%; --zero: 25%"></span>−5</span></td>`, `<td class="missing">N/A</td>`, `a total in a table, found "25", expected none`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			said := check(t, strings.Replace(table, tt.from, tt.to, 1))
			if (tt.want == "") != (said == "") || !strings.Contains(said, tt.want) {
				t.Errorf("got %q, want %q", said, tt.want)
			}
		})
	}
}
