package quantity

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// numbers are some that are near to each other, to halves, and to the bounds of scales.
func numbers(t *testing.T) []Value {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var list []Value
	for range 600 {
		whole, places := r.Int64N(int64(1)<<r.IntN(50)), r.Int32N(13)
		if r.IntN(3) == 0 {
			whole = whole/10*10 + 5
		}
		if r.IntN(5) == 0 {
			whole = -whole
		}
		list = append(list, Value{Kind: Number, number: decimal.New(whole, -places)})
	}
	for power := range int32(14) {
		for _, digits := range []int64{1, 95, 995, 9949999, 9950000, 99949999999, 99950000000, 12499999999999} {
			list = append(list, Value{Kind: Number, number: decimal.New(digits, power-7)})
		}
	}
	return list
}

func numericUnits() []Unit {
	var list []Unit
	for _, name := range Units() {
		if u := Unit(name); u.Numeric() {
			list = append(list, u)
		}
	}
	return list
}

// read is the number that a text says, by big.Rat and with none of the code that wrote it.
func read(t *testing.T, text string) *big.Rat {
	t.Helper()
	marks := []string{",", "", "\u2212", "-"}
	for _, r := range rules { // what stands around the number
		for _, mark := range []string{r.prefix, r.word, r.sign} {
			if mark != "" {
				marks = append(marks, mark, "")
			}
		}
	}
	text = strings.NewReplacer(marks...).Replace(text)
	factor := big.NewRat(1, 1)
	for ending, power := range map[string]int64{"K": 3, "M": 6, "B": 9, "T": 12, " million": 6, " billion": 9, " trillion": 12} {
		if digits, ok := strings.CutSuffix(text, ending); ok {
			text = digits
			factor.SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(power), nil))
		}
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q says no number", text)
	}
	return n.Mul(n, factor)
}

// half rounds to so many decimals, half away from zero.
func half(n *big.Rat, places int64) *big.Rat {
	factor := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(places), nil))
	scaled := new(big.Rat).Mul(new(big.Rat).Abs(n), factor)
	scaled.Add(scaled, big.NewRat(1, 2))
	rounded := new(big.Rat).SetInt(new(big.Int).Div(scaled.Num(), scaled.Denom()))
	if rounded.Quo(rounded, factor); n.Sign() < 0 {
		rounded.Neg(rounded)
	}
	return rounded
}

func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	scale := func(power int64) *big.Rat {
		return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(power), nil))
	}
	for _, u := range numericUnits() {
		r := rules[u]
		for _, v := range numbers(t) {
			exact := rat(t, v.Raw())
			if got := read(t, u.Format(v, Exact)); got.Cmp(exact) != 0 {
				t.Fatalf("%s %s in full is %s", u, v.Raw(), u.Format(v, Exact))
			}
			want := half(exact, int64(r.decimals))
			if want.Sign() == 0 && exact.Sign() != 0 {
				continue // TestWhatIsNotNothingNeverReadsAsZero
			}
			if got := read(t, u.Format(v, InTable)); got.Cmp(want) != 0 {
				t.Fatalf("%s %s in a table is %s", u, v.Raw(), u.Format(v, InTable))
			}
			if !r.scaled {
				continue
			}
			for style, from := range map[Style]int64{Prose: 6, Short: 4} {
				if size := new(big.Rat).Abs(exact); size.Cmp(scale(from)) >= 0 {
					power, places := int64(from/3*3), int64(1)
					for ; ; power += 3 {
						if places = 1; power == 3 {
							places = 0
						}
						want = new(big.Rat).Mul(half(new(big.Rat).Quo(exact, scale(power)), places), scale(power))
						if power == 12 || new(big.Rat).Abs(want).Cmp(scale(power+3)) < 0 {
							break
						}
					}
				}
				if got := read(t, u.Format(v, style)); got.Cmp(want) != 0 {
					t.Fatalf("%s %s in style %q is %s, want %s", u, v.Raw(), style, u.Format(v, style), want.FloatString(6))
				}
				want = half(exact, int64(r.decimals))
			}
		}
	}
}

func TestWhatIsNotNothingNeverReadsAsZero(t *testing.T) {
	for _, u := range numericUnits() {
		for _, v := range numbers(t) {
			for _, style := range []Style{Prose, Short, InTable, Tick, Exact} {
				if got := read(t, u.Format(v, style)); got.Sign() != v.Sign() {
					t.Fatalf("%s %s in style %q is %s", u, v.Raw(), style, u.Format(v, style))
				}
			}
		}
	}
}

