package site

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

// The contrasts of WCAG 2.2 between the tokens of texts and the paper.
const leastContrast = 4.5

// checkContrast holds the colors that a report changes to what can be read on its paper.
func (s *Site) checkContrast(c *configReader, sheets []string) {
	for _, screen := range []struct {
		root         *regexp.Regexp
		name, toward string
		find         func(sheet, token string) int
	}{{firstRoot, "the paper", "#000000", strings.Index}, {darkRoot, "the paper of dark screens", "#ffffff", strings.LastIndex}} {
		all, own := tokens(screen.root, sheets...), tokens(screen.root, sheets[1:]...)
		paper := all["--paper"]
		for _, token := range slices.Sorted(maps.Keys(all)) {
			_, changed := own[token]
			_, otherPaper := own["--paper"]
			if !read(token) || !changed && !otherPaper || !color.MatchString(all[token]) || !color.MatchString(paper) || contrast(all[token], paper) >= leastContrast {
				continue
			}
			p := diag.Problem{Message: fmt.Sprintf("%s %s has a contrast of %.1f to 1 with %s %s", token, all[token], contrast(all[token], paper), screen.name, paper),
				Expected: "4.5 to 1 at least, or it cannot be read", Hint: "the nearest that can be read is " + readable(all[token], paper, screen.toward)}
			if token == "--accent" && s.look.Accent == all[token] && tokens(screen.root, sheets[2])[token] == "" {
				c.add(c.lookAt["accent"], p)
				continue
			}
			p.File = ownSheet
			if at := screen.find(sheets[2], token); at >= 0 {
				p.Line, p.Column = config.Position([]byte(sheets[2]), at)
			}
			c.problems.Add(p)
		}
	}
}

// read reports whether text is written in the color of a token.
func read(token string) bool {
	return slices.Contains([]string{"--ink", "--ink-quiet", "--link", "--accent"}, token) || chartColor.MatchString(token)
}

var chartColor = regexp.MustCompile(`^--chart-\d$`)

// readable is a color as much nearer to another as it needs to be read on paper; at last the other itself.
func readable(text, paper, toward string) string {
	a, b := parts(text), parts(toward)
	for step := range 21 {
		mixed := "#"
		for i := range a {
			mixed += fmt.Sprintf("%02x", a[i]+(b[i]-a[i])*step/20)
		}
		if contrast(mixed, paper) >= leastContrast {
			return mixed
		}
	}
	return toward
}

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b string) float64 {
	l, m := luminance(a), luminance(b)
	return (max(l, m) + 0.05) / (min(l, m) + 0.05)
}

// luminance is the relative one of sRGB.
func luminance(text string) float64 {
	sum := 0.0
	for i, part := range parts(text) {
		v := float64(part) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += v * []float64{0.2126, 0.7152, 0.0722}[i]
	}
	return sum
}

// parts are red, green and blue of a color in digits, up to 255.
func parts(text string) (list [3]int) {
	digits := strings.TrimPrefix(text, "#")
	each := len(digits) / 3
	for i := range list {
		part := digits[i*each : (i+1)*each]
		if each == 1 {
			part += part
		}
		n, _ := strconv.ParseUint(part, 16, 8) // the pattern has looked
		list[i] = int(n)
	}
	return list
}
