package literal

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// name is a kind of expression that holds a number and states none that data could
// change: what a law, a road or a disease is called, a day, an age, the count of votes.
type name struct {
	pattern, example string
	not              *around // where it is a number after all
}

// around is what comes before and behind a match that is not a name: "in March" and "15 cities".
type around struct{ before, after, unless *regexp.Regexp }

func (a *around) matches(before, after string) bool {
	return a != nil && a.before.MatchString(before) && a.after.MatchString(after) && (a.unless == nil || !a.unless.MatchString(after))
}

// things is what there are so many of: a word that may be a plural.
const things = `^ (?:[a-z]+ )?[a-z]{2,}s\b`

var (
	// "In March 15 cities sued", and not "On March 15 officials said"
	inMonth = &around{before: regexp.MustCompile(`(?:^|\b(?i:in|during|late|early|mid|by|since) )$`), after: regexp.MustCompile(things)}
	// "S. 500 letters", "S. 500 workers were", and not "S. 500 says", "S. 500 passes"
	bill = &around{before: anywhere, after: regexp.MustCompile(countedBill.after.String() + `|^ (?:[a-z]+ )?[a-z]{2,}s (?:are|came|do|got|had|have|lost|received|sued|went|were|won)\b`)}
	// "H.R. 41 letters", and not "AB 60 drivers got"
	countedBill = &around{before: anywhere, after: regexp.MustCompile(`^ (?:letters|awards|cities|states|counties|people|cases|grants|[a-z]{3,}ies)\b`)}
	// "approved 41-9 letters", and not "approved 41-9 as"
	votes = &around{anywhere, regexp.MustCompile(`^ [a-z]{3,}s\b`),
		regexp.MustCompile(`^ (?:across|afterwards|against|always|besides|days|hours|its|less|minutes|months|perhaps|plus|sometimes|this|thus|towards|unless|versus|weeks|years)\b`)}
	// "aged 41 letters"
	aged = &around{anywhere, votes.after, votes.unless}

	// "in 1868 cities", "counts 1 and 15 cities"
	counted = &around{before: anywhere, after: regexp.MustCompile(things)}
	// "the 45th mayor to sue"
	inAll = &around{before: anywhere, after: regexp.MustCompile(`^ (?:to|who|that)\b`)}
	// "he turned 65 away"
	turnedAway = &around{before: anywhere, after: regexp.MustCompile(`^ (?:away|down|into|over|[a-z]+s\b)`)}

	// "forty-one days later"
	partOfWord = &around{before: regexp.MustCompile(`\pL-$`), after: anywhere}

	anywhere = regexp.MustCompile(`$`)
)