func TestTextsKeepTheOrderOfValues(t *testing.T) {
	list := numbers(t)
	slices.SortFunc(list, Value.Compare)
	for _, u := range numericUnits() {
		for _, style := range []Style{Prose, Short, InTable, Exact} {
			for i, v := range list[1:] {
				if a, b := u.Format(list[i], style), u.Format(v, style); read(t, a).Cmp(read(t, b)) > 0 {
					t.Fatalf("%s: %s < %s, but %s > %s in style %q", u, list[i].Raw(), v.Raw(), a, b, style)
				}
			}
		}
	}
}

func TestDifferencesThatMatterAreSeen(t *testing.T) {
	list := numbers(t)
	slices.SortFunc(list, Value.Compare)
	list = slices.CompactFunc(list, func(v, w Value) bool { return v.Compare(w) == 0 })
	for _, u := range numericUnits() {
		for i, v := range list[1:] {
			a, b := u.Distinguish(list[i], v)
			if a == b {
				t.Fatalf("%s: %s and %s are both %s", u, list[i].Raw(), v.Raw(), a)
			}
			if !u.IsFormatOf(list[i], a) || !u.IsFormatOf(v, b) {
				t.Fatalf("%s: %s or %s is not known as %s, %s", u, list[i].Raw(), v.Raw(), a, b)
			}
			if texts := u.Ticks([]Value{list[i], v}); texts[0] == texts[1] {
				t.Fatalf("%s: %s and %s are both %s on an axis", u, list[i].Raw(), v.Raw(), texts[0])
			}
		}
	}
	day, _ := Day.Read("2018-01-24")
	next, _ := Day.Read("2018-01-25")
	if a, b := Day.Distinguish(day, next); a == b {
		t.Error(a, b)
	}
	if !Words.IsFormatOf(of(t, "a"), "a") || Words.IsFormatOf(of(t, "a"), "b") {
		t.Error("a text is not what it says")
	}
}

func TestReadIsTheWayBackFromRawForAnyValue(t *testing.T) {
	for _, name := range Units() {
		u := Unit(name)
		values := []Value{{}}
		switch {
		case u.IsDate():
			for day := range 800 {
				values = append(values, of(t, time.Date(1999, 12, day, 0, 0, 0, 0, time.UTC)))
			}
		case u.IsText():
			for _, text := range []string{"a", "N/A", "5", " ", "true", "2018-01-24", "é"} {
				values = append(values, of(t, text))
			}
		case u.IsFlag():
			values = append(values, of(t, true), of(t, false))
		default:
			values = append(values, numbers(t)...)
		}
		for _, v := range values {
			got, ok := u.Read(v.Raw())
			if !ok || got.Compare(v) != 0 || got.Kind != v.Kind {
				t.Fatalf("%s %q became %q", u, v.Raw(), got.Raw())
			}
			if !u.Accepts(v) {
				t.Fatalf("%s has no value %q", u, v.Raw())
			}
			data, err := v.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			var again Value
			if err := again.UnmarshalBinary(data); err != nil || again.Compare(v) != 0 || again.Kind != v.Kind {
				t.Fatalf("%s %q came back from the memo as %q, %v", u, v.Raw(), again.Raw(), err)
			}
		}
	}
	for _, data := range [][]byte{nil, {99}, {byte(Number)}, {byte(Date), 1}} {
		if v := new(Value); v.UnmarshalBinary(data) == nil {
			t.Errorf("%v became %q", data, v.Raw())
		}
	}
}

