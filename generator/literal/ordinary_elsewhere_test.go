package literal

import (
	"strings"
	"testing"
)

// ordinaryElsewhere are sentences as newspapers of other languages print them, whose numbers no data could change.
var ordinaryElsewhere = map[string]string{
	"de": `
Der Fall liegt beim 9. Senat.
Am 1. Mai wurde demonstriert.
Das Gesetz vom 23. Mai 1949 gilt.
Er ist 54 Jahre alt.
Die 54-jährige Richterin lehnte ab.
Der Angeklagte (23) schwieg.
Ein 17-Jähriger wurde verletzt.
Die 12-Jährige ging nach Hause.
Müller, 54, trat zurück.
Mit 17 Jahren kam er nach Köln.
Um 17.30 Uhr begann die Sitzung.
Um 8 Uhr morgens öffnen die Wahllokale.
Der Zug fährt auf Gleis 7.
Die A 100 ist gesperrt.
Die B1 ist gesperrt.
Die Autobahn 7 ist gesperrt.
Die Linie 1 fällt aus.
Er wohnt in der Friedrichstraße 12.
Die Adresse ist Platz der Republik 1, 11011 Berlin.
Der Notruf ist 112.
Sie rief die 110.
Nach § 218 StGB ist es strafbar.
Artikel 1 des Grundgesetzes schützt die Würde.
Art. 3 Abs. 1 GG gilt.
Das Aktenzeichen ist 1 BvR 16/13.
Der Bundestag stimmte mit 5 zu 4 Stimmen ab.
Das Gericht entschied 5:3.
Bayern gewann 2:1.
Das Spiel endete 3:0.
Im 21. Jahrhundert ist das anders.
In den 1990er Jahren war es anders.
Die 80er-Jahre waren laut.
Der G7-Gipfel begann.
Die G-20-Staaten trafen sich.
COVID-19 veränderte viel.
Der Erste Weltkrieg begann 1914.
Der Zweite Weltkrieg endete 1945.
Ludwig XIV. regierte lange.
Papst Johannes XXIII. starb.
Zum zweiten Mal sprach sie.
Am zweiten Tag regnete es.
Die dritte Strophe wird gesungen.
Die Spalte betrag_2017 ist leer.
Die Tabelle t1 hat sie.
Hartz IV wurde ersetzt.
Das Zweite Deutsche Fernsehen berichtete.
ZDF und Sat.1 berichteten.
Auf Seite 12 steht es.
Siehe Seiten 12 bis 14.
Kapitel 3 handelt davon.
Die Drucksache 19/123 liegt vor.
Rund um die Uhr, 24 Stunden am Tag, ist geöffnet.
Er fuhr einen VW T4.
Nummer 5 lebt.
Die Hausnummer 7b fehlt.
Das Telefon ist 030 1234567.
Unter vier Augen sprachen sie.
Er lebt auf Wolke sieben.
`,
	"es": `
El artículo 155 de la Constitución se aplicó.
La ley 1/2000 está en vigor.
El Real Decreto 463/2020 declaró el estado de alarma.
María, de 54 años, no respondió.
El hombre de 23 años fue detenido.
Tiene 54 años.
Empezó a las 17.30 horas.
Empezó a las 17:30.
A las 8 de la mañana abrieron.
A las dos de la tarde cerró.
Vive en la calle Mayor, 12.
La calle de Alcalá 45 está cerrada.
El código postal es 28013 Madrid.
Llame al 112.
El 11-M cambió Madrid.
El 15-M llenó la plaza.
El 1-O fue domingo.
El siglo XXI empezó así.
Los años 90 fueron otros.
En los años noventa fue distinto.
Felipe VI habló.
Alfonso XIII se fue.
El G20 se reunió.
La covid-19 cerró los juzgados.
El partido acabó 2-1.
El Congreso lo aprobó por 176 votos a 169.
El tribunal falló 5 a 4.
La autovía A-2 está cortada.
La línea 5 del metro cerró.
La AP-7 está cortada.
El vuelo 1549 aterrizó.
La segunda guerra mundial acabó en 1945.
La columna importe_2017 está vacía.
La página 12 lo dice.
El capítulo 3 lo explica.
El número 10 se lesionó.
El Boeing 737 aterrizó.
Por segunda vez habló.
El tercer día llovió.
El 24 de enero y el 1 de febrero llovió.
`,
	"fr": `
L’article 49.3 a été utilisé.
L’article L. 121-1 du code le dit.
La loi du 9 décembre 1905 est en vigueur.
La loi n° 2004-228 du 15 mars 2004 l’interdit.
Marie, 54 ans, n’a pas répondu.
L’homme âgé de 23 ans a été arrêté.
Un homme de 23 ans a été arrêté.
Il a 54 ans.
À 17 h 30, la séance commence.
À 17h30, la séance commence.
À 8 heures, le bureau ouvre.
Il habite 12, rue de Rivoli.
Le 10, rue de la Paix est fermé.
Le 55, boulevard Saint-Michel est fermé.
Le code postal est 75001 Paris.
Appelez le 112.
Le XXIe siècle commence ainsi.
Au 21e siècle, c’est autre chose.
Les années 1990 étaient calmes.
Les années 90 étaient calmes.
Louis XIV régnait.
Le G7 s’est réuni.
Le Covid-19 a fermé les tribunaux.
Le match s’est terminé 2-1.
La loi a été adoptée par 289 voix contre 270.
La Cour a tranché à 5 contre 4.
L’A6 est fermée.
L’autoroute A6 est fermée.
La ligne 13 est fermée.
La nationale 7 est fermée.
Le vol 447 a disparu.
La colonne montant_2017 est vide.
La page 12 le dit.
Le chapitre 3 l’explique.
La Première Guerre mondiale finit en 1918.
Le 1er arrondissement a voté.
Le 13e arrondissement a voté.
La 3e chambre a jugé.
Pour la deuxième fois, il a parlé.
Le 4 septembre, c’était fini.
France 2 et TF1 l’ont dit.
Airbus livre un A320.
Le 11-Septembre a changé New York.
`,
}

