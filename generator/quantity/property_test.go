package quantity

import (
	"fmt"
	"maps"
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

// numericUnits are all that have a name, some rates, and one that a report declares.
func numericUnits(t *testing.T) []Unit {
	t.Helper()
	var units Units
	if _, p := units.Declare(Declaration{Name: "bushel", Symbol: "bu", One: "bushel", Many: "bushels", Meaning: "amount"}); p != nil {
		t.Fatal(p)
	}
	names := []string{"bushel", "usd per resident", "bushel per hectare", "percent per year"}
	for name := range rules {
		if builtIn(name).Numeric() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = append(names, "usd", "eur", "chf", "jpy", "kwd", "km", "°C", "usd_per_1k", "per_100k") // others are like them
	var list []Unit
	for _, name := range names {
		u, ok := units.Find(name)
		if !ok {
			t.Fatal(name)
		}
		list = append(list, u)
	}
	return list
}

// read is the number that a text says, and the value of its last digit, by big.Rat and
// with none of the code that wrote it.
func read(t *testing.T, u Unit, text string) (n, last *big.Rat) {
	t.Helper()
	r := u.rule()
	plain := strings.Replace(strings.ReplaceAll(text, ",", ""), "\u2212", "-", 1)
	plain = strings.Replace(plain, r.prefix, "", 1)
	for _, end := range []string{" percent", r.suffix, " " + r.many, " " + r.one} {
		if end != " " && end != "" {
			plain = strings.TrimSuffix(plain, end)
		}
	}
	power := -int64(r.shift)
	for ending, scale := range map[string]int64{"K": 3, "M": 6, "B": 9, "T": 12, " million": 6, " billion": 9, " trillion": 12} {
		if digits, ok := strings.CutSuffix(plain, ending); ok {
			plain, power = digits, power+scale
		}
	}
	n, ok := new(big.Rat).SetString(plain)
	if !ok {
		t.Fatalf("%s: %q says no number", u, text)
	}
	_, decimals, _ := strings.Cut(plain, ".")
	return n.Mul(n, tenTo(power)), tenTo(power - int64(len(decimals)))
}

func tenTo(power int64) *big.Rat {
	n := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(power, -power)), nil))
	if power < 0 {
		n.Inv(n)
	}
	return n
}

// half rounds to a multiple of a power of ten, half away from zero.
func half(n, unit *big.Rat) *big.Rat {
	scaled := new(big.Rat).Quo(new(big.Rat).Abs(n), unit)
	scaled.Add(scaled, big.NewRat(1, 2))
	rounded := new(big.Rat).SetInt(new(big.Int).Div(scaled.Num(), scaled.Denom()))
	if rounded.Mul(rounded, unit); n.Sign() < 0 {
		rounded.Neg(rounded)
	}
	return rounded
}

var digits = []Style{Prose, Short, InTable, Tick, Exact}

func TestWhatIsWrittenIsTheValueRoundedHalfAwayFromZero(t *testing.T) {
	for _, u := range numericUnits(t) {
		list := numbers(t)
		for _, u := range []Unit{u, u.For(list[:20]), u.For(list[40:43])} {
			for _, v := range list {
				exact := rat(t, v.Raw())
				for _, style := range digits {
					text := u.Format(v, style)
					got, last := read(t, u, text)
					if want := half(exact, last); got.Cmp(want) != 0 {
						t.Fatalf("%s %s in style %q is %s", u.Notation(), v.Raw(), style, text)
					}
					if got.Sign() != v.Sign() {
						t.Fatalf("%s %s in style %q is %s", u, v.Raw(), style, text)
					}
					if style == Exact && got.Cmp(exact) != 0 {
						t.Fatalf("%s %s in full is %s", u, v.Raw(), text)
					}
				}
			}
		}
	}
}

func TestOnlyTheWholeReadsAsTheWhole(t *testing.T) {
	for _, u := range []Unit{Percent, Share} {
		for _, share := range []string{"99.96", "99.999", "100.04", "-99.96", "99.9999999"} {
			v := Value{Kind: Number, number: decimal.RequireFromString(share).Shift(-u.rule().shift)}
			for _, style := range digits {
				if got, _ := read(t, u, u.Format(v, style)); new(big.Rat).Abs(got).Cmp(tenTo(2-int64(u.rule().shift))) == 0 {
					t.Errorf("%s percent reads %s", share, u.Format(v, style))
				}
			}
		}
	}
}

