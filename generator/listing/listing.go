// Package listing writes what tells machines of a site: sitemap.xml and robots.txt for search engines, atom.xml for feed
// readers, llms.txt for language models, facts.json for programs.
//
// Nothing here reads a clock: all dates are those of the data, of corrections and of pages. Links are from the root of the
// site; where its address is known they become whole, else they are relative to the root, where all these files are.
package listing

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// The files.
const (
	SitemapFile = "sitemap.xml"
	RobotsFile  = "robots.txt"
	FeedFile    = "atom.xml"
	ModelsFile  = "llms.txt"
	FactsFile   = "facts.json"
)

// Site is what is listed.
type Site struct {
	Base        string // its address, with a slash at its end; "" if unknown
	Name        string // of the data package, in ids
	Title       string
	Description string
	Language    string
	Authors     []string
	Pages       []Page // in the order of their links
	Updates     []Update
	Downloads   []Download
	Words       Words
}

// Words are what the index of pages and data says, in the language of the report.
type Words struct{ About, Pages, Data, Figures, FiguresAbout string }

// Page is a page that can be found.
type Page struct {
	Link        string // from the root: "/states/ca/"
	Title       string
	Description string
	Modified    string // a day; "" if unknown
	Text        string // its Markdown twin, from the root; "" for a page of data
}

// Update is what changed on a day.
type Update struct {
	ID       string // apart from others of its day: "correction-1"
	Date     string // a day
	Modified string // a day, the same or a later one
	Title    string
	Text     string
	Link     string // from the root
}

// Download is a file to take along, from the root.
type Download struct{ Link, Title, Description string }

// address is a link from one of the files. A relative one names the index of a directory, for those who read from a disk.
func (s *Site) address(link string) string {
	link = strings.TrimPrefix(link, "/")
	if path, place, ok := strings.Cut(link, "#"); s.Base == "" && (path == "" || strings.HasSuffix(path, "/")) {
		link = path + "index.html"
		if ok {
			link += "#" + place
		}
	}
	return s.Base + link
}

// midnight is a day as Atom writes times.
func midnight(day string) string { return day + "T00:00:00Z" }

type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Address  string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

// Sitemap lists the pages (https://www.sitemaps.org/protocol.html). It wants whole addresses.
func (s *Site) Sitemap() ([]byte, error) {
	var all urlset
	for _, p := range s.Pages {
		all.URLs = append(all.URLs, sitemapURL{s.address(p.Link), p.Modified})
	}
	return write(all)
}

// Robots lets search engines read everything, and leads them to the sitemap.
func (s *Site) Robots() []byte {
	return []byte("User-agent: *\nAllow: /\n\nSitemap: " + s.address(SitemapFile) + "\n")
}

type feed struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Language string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle,omitempty"`
	Updated  string   `xml:"updated"`
	Authors  []person `xml:"author"`
	Links    []atLink `xml:"link"`
	Entries  []entry  `xml:"entry"`
}

type person struct {
	Name string `xml:"name"`
}

type atLink struct {
	Relation string `xml:"rel,attr"`
	Type     string `xml:"type,attr"`
	Address  string `xml:"href,attr"`
}

type entry struct {
	ID        string `xml:"id"`
	Title     string `xml:"title"`
	Published string `xml:"published"`
	Updated   string `xml:"updated"`
	Link      atLink `xml:"link"`
	Summary   string `xml:"summary,omitempty"`
}

// Feed lists the updates, the newest first (RFC 4287). It wants one at least, as a feed has a date.
func (s *Site) Feed() ([]byte, error) {
	f := feed{
		Language: s.Language, ID: s.nameless(FeedFile), Title: s.Title, Subtitle: s.Description, Updated: midnight(s.Updates[0].Modified),
		Links: []atLink{{"alternate", "text/html", s.address("/")}},
	}
	if s.Base != "" {
		f.ID = s.address(FeedFile)
		f.Links = append(f.Links, atLink{"self", "application/atom+xml", s.address(FeedFile)})
	}
	authors := s.Authors
	if len(authors) == 0 {
		authors = []string{s.Title} // a feed has an author
	}
	for _, name := range authors {
		f.Authors = append(f.Authors, person{name})
	}
	for _, u := range s.Updates {
		f.Entries = append(f.Entries, entry{
			ID: s.id(u), Title: u.Title, Published: midnight(u.Date), Updated: midnight(u.Modified), Summary: u.Text,
			Link: atLink{"alternate", "text/html", s.address(u.Link)},
		})
	}
	return write(f)
}

