package quantity

// rule is all that is known of a unit: what its values mean, and how they are written.
type rule struct {
	meaning  meaning
	code     string // by which CLDR knows it: usd, km
	to       string // of a rate: what one amount is for
	prefix   string // before the digits: $
	suffix   string // after them in labels and tables: %
	one      string // after them in prose: kilometer; none where the prefix says it
	many     string
	nounOne  string // after a number in words, in place of the prefix: one dollar, nine dollars
	nounMany string

	decimals int32 // at most, where the values of a column need no more
	fixed    bool  // keeps trailing zeros, so that a column lines up
	small    int32 // decimals of a number below 100 that is not whole: cents
	percent  bool  // is written as so many percent
	shift    int32 // of the decimal point: a share of 0.124 is 12.4 percent
	all      int64 // what only the whole of something reads: 100 percent
	grouped  bool  // 1,234
	scaled   bool  // 28.3 million
	form     form  // of times

	name  string   // in English, of many, for a heading
	named []string // what a subtitle may call it in English; none where it need not

	declared *Declaration // by the report
}

// form is the form of a time.
type form uint8

const (
	day form = iota
	month
	quarter
	moment // with a time of day
)

// rules are the units that have a name of their own. With quantities, currencies.csv,
// the rates that can be made of them, and what a report declares, they are all there
// is: a new unit is a line here or there, and a row in README.md.
var rules = map[string]rule{
	"count":    {meaning: isCount, small: 1, grouped: true, scaled: true},
	"number":   {meaning: isNumber, decimals: 2, grouped: true, scaled: true},
	"percent":  {meaning: isShare, decimals: 1, all: 100, grouped: true, suffix: "%", percent: true},
	"share":    {meaning: isShare, decimals: 1, all: 100, shift: 2, grouped: true, suffix: "%", percent: true},
	"ratio":    {meaning: isRate, decimals: 2, grouped: true},
	"rank":     {meaning: isRank, grouped: true},
	"year":     {meaning: isYear},
	"quarter":  {meaning: isTime, form: quarter},
	"month":    {meaning: isTime, form: month},
	"date":     {meaning: isTime},
	"datetime": {meaning: isTime, form: moment},
	"text":     {meaning: isText},
	"flag":     {meaning: isFlag},
}

// older are names that reports have for rates.
var older = map[string]string{
	"usd_per_1k": "usd per 1,000 residents",
	"per_100k":   "count per 100,000 residents",
}

// quantities are what is measured, by its symbol: amounts can be added up, levels
// cannot.
var quantities = map[string]rule{
	"mm": amount("millimeter"), "cm": amount("centimeter"), "m": amount("meter"), "km": amount("kilometer"),
	"in": amounts("inch", "inches"), "ft": amounts("foot", "feet"), "yd": amount("yard"), "mi": amount("mile"),
	"m²": amount("square meter"), "ha": amount("hectare"), "km²": amount("square kilometer"), "ac": amount("acre"), "sq mi": amount("square mile"),
	"ml": amount("milliliter"), "l": amount("liter"), "m³": amount("cubic meter"), "gal": amount("gallon"), "bbl": amount("barrel"),
	"mg": amount("milligram"), "g": amount("gram"), "kg": amount("kilogram"), "t": amount("ton"), "oz": amount("ounce"), "lb": amount("pound"),
	"t CO2e": amounts("ton of CO2 equivalent", "tons of CO2 equivalent"),
	"ms":     amount("millisecond"), "s": amount("second"), "min": amount("minute"), "h": amount("hour"), "d": amount("day"), "yr": amount("year"),
	"W": amount("watt"), "kW": amount("kilowatt"), "MW": amount("megawatt"), "GW": amount("gigawatt"),
	"Wh": amount("watt-hour"), "kWh": amount("kilowatt-hour"), "MWh": amount("megawatt-hour"), "GWh": amount("gigawatt-hour"), "TWh": amount("terawatt-hour"),
	"J": amount("joule"), "kJ": amount("kilojoule"), "MJ": amount("megajoule"), "kcal": amount("kilocalorie"),
	"B": amount("byte"), "kB": amount("kilobyte"), "MB": amount("megabyte"), "GB": amount("gigabyte"), "TB": amount("terabyte"),
	"°C": level("degree Celsius", "degrees Celsius"), "°F": level("degree Fahrenheit", "degrees Fahrenheit"), "K": level("kelvin", "kelvins"),
	"km/h": level("kilometer per hour", "kilometers per hour"), "mph": level("mile per hour", "miles per hour"), "m/s": level("meter per second", "meters per second"),
	"Hz": level("hertz", "hertz"), "kHz": level("kilohertz", "kilohertz"), "MHz": level("megahertz", "megahertz"),
	"hPa": level("hectopascal", "hectopascals"), "dB": level("decibel", "decibels"), "pp": level("percentage point", "percentage points"),
	"ppm": level("part per million", "parts per million"), "ppb": level("part per billion", "parts per billion"),
	"µg/m³": level("microgram per cubic meter", "micrograms per cubic meter"), "mg/l": level("milligram per liter", "milligrams per liter"),
}

// spellings are how symbols are written on keyboards that lack a letter of them.
var spellings = map[string]string{
	"m2": "m²", "km2": "km²", "m3": "m³", "C": "°C", "F": "°F", "degC": "°C", "degF": "°F", "ug/m3": "µg/m³", "μg/m³": "µg/m³", "L": "l", "mL": "ml", "mg/L": "mg/l",
}

func amount(one string) rule { return amounts(one, one+"s") }

func amounts(one, many string) rule {
	return rule{meaning: isAmount, decimals: 1, small: 1, grouped: true, scaled: true, one: one, many: many, name: many, named: []string{one, many}}
}

func level(one, many string) rule {
	r := amounts(one, many)
	r.meaning, r.scaled = isLevel, false
	return r
}