func TestTextsKeepTheOrderOfValues(t *testing.T) {
	list := numbers(t)
	slices.SortFunc(list, Value.Compare)
	for _, u := range numericUnits(t) {
		for _, style := range digits {
			for i, v := range list[1:] {
				a, _ := read(t, u, u.Format(list[i], style))
				b, _ := read(t, u, u.Format(v, style))
				if a.Cmp(b) > 0 {
					t.Fatalf("%s: %s < %s, but %s > %s in style %q", u, list[i].Raw(), v.Raw(), u.Format(list[i], style), u.Format(v, style), style)
				}
			}
		}
	}
}

// TestValuesOfAColumnDiffer holds both sides of the rule: what differs by a hundredth of
// the largest reads differently, and one decimal less would not do.
func TestValuesOfAColumnDiffer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		places, size := r.Int32N(7), int64(1)<<r.IntN(40)
		var column []Value
		for range 2 + r.IntN(8) {
			column = append(column, Value{Kind: Number, number: decimal.New(size+r.Int64N(size), -places)})
		}
		slices.SortFunc(column, Value.Compare)
		least := tenTo(-2)
		least.Mul(least, rat(t, column[len(column)-1].Raw()))
		same := func(u Unit) string {
			for _, style := range []Style{Prose, Short, InTable} {
				for i, v := range column {
					for _, w := range column[i+1:] {
						apart := new(big.Rat).Sub(rat(t, w.Raw()), rat(t, v.Raw()))
						if apart.Cmp(least) >= 0 && u.Format(v, style) == u.Format(w, style) {
							return fmt.Sprintf("%s and %s are both %s", v.Raw(), w.Raw(), u.Format(v, style))
						}
					}
				}
			}
			return ""
		}
		for _, u := range numericUnits(t) {
			u = u.For(column)
			if wrong := same(u); wrong != "" {
				t.Fatalf("%s: %s", u.Notation(), wrong)
			}
			if u.places.set && !u.Exact() {
				less := u
				if less.places.needed--; same(less) == "" {
					t.Fatalf("%s: %s has more decimals than it needs", u.Notation(), column[0].Raw())
				}
			}
			if again := Parse(u.Notation()); again.Format(column[0], Prose) != u.Format(column[0], Prose) || again.Notation() != u.Notation() {
				t.Fatalf("%s was read as %s", u.Notation(), again.Notation())
			}
		}
	}
}