// id names an update for ever, as feed readers want it: by a tag of the report's address on that day (RFC 4151).
func (s *Site) id(u Update) string {
	at, err := url.Parse(s.Base)
	if err != nil || s.Base == "" {
		return s.nameless(u.ID)
	}
	return fmt.Sprintf("tag:%s,%s:%s%s", at.Hostname(), u.Date, at.EscapedPath(), u.ID)
}

// nameless is an id where the address is not known: a UUID of the name of the data.
func (s *Site) nameless(id string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(s.Name+"/"+id)).URN()
}

func write(document any) ([]byte, error) {
	data, err := xml.MarshalIndent(document, "", "  ")
	return append(append([]byte(xml.Header), data...), '\n'), err
}

// Models is an index in Markdown (https://llmstxt.org): the pages as texts, and the data.
func (s *Site) Models() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", line(s.Title))
	if s.Description != "" {
		fmt.Fprintf(&b, "\n> %s\n", line(s.Description))
	}
	fmt.Fprintf(&b, "\n%s\n\n## %s\n\n", s.Words.About, s.Words.Pages)
	for _, p := range s.Pages {
		if p.Text != "" {
			s.item(&b, p.Title, p.Text, p.Description)
		}
	}
	fmt.Fprintf(&b, "\n## %s\n\n", s.Words.Data)
	s.item(&b, s.Words.Figures, FactsFile, s.Words.FiguresAbout)
	for _, d := range s.Downloads {
		s.item(&b, d.Title, d.Link, d.Description)
	}
	return b.Bytes()
}

func (s *Site) item(b *bytes.Buffer, title, link, description string) {
	fmt.Fprintf(b, "- [%s](%s)", line(title), s.address(link))
	if description != "" {
		b.WriteString(": " + line(description))
	}
	b.WriteByte('\n')
}

// line keeps a text on one line, and its brackets and angles from being Markdown.
func line(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`").Replace(strings.Join(strings.Fields(text), " "))
}

// Fact is one that pages show.
type Fact struct {
	Address string          `json:"address"` // by_state.amount_usd[CA]
	Link    string          `json:"link"`    // to its cell
	Label   string          `json:"label"`
	Value   json.RawMessage `json:"value"` // null if missing
	Text    string          `json:"text"`  // as it is written in prose
	Unit    string          `json:"unit,omitzero"`
	Pages   []string        `json:"pages"`
	Sources []string        `json:"sources"` // their ids
}

// Source is what facts rest on.
type Source struct {
	ID    string `json:"id"`
	Title string `json:"title,omitzero"`
	URL   string `json:"url,omitzero"`
}

// Facts writes the list of facts, and of their sources.
func (s *Site) Facts(date string, facts []Fact, sources []Source) ([]byte, error) {
	for i := range facts {
		facts[i].Link = s.address(facts[i].Link)
		for j, link := range facts[i].Pages {
			facts[i].Pages[j] = s.address(link)
		}
	}
	return encode(struct {
		Report  string   `json:"report"`
		Date    string   `json:"date,omitzero"` // of the data
		Sources []Source `json:"sources"`
		Facts   []Fact   `json:"facts"`
	}{s.Title, date, sources, facts})
}

// Links are where the facts of a list lead, from the root of its site, by their addresses: a large aggregate has further pages. A file that
// a report has in place of the list leads nowhere.
func Links(list []byte) map[string]string {
	var read struct{ Facts []Fact }
	_ = json.Unmarshal(list, &read)
	links := make(map[string]string, len(read.Facts))
	for _, f := range read.Facts {
		if _, place, ok := strings.Cut(f.Link, "numbers/"); ok {
			links[f.Address] = "/numbers/" + strings.Replace(place, "/index.html#", "/#", 1)
		}
	}
	return links
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}
