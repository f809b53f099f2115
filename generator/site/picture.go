package site

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"image"
	"io/fs"
	"regexp"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/card"
	"broadsheet/generator/chart"
	"broadsheet/generator/chart/svg"
	"broadsheet/generator/memo"
	"broadsheet/generator/quantity"
	"broadsheet/generator/record"

	"github.com/pelletier/go-toml/v2"
)

// Picture is a chart as an SVG file that stands alone: with its title, its legend
// and its source, in the tokens of the light page.
type Picture struct {
	Download
	Width, Height int
	View          View // of its drawing alone, without title, note and source

	file []byte
}

// View is a part of a picture: its address, and its form. What is high is cut below.
type View struct {
	Link          string
	Width, Height int
}

// pictures is what all of them share.
type pictures struct {
	tokens   map[string]string         // the style sheet's custom properties
	credit   func(chart string) string // who made it, where it is, and of which day its data are
	title    string                    // of the report
	language string
	suffix   string // of their files, in another language than the report's
	voice    voice
	memo     *memo.Memo
}

func newPictures(s *Site) (*pictures, error) {
	sheets, err := s.sheets()
	if err != nil {
		return nil, err
	}
	config, err := fs.ReadFile(s.Source, "hugo.toml")
	if err != nil {
		return nil, err
	}
	var named struct{ Title, Locale string }
	if err := toml.Unmarshal(config, &named); err != nil {
		return nil, err
	}
	_, tagOf := languageTags(s.Source)
	delete(tagOf, "")
	return &pictures{
		tokens: tokens(firstRoot, sheets...), credit: s.crediting(named.Title),
		title: named.Title, language: cmp.Or(tagOf[s.language], named.Locale, "en"), suffix: s.language, voice: s.voice(), memo: s.Memo,
	}, nil
}

// crediting says who made a chart: "Chart: Libraries, https://example.org/charts/visits/. Data as of Feb. 1, 2021".
func (s *Site) crediting(title string) func(chart string) string {
	voice := s.voice()
	day := s.Tables.Package.Created
	if unit := quantity.Day.In(voice.Language); day != "" {
		if v, ok := unit.Read(day); ok {
			day = voice.Say("data_as_of", "Day", unit.Format(v, quantity.Prose))
		}
	}
	return func(chart string) string {
		said := voice.Say("chart_by", "Title", title)
		if s.BaseURL != "" {
			said += ", " + s.BaseURL + "charts/" + chart + "/"
		}
		if day != "" {
			said += ". " + day
		}
		return said
	}
}

var (
	firstRoot = regexp.MustCompile(`(?s):root\s*\{(.*?)\}`)
	property  = regexp.MustCompile(`(--[a-z0-9-]+)\s*:\s*([^;]+);`)
	variable  = regexp.MustCompile(`var\((--[a-z0-9-]+)\)`)
)

// pictureName is the file of a chart in a language, "" for the report's own.
func pictureName(chart, language string) string {
	if language != "" {
		chart += "." + language
	}
	return "charts/" + chart + ".svg"
}

// picture makes the file of a chart.
func (r *charts) picture(c *chart.Chart, drawing svg.Drawing, sources []record.Source) *Picture {
	shown := r.pictures.inList(drawing)
	file, height := r.pictures.draw(c, drawing, shown, r.credited(sources))
	link := "/" + pictureName(c.ID, r.pictures.suffix)
	view := View{link + "#" + drawingView, shown.Dx(), min(shown.Dy(), shown.Dx()*listHigh/listWide)}
	return &Picture{Download{Link: link, Size: Size(len(file))}, drawing.Width + 2*edge, height, view, file}
}

// credited is the line of sources of a chart, as its page has it.
func (r *charts) credited(sources []record.Source) string {
	outlets := r.sources.Outlets(sources)
	if len(outlets) == 0 {
		return ""
	}
	said := r.pictures.voice.Count("source", len(outlets), "") + ": "
	for i, o := range outlets[:min(maxOutlets, len(outlets))] {
		if i > 0 {
			said += "; "
		}
		said += o.Name
	}
	if more := len(outlets) - maxOutlets; more > 0 {
		said += " " + r.pictures.voice.Say("and_more", "N", r.pictures.voice.whole(more))
	}
	return said + ". "
}

// drawingView is the part of a picture that lists of charts show, without its title and without texts, which would be too small there.
const drawingView = "drawing"

// inList is what a list shows of a drawing: its shapes, as texts are not shown, and so no room that is left for these. A
// few shapes are not blown up, and what is a little too high, as a map is, is not cut.
func (p *pictures) inList(drawing svg.Drawing) image.Rectangle {
	const margin = 6
	whole := image.Rect(0, 0, drawing.Width, drawing.Height)
	shown, err := p.covered(drawing)
	if err != nil || shown.Empty() {
		return whole
	}
	shown = shown.Inset(-margin)
	wide := drawing.Width * 2 / 3
	if whole := shown.Dy() * listWide / listHigh; shown.Dy() <= shown.Dx()*4/5 {
		wide = max(wide, whole)
	}
	shown.Max.X = max(shown.Max.X, shown.Min.X+wide)
	return shown
}

// covered is what the shapes of a drawing take up.
func (p *pictures) covered(drawing svg.Drawing) (image.Rectangle, error) {
	key, err := memo.KeyOf(drawing.Shapes, drawing.Width, drawing.Height)
	if err != nil {
		return image.Rectangle{}, err
	}
	return memo.Do(p.memo, "covered", key, func() (image.Rectangle, error) { return card.Covered(drawing) })
}

