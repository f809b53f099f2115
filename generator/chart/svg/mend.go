package svg

import (
	"regexp"
	"strings"
)

// Drawing is the inside of an <svg> element of the given size. The element itself,
// with its role and its name, belongs to the page.
type Drawing struct {
	Width, Height int
	Shapes        string
}

// mended is part of a drawing's cache key: whoever changes mend changes it.
const mended = "1"

var (
	rootTag    = regexp.MustCompile(`^<svg [^>]*>\s*`)
	background = regexp.MustCompile(`^<rect [^>]*fill="none"></rect>\s*`)
	styleBlock = regexp.MustCompile(`(?s)<style ?>.*?</style>`)
	classes    = regexp.MustCompile(` class="zr[0-9]+-cls-[0-9]+"`)
	ids        = regexp.MustCompile(`zr[0-9]+-c`)
	invisible  = regexp.MustCompile(`<path [^>]*transform="matrix\(0,0,0,0,[^>]*></path>\s*`)
	meta       = regexp.MustCompile(` ecmeta_series_index="([0-9]+)" ecmeta_data_index="([0-9]+)" ecmeta_ssr_type="chart"`)
	otherMeta  = regexp.MustCompile(` ecmeta_[a-z_]+="[^"]*"`)
)

// mend makes of ECharts' output what may stand in an HTML page, many times over:
//
//   - Attributes that HTML does not know (ecmeta_*, xml:space) go, or become
//     data-series and data-index.
//   - Class names and ids hold a count of the charts that the same machine drew
//     before, so that one chart would have two texts. Classes, which only serve a
//     pointer's shape, go; ids take the prefix of the chart.
//   - The typeface is the page's.
//   - Symbols of size nothing, on which labels hang, go.
func mend(drawn, prefix string) string {
	s := rootTag.ReplaceAllString(drawn, "")
	s = background.ReplaceAllString(s, "")
	s = strings.TrimSuffix(strings.TrimSpace(s), "</svg>")
	s = styleBlock.ReplaceAllString(s, "")
	s = classes.ReplaceAllString(s, "")
	s = ids.ReplaceAllString(s, prefix+"-c")
	s = invisible.ReplaceAllString(s, "")
	s = meta.ReplaceAllString(s, ` data-series="$1" data-index="$2"`)
	s = otherMeta.ReplaceAllString(s, "")
	s = strings.NewReplacer(
		` xml:space="preserve"`, "",
		"font-family:sans-serif;", "",
		"></path>", "/>",
		"<defs >", "<defs>",
		` pointer-events="visible"`, "",
	).Replace(s)
	return strings.TrimSpace(s)
}
