package scaffold

import (
	"regexp"
	"strconv"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/quantity"
)

var (
	dollars   = regexp.MustCompile(`\$|\b(usd|dollars?)\b`)
	euros     = regexp.MustCompile(`€|\b(eur|euros?)\b`)
	percent   = regexp.MustCompile(`%|\b(pct|percent|percentage|prozent|pourcentage|porcentaje)\b`)
	per100k   = regexp.MustCompile(`\bper 100k\b|\b(per|je|pro|por|por cada|pour) 100 ?000\b`)
	shares    = words("share|shares|proportion|fraction|ratio|rate|probability|prob|anteil|quote|cuota|proporcion|proporción|part|taux")
	ranked    = words("rank|ranking|place|position")
	currency  = words("price|cost|costs|salary|wage|wages|budget|income|revenue|spending|spent|donation|donations|gross|domgross|intgross|fee|fees|fare|premiums|losses|payment|payments")
	notSummed = words("average|avg|mean|median|rate|rates|ratio|score|rating|index|age|per|share|height|weight|temperature|temp|price|percent|percentage|pct|gini|min|max|lat|latitude|lon|lng|longitude|level|density|income|speed|probability|durchschnitt|mittelwert|anteil|quote|preis|temperatur|je|pro|promedio|media|cuota|tasa|precio|edad|moyenne|moyen|part|taux|prix|par")
	places    = words("lat|latitude|lon|lng|long|longitude|x|y")
	names     = words("id|ids|uid|uuid|code|codes|key|no|num|number|index|idx|row|respondent|respondentid|serial|ref|case|combined|url|imdb|slug|fips|zip|zipcode|geoid|hash")
	wanted    = words("total|amount|count|counts|visits|votes|deaths|cases|population|people|price|cost|budget|revenue|income|spending|gross|sales|number|rate|score|premiums|losses")
)

// giveUnit guesses what the numbers of a column measure.
func (c *column) giveUnit() {
	if c.Type != "integer" && c.Type != "number" || c.Unit.Known() {
		return
	}
	name := plainName(c.Name)
	low, high, whole := c.bounds()
	switch {
	case physical(name).Known():
		c.Unit = physical(name)
	case per100k.MatchString(name):
		c.Unit = unitOf("per_100k")
	case low >= 0 && high <= 1 && !whole && (percent.MatchString(name) || shares.MatchString(name)):
		c.Unit = quantity.Share
	case percent.MatchString(name):
		c.Unit = quantity.Percent
	case dollars.MatchString(name):
		c.Unit = unitOf("usd")
	case euros.MatchString(name):
		c.Unit = unitOf("eur")
	case ranked.MatchString(name) && whole && low >= 1:
		c.Unit = unitOf("rank")
	case c.Type == "integer" && !notSummed.MatchString(name) && low >= 0:
		c.Unit = quantity.Count
	default:
		c.Unit = quantity.Plain
	}
	if currency.MatchString(name) && !c.Unit.Unmistakable() {
		c.doubt("may be money: give it the unit usd or eur, if so")
	}
}

// physical is the unit that a name of several words ends in: km² of area_km2.
func physical(name string) quantity.Unit {
	if at := strings.LastIndexByte(name, ' '); at > 0 && physicalUnits[name[at+1:]] != "" {
		return unitOf(physicalUnits[name[at+1:]])
	}
	return quantity.Unit{}
}

// physicalUnits are units as names of columns have them.
var physicalUnits = map[string]string{"km2": "km²", "sqkm": "km²", "m2": "m²", "sqm": "m²", "km": "km", "ha": "ha", "kg": "kg", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "mw": "MW", "gw": "GW"}

// unitOf is a unit that every report has.
func unitOf(name string) quantity.Unit {
	u, _ := quantity.Units{}.Find(name)
	return u
}

// bounds are the lowest and the highest of the numbers, and whether all are whole.
func (c *column) bounds() (low, high float64, whole bool) {
	first := true
	whole = true
	read := dataset.Field{Type: "number", GroupChar: c.GroupChar, DecimalChar: c.DecimalChar, BareNumber: c.BareNumber, Accounting: c.Accounting}.Reader()
	for cell := range c.distinct {
		plain, ok := read(cell)
		if !ok {
			continue
		}
		v, err := strconv.ParseFloat(plain, 64)
		if err != nil {
			continue
		}
		if first {
			low, high, first = v, v, false
		}
		low, high = min(low, v), max(high, v)
		whole = whole && v == float64(int64(v))
	}
	return low, high, whole
}

// consecutive reports whether the numbers only count the rows.
func (c *column) consecutive() bool {
	low, high, whole := c.bounds()
	return whole && c.blank == 0 && len(c.distinct) == len(c.cells) && high-low == float64(len(c.cells)-1) && len(c.cells) > 1
}

// label is what pages call a column.
func label(name string) string {
	text := strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " ")
	text = strings.NewReplacer("{{", "(", "}}", ")", "<", "(", ">", ")", "*/", "* /").Replace(text)
	text = strings.TrimRight(text, "?:;. ")
	if text == "" {
		return name
	}
	text = acronyms.ReplaceAllStringFunc(text, strings.ToUpper)
	r := []rune(text)
	const most = 120
	if len(r) > most {
		r = append(r[:most], '…')
	}
	if len(r) > 1 && r[1] >= 'a' && r[1] <= 'z' {
		return strings.ToUpper(string(r[0])) + string(r[1:])
	}
	return string(r)
}

// acronyms are words of names that are written in capitals.
var acronyms = words("iso|id|gdp|url|fips|eu|uk|usa|vat")

// withoutUnit is a label without the unit at its end, which pages say anyway.
func withoutUnit(label string, unit quantity.Unit) string {
	if at := strings.LastIndexByte(label, ' '); at > 0 && unit.Known() && (strings.EqualFold(label[at+1:], unit.String()) || physicalUnits[strings.ToLower(label[at+1:])] == unit.String()) {
		return label[:at]
	}
	return label
}
