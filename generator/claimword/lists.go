package claimword

import (
	"regexp"
	"sync"
)

// pattern matches one of the alternatives as whole words. RE2 knows \b for ASCII only.
func pattern(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN_])(` + alternatives + `)(?:$|[^\pL\pN_])`)
}

// atStart matches one of the alternatives as whole words at the start of a text.
func atStart(alternatives string) matcher {
	return newMatcher(`(?i)^(` + alternatives + `)(?:$|[^\pL\pN_])`)
}

// plain matches one of the alternatives at the start of a text.
func plain(alternatives string) matcher { return newMatcher(`(?i)^(` + alternatives + `)`) }

// spans are stretches of time that days come to: "two years later". What is 41 days later is a number (package literal).
const spans = `(?:(?:about|nearly|almost|just|some|more than|less than) )?(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half an?|a quarter(?: of a)?|a couple of|several) (?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?)|` +
	`(?:[2-9]0|100|a hundred|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) years)(?:,? and a half)? (?:later|earlier|ago|after|before|apart|from now)|`

// lists are made when the first text of their language is looked at.
var lists = map[string]func() *list{
	"en": sync.OnceValue(func() *list {
		return &list{
			words: atStart(spans + `all-time|most|mostly|majority|only|all|none|nobody|every|everyone|everywhere|both|neither|half|no|never|always|unanimously|(?:the|its|their|his|her|was|were|is|are) first|first (?:time|to|since|of)|` +
				`(?:the|its|their|his|her) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|` +
				`many|few|fewer|several|numerous|a handful|the bulk|lion['’]s share|(?:not|nor) a single|sole|solely|lone|alone|a minority of|plurality|a (?:small |tiny )?(?:fraction|sliver) of|` +
				`exclusively|entirely|mainly|chiefly|primarily|predominantly|overwhelmingly|largely|generally|typically|usually|consistently|invariably|often|frequently|rarely|seldom|each time|(?:in )?each (?:year|month|of)|` +
				`the (?:rest|remainder|others) (?:was|were|is|are|has|have|had|did|went|came|got|received|won|lost|sued|split|stayed|remain|remained)|` +
				// superlatives
				`largest|biggest|greatest|highest|lowest|smallest|fewest|least|best|worst|longest|shortest|oldest|newest|earliest|strongest|weakest|richest|poorest|fastest|slowest|cheapest|closest|hardest|` +
				// comparatives
				`(?:(?:had|has|have|got|received|won|lost|saw|drew|is|are|was|were) (?:far |much |many |even |slightly )?)?(?:more|less|fewer|higher|lower|larger|smaller|bigger|greater|better|worse|older|newer|younger|faster|slower|longer|shorter|earlier|later|poorer|richer|cheaper|closer|rarer|oftener)(?: [^ .,;:!?]+){0,5} than|` +
				`(?:had|has|have|got|received|won|lost|saw|drew|is|are|was|were) (?:far |much |many |even |slightly )?(?:more|less|higher|lower|larger|smaller|bigger)|` +
				`as (?:many|much|large|high|low|small|big|often|old|few|little|rich|poor)(?: [^ .,;:!?]+){0,3} as|the same (?:number|amount|sum|share|rate|level|size)|(?:above|below) (?:the )?(?:national )?(?:average|median|mean|nation)|` +
				// ranks
				`runner-up|(?:came|ranked|finished|placed|was|were) (?:last|second|third)|last to|tops|topped|trailed|lag(?:s|ged)? behind|outpaced?|outpaces|outstripped|outstrips|exceed|exceeds|exceeded|surpass(?:es|ed)?|overtook|overtaken|dwarfs|dwarfed|` +
				`(?:hit|set|reached|at) a record|record (?:high|low|number|amount|sum|share|level|pace)s?|` +
				// changes
				`(?:went|was|were|is|are) (?:up|down)|jumped|dipped|slid|spiked|peaked|tumbled|dwindled|swelled|rebounded|stagnated|trebled|quintupled|dropped (?:by|to|from|sharply|steeply|slightly)|` +
				`(?:was|were|been|stayed|remained|held|is|are) (?:steady|flat|stable|level|constant|the same)|stayed the same|did not change|(?:hardly|barely|little) changed|` +
				`rose|risen|fell|fallen|grew|grown|increased|decreased|declined|doubled|tripled|quadrupled|halved|shrank|shrunk|climbed|soared|plunged|plummeted|surged|unchanged|lead|leads|led the|outnumbered?`),
			not: plain(`\bthe second to none\b|\b(?:the|its|their|his|her) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)` +
				`(?: u\.s\.)? (?:act|airborne|amendment|avenue|book|century|chapter|child|circuit|column|congress|congressional|count|daughter|day|degree|district|division|edition|estate|finger|floor|gender|grade|graders?|half|husband|infantry|inning|line|marriage|month|night|page|paragraph|part|party|period|person|precinct|quarter|reich|round|row|season|section|sense|sentence|son|street|term|volume|ward|week|wife|world|year)\b|` +
				`\bat (?:most|least|all|first|best|worst)\b|\bafter all\b|\ball right\b|(?:\bthe )?\bfirst (?:name|names|aid|lady|floor|of all)\b|\bfirst-\w+|\bno longer\b|\bno\. ?\d|\bif only\b|\bnot only\b|` +
				`\bevery [\d\x1a]|\bdeclined to\b|\blast but not least\b|\bleads? (?:to|back|there|here|from|into)\b|(?:\bthe )?\b(?:First|All|Both|Every) (?:Amendment|Circuit|District|Department|Saints|Nations)\b|\bonce and for all\b|\bmore often than not\b|\bother than\b|\brather than\b|` +
				`\b(?:how|so|too|as) (?:many|few)\b|\bmany thanks\b|\ba few (?:words|notes|minutes|hours|days|weeks|months|years)\b|\b(?:left|let|leave|leaves|lives?|lived|stands?|stood) (?:\w+ )?alone\b|\bstand-alone\b|\b(?:went|was|were|is|are) (?:up|down) (?:to|for|on|the)\b|\b(?:on|at) (?:the )?top\b|\btop (?:of|court|official|officials|aide|lawyer|prosecutor)\b|` +
				`\bexceed(?:s|ed)? (?:its|his|her|their|the) (?:statutory )?(?:authority|powers?|mandate|scope)\b|\bjumped (?:in|on|at|out|off|to (?:his|her|their))\b|` +
				`\bboth sides\b|\b(?:the|its|their|his|her) first (?:chapter|day|floor|grade|half|month|night|page|paragraph|part|quarter|row|semester|sentence|term|trimester|week|year|few|two|three|four|five|six)\b|\bdropped by (?:its|their|his|her|the (?:(?-i:\p{Lu})|court|judge|department|state|city|county|government|agency|company|prosecutor|office|board|council|party|police)\pL*)\b|\bgrew up\b|\bfell (?:ill|sick|asleep|silent|apart|in love)\b|\brose to (?:his|her|their|its)\b|\b(?:said|says|voted|vote) no\b|\bno comment\b|\babove all\b|\ball the same\b|\bbest known\b|\bat (?:his|her|its|their) best\b|\bbetter late than never\b|` +
				`\bevery (?:day|night|morning|evening|week|other|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b`),
			direction: pattern(`rose|risen|fell|fallen|grew|shrank|increased|decreased|declined|climbed|more|less|fewer|higher|lower|larger|smaller|bigger|greater|above|below|over|under|up|down|ahead|behind|before|after|earlier|later|better|worse|gained|lost`),
			nothing:   pattern(`no|none|nobody|never|neither|(?:not|nor) a single`),
		}
	}),
	"de": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`meist|meiste[nr]?|meistens|viele[nr]?|wenige[nr]?|mehrere[nr]?|einige[nr]?|etliche[nr]?|zahlreiche[nr]?|großteil|größtenteils|überwiegend|hauptsächlich|minderheit|allein|häufig|oft|selten|stets|jeweils nur|die (?:übrigen|restlichen)|der rest|mehrheit|mehrheitlich|nur|ausschließlich|alle[nrms]?|jede[nrms]?|kein(?:e[nrms]?)?|niemand|nie|niemals|immer|beide[nrms]?|hälfte|erste[nrms]?|einzige[nrms]?|` +
				`(?:größt|höchst|niedrigst|kleinst|wenigst|best|schlechtest|längst|kürzest|ältest|jüngst|stärkst|schwächst|schnellst|langsamst)e[nrms]?|(?:mehr|weniger|höher|niedriger|größer|kleiner|besser|schlechter|länger|kürzer|älter|jünger|früher|später)(?: [^ .,;:!?]+){0,5} als|(?:so|ebenso|genauso) (?:viele?|groß|hoch|klein|niedrig) wie|(?:über|unter) dem (?:durchschnitt|schnitt|mittel)|rekord(?:hoch|tief|wert|zahl)?|übertraf(?:en)?|übertroffen|überholte?n?|` +
				`stieg(?:en)?|gestiegen|sank(?:en)?|gesunken|fiel(?:en)?|gefallen|wuchs(?:en)?|gewachsen|zugenommen|abgenommen|verdoppelte?n?|halbierte?n?|verdreifachte?n?|kletterte?n?|schrumpfte?n?|unverändert|stagnierte?n?`),
			not:       plain(`\berste[nr]? weltkrieg|\bvor allem\b|\balles in allem\b|\bnicht nur\b|\bzum ersten\b|\bauf jeden fall\b|\bkeineswegs\b|\b(?:wie|so|zu) (?:viele?|wenige?)\b|\beinige (?:tage|wochen|monate|jahre|worte)\b|\bvon allein\b`),
			direction: pattern(`stieg(?:en)?|gestiegen|sank(?:en)?|gesunken|fiel(?:en)?|gefallen|wuchs(?:en)?|gewachsen|mehr|weniger|höher|niedriger|größer|kleiner|über|unter|oberhalb|unterhalb|früher|später|vor|nach`),
			nothing:   pattern(`kein(?:e[nrms]?)?|niemand|nie|niemals`),
		}
	}),
	"es": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`mayoría|mayoritariamente|solo|sólo|solamente|únicamente|únic[oa]s?|todos?|todas?|ningun[oa]s?|ningún|nadie|nunca|siempre|cada|ambos|ambas|mitad|much[oa]s|poc[oa]s|vari[oa]s|numeros[oa]s|algun[oa]s|minoría|la gran parte|la mayor parte|mayormente|principalmente|exclusivamente|generalmente|raramente|a menudo|el resto|los demás|las demás|primer|primer[oa]s?|` +
				`(?:el|la|los|las) (?:más|menos|mayor|mayores|menor|menores|mejor|mejores|peor|peores)|(?:más|menos|mayor|menor|mejor|peor)(?: [^ .,;:!?]+){0,5} que|` +
				`subió|subieron|bajó|bajaron|aumentó|aumentaron|creció|crecieron|cayó|cayeron|disminuyó|disminuyeron|duplicó|duplicaron|triplicó|triplicaron|superó|superaron|récord|tan(?:to|ta|tos|tas)? (?:[^ .,;:!?]+ ){0,3}como`),
			not:       plain(`\bsobre todo\b|\bno solo\b|\bno sólo\b|\ben todo caso\b|\bde todos modos\b|\ben primer lugar\b|\bpor lo menos\b|\bal menos\b|\bcuánt[oa]s\b|\btanto en [^ ]+ como\b|\balgunos (?:días|meses|años)\b`),
			direction: pattern(`subió|subieron|bajó|bajaron|aumentó|aumentaron|creció|crecieron|cayó|cayeron|disminuyó|disminuyeron|más|menos|mayor|menor|por encima|por debajo|antes|después`),
			nothing:   pattern(`ningun[oa]s?|ningún|nadie|nunca`),
		}
	}),
	"fr": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`plupart|majorité|majoritairement|seul(?:e|s|es)?|seulement|uniquement|tous|toutes?|aucune?|personne ne|jamais|toujours|chaque|chacune?|les deux|moitié|beaucoup|peu de|plusieurs|certaine?s|nombreux|nombreuses|quelques-un(?:e)?s|minorité|majeure partie|principalement|essentiellement|exclusivement|généralement|souvent|rarement|le reste|les autres|premi(?:er|ers|ère|ères)|` +
				`(?:le|la|les) (?:plus|moins|meilleure?s?|pires?)|(?:plus|moins|meilleure?s?|pires?)(?: [^ .,;:!?]+){0,5} que|` +
				`(?:a|ont) (?:augmenté|baissé|chuté|progressé|reculé|diminué|grimpé|doublé|triplé|dépassé|bondi)|record|autant(?: [^ .,;:!?]+){0,4} que|inchangée?s?`),
			not:       plain(`\bpremière guerre mondiale\b|\btout à fait\b|\bavant tout\b|\bsurtout\b|\btous les jours\b|\bnon seulement\b|\bau moins\b|\bdu moins\b|\btoutefois\b|\bd’abord\b|\bautant que possible\b|\bun peu\b`),
			direction: pattern(`augmenté|baissé|chuté|progressé|reculé|diminué|grimpé|plus|moins|supérieure?s?|inférieure?s?|au-dessus|au-dessous|avant|après|meilleure?s?|pires?`),
			nothing:   pattern(`aucune?|personne ne|jamais`),
		}
	}),
}
