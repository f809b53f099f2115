package quantity

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	usd      = builtIn("usd")
	usdPer1k = builtIn("usd_per_1k")
	per100k  = builtIn("per_100k")
	ratio    = builtIn("ratio")
	rank     = builtIn("rank")
)

func of(t *testing.T, v any) Value {
	t.Helper()
	value, err := NewValue(v)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

func TestOneRuleForEveryPlace(t *testing.T) {
	day := time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		unit                      Unit
		value                     any
		prose, exact, short, cell string
	}{
		{usd, int64(28300000), "$28.3 million", "$28,300,000", "$28.3M", "$28,300,000"},
		{usd, int64(376000000), "$376 million", "$376,000,000", "$376M", "$376,000,000"},
		{usd, int64(524845), "$524,845", "$524,845", "$525K", "$524,845"},
		{usd, int64(999999), "$999,999", "$999,999", "$1M", "$999,999"},
		{usd, int64(999950000), "$1 billion", "$999,950,000", "$1B", "$999,950,000"},
		{usd, int64(999949999), "$999.9 million", "$999,949,999", "$999.9M", "$999,949,999"},
		{usd, int64(-1250000), "−$1.3 million", "−$1,250,000", "−$1.3M", "−$1,250,000"},
		{usd, int64(0), "$0", "$0", "$0", "$0"},
		{usdPer1k, rat(t, "523.835"), "$523.84", "$523.835", "$523.84", "$523.84"},
		{usdPer1k, int64(5), "$5.00", "$5", "$5.00", "$5.00"},
		{Count, int64(23), "23", "23", "23", "23"},
		{Count, int64(39250017), "39.3 million", "39,250,017", "39.3M", "39,250,017"},
		{Percent, rat(t, "59.05"), "59.1%", "59.05%", "59.1%", "59.1%"},
		{Percent, int64(59), "59%", "59%", "59%", "59.0%"},
		{Percent, rat(t, "2.25"), "2.3%", "2.25%", "2.3%", "2.3%"},
		{Percent, rat(t, "-2.25"), "−2.3%", "−2.25%", "−2.3%", "−2.3%"},
		{Percent, rat(t, "0.0495"), "0.05%", "0.0495%", "0.05%", "0.05%"},
		{Percent, rat(t, "-0.04"), "−0.04%", "−0.04%", "−0.04%", "−0.04%"},
		{ratio, rat(t, "0.00000005"), "0.00000005", "0.00000005", "0.00000005", "0.00000005"},
		{ratio, rat(t, "0.0049"), "0.005", "0.0049", "0.005", "0.005"},
		{ratio, rat(t, "0.0000000000000005"), "0", "0.0000000000000005", "0", "0"},
		{per100k, rat(t, "0.0000000000000005"), "0.0", "0.0000000000000005", "0.0", "0.0"},
		{Percent, rat(t, "0.0000000000000005"), "0%", "0.0000000000000005%", "0%", "0.0%"},
		{per100k, rat(t, "490.7"), "490.7", "490.7", "490.7", "490.7"},
		{per100k, int64(372), "372.0", "372", "372.0", "372.0"},
		{Year, int64(2017), "2017", "2017", "2017", "2017"},
		{Day, day, "Jan. 24, 2018", "2018-01-24", "2018-01-24", "2018-01-24"},
		{Words, "<b>", "<b>", "<b>", "<b>", "<b>"},
		{YesNo, true, "yes", "yes", "yes", "yes"},
		{usd, nil, "N/A", "N/A", "N/A", "N/A"},
	} {
		v := of(t, tt.value)
		for style, want := range map[Style]string{Prose: tt.prose, Exact: tt.exact, Short: tt.short, InTable: tt.cell} {
			if got := tt.unit.Format(v, style); got != want {
				t.Errorf("%s %v in style %q is %q, want %q", tt.unit, tt.value, style, got, want)
			}
		}
	}
}

