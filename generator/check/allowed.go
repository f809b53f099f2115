package check

import (
	"strings"
	"sync"

	"broadsheet/generator/markup"
)

// What a page may hold is listed here, and all else is a problem: browsers learn new elements and attributes that
// load or run something, and a list of those that are forbidden is never complete.

// use is what a browser does with the value of an attribute.
type use int

const (
	refused    use = iota
	plain          // neither goes nor loads nor runs anything
	follows        // an address to which the reader goes
	mentions       // an address that nobody asks for
	loads          // an address that the browser asks for
	pictures       // the same, of a picture, which may be in the URL itself (data:)
	pictureSet     // several of those: "a.png 1x, b.png 2x"
	styles         // CSS
)

// A line is an element and the attributes that it may have beside those of all elements. Where the value of an
// attribute is more than a text, its use follows the name.
const allowedHTML = `
html xmlns prefix itemscope itemtype
head
title
body
meta name content property charset http-equiv media
link rel href=loads type media hreflang sizes as crossorigin integrity color title imagesizes imagesrcset=pictureSet fetchpriority disabled
base target
style media type
script src=loads type defer async nomodule crossorigin integrity fetchpriority
noscript
header
footer
main
nav
article
section
aside
search
hgroup
address
h1
h2
h3
h4
h5
h6
p align
hr
pre
blockquote cite=mentions
ol start type reversed
ul type
menu
li value type
dl
dt
dd
figure
figcaption
div align
center
a href=follows target rel download hreflang type referrerpolicy name
area href=follows target rel download alt coords shape referrerpolicy
map name
em
strong
small
s
u
b
i
big
tt
strike
mark
sub
sup
q cite=mentions
cite
dfn
abbr
ruby
rb
rt
rtc
rp
data value
time datetime
code
var
samp
kbd
bdi
bdo
span
br clear
wbr
ins cite=mentions datetime
del cite=mentions datetime
table align width border cellpadding cellspacing summary
caption align
colgroup span width align
col span width align
thead align valign
tbody align valign
tfoot align valign
tr align valign
th colspan rowspan headers scope abbr align valign width
td colspan rowspan headers scope abbr align valign width
img src=pictures srcset=pictureSet sizes alt width height loading decoding fetchpriority crossorigin ismap usemap align
picture
source src=loads srcset=pictureSet sizes type media width height
video src=loads poster=pictures controls width height preload autoplay loop muted playsinline crossorigin
audio src=loads controls preload autoplay loop muted crossorigin
track src=loads kind srclang label default
iframe src=loads name width height loading allow allowfullscreen sandbox referrerpolicy frameborder scrolling
details open name
summary
dialog open
button type name value disabled popovertarget popovertargetaction
input type name value checked disabled readonly placeholder min max step size maxlength minlength pattern required multiple list autocomplete
select name disabled multiple size required
optgroup label disabled
option value label selected disabled
textarea name rows cols readonly disabled placeholder wrap maxlength autocomplete
label for
output for name
fieldset disabled name
legend
datalist
canvas width height
`

// Shapes, text and colours; no script, no animation (which can change an address), and no HTML inside.
const allowedSVG = `
svg width height viewBox preserveAspectRatio x y version baseProfile xmlns zoomAndPan enable-background
g
defs
symbol viewBox preserveAspectRatio refX refY x y width height
use href=loads x y width height
a href=follows target rel download hreflang type
title
desc
metadata
switch
style type media
path d pathLength
rect x y width height rx ry pathLength
circle cx cy r pathLength
ellipse cx cy rx ry pathLength
line x1 y1 x2 y2 pathLength
polyline points pathLength
polygon points pathLength
text x y dx dy rotate textLength lengthAdjust
tspan x y dx dy rotate textLength lengthAdjust
textPath href=loads startOffset method spacing side textLength lengthAdjust
image href=pictures x y width height preserveAspectRatio crossorigin
marker refX refY markerWidth markerHeight markerUnits orient viewBox preserveAspectRatio
pattern href=loads x y width height patternUnits patternContentUnits patternTransform viewBox preserveAspectRatio
clipPath clipPathUnits
mask x y width height maskUnits maskContentUnits
linearGradient href=loads x1 y1 x2 y2 gradientUnits gradientTransform spreadMethod
radialGradient href=loads cx cy r fx fy fr gradientUnits gradientTransform spreadMethod
stop offset
view viewBox preserveAspectRatio
filter x y width height filterUnits primitiveUnits filterRes
feBlend in in2 mode result x y width height
feColorMatrix in type values result x y width height
feComponentTransfer in result x y width height
feFuncR type tableValues slope intercept amplitude exponent offset
feFuncG type tableValues slope intercept amplitude exponent offset
feFuncB type tableValues slope intercept amplitude exponent offset
feFuncA type tableValues slope intercept amplitude exponent offset
feComposite in in2 operator k1 k2 k3 k4 result x y width height
feDropShadow in dx dy stdDeviation result x y width height
feFlood result x y width height
feGaussianBlur in stdDeviation edgeMode result x y width height
feMerge result x y width height
feMergeNode in
feMorphology in operator radius result x y width height
feOffset in dx dy result x y width height
feTile in result x y width height
feTurbulence baseFrequency numOctaves seed stitchTiles type result x y width height
`