func TestSums(t *testing.T) {
	two, three, none := of(t, int64(2)), of(t, rat(t, "3.5")), Value{}
	for _, tt := range []struct{ got, want string }{
		{two.Plus(three).Raw(), "5.5"}, {two.Plus(none).Raw(), "2"}, {none.Plus(two).Raw(), "2"},
		{of(t, -2.5).Abs().Raw(), "2.5"}, {fmt.Sprint(three.Float()), "3.5"}, {fmt.Sprint(of(t, "x").Float()), "NaN"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
	if change, ok := two.Change(three); !ok || change.Raw() != "75" {
		t.Error(change.Raw(), ok)
	}
	for _, v := range []Value{none, of(t, int64(0)), of(t, "x")} {
		if _, ok := v.Change(two); ok {
			t.Errorf("a change from %q", v.Raw())
		}
	}
	if of(t, "x").Sign() != 0 || !of(t, true).True() || of(t, false).True() || of(t, "true").True() {
		t.Error("a text is no number, and no yes")
	}
	if none.Compare(two) != 1 || two.Compare(none) != -1 || none.Compare(none) != 0 || of(t, "a").Compare(of(t, "b")) != -1 || of(t, true).Compare(of(t, false)) != 1 {
		t.Error("missing values are last, and texts go by their bytes")
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		unit   Unit
		values []float64
		want   string
	}{
		{usd, []float64{0, 0.5, 1}, "$0 $0.5 $1"},
		{usd, []float64{0, 500_000, 1_000_000}, "$0 $500K $1M"},
		{usd, []float64{0, 1_250_000}, "$0 $1,250,000"},
		{usdPer1k, []float64{0, 5, 10}, "$0 $5 $10"},
		{usdPer1k, []float64{0, 2.5}, "$0.00 $2.50"},
		{per100k, []float64{100, 150}, "100 150"},
		{Percent, []float64{0, 12.5}, "0% 12.5%"},
	} {
		var values []Value
		for _, f := range tt.values {
			values = append(values, of(t, f))
		}
		if got := strings.Join(tt.unit.Ticks(values), " "); got != tt.want {
			t.Errorf("%s %v: %s, want %s", tt.unit, tt.values, got, tt.want)
		}
	}
}

func TestWhatUnitsMean(t *testing.T) {
	for _, name := range Units() {
		u := Unit(name)
		if u.Exact() && !(u.Additive() && u.Unmistakable() && u.Numeric() && !u.Bare() && u.Measure() != "") {
			t.Errorf("%s is money, and does not say so", u)
		}
		if u.Numeric() && u.Measure() != "" && (u.NamedIn("all in all") || !u.NamedIn("all in all, "+u.Measure())) {
			t.Errorf("a subtitle is not held to %q", u.Measure())
		}
		if (u.IsRate() || u.IsRank()) && u.Additive() {
			t.Errorf("%s cannot be added up", u)
		}
	}
	if u := Unit("cuont"); u.Known() || !Count.Known() || !Count.Whole() || Percent.Additive() || !Percent.Unmistakable() {
		t.Error("what units mean is not what is expected of them")
	}
	year := of(t, "2016-17")
	if !Year.Accepts(year) || Day.Accepts(year) || YesNo.Accepts(of(t, int64(1))) || Count.Accepts(year) || Words.Accepts(of(t, true)) || Words.Accepts(of(t, time.Time{})) {
		t.Error("a value of another unit is taken")
	}
}

func TestPrecisionIsSaidBeforeTheValue(t *testing.T) {
	v := of(t, int64(16_700_000))
	for p, want := range map[Precision]string{"": "$16.7 million", "exact": "$16.7 million", "estimate": "about $16.7 million", "lower_bound": "at least $16.7 million", "upper_bound": "at most $16.7 million"} {
		text := p.Format(usd, v, Prose)
		if text != want || !p.Known() || !usd.IsFormatOf(v, text) || !IsFormatOf(v.Raw(), text) {
			t.Errorf("%q: %q, want %q", p, text, want)
		}
	}
	if Precision("certain").Known() || slices.Contains(Precisions(), "") || len(Precisions()) != 5 {
		t.Error(Precisions())
	}
	if got := Precision("estimate").Format(usd, Value{}, Prose); got != NotAvailable {
		t.Error(got)
	}
	if IsFormatOf("5", "about 6") || !IsFormatOf("2018-01-24", "Jan. 24, 2018") {
		t.Error("a text is taken for that of another value")
	}
	if got := Day.Format(of(t, time.Date(2018, 1, 24, 0, 0, 0, 0, time.UTC)), Yearly); got != "Jan. 24" {
		t.Error(got)
	}
}

func TestEachUnitIsDocumented(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range Units() {
		if !strings.Contains(string(readme), "\n| `"+u+"` |") {
			t.Errorf("README.md has no row with the unit `%s`", u)
		}
	}
	for _, s := range Styles() {
		if !strings.Contains(string(readme), "`"+s+"`") {
			t.Errorf("README.md does not say what `%s` is", s)
		}
	}
}
