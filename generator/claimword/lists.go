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

// lists are made when the first text of their language is looked at.
var lists = map[string]func() *list{
	"en": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`most|mostly|majority|only|all|none|nobody|every|everyone|everywhere|both|neither|half|no|never|always|unanimously|(?:the|its|their|his|her|was|were|is|are) first|first (?:time|to|since|of)|` +
				// superlatives
				`largest|biggest|greatest|highest|lowest|smallest|fewest|least|best|worst|longest|shortest|oldest|newest|earliest|strongest|weakest|richest|poorest|fastest|slowest|cheapest|closest|hardest|` +
				// comparatives
				`(?:more|less|fewer|higher|lower|larger|smaller|bigger|greater|better|worse|older|newer|younger|faster|slower|longer|shorter|earlier|later|poorer|richer|cheaper|closer|rarer|oftener)(?: [^ .,;:!?]+){0,5} than|` +
				// changes
				`rose|risen|fell|fallen|grew|grown|increased|decreased|declined|doubled|tripled|quadrupled|halved|shrank|shrunk|climbed|soared|plunged|plummeted|surged|unchanged|lead|leads|led the|outnumbered?`),
			not: plain(`\bat (?:most|least|all|first|best|worst)\b|\bafter all\b|\ball right\b|(?:\bthe )?\bfirst (?:name|names|aid|lady|floor|of all)\b|\bfirst-\w+|\bno longer\b|\bno\. ?\d|\bif only\b|\bnot only\b|` +
				`\bevery [\d\x1a]|\bdeclined to\b|\blast but not least\b|\bleads? (?:to|back|there|here|from|into)\b|(?:\bthe )?\b(?:First|All|Both|Every) (?:Amendment|Circuit|District|Department|Saints|Nations)\b|\bonce and for all\b|\bmore often than not\b|\bother than\b|\brather than\b`),
			direction: pattern(`rose|risen|fell|fallen|grew|shrank|increased|decreased|declined|climbed|more|less|fewer|higher|lower|larger|smaller|bigger|greater|above|below|over|under|up|down|ahead|behind|before|after|earlier|later|better|worse|gained|lost`),
		}
	}),
	"de": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`meist|meiste[nr]?|meistens|mehrheit|mehrheitlich|nur|ausschließlich|alle[nrms]?|jede[nrms]?|kein(?:e[nrms]?)?|niemand|nie|niemals|immer|beide[nrms]?|hälfte|erste[nrms]?|einzige[nrms]?|` +
				`(?:größt|höchst|niedrigst|kleinst|wenigst|best|schlechtest|längst|kürzest|ältest|jüngst|stärkst|schwächst|schnellst|langsamst)e[nrms]?|(?:mehr|weniger|höher|niedriger|größer|kleiner|besser|schlechter|länger|kürzer|älter|jünger|früher|später)(?: [^ .,;:!?]+){0,5} als|` +
				`stieg(?:en)?|gestiegen|sank(?:en)?|gesunken|fiel(?:en)?|gefallen|wuchs(?:en)?|gewachsen|zugenommen|abgenommen|verdoppelte?n?|halbierte?n?|verdreifachte?n?|unverändert`),
			not:       plain(`\bvor allem\b|\balles in allem\b|\bnicht nur\b|\bzum ersten\b|\bauf jeden fall\b|\bkeineswegs\b`),
			direction: pattern(`stieg(?:en)?|gestiegen|sank(?:en)?|gesunken|fiel(?:en)?|gefallen|wuchs(?:en)?|gewachsen|mehr|weniger|höher|niedriger|größer|kleiner|über|unter|oberhalb|unterhalb|früher|später|vor|nach`),
		}
	}),
	"es": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`mayoría|mayoritariamente|solo|sólo|solamente|únicamente|únic[oa]s?|todos?|todas?|ningun[oa]s?|ningún|nadie|nunca|siempre|cada|ambos|ambas|mitad|primer|primer[oa]s?|` +
				`(?:el|la|los|las) (?:más|menos|mayor|mayores|menor|menores|mejor|mejores|peor|peores)|(?:más|menos|mayor|menor|mejor|peor)(?: [^ .,;:!?]+){0,5} que|` +
				`subió|subieron|bajó|bajaron|aumentó|aumentaron|creció|crecieron|cayó|cayeron|disminuyó|disminuyeron|duplicó|duplicaron|triplicó|triplicaron`),
			not:       plain(`\bsobre todo\b|\bno solo\b|\bno sólo\b|\ben todo caso\b|\bde todos modos\b|\ben primer lugar\b|\bpor lo menos\b|\bal menos\b`),
			direction: pattern(`subió|subieron|bajó|bajaron|aumentó|aumentaron|creció|crecieron|cayó|cayeron|disminuyó|disminuyeron|más|menos|mayor|menor|por encima|por debajo|antes|después`),
		}
	}),
	"fr": sync.OnceValue(func() *list {
		return &list{
			words: atStart(`plupart|majorité|majoritairement|seul(?:e|s|es)?|seulement|uniquement|tous|toutes?|aucune?|personne ne|jamais|toujours|chaque|chacune?|les deux|moitié|premi(?:er|ers|ère|ères)|` +
				`(?:le|la|les) (?:plus|moins|meilleure?s?|pires?)|(?:plus|moins|meilleure?s?|pires?)(?: [^ .,;:!?]+){0,5} que|` +
				`(?:a|ont) (?:augmenté|baissé|chuté|progressé|reculé|diminué|grimpé|doublé|triplé)|inchangée?s?`),
			not:       plain(`\btout à fait\b|\bavant tout\b|\bsurtout\b|\btous les jours\b|\bnon seulement\b|\bau moins\b|\bdu moins\b|\btoutefois\b|\bd’abord\b`),
			direction: pattern(`augmenté|baissé|chuté|progressé|reculé|diminué|grimpé|plus|moins|supérieure?s?|inférieure?s?|au-dessus|au-dessous|avant|après|meilleure?s?|pires?`),
		}
	}),
}