func TestSpelledAtTheStartOfASentence(t *testing.T) {
	for v, want := range map[any]string{int64(2): "Two", int64(23): "23", nil: "N/A"} {
		if got := Count.Format(of(t, v), Capital); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
}

// TestWordsKeepTheUnit holds that words say no less than digits do, and that what
// cannot be said in words is written in digits.
func TestWordsKeepTheUnit(t *testing.T) {
	for _, tt := range []struct {
		unit           Unit
		value          any
		spelled, start string
	}{
		{Percent, int64(9), "9%", "Nine percent"},
		{Percent, int64(-1), "−1%", "Minus one percent"},
		{Percent, int64(10), "10%", "10%"},
		{Percent, 0.5, "0.5%", "0.5%"},
		{usd, int64(9), "nine dollars", "Nine dollars"},
		{usd, int64(1), "one dollar", "One dollar"},
		{usd, int64(0), "zero dollars", "Zero dollars"},
		{usd, int64(-5), "minus five dollars", "Minus five dollars"},
		{usd, int64(10), "$10", "$10"},
		{usdPer1k, int64(9), "$9.00", "$9.00"},
		{per100k, int64(9), "9.0", "9.0"},
		{Count, int64(-5), "minus five", "Minus five"},
		{Count, int64(-10), "\u221210", "\u221210"},
		{ratio, 2.5, "2.5", "2.5"},
		{Words, "état", "état", "état"},
		{Count, nil, "N/A", "N/A"},
	} {
		v := of(t, tt.value)
		if got := tt.unit.Format(v, Spelled); got != tt.spelled {
			t.Errorf("%s %v in words is %q, want %q", tt.unit, tt.value, got, tt.spelled)
		}
		if got := tt.unit.Format(v, Capital); got != tt.start {
			t.Errorf("%s %v at the start of a sentence is %q, want %q", tt.unit, tt.value, got, tt.start)
		}
	}
	if got := Precision("estimate").Format(Percent, of(t, int64(9)), Capital); got != "About 9%" {
		t.Error(got)
	}
}

func TestSpelledAndOrdinal(t *testing.T) {
	for n, want := range map[int64][2]string{
		1: {"one", "first"}, 9: {"nine", "ninth"}, 10: {"10", "10th"}, 11: {"11", "11th"},
		22: {"22", "22nd"}, 103: {"103", "103rd"}, 1113: {"1,113", "1,113th"},
	} {
		v := of(t, n)
		if got := [2]string{Count.Format(v, Spelled), rank.Format(v, Ordinal)}; got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	// 2^64-2, of which the lower 64 bits are -2
	if got := rank.Format(of(t, rat(t, "18446744073709551614")), Ordinal); !strings.HasPrefix(got, "18,446,744,073,709,551,614") {
		t.Error(got)
	}
}

func TestDecimalsStayExact(t *testing.T) {
	// 2^53+1 is the first whole number that a float cannot hold
	v := of(t, rat(t, "9007199254740993.07"))
	if got := v.Raw(); got != "9007199254740993.07" {
		t.Error(got)
	}
	huge, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	if got := of(t, huge).Raw(); got != huge.String() {
		t.Error(got)
	}
}

func TestReadIsTheWayBackFromRaw(t *testing.T) {
	for _, tt := range []struct {
		unit  Unit
		value any
	}{
		{usd, rat(t, "9007199254740993.07")}, {Percent, -2.25}, {Count, int64(0)}, {ratio, 1e-7}, {Year, int64(2017)},
		{Day, time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC)}, {YesNo, true}, {YesNo, false}, {Words, "N/A"}, {usd, nil}, {Words, nil},
	} {
		want := of(t, tt.value)
		got, ok := tt.unit.Read(want.Raw())
		if !ok || got.Kind != want.Kind || got.Raw() != want.Raw() || tt.unit.Format(got, Prose) != tt.unit.Format(want, Prose) {
			t.Errorf("%s %v became %v, %v", tt.unit, want, got, ok)
		}
	}
	for unit, raw := range map[Unit]string{usd: "$5", Percent: "1.0", Day: "Jan. 24, 2018", YesNo: "maybe"} {
		if got, ok := unit.Read(raw); ok {
			t.Errorf("%q became %v", raw, got)
		}
	}
}

func TestWhatIsNoNumberIsAnError(t *testing.T) {
	for _, v := range []any{math.NaN(), math.Inf(1), math.Inf(-1), []int{1}} {
		if got, err := NewValue(v); err == nil {
			t.Errorf("%v became %v", v, got)
		}
	}
}

func TestBeside(t *testing.T) {
	for unit, of := range map[string]struct{ values, want []string }{
		"usd":     {[]string{"2000000", "4100000", "525000", "0", ""}, []string{"$2.0M", "$4.1M", "$525K", "$0", "N/A"}},
		"percent": {[]string{"12", "12.4", "0"}, []string{"12.0%", "12.4%", "0%"}},
		"count":   {[]string{"3", "12000000"}, []string{"3", "12M"}},
	} {
		u := Parse(unit)
		var values []Value
		for _, raw := range of.values {
			v, _ := u.Read(raw)
			values = append(values, v)
		}
		if got := u.Beside(values); !slices.Equal(got, of.want) {
			t.Errorf("%s: %q, want %q", unit, got, of.want)
		}
	}
}