// listWide and listHigh are the form of what a list shows, at its highest.
const listWide, listHigh = 16, 9

// edge is the room around the picture.
const edge = 20

// draw writes the file and says how high it is.
func (p *pictures) draw(c *chart.Chart, drawing svg.Drawing, shown image.Rectangle, source string) ([]byte, int) {
	w := &sheet{width: drawing.Width, y: edge}
	w.lines(c.Title.String(), 20, `font-family="`+p.families("--headline", "Georgia, serif")+`" font-weight="700" fill="var(--ink)"`)
	w.y += 5
	w.lines(c.Subtitle.String(), 14, `fill="var(--ink-quiet)"`)
	w.legend(c.Legend)
	w.y += 10
	fmt.Fprintf(w, `<view id="%s" viewBox="%d %d %d %d" preserveAspectRatio="xMidYMin slice"/>`+"\n<style>#%[1]s:target~g text{display:none}</style>\n", drawingView, edge+shown.Min.X, w.y+shown.Min.Y, shown.Dx(), shown.Dy())
	fmt.Fprintf(w, "<g transform=\"translate(%d %d)\">%s</g>\n", edge, w.y, drawing.Shapes)
	w.y += drawing.Height + 12
	w.lines(c.Note.String(), 13, `fill="var(--ink-quiet)"`)
	w.y += 4
	w.lines(source+p.credit(c.ID), 13, `fill="var(--ink-quiet)"`)
	w.y += edge - 4

	out := &sheet{}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img" font-family="%[3]s">`+"\n<title>", drawing.Width+2*edge, w.y, p.families("--sans", "sans-serif"))
	out.text(c.Title.String())
	out.WriteString("</title>\n<desc>")
	out.text(strings.TrimSpace(c.Said.String() + " " + c.Alt()))
	out.WriteString("</desc>\n")
	fmt.Fprintf(out, `<rect width="%d" height="%d" fill="var(--paper)"/>`+"\n%s</svg>\n", drawing.Width+2*edge, w.y, w)
	plain := variable.ReplaceAllStringFunc(out.String(), func(v string) string {
		return cmp.Or(p.tokens[variable.FindStringSubmatch(v)[1]], "#000")
	})
	return []byte(plain), w.y
}

// families are those of a token, for an attribute.
func (p *pictures) families(token, otherwise string) string {
	said := p.tokens[token]
	if m := variable.FindStringSubmatch(said); m != nil && m[0] == said {
		said = p.tokens[m[1]]
	}
	if !families.MatchString(said) {
		return otherwise
	}
	return strings.ReplaceAll(said, `"`, "'")
}

// sheet is a picture while it is written from the top down.
type sheet struct {
	strings.Builder
	width, y int
}

func (w *sheet) text(s string) { _ = xml.EscapeText(w, []byte(s)) } // a builder does not fail

// letter is the guessed width of a letter, in parts of its size.
const letter = 0.53

// lines writes a text, broken at spaces.
func (w *sheet) lines(text string, size int, style string) {
	most := int(float64(w.width) / (letter * float64(size)))
	line := ""
	flush := func() {
		if line == "" {
			return
		}
		w.y += size * 5 / 4
		fmt.Fprintf(w, `<text x="%d" y="%d" font-size="%d" %s>`, edge, w.y, size, style)
		w.text(line)
		w.WriteString("</text>\n")
		line = ""
	}
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			flush()
		}
		line = strings.TrimSpace(line + " " + word)
	}
	flush()
}

// keys are the symbols of a legend, around 0 0.
var keys = map[string]string{
	"square":   `<rect x="-7" y="-6" width="14" height="12" fill="%s"/>`,
	"circle":   `<circle r="6" fill="%s"/>`,
	"ring":     `<circle r="5" fill="none" stroke="%s" stroke-width="2.5"/>`,
	"diamond":  `<path d="M0 -7L7 0L0 7L-7 0Z" fill="%s"/>`,
	"triangle": `<path d="M0 -6L7 6L-7 6Z" fill="%s"/>`,
	"tent":     `<path d="M0 -5L6 5L-6 5Z" fill="none" stroke="%s" stroke-width="2.5"/>`,
	"frame":    `<rect x="-5" y="-5" width="10" height="10" fill="none" stroke="%s" stroke-width="2.5"/>`,
	"kite":     `<path d="M0 -6L6 0L0 6L-6 0Z" fill="none" stroke="%s" stroke-width="2.5"/>`,
}

func (w *sheet) legend(items []chart.LegendItem) {
	const size, row, gap = 13, 22, 18
	x := edge
	for i, item := range items {
		width := 22 + int(letter*size*float64(utf8.RuneCountInString(item.Label)))
		if i == 0 || x+width > edge+w.width {
			x, w.y = edge, w.y+row
		}
		symbol := cmp.Or(keys[item.Symbol], keys["square"])
		fmt.Fprintf(w, `<g transform="translate(%d %d)">`+symbol+"</g>", x+7, w.y, "var("+item.Color+")")
		fmt.Fprintf(w, `<text x="%d" y="%d" font-size="%d" fill="var(--ink)">`, x+20, w.y+5, size)
		w.text(item.Label)
		w.WriteString("</text>\n")
		x += width + gap
	}
	if len(items) > 0 {
		w.y += 6
	}
}