func TestDifferencesThatMatterAreSeen(t *testing.T) {
	list := numbers(t)
	slices.SortFunc(list, Value.Compare)
	list = slices.CompactFunc(list, func(v, w Value) bool { return v.Compare(w) == 0 })
	for _, u := range numericUnits(t) {
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
	for _, name := range append(Units{}.Names(), "count per 100,000 residents") {
		u := builtIn(name)
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
		{usd, []float64{0, 0.5, 1}, "$0 $0.50 $1.00"},
		{usd, []float64{0, 500_000, 1_000_000}, "$0 $500K $1M"},
		{usd, []float64{0, 500_000, 1_000_000, 1_500_000}, "$0 $500K $1.0M $1.5M"},
		{usd, []float64{0, 1_250_000}, "$0 $1,250,000"},
		{usdPer1k, []float64{0, 5, 10}, "$0 $5 $10"},
		{usdPer1k, []float64{0, 2.5}, "$0.00 $2.50"},
		{per100k, []float64{100, 150}, "100 150"},
		{Percent, []float64{0, 12.5}, "0% 12.5%"},
		{Share, []float64{0, 0.125, 0.25}, "0% 12.5% 25.0%"},
		{builtIn("km"), []float64{0, 5, 10}, "0 5 10 km"},
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
	for _, name := range (Units{}).Names() {
		u := builtIn(name)
		if u.Exact() && !(u.Additive() && u.Unmistakable() && u.Numeric() && !u.Bare() && u.Measure() != "") {
			t.Errorf("%s is money, and does not say so", u)
		}
		if u.Numeric() && u.Measure() != "" && (u.NamedIn("all in all") || !u.NamedIn("all in all, "+u.Measure())) {
			t.Errorf("a subtitle is not held to %q", u.Measure())
		}
		if (u.IsRate() || u.IsRank() || u.IsShare()) && u.Additive() {
			t.Errorf("%s cannot be added up", u)
		}
	}
	if u := builtIn("cuont"); u.Known() || !Count.Known() || !Count.Whole() || Percent.Additive() || !Percent.Unmistakable() {
		t.Error("what units mean is not what is expected of them")
	}
	year, noon := of(t, "2016-17"), of(t, time.Date(2018, 1, 24, 12, 0, 0, 0, time.UTC))
	if !Year.Accepts(year) || Day.Accepts(year) || YesNo.Accepts(of(t, int64(1))) || Count.Accepts(year) || Words.Accepts(of(t, true)) || Words.Accepts(of(t, time.Time{})) {
		t.Error("a value of another unit is taken")
	}
	if Day.Accepts(noon) || builtIn("month").Accepts(noon) || !builtIn("datetime").Accepts(noon) {
		t.Error("a day takes a time of day, or a time does not")
	}
	if Count.For([]Value{of(t, 2.5)}).Whole() || !Count.For([]Value{of(t, int64(2))}).Whole() {
		t.Error("a mean of counts is no count")
	}
}

// TestUnitsAreFoundByTheirNames has a row for each way to name one.
func TestUnitsAreFoundByTheirNames(t *testing.T) {
	var units Units
	ten := int32(10)
	if key, p := units.Declare(Declaration{Name: "bushel", Symbol: "bu", One: "bushel", Many: "bushels", Meaning: "amount"}); p != nil {
		t.Fatal(key, p)
	}
	for name, want := range map[string]string{
		"USD": "$1,234.50", "chf": "CHF 1,234.50", "jpy": "¥1,234.5", "usd per resident": "$1,234.50", "count per 100,000 residents": "1,234.5",
		"km": "1,234.5 km", "km2": "1,234.5 km²", "km per hour": "1,234.5 km/hour", "°C": "1,234.5°C", "bushel": "1,234.5 bu", "bushel per hectare": "1,234.5 bu/hectare", "share": "123,450%",
	} {
		u, ok := units.Find(name)
		if got := u.Format(of(t, 1234.5), Exact); !ok || got != want {
			if u.Exact() || name != "usd per resident" {
				t.Errorf("%s: %v %q, want %q", name, ok, got, want)
			}
		}
	}
	for name, hint := range map[string]string{
		"dollars": `did you mean "usd"?`, "euros": `did you mean "eur"?`, "kilometers": `did you mean "km"?`, "percentage": `did you mean "percent"?`, "cuont": `did you mean "count"?`, "dollar per resident": `did you mean "usd per resident"?`,
		"francs": `did you mean "bif"?`, "bushels": `did you mean "bushel"?`, "nothing like it": "",
	} {
		if u, ok := units.Find(name); ok || u.Known() || units.Nearest(name) != hint {
			t.Errorf("%s: %s, want %s", name, units.Nearest(name), hint)
		}
	}
	for want, d := range map[string]Declaration{
		"name":     {Name: "usd", Many: "x", Meaning: "money"},
		"meaning":  {Name: "x", Many: "x", Meaning: "amuont"},
		"many":     {Name: "x", Meaning: "amount"},
		"decimals": {Name: "x", Many: "x", Meaning: "amount", Decimals: &ten},
	} {
		if key, p := units.Declare(d); key != want || p == nil {
			t.Errorf("%+v: %s %v", d, key, p)
		}
	}
}

// TestCasesOfOthers are values that other programs wrote badly.
func TestCasesOfOthers(t *testing.T) {
	for _, tt := range []struct {
		unit   string
		values []float64
		style  Style
		want   string
	}{
		{"usd", []float64{2.60, 2.50, 3.49}, Prose, "$2.60 $2.50 $3.49"},
		{"usd", []float64{2.60, 2.50, 3}, Short, "$2.60 $2.50 $3.00"},
		{"usd", []float64{2.5}, Exact, "$2.50"},
		{"usd", []float64{2.60, 1250}, Prose, "$2.60 $1,250"},
		{"usd", []float64{0.0184, 0.0189}, Prose, "$0.018 $0.019"},
		{"usd", []float64{1_210_000, 1_240_000, 1_300_000}, Short, "$1.21M $1.24M $1.30M"},
		{"usd", []float64{999_999.6}, Prose, "$1 million"},
		{"usd", []float64{99.996}, Prose, "$100"},
		{"count", []float64{9999.6}, Short, "10K"},
		{"count", []float64{10_100, 10_400}, Short, "10.1K 10.4K"},
		{"count", []float64{9.58, 10.01}, Prose, "9.6 10"},
		{"s", []float64{9.58, 9.69}, Prose, "9.6 seconds 9.7 seconds"},
		{"percent", []float64{0.1, 0.22, 0.16}, Short, "0.10% 0.22% 0.16%"},
		{"percent", []float64{12, 40}, InTable, "12% 40%"},
		{"percent", []float64{12, 40.5}, InTable, "12.0% 40.5%"},
		{"percent", []float64{9}, Spelled, "9%"},
		{"usd", []float64{9}, Spelled, "nine dollars"},
		{"chf", []float64{1}, Spelled, "one Swiss franc"},
		{"km", []float64{-1}, Capital, "Minus one kilometer"},
		{"share", []float64{0.124, 0.5}, Prose, "12.4% 50%"},
		{"share", []float64{0.9996}, Prose, "99.96%"},
		{"km", []float64{1, 12.34}, Prose, "1 kilometer 12.3 kilometers"},
		{"kwd", []float64{1.5}, Prose, "KWD 1.500"},
	} {
		u := builtIn(tt.unit)
		var values []Value
		for _, f := range tt.values {
			values = append(values, of(t, f))
		}
		u = u.For(values)
		var texts []string
		for _, v := range values {
			texts = append(texts, u.Format(v, tt.style))
		}
		if got := strings.Join(texts, " "); got != tt.want {
			t.Errorf("%s %v in style %q: %q, want %q", tt.unit, tt.values, tt.style, got, tt.want)
		}
	}
	at := of(t, time.Date(2018, 11, 4, 15, 4, 0, 0, time.UTC))
	for unit, want := range map[string]string{
		"month": "November 2018, 2018-11", "quarter": "fourth quarter of 2018, 2018 Q4", "datetime": "Nov. 4, 2018, 3:04 p.m., 2018-11-04 15:04",
	} {
		if got := builtIn(unit).Format(at, Prose) + ", " + builtIn(unit).Format(at, InTable); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
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
	for u := range rules {
		if !strings.Contains(string(readme), "\n| `"+u+"` |") {
			t.Errorf("README.md has no row with the unit `%s`", u)
		}
	}
	for u := range maps.All(quantities) {
		if !strings.Contains(string(readme), "`"+u+"`") {
			t.Errorf("README.md does not name the quantity `%s`", u)
		}
	}
	for _, s := range Styles() {
		if !strings.Contains(string(readme), "`"+s+"`") {
			t.Errorf("README.md does not say what `%s` is", s)
		}
	}
}

func TestLettersOfPrint(t *testing.T) {
	for text, want := range map[string]string{"the county's own": "the county’s own", "'90s": "'90s", "5' tall": "5' tall", "l'État": "l’État", "rock 'n' roll": "rock 'n' roll"} {
		if got := Apostrophes(text); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for text, want := range map[string]string{"split": "Split", "eBay": "eBay", "état": "État", "": ""} {
		if got := Title(text); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestValuesBesideEachOther(t *testing.T) {
	for _, tt := range []struct {
		unit   Unit
		values []float64
		want   string
	}{
		{usd, []float64{17_700_000, 2_000_000, 588_000}, "$17.7M $2.0M $588K"},
		{per100k, []float64{9, 9.3, 0}, "9.0 9.3 0.0"},
		{Count, []float64{9, 1200}, "9 1,200"},
	} {
		var values []Value
		for _, f := range tt.values {
			values = append(values, of(t, f))
		}
		if got := strings.Join(tt.unit.Beside(values), " "); got != tt.want {
			t.Errorf("%s %v: %s, want %s", tt.unit, tt.values, got, tt.want)
		}
	}
}