// names are those of each language, by its code, "" for all of them. A new one needs a
// line here; a report names its own in params.names of hugo.toml.
var names = map[string][]name{
	"": {
		{`YEAR-[01]\d(?:-[0-3]\d)?`, "2018-01-24", nil},
		{`[01]?\d/[0-3]?\d/(?:YEAR|\d\d)`, "1/24/2018", nil},
		{`(?:9/11|7/7|24/7)`, "9/11", nil},
		{`(?:https?://\S+|[a-z][\w.-]*(?:/[\pL\d_.-]+)+/?)`, "charts/top-5/", nil}, // addresses
		{`[\pL\d][\pL\d_-]*\.(?:csv|geojson|html?|json|md|ods|parquet|pdf|png|sql|svg|tsv|txt|xlsx?|ya?ml|zip)`, "report-2018.md", nil},
		{`\p{Lu}[\pL]{0,11}[-–]?\d{1,4}(?:\.\d)?\p{Lu}?(?:[-–]\p{Lu}\pL*)?`, "COVID-19", nil}, // I-95, H-1B, MS-13, G7, A320, CO2
		{`\d{1,2}(?:G|D|º|°)`, "5G", nil},
		{`(?i:covid)-19`, "covid-19", nil},
		{`\pL[\pL\d]*(?:_[\pL\d]+)+`, "amount_usd_2017", nil},
		{`(?:[tvxy]|col|id|tab|tbl)\d{1,2}`, "t1", nil},
		{`(?:DIN|EN|IEC|IEEE|ISO|RFC)(?: (?:EN|IEC|ISO))? \d{2,6}(?:[-:]\d+)*`, "ISO 8601", nil},
		{`\d{1,2}K`, "10K", &around{before: anywhere, after: regexp.MustCompile(things)}},
		{`\d{3}\(\w\)(?:\(\d+\))?`, "401(k)", nil},
		{`(?:\+\d{1,3}[ -])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}`, "202-555-0123", nil},
		{`\+\d{1,3}(?:[ -]\d{2,8}){1,5}`, "+49 30 1234567", nil},
		{`(?:Airbus|Android|Apollo|Boeing|Excel|Fahrenheit|Formula|Fortune|FTSE|iOS|iPhone|macOS|Nasdaq|Nikkei|Pac|Python|Stalag|Studio|Super Bowl|Windows|Xbox)[- ](?:[A-Z]-?)?\d{1,4}(?:\.\d{1,2})?\pL?(?: (?:Max|MAX|Pro|Plus))?`, "Boeing 737", nil},
		{`S&P 500`, "S&P 500", nil},
	},
	"en": {
		{`MONTH DAY(?:st|nd|rd|th)?(?:[-–]DAY)?,? YEAR`, "Jan. 24, 2018", nil},
		{`MONTH DAY(?:st|nd|rd|th)?(?:[-–]DAY)?`, "Jan. 24", inMonth},
		{`DAY(?:st|nd|rd|th)? (?:of )?MONTH(?: YEAR)?`, "24 January 2018", nil},
		{`(?:the )?DAY(?:st|nd|rd|th) of the month`, "15th of the month", nil},
		{`[0-2]?\d(?:[:.][0-5]\d)?(?:(?: to |[-–]| and | until )[0-2]?\d(?:[:.][0-5]\d)?)?(?: )?(?i:[ap]m|[ap]\.m\.)`, "5:30 p.m.", nil},
		{`at [0-2]?\d(?::[0-5]\d)? on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?`, "at 6 on Tuesdays", nil},
		{`(?i:in|since|until|dates? from|dated) 1[0-8]\d\d`, "in 1868", counted},
		{`(?i:act|battle|charter|compromise|constitution|declaration|edict|election|law|peace|revolution|statute|treaty|war) of 1[0-8]\d\d`, "war of 1812", nil},
		{`(?:in|of|since) ['’]\d\d`, "of '17", nil},
		{`[0-2]?\d:[0-5]\d(?: (?:hours|GMT|UTC|ET|PT|CET))?`, "17:30", nil},
		{`['’]\d0s`, "the ’90s", nil},
		{`\d{1,2}(?:st|nd|rd|th)[- ]centur(?:y|ies)`, "21st century", nil},

		// the law
		{`\d+ (?:USC|U\.S\.C\.|U\.S\. Code|CFR|C\.F\.R\.|Stat\.|Fed\. Reg\.|F\.[23]d|F\. ?Supp\. ?[23]d|U\.S\.|S\. ?Ct\.)(?: (?:[Pp]art|[Ss]ection|§+))? SECTION`, "8 U.S.C. § 1373", nil},
		{`(?:[Ss]ection|[Ss]ec\.|[Ss]ubsection|[Pp]aragraph|§)(?: )?SECTION`, "Section 287(g)", nil},
		{`(?:[Ss]ections|[Ss]ubsections|[Pp]aragraphs|§§)(?: )?SECTION(?:, SECTION)*(?:,? (?:and|or|to|through) SECTION)?`, "sections 1373 and 1644", nil},
		{`(?:[Tt]itle|Article|Chapter|Part|Subpart|Rule|Amendment|Proposition|Prop\.|Measure|Initiative|Referendum|Question|Ordinance|Local Law|Regulation|Directive|Resolution) (?:No\. )?SECTION`, "Title 8", nil},
		{`S\. \d{1,5}`, "S. 500", bill},
		{`(?:H\.R\.|H\. ?Res\.|S\. ?Res\.|HR|HB|SB|AB|H\.B\.|S\.B\.|A\.B\.|(?:House|Senate|Assembly) (?:Bill|Resolution)) \d{1,5}`, "H.R. 3009", countedBill},
		{`(?:Public Law|Pub\. ?L\.|P\.L\.)(?: No\.)? \d+[-–]\d+`, "Public Law 109-162", nil},
		{`(?:Executive Order|E\.O\.|EO|Proclamation) (?:No\. )?\d+`, "Executive Order 13768", nil},
		{`\d+(?:st|nd|rd|th) (?:Amendment|(?:U\.S\. )?Circuit|Congress|Battalion|Corps|(?:Congressional |Judicial |Senate |House )?District|Precinct|Ward|Street|St\.|Avenue|Ave\.|Infantry|Airborne|Brigade|Regiment|Division|Fleet)`, "9th Circuit", nil},
		{`(?:Nos?\. )?\d+(?::\d+)?-(?:cv|cr|mc|md|mj|ap|bk)-\d+(?:-[\w-]*\w)?`, "No. 17-cv-00485", nil},
		{`Nos?\. \d\d-\d+`, "No. 17-2991", nil},
		{`(?:[Aa]ppeal|[Cc]ase|[Dd]ocket)(?: (?:[Nn]umber|[Nn]o\.))? \d\d-\d{2,6}`, "docket 17-17480", nil},
		{`\d{1,2}(?:st|nd|rd|th) (?:attorney general|governor|mayor|president|prime minister|secretary of \pL+)`, "45th president", inAll},
		{`Nos?\. \d{1,4}`, "No. 1", nil},

		// what is counted to tell one from another
		{`(?:[Aa]ct|Annex|[Aa]partment|[Aa]pt\.|[Aa]ppendix|Area|[Bb]ox|[Bb]uilding|[Cc]ategory|[Cc]hannel|[Cc]hapter|Class|Company|[Cc]ount|Day|District|[Ee]pisode|Engine|[Ee]xhibit|[Ff]igure|[Ff]light|[Ff]loor|[Ff]ootnote|Form|Game|[Gg]ate|Highway|Hwy\.|Interstate|[Ii]tem|[Jj]unction|[Ll]evel|[Ll]ine|Local|Lot|Order|[Nn]ote|[Pp]age|p\.|pp\.|[Pp]hase|Pier|Platform|Precinct|Psalm|Radio|Resolution|[Rr]oom|Route|Sample|Schedule|[Ss]eason|Ship|[Ss]ize|Squad|[Ss]tage|State Road|[Ss]tep|[Ss]uite|[Tt]able|[Tt]erminal|[Tt]ier|Track|Troop|[Tt]ype|[Uu]nit|[Vv]erse|[Vv]ersion|[Vv]olume|[Ww]ard|Week|Year|World War|[Zz]one) (?:No\. )?\d{1,4}(?:\.\d{1,2})?\pL?(?:[-–]\d{1,4})?`, "page 12", nil},
		{`[Pp]ages \d{1,4}(?:(?:[-–]| to | and )\d{1,4})?`, "pages 12 to 14", nil},
		{`(?:[Cc]hapters|[Cc]laims|[Cc]ounts|[Ee]xhibits|[Ff]igures|[Ii]tems|[Ll]ines|[Pp]arts|[Pp]oints|[Qq]uestions|[Rr]ules|[Ss]teps|[Tt]ables) \d{1,3}(?:[-–]| to | and )\d{1,3}`, "counts 1 and 2", counted},
		{`(?:[Ff]ill(?:s|ed|ing)?(?: out| in)?|[Ff]ile[sd]?|[Ss]ign(?:s|ed)?) (?:a |an |the |[Ff]orm )?(?:1040|1099|990)s?`, "filed a 1040", nil},

		// places and calls
		{`\d{1,5}(?:-\d{1,4}|[A-Z])? (?:[NSEW]\.? |North |South |East |West )?(?:(?:\p{Lu}[\pL.'’-]*|\d{1,3}(?:st|nd|rd|th)) ){1,3}(?:Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Way|Place|Pl|Plaza|Court|Ct|Square|Sq|Terrace|Parkway|Pkwy|Highway|Hwy|Circle)\b`, "1600 Pennsylvania Avenue", nil},
		{`(?:\p{Lu}{2}|\p{Lu}\pL{2,5}\.),? \d{5}(?:-\d{4})?`, "DC 20530", nil},
		{`[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}`, "SW1A 2AA", nil},
		{`Number 1[01]`, "Number 10", nil},
		{`1-\d{3}-\d{3}-\d{4}|(?i:call|dial) \d-\d-\d`, "1-800-555-0199", nil},
		{`(?:[Cc]all(?:s|ed|ing)?|[Dd]ial(?:s|ed|ing)?|[Tt]ext(?:s|ed|ing)?|[Pp]honed?|[Aa]|[Tt]he|[Tt]o|non-)[ -]?(?:911|311|988|999|112)\b`, "called 911", counted},
		{`(?:911|311|988|999|112) (?:call|caller|center|dispatch|dispatcher|line|operator|recording|system|tape)s?\b`, "911 calls", nil},

		// people
		{`\p{Lu}[\pL'’-]+(?: (?:Jr|Sr)\.| I{1,3}|,? [JS]r\.)?, (?:[1-9]\d?|10\d),`, "Jane Doe, 54,", nil},
		{`(?:boy|brother|child|clerk|daughter|driver|farmer|father|friend|girl|husband|judge|lawyer|man|mayor|mother|MP|neighbor|neighbour|nurse|officer|owner|pilot|senator|sister|son|student|suspect|teacher|victim|widow|wife|woman), [1-9]\d?,`, "the suspect, 23,", nil},
		{`(?:[Hh]e|[Ss]he|\p{Lu}\pL+) turn(?:s|ed) [1-9]\d`, "she turned 65", turnedAway},
		{`(?i:aged?) (?:NUM|[1-9]\d?)(?:(?: to |[-–])[1-9]\d?)?`, "age 54", aged},
		{`NUM-(?:year|month|week|day)-olds?`, "54-year-old", nil},
		{`NUM (?:years|months|weeks|days) old`, "54 years old", nil},
		{`(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]ho|\p{Lu}[\pL'’-]{2,}) (?:is|was|were|turn(?:s|ed)) [1-9]\d(?: years old)?(?: (?:when|at the time))`, "she was 54 when", nil},
		{`in (?:his|her|their) (?:early |mid-|late |mid )?(?:\d0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|teens)`, "in her 50s", nil},

		// votes and scores
		{`(?i:votes?|voted|vote of|ruled|ruling|decided|divided|split|passed|approved|rejected|confirmed|won|lost|beat|a|margin of|by|was|,) \d{1,3}(?:[-–]| to |-to-)\d{1,3}(?: (?:vote|votes|ruling|decision|majority|opinion|split|margin|win|loss|victory|defeat|record|tie|lead))`, "a 5-4 ruling", nil},
		{`(?i:votes?|voted|vote of|ruled|decided|divided|split|passed|approved|rejected|confirmed|won|lost|beat \pL+) (?:[\pL.]+ ){0,3}\d{1,3}[-–]\d{1,3}`, "voted 5-4", votes},
		{`(?:approved|defeated|failed|lost|passed|rejected|ruled|split|voted|won), \d{1,3} to \d{1,3}`, "failed, 7 to 2", votes},
		{`\d{1,3}[-–]\d{1,3} (?:vote|ruling|decision|majority|opinion|split|margin|win|loss|victory|defeat|record|tie|lead)s?`, "5-4 vote", nil},
		{`\d{1,3}-to-\d{1,3}(?: (?:vote|ruling|decision|majority|margin))?`, "5-to-4", votes},
		{`NUM-(?:judge|justice|member|person|man|woman|seat|party|way|part|point|page|story|lane|car|room|bedroom|star|digit|phase|stage|step|track) (?:agreement|approach|appeals court|bench|board|body|building|cabinet|chamber|commission|committee|council|court|crash|delegation|home|hotel|house|House|inning|jury|letter|majority|memo|opinion|order|panel|plan|process|program|report|road|ruling|Senate|system|talks|team|test|tribunal)s?`, "three-judge panel", nil},
		{`(?:two-thirds|three-fifths|three-quarters) (?:majority|vote|supermajority)`, "two-thirds majority", nil},
		{`NUM-(?:hour|day|night|week|month|year)(?:-long)? (?:ban|break|campaign|career|contract|deadline|deal|delay|effort|extension|hearing|investigation|jail term|lease|moratorium|pause|plan|prison sentence|prison term|probation|program|project|sentence|shutdown|siege|standoff|stay|stint|strike|study|suspension|term|tour|trial|trip|visit|waiting period|war)s?`, "two-week trial", nil},

		// telling time, in round figures: "41 days later" is counted. Package claimword takes what is told here for a claim
		{`(?:One|one) (?:day|night|morning|evening|afternoon)`, "One day", nil},
		{`(?:about |nearly |almost |just |some |more than |less than )?(?:(?i:one|two|three|four|five|six|seven|eight|nine|ten) (?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?)|(?:[2-9]0|100|(?i:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred)) years)(?:,| and a half)? (?:later|earlier|ago|after|before|apart|from now)`, "Two years later", partOfWord},
		{`(?i:an?) (?:hour|day|week|month|year|decade|century) and a half (?:later|earlier|ago|after|before|apart|from now)`, "a year and a half later", nil},
		{`(?i:a|an|the past|last|next|this|per|half a|a half|a quarter|a quarter of a) (?:decade|century|generation) (?:ago|later|earlier|before|after|old|from now)`, "A decade ago", nil},
		{`(?i:once (?:in|every) a|in a|for the first time in a) (?:decade|century|generation)`, "once in a century", nil},
		{`NUM (?:hours a day|days a week|weeks a year|months a year|days a year)`, "seven days a week", nil},
		{`(?i:twice|three times) (?:an? |each |every |per )(?:hour|day|night|week|month|year)`, "twice a day", nil},
		{`(?:first|last|next) (?:two|three|four|five|six|seven|eight|nine|ten) (?:minutes|hours|days|weeks|months|years) of`, "first two weeks of", nil},
		{`(?:takes?|took) (?:about )?NUM (?:minutes|hours) (?:by|on) (?:bike|bus|car|foot|plane|train)`, "takes 10 minutes by car", nil},
		{`(?i:half a|a half|a quarter|half-a|a quarter-|a half-)(?: )?century`, "half a century", nil},

		// counts that no data change
		{`(?:[Aa]ll |[Tt]he )?(?:50|fifty) (?:U\.S\. )?states`, "All 50 states", nil},
		{`(?:[Aa]ll |[Tt]he )?(?:nine|9) justices`, "the nine justices", nil},
		{`(?:[Tt]he )?(?:100 senators|435 (?:members|seats|districts|representatives)|12 jurors|twelve jurors)`, "435 seats", nil},
		{`(?i:scores|dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions) of (?:angry |local |other |young )?(?:advocates|activists|agents|children|demonstrators|employees|families|fans|immigrants|marchers|men|migrants|mourners|officers|onlookers|parents|passengers|people|protesters|refugees|residents|shoppers|spectators|students|supporters|teachers|tourists|volunteers|voters|women|workers)`, "Dozens of people", nil},
		{`(?:49ers|76ers|Central Park Five|Chicago Seven|Gang of (?:Eight|Four|Six)|Little Rock Nine|Big (?:Ten|Four|Three|Five)|Catch-22|Group of (?:Seven|Twenty)|Three Mile Island|Six Flags|Four Seasons|Twin Cities|Tri-State|Ten Commandments)`, "Big Ten", nil},
		{`(?i:the|their|these|those) two (?:brothers|camps|leaders|men|parties|sides|sisters|women)|(?i:in one (?:breath|go|piece|place|sentence|sitting|word)|one more (?:chance|look|question|step|thing|time|try))`, "the two sides", nil},
		{`(?i:fifty-fifty|50-50|half away from zero|half to even|one another|one by one|two by two|at sixes and sevens|on all fours|cloud nine|nine to five|9-to-5|20/20|zero in on|zeroed in on|second to none|ten to one|day one|square one|one-on-one|two-way street|two-edged|double-edged|two cents|high five|back to zero|ground zero|twice-weekly|four-letter word|third degree)`, "fifty-fifty", nil},
	},
	"de": {
		{`DAY\. (?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?: YEAR)?`, "24. Januar 2018", nil},
		{`DAY\.[01]?\d\.(?:YEAR|\d\d)`, "24.01.2018", nil},
		{`[0-2]?\d[.:][0-5]\d Uhr|[0-2]?\d Uhr`, "17.30 Uhr", nil},
		{`§§? SECTION(?: (?:Abs\.|Absatz|Nr\.|Satz) \d+)*(?: \p{Lu}[\pL]+)?`, "§ 4 Abs. 2 BGB", nil},
		{`(?:Art\.|Artikel|Absatz|Abs\.|Nr\.|Nummer|Paragraf|Ziffer|Seite|S\.|Kapitel|Tabelle|Abbildung|Abb\.|Halle|Gleis|Linie|Raum|Zimmer|Platz|Stufe|Phase|Teil|Band) SECTION`, "Artikel 5", nil},
		{`(?:\d{1,3}\pL?, )?\d{5} \p{Lu}\pL+`, "10117 Berlin", nil},
		{`\d{1,2}\. (?:Abschnitt|Armee|Auflage|Bezirk|Bundestag|Etage|Kammer|Klasse|Senat|Stock|Strafsenat|Zivilsenat)(?:e?s)?`, "9. Senat", nil},
		{`\d{1,3} Jahre alt|[Mm]it \d{1,2} Jahren|\d{1,3}-Jährige[nrs]?`, "54 Jahre alt", nil},
		{`[AB] \d{1,3}|(?:Autobahn|Bundesstraße|Flug|Hausnummer|Kanal|Strecke|Trikot) \d{1,4}\pL?`, "Autobahn 7", nil},
		{`(?:[Nn]otruf(?: ist| unter| der)?|(?:rief|ruft|wählt|wählte|wählen) (?:die|den)) (?:110|112)`, "rief die 110", nil},
		{`\d{1,4} \p{Lu}\pL{0,3} \d{1,5}/\d\d|[Dd]rucksache \d\d/\d{1,5}`, "1 BvR 16/13", nil},
		{`\d{1,3} zu \d{1,3} Stimmen|(?:endete|entschied|führte|gewann|siegte|stimmte|urteilte|verlor)(?: \pL+){0,2} \d{1,3}:\d{1,3}`, "entschied 5:3", nil},
		{`(?:19|20)?\d0er(?:-| )Jahren?|24 Stunden am Tag|Seiten \d{1,4}(?:[-–]| bis | und )\d{1,4}`, "80er-Jahre", nil},
		{`0\d{2,4}[ /-]\d{4,9}|Sat\.1|[Uu]nter vier Augen|Wolke sieben`, "030 1234567", nil},
		{`\p{Lu}[\pL-]+(?:straße|strasse|str\.|platz|allee|weg|gasse|ufer) \d{1,4}\pL?`, "Friedrichstraße 12a", nil},
		{`\d{1,3}-jährige[nrs]?`, "54-jährige", nil},
		{`\p{Lu}[\pL'’-]+ \([1-9]\d\)`, "Müller (54)", nil},
		{`(?:(?i:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) (?:Minuten|Stunden|Tage|Wochen|Monate|Jahre)|[2-9]0 Jahre) (?:später|zuvor|danach|vorher)|[Vv]or (?:(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) (?:Minuten|Stunden|Tagen|Wochen|Monaten|Jahren)|[2-9]0 Jahren)`, "zwei Jahre später", nil},
		{`\d{1,2}\. Jahrhundert(?:s)?`, "21. Jahrhundert", nil},
	},
	"es": {
		{`DAY de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?: (?:de|del) YEAR)?`, "24 de enero de 2018", nil},
		{`(?:[Aa]rtículo|[Aa]rt\.|[Ll]ey|[Dd]ecreto|[Cc]apítulo|[Pp]ágina|[Tt]abla|[Nn]úmero|[Nn]\.º) SECTION(?:/YEAR)?`, "artículo 5", nil},
		{`(?:de|[Tt]iene|[Tt]enía|cumple|cumplió|[Aa] los) \d{1,3} años`, "de 54 años", nil},
		{`[0-2]?\d[.:][0-5]\d horas|[Aa] las? (?:[0-2]?\d|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)(?: y media| y cuarto)?(?: de la (?:mañana|tarde|noche|madrugada)| horas)`, "a las 8 de la mañana", nil},
		{`(?:[Aa]venida|[Cc]alle|[Cc]arretera|[Pp]aseo|[Pp]laza|[Rr]onda)(?: \pL[\pL.'’-]*){1,5},? \d{1,4}|\d{5} \p{Lu}\pL+`, "calle Mayor, 12", nil},
		{`(?:[Ll]lam\pL+ al|al) (?:016|061|091|112)|\d{1,2}-[A-Z]`, "llame al 112", nil},
		{`años (?:\d0|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)`, "años 90", nil},
		{`(?:acabó|empató|ganó|perdió|terminó|venció)(?: \pL+){0,2} \d{1,2}[-–]\d{1,2}|\d{1,3} votos (?:a|contra|frente a) \d{1,3}|(?:decidió|falló|votó) \d{1,2} a \d{1,2}`, "176 votos a 169", nil},
		{`(?:[Aa]ndén|[Cc]anal|[Dd]istrito|[Ff]ormulario|[Hh]abitación|[Ll]ínea|[Ss]ala|[Vv]uelo|[Zz]ona) \d{1,4}`, "línea 5", nil},
		{`(?:(?i:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) (?:minutos|horas|días|semanas|meses|años)|[2-9]0 años) (?:después|antes|más tarde)|[Hh]ace (?:(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) (?:minutos|horas|días|semanas|meses|años)|[2-9]0 años)`, "dos años después", nil},
	},
	"fr": {
		{`(?:1er|DAY) (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?: YEAR)?`, "24 janvier 2018", nil},
		{`[0-2]?\d ?h(?: ?[0-5]\d)?`, "17 h 30", nil},
		{`(?:[Aa]rticle|[Aa]rt\.|[Ll]oi|[Dd]écret|[Cc]hapitre|[Pp]age|[Tt]ableau|[Nn]uméro|n°)(?: n°)? SECTION`, "article 5", nil},
		{`(?:[Ââ]gée? de|avait|[Ee]lle a|[Ii]l a|(?:enfant|femme|fille|garçon|homme) de|à) \d{1,3} ans|\p{Lu}[\pL'’-]+, \d{1,3} ans,`, "âgé de 54 ans", nil},
		{`(?:[Aa]rticle|[Aa]rt\.) [LRD]\. ?\d+(?:-\d+)*`, "article L. 121-1", nil},
		{`[ÀAà] \d{1,2} heures(?: du (?:matin|soir))?`, "à 8 heures", nil},
		{`\d{1,4}(?: bis| ter)?, ?(?:allée|avenue|boulevard|chemin|cours|impasse|place|quai|route|rue)\b|\d{5} \p{Lu}\pL+`, "12, rue", nil},
		{`(?:[Aa]ppel\pL+|[Cc]omposez) le (?:15|17|18|112|115|119)|années \d0`, "appelez le 112", nil},
		{`(?:gagné|imposée?|inclinée?|perdu|terminée?|score de)(?: \pL+){0,2} \d{1,2}[-–]\d{1,2}|\d{1,3} voix contre \d{1,3}|[àÀ] \d{1,2} contre \d{1,2}`, "289 voix contre 270", nil},
		{`(?:Canal|[Dd]épartementale|Europe|France|[Ll]igne|[Nn]ationale|[Ss]alle|[Vv]oie|[Vv]ol) \d{1,4}`, "ligne 13", nil},
		{`\d{1,2}(?:er|re|e|ème) (?:arrondissement|chambre|circonscription|étage|législature|régiment|République)|11-Septembre`, "13e arrondissement", nil},
		{`(?:(?i:deux|trois|quatre|cinq|six|sept|huit|neuf|dix) (?:minutes|heures|jours|semaines|mois|ans)|[2-9]0 ans) (?:plus tard|après|avant)|[Ii]l y a (?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix) (?:minutes|heures|jours|semaines|mois|ans)|[2-9]0 ans)`, "deux ans plus tard", nil},
		{`(?:XX|XIX|XVIII)(?:I)?e siècle|\d{1,2}e siècle`, "21e siècle", nil},
	},
}