// Formulas, as MathML Core has them and KaTeX writes them.
const allowedMathML = `
math xmlns display alttext overflow
semantics
annotation encoding
mrow
mi
mn
mo form fence separator lspace rspace stretchy symmetric maxsize minsize largeop movablelimits accent
ms lquote rquote
mtext
mspace width height depth linebreak
mfrac linethickness
msqrt
mroot
mstyle scriptminsize
merror
mpadded width height depth lspace voffset
mphantom
menclose notation
munder accentunder
mover accent
munderover accent accentunder
msub
msup
msubsup
mmultiscripts
mprescripts
none
mtable columnalign rowspacing columnspacing rowlines columnlines frame width side align equalrows equalcolumns
mtr columnalign rowalign
mtd columnspan rowspan columnalign rowalign
`

// What each element may have.
const (
	everywhere = "id class style=styles lang xml:lang dir title hidden tabindex role slot part translate " +
		"accesskey autofocus contenteditable draggable enterkeyhint inert inputmode spellcheck autocapitalize popover nonce " +
		"itemid itemprop itemref itemscope itemtype property typeof resource about vocab datatype xml:space"
	everywhereSVG = "transform fill=styles stroke=styles filter=styles mask=styles clip-path=styles marker=styles marker-start=styles marker-mid=styles " +
		"marker-end=styles cursor=styles fill-opacity fill-rule stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit " +
		"stroke-dasharray stroke-dashoffset opacity color color-interpolation color-interpolation-filters color-rendering display visibility overflow clip clip-rule " +
		"font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight text-anchor text-decoration text-rendering " +
		"dominant-baseline alignment-baseline baseline-shift direction unicode-bidi writing-mode letter-spacing word-spacing white-space kerning " +
		"glyph-orientation-vertical glyph-orientation-horizontal shape-rendering image-rendering vector-effect paint-order pointer-events isolation " +
		"mix-blend-mode stop-color stop-opacity flood-color flood-opacity lighting-color mask-type transform-origin transform-box focusable " +
		"requiredFeatures requiredExtensions systemLanguage externalResourcesRequired"
	everywhereMathML = "mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel"
)

// allowed are the elements by namespace ("" is HTML) and name, and the uses of their attributes.
var allowed = sync.OnceValue(func() map[string]map[string]map[string]use {
	return map[string]map[string]map[string]use{
		"":     list(allowedHTML, everywhere),
		"svg":  list(allowedSVG, everywhere+" "+everywhereSVG),
		"math": list(allowedMathML, everywhere+" "+everywhereMathML),
	}
})

var uses = map[string]use{"": plain, "follows": follows, "mentions": mentions, "loads": loads, "pictures": pictures, "pictureSet": pictureSet, "styles": styles}

func list(lines, everywhere string) map[string]map[string]use {
	elements := map[string]map[string]use{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		words := strings.Fields(line)
		attributes := map[string]use{}
		for _, word := range append(strings.Fields(everywhere), words[1:]...) {
			name, use, _ := strings.Cut(word, "=")
			attributes[name] = uses[use]
		}
		elements[words[0]] = attributes
	}
	return elements
}

// usedAs is the use of an attribute of an element. What DataPlaces and DataRows name, the script of the theme loads, and of DataHref it makes a link.
func usedAs(attributes map[string]use, namespace, name string) use {
	switch {
	case namespace == "xlink" && name != "href", namespace == "xmlns", name == "xmlns":
		return plain // says nothing to a browser
	case namespace != "" && namespace != "xlink":
		name = namespace + ":" + name
	case name == string(markup.DataPlaces), name == string(markup.DataRows):
		return loads
	case name == string(markup.DataHref):
		return follows
	case markup.IsData(name), strings.HasPrefix(name, "aria-"):
		return plain
	}
	return attributes[name]
}