// countedElsewhere are counts that look like them, with what is found of each.
var countedElsewhere = map[string]string{
	"de": `
Die 41 Briefe kamen. | 41
Es waren 41 Jahre. | 41
Am 9. kamen 41 Briefe. | 41
Sie schrieb 112 Briefe. | 112
Sie bekamen 5 zu wenig. | 5
Er ist der 45. | 45
`,
	"es": `
Llegaron 41 cartas. | 41
Pasaron 41 años. | 41
Escribió a 112 ciudades. | 112
Llegaron a las 41 ciudades. | 41
Las dos ciudades ganaron. | dos
`,
	"fr": `
Les 41 lettres sont parties. | 41
Cela a pris 41 ans. | 41
Elle a écrit 112 lettres. | 112
Il y a 41 heures de retard. | 41
Il a écrit à 17 villes. | 17
`,
}

func TestOrdinarySentencesElsewhere(t *testing.T) {
	for language, texts := range ordinaryElsewhere {
		for text := range strings.Lines(strings.TrimSpace(texts)) {
			text = strings.TrimSpace(text)
			for _, e := range expressions(text, language, nil) {
				t.Errorf("%s %q: %q", language, text, text[e.start:e.end])
			}
		}
	}
	for language, texts := range countedElsewhere {
		for line := range strings.Lines(strings.TrimSpace(texts)) {
			text, want, _ := strings.Cut(strings.TrimSpace(line), " | ")
			if !finds(text, language, want) {
				t.Errorf("%s %q: not found: %q", language, text, want)
			}
		}
	}
}

// finds reports whether a text has a number that holds some words.
func finds(text, language, want string) bool {
	for _, e := range expressions(text, language, nil) {
		if strings.Contains(text[e.start:e.end], want) {
			return true
		}
	}
	return false
}