// patternOf spells a pattern out.
var patternOf = strings.NewReplacer(
	"MONTH", `(?:Jan(?:\.|uary)|Feb(?:\.|ruary)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:\.|ust)|Sept?\.|September|Oct(?:\.|ober)|Nov(?:\.|ember)|Dec(?:\.|ember))`,
	"DAY", `(?:3[01]|[12]\d|0?[1-9])`,
	"YEAR", `(?:19|20)\d\d`,
	"SECTION", `\d+[a-z]?(?:[.-]\d+)*(?:\(\w+\))*`,
	"NUM", `(?:\d{1,3}|(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))`,
)

// pattern is what a name looks like.
type pattern struct {
	*regexp.Regexp
	needed []string // of which each match holds one; nil for what is looked for anywhere
	not    *around
}

func newPattern(text string, not *around) pattern {
	p := pattern{Regexp: regexp.MustCompile(text), not: not}
	if parsed, err := syntax.Parse(text, syntax.Perl); err == nil {
		p.needed = withoutLonger(needed(parsed.Simplify()))
	}
	return p
}

// patternsOf are those of a language: of all languages, its own, and the English, as a
// report in any language may name an American law. They are made when the first number is looked at.
var patternsOf = func() func(language string) *finder {
	var mu sync.Mutex
	made := map[string]*finder{}
	return func(language string) *finder {
		mu.Lock()
		defer mu.Unlock()
		if f := made[language]; f != nil {
			return f
		}
		var list []pattern
		for _, of := range slices.Compact([]string{"", language, english}) {
			for _, n := range names[of] {
				list = append(list, newPattern(patternOf.Replace(n.pattern), n.not))
			}
		}
		made[language] = newFinder(list)
		return made[language]
	}
}()

