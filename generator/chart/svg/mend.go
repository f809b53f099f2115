package svg

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// Drawing is the inside of an <svg> element of the given size. The element itself,
// with its role and its name, belongs to the page.
type Drawing struct {
	Width, Height int
	Shapes        string
	Prefix        string // of the ids in Shapes
}

var (
	rootTag    = regexp.MustCompile(`^<svg [^>]*>\s*`)
	background = regexp.MustCompile(`^<rect [^>]*fill="none"></rect>\s*`)
	styleBlock = regexp.MustCompile(`(?s)<style ?>.*?</style>`)
	classes    = regexp.MustCompile(` class="zr[0-9]+-cls-[0-9]+"`)
	ids        = regexp.MustCompile(`zr[0-9]+-c`)
	invisible  = regexp.MustCompile(`<path [^>]*transform="matrix\(0,0,0,0,[^>]*></path>\s*`)
	markMeta   = regexp.MustCompile(` ecmeta_series_index="([0-9]+)" ecmeta_data_index="([0-9]+)" ecmeta_ssr_type="chart"`)
	otherMeta  = regexp.MustCompile(` ecmeta_[a-z_]+="[^"]*"`)
)

// mark is what ECharts says a shape stands for; see Mark in assets/ts/marks.ts.
type mark struct {
	Name, Group, Stack, From, Low, High, Across string

	Value *string // nil where it has other values
}

// attributes say of a shape what was drawn, so that a finished page can be judged:
//
//	data-series="0" data-index="2" data-name="2018" data-group="Texas" data-value="21500000"
func (m *mark) attributes() string {
	var b strings.Builder
	say := func(name, value string) { fmt.Fprintf(&b, ` data-%s="%s"`, name, html.EscapeString(value)) }
	for _, a := range []struct{ name, value string }{
		{"name", m.Name}, {"group", m.Group}, {"low", m.Low}, {"high", m.High}, {"across", m.Across}, {"from", m.From}, {"value", ""}, {"stack", m.Stack},
	} {
		switch {
		case a.name == "value" && m.Value != nil:
			say("value", *m.Value) // a state can have none
		case a.value != "":
			say(a.name, a.value)
		}
	}
	return b.String()
}

// mend makes of ECharts' output what may stand in an HTML page, many times over:
//
//   - Attributes that HTML does not know (ecmeta_*, xml:space) go, or become
//     data-series and data-index, and what stands there by ECharts' own account.
//   - Class names and ids hold a count of the charts that the same machine drew
//     before, so that one chart would have two texts. Classes, which only serve a
//     pointer's shape, go; ids take the prefix of the chart.
//   - The typeface is the page's.
//   - Symbols of size nothing, on which labels hang, go.
func mend(drawn, prefix string) (string, error) {
	account, drawn, _ := strings.Cut(drawn, "\n")
	var series [][]*mark
	if err := json.Unmarshal([]byte(account), &series); err != nil {
		return "", fmt.Errorf("what was drawn: %w", err)
	}
	s := rootTag.ReplaceAllString(drawn, "")
	s = background.ReplaceAllString(s, "")
	s = strings.TrimSuffix(strings.TrimSpace(s), "</svg>")
	s = styleBlock.ReplaceAllString(s, "")
	s = classes.ReplaceAllString(s, "")
	s = ids.ReplaceAllString(s, prefix+"-c")
	s = invisible.ReplaceAllString(s, "")
	s = markMeta.ReplaceAllStringFunc(s, func(meta string) string {
		m := markMeta.FindStringSubmatch(meta)
		i, _ := strconv.Atoi(m[1])
		j, _ := strconv.Atoi(m[2])
		if i >= len(series) || j >= len(series[i]) || series[i][j] == nil {
			return ""
		}
		return ` data-series="` + m[1] + `" data-index="` + m[2] + `"` + series[i][j].attributes()
	})
	s = otherMeta.ReplaceAllString(s, "")
	s = strings.NewReplacer(
		` xml:space="preserve"`, "",
		"font-family:sans-serif;", "",
		` fill="#fff"`, ` fill="var(--paper)"`, // the inside of a ring
		"></path>", "/>",
		"<defs >", "<defs>",
		` pointer-events="visible"`, "",
	).Replace(s)
	return strings.TrimSpace(s), nil
}
