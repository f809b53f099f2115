package broadsheet_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	parser "golang.org/x/net/html"
)

// story is what the page of a place says, read from its HTML.
type story struct {
	title    string
	prose    []string            // its paragraphs
	sections map[string][]string // the paragraphs under each heading
	links    map[string]bool     // the pages that it leads to
	cells    [][]string          // the rows of its tables
	events   []string            // the entries of its timeline
}

func readStory(t *testing.T, name string) *story {
	t.Helper()
	doc, err := parser.Parse(strings.NewReader(page(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	s := &story{sections: map[string][]string{}, links: map[string]bool{}}
	section := ""
	var walk func(n *parser.Node, inside bool)
	walk = func(n *parser.Node, inside bool) {
		if n.Type == parser.ElementNode {
			inside = inside || n.Data == "article"
			text := strings.Join(strings.Fields(textOf(n)), " ")
			switch {
			case !inside || n.Data == "header" && n.Parent.Data != "article":
			case n.Data == "h1":
				s.title = text
			case n.Data == "h2":
				section = text
			case n.Data == "p" && attribute(n, "class") == "":
				s.prose, s.sections[section] = append(s.prose, text), append(s.sections[section], text)
			case n.Data == "a":
				to, _, _ := strings.Cut(attribute(n, "href"), "#")
				s.links[path.Join(path.Dir(name), to)] = true
			case n.Data == "li" && strings.Contains(section, "Day by day"):
				s.events = append(s.events, text)
			case n.Data == "tr":
				var row []string
				for c := n.FirstChild; c != nil; c = c.NextSibling {
					if c.Type == parser.ElementNode {
						row = append(row, strings.Join(strings.Fields(textOf(c)), " "))
					}
				}
				s.cells = append(s.cells, row)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(doc, false)
	return s
}

func textOf(n *parser.Node) string {
	if n.Type == parser.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func attribute(n *parser.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func (s *story) has(text string) bool {
	return slices.ContainsFunc(s.cells, func(row []string) bool { return slices.Contains(row, text) })
}

// placePages are the pages of recipients and plaintiffs by their ids, and those of states by their codes.
func placePages(t *testing.T) (places, states map[string]*story) {
	t.Helper()
	places, states = map[string]*story{}, map[string]*story{}
	for _, j := range rows(t, "jurisdictions") {
		if j["role"] == "context" {
			continue
		}
		places[j["id"]] = readStory(t, "jurisdictions/"+j["id"]+"/index.html")
		if states[j["state"]] == nil {
			states[j["state"]] = readStory(t, "states/"+strings.ToLower(j["state"])+"/index.html")
		}
	}
	return places, states
}

// Faults of sentences that are put together from the cells of a row.
var faults = map[string]*regexp.Regexp{
	"a missing value":                      regexp.MustCompile(`N/A|NULL|<nil>`),
	"one of many":                          regexp.MustCompile(`(?i)\b(1|one) (letters|places|times|rulings|governments|lawsuits|grants)\b`),
	"many of one":                          regexp.MustCompile(`(?i)\b([2-9]|two|three|four|five|six|seven|eight|nine) (letter|place|time|ruling|government|lawsuit|grant)\b`),
	"nothing counted":                      regexp.MustCompile(`(?i)\b(0|zero) (letters|places|times|rulings|governments|lawsuits|grants)\b`),
	"a sentence that starts with a figure": regexp.MustCompile(`(?:^|[.!?] )[0-9]`),
	"a gap":                                regexp.MustCompile(`\(\)|\s[.,;]|[.,;][.,;]|[,;]$| in [.,;]| of [.,;]`),
	"an official name":                     regexp.MustCompile(`City and County of|City of `),
	"a short form":                         regexp.MustCompile(`\bFY ?[0-9]|\b(DOJ|DHS|OJP|BJA|BJS)\b|\bUS (Justice|District|Court|Department|Supreme)|\b(First|Second|Third|Seventh|Ninth) Circuit|[0-9] percent`),
	"a number of times":                    regexp.MustCompile(`\b(one|two) times\b`),
	"no English of a newspaper":            regexp.MustCompile(`(?i)\b(got|stands|that of|was allocated|an article)\b`),
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?] `)
	month       = regexp.MustCompile(`\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. ([0-9])`)
	cited       = regexp.MustCompile(` \([^()]*(\([^()]*\))?\)$`) // a source behind a paragraph
)

// TestPlacePagesReadWell reads the prose of each page of a place.
func TestPlacePagesReadWell(t *testing.T) {
	places, states := placePages(t)
	for _, pages := range []map[string]*story{places, states} {
		for id, s := range pages {
			if len(s.prose) < 2 {
				t.Errorf("%s says nothing: %q", id, s.prose)
			}
			said := map[string]bool{}
			for _, paragraph := range s.prose {
				paragraph = cited.ReplaceAllString(month.ReplaceAllString(paragraph, "$1 $2"), "")
				if paragraph == "" {
					t.Errorf("%s has an empty paragraph", id)
				}
				for what, fault := range faults {
					if found := fault.FindString(paragraph); found != "" {
						t.Errorf("%s has %s, %q: %s", id, what, found, paragraph)
					}
				}
				for _, sentence := range sentenceEnd.Split(strings.TrimSuffix(paragraph, "."), -1) {
					if said[sentence] {
						t.Errorf("%s says twice: %s", id, sentence)
					}
					said[sentence] = true
				}
			}
		}
	}
}

// TestEveryPlaceHasAnEnding looks for how it ended on the page of each recipient and each plaintiff.
func TestEveryPlaceHasAnEnding(t *testing.T) {
	places, _ := placePages(t)
	outcome := map[string]map[string]string{}
	for _, o := range rows(t, "outcomes") {
		outcome[o["jurisdiction_id"]] = o
	}
	letters, concerned := map[string]bool{}, map[string]bool{} // concerned by the conditions of the grants
	for _, l := range rows(t, "letters") {
		letters[l["jurisdiction_id"]] = true
		if !strings.HasSuffix(l["round_id"], "-psp") {
			concerned[l["jurisdiction_id"]] = true
		}
	}
	for id, s := range places {
		o := outcome[id]
		if o == nil {
			t.Errorf("%s has no row in outcomes.csv", id)
			continue
		}
		ended := strings.Join(s.sections["How it ended"], " ")
		want := "We found no record that the department cleared"
		switch {
		case o["cleared"] == "no":
			want = "had not been cleared by"
		case o["cleared_by"] == "letter":
			want = "found no evidence of a violation"
		case o["cleared"] == "yes" && o["money"] != "":
			want = strings.TrimSuffix(factInCell.Split(o["money"], 2)[0], " ")
		case o["cleared"] == "yes":
			want = "had received their grants for fiscal 2017 or been cleared for them"
		case !letters[id]:
			want, concerned[id] = "", true
		case !concerned[id]:
			want = "do not say whether the city was admitted"
		}
		if concerned[id] && ended == "" || !strings.Contains(s.prose[0]+" "+ended, want) {
			t.Errorf("%s ends without %q: %q", id, want, ended)
		}
		if o["money"] == "" && concerned[id] && !strings.Contains(ended, "do not say") {
			t.Errorf("%s does not say that what became of its money is not known: %q", id, ended)
		}
		if strings.Contains(ended, "do not say what happened to its grants") && o["paid_by"] != "" {
			t.Errorf("%s says that what became of its money is not known, and it had been paid or cleared by %s: %q", id, o["paid_by"], ended)
		}
		if _, ending, ok := strings.Cut(s.prose[0], ". "); !ok || len(ending) < 20 {
			t.Errorf("the first paragraph of %s does not say how it ended: %q", id, s.prose[0])
		}
	}
}

// TestJanuaryPlacesEndInTheData: each recipient of January 2018 has an ending of its own, or was cleared, in the table of outcomes.
func TestJanuaryPlacesEndInTheData(t *testing.T) {
	ended := map[string]bool{}
	for _, o := range rows(t, "outcomes") {
		ended[o["jurisdiction_id"]] = o["ending"] != "" || o["cleared"] == "yes"
	}
	for _, l := range rows(t, "letters") {
		if l["round_id"] == "2018-01-24" && !ended[l["jurisdiction_id"]] {
			t.Errorf("%s has no ending", l["jurisdiction_id"])
		}
	}
}

// TestTimelinesAreOfThePlace: a timeline has what concerns its place or state, and not what concerns dozens of places alike.
func TestTimelinesAreOfThePlace(t *testing.T) {
	places, states := placePages(t)
	shared := 0
	for _, e := range rows(t, "events") {
		if e["kind"] != "deadline" && strings.Count(e["jurisdiction_ids"], ";") < 20 {
			continue
		}
		shared++
		said := factInCell.Split(e["title"], -1)
		title := said[len(said)-1] // the words behind its last fact
		for _, pages := range []map[string]*story{places, states} {
			for id, s := range pages {
				if slices.ContainsFunc(s.events, func(event string) bool { return strings.Contains(event, title) }) {
					t.Errorf("%s has in its timeline: %s", id, e["title"])
				}
			}
		}
	}
	if shared == 0 {
		t.Error("no event concerns many places")
	}
}

// TestStatesNameTheSourceOfTheirLead looks for a source behind the first paragraph of each state.
func TestStatesNameTheSourceOfTheirLead(t *testing.T) {
	_, states := placePages(t)
	for id, s := range states {
		if !cited.MatchString(s.prose[0]) {
			t.Errorf("%s begins without a source: %s", id, s.prose[0])
		}
	}
}

// TestEveryPlaintiffHasAPage: all who sued are among the places, and their pages have their suits.
func TestEveryPlaintiffHasAPage(t *testing.T) {
	places, _ := placePages(t)
	for _, suit := range rows(t, "suits") {
		for _, id := range strings.Split(suit["jurisdiction_ids"], ";") {
			if s := places[id]; s == nil {
				t.Errorf("%s sued, and has no page", id)
			} else if !s.has(suit["against"]) {
				t.Errorf("%s has no suit against %s", id, suit["against"])
			}
		}
	}
}

// TestPlacesSayOneAmount: what a place stood to lose is in one row of its amounts at most, and that is the amount of its first sentence.
func TestPlacesSayOneAmount(t *testing.T) {
	places, _ := placePages(t)
	fact := regexp.MustCompile(`<data class="fact" value="([0-9]+)"><a href="[./]*numbers/jurisdiction_summary/index.html#stake_usd-`)
	for id, s := range places {
		var counted []string
		for _, row := range s.cells {
			if len(row) == 6 && row[3] == "yes" && strings.HasPrefix(row[2], "$") {
				counted = append(counted, row[2])
			}
		}
		if len(counted) == 0 {
			continue
		}
		m := fact.FindStringSubmatch(page(t, "jurisdictions/"+id+"/index.html"))
		if m == nil || len(counted) != 1 || counted[0] != group(m[1]) {
			t.Errorf("%s counts %q and says %q", id, counted, m)
		}
	}
}

// TestPlacesSayWhereSourcesDisagree: each disagreement about a place is on its page and on that of its state, and both
// lead to the others. One about a state without a page is on the page of all disagreements.
func TestPlacesSayWhereSourcesDisagree(t *testing.T) {
	places, states := placePages(t)
	state := map[string]string{}
	for _, j := range rows(t, "jurisdictions") {
		state[j["id"]] = j["state"]
	}
	about := 0
	for _, d := range rows(t, "disagreements") {
		pages := map[string]*story{}
		for id := range strings.SplitSeq(d["jurisdiction_ids"], ";") {
			if id != "" {
				pages[id], pages[state[id]] = places[id], states[state[id]]
			}
		}
		if code := d["state"]; code != "" {
			if pages[code] = states[code]; pages[code] == nil {
				pages[code] = readStory(t, "disagreements/index.html")
				pages[code].links["disagreements/index.html"] = true
			}
		}
		for id, s := range pages {
			about++
			if !s.has(d["topic"]) || !s.links["disagreements/index.html"] {
				t.Errorf("%s does not say that sources disagree: %s", id, d["topic"])
			}
		}
	}
	if about == 0 {
		t.Error("no disagreement is about a place")
	}
}

// TestPlacesLeadToEachOther: up to the state, down to its places, and across.
func TestPlacesLeadToEachOther(t *testing.T) {
	places, states := placePages(t)
	index, all := readStory(t, "states/index.html"), readStory(t, "jurisdictions/index.html")
	in := map[string][]string{}
	for _, j := range rows(t, "jurisdictions") {
		if places[j["id"]] != nil {
			in[j["state"]] = append(in[j["state"]], j["id"])
		}
	}
	for code, ids := range in {
		up := "states/" + strings.ToLower(code) + "/index.html"
		if !index.links[up] {
			t.Errorf("the states do not lead to %s", code)
		}
		for _, id := range ids {
			name := "jurisdictions/" + id + "/index.html"
			if !places[id].links[up] || !states[code].links[name] || !all.links[name] {
				t.Errorf("%s is not linked with %s", id, code)
			}
			for _, other := range ids {
				if !places[id].links["jurisdictions/"+other+"/index.html"] && other != id {
					t.Errorf("%s does not lead to %s", id, other)
				}
			}
		}
	}
	for _, r := range rows(t, "states") {
		if r["usps"] != "US" && !index.has(r["name"]) {
			t.Errorf("%s is not among the states", r["name"])
		}
	}
}