// ReadNames makes patterns of the names that a report lists (params.names of hugo.toml):
// exact words, in which # is for a number, such as "Studio 54" or "Notice #".
func ReadNames(list []string) Names {
	var own Names
	for _, text := range list {
		text = strings.Join(strings.Fields(text), " ")
		own = append(own, newPattern(strings.ReplaceAll(regexp.QuoteMeta(text), "#", `(?:\d[\d.,]*\d|\d)`), nil))
	}
	return own
}

// Names are those that a report has beside those of its language.
type Names []pattern

// hideNames puts filler in the place of names. The text stays as long as it is.
func hideNames(text, language string, own Names) string {
	var hidden []byte
	for _, p := range slices.Concat(own, patternsOf(language).find(fold(text))) {
		for _, m := range p.FindAllStringIndex(text, -1) {
			if !isWhole(text, m[0], m[1]) || p.not.matches(text[:m[0]], text[m[1]:]) {
				continue
			}
			if hidden == nil {
				hidden = []byte(text)
			}
			fill(hidden[m[0]:m[1]])
		}
	}
	if hidden == nil {
		return text
	}
	return string(hidden)
}

// isWhole reports whether a match is not part of a longer number or name: "May 24 percent",
// "2018-01-245", "U.S. 20 cities" as "S. 20".
func isWhole(text string, start, end int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:start])
	if isWordRune(before) || before == '§' || before == '.' && !startsWithDigit(text[start:]) || (before == ',' || before == '.' || before == '-') && endsInDigit(text[:start-size]) {
		return false
	}
	after, size := utf8.DecodeRuneInString(text[end:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	if isWordRune(last) && isWordRune(after) || (after == ',' || after == '.') && startsWithDigit(text[end+size:]) {
		return false
	}
	if after == ' ' {
		next, _, _ := strings.Cut(text[end+1:], " ")
		next = strings.TrimRightFunc(next, unicode.IsPunct)
		return scales[next] == 0 && next != "percent" && next != "percentage" && next != "per" && next != "%"
	}
	return true
}
