package site

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// Hugo makes the id of a heading of its text, in which each shortcode is a token with a number that differs from one build
// to the next: "elsewhere-in-hahahugoshortcode61s20hbhb".
var (
	idOfHeading = regexp.MustCompile(` id="?([^"\s>]*hahahugoshortcode\d+s\d+hbhb[^"\s>]*)`)
	token       = regexp.MustCompile(`hahahugoshortcode\d+s\d+hbhb`)
)

// nameHeadings makes each such id of the words of the heading alone. A figure in a heading is not part of its address.
func nameHeadings(pages Pages) {
	_ = pages.eachPage(func(_ string, page []byte) ([]byte, error) { // it never fails
		if !bytes.Contains(page, []byte("hahahugoshortcode")) {
			return page, nil
		}
		for _, found := range idOfHeading.FindAllSubmatch(page, -1) {
			id := idOf(page, string(found[1]))
			page = bytes.ReplaceAll(page, found[1], []byte(id))
		}
		return page, nil
	})
}

// idOf is an id that the page does not have.
func idOf(page []byte, id string) string {
	words := strings.FieldsFunc(token.ReplaceAllString(id, ""), func(r rune) bool { return r == '-' })
	id = strings.Join(words, "-")
	if id == "" {
		id = "section"
	}
	free := id
	for n := 1; bytes.Contains(page, []byte(` id="`+free+`"`)) || bytes.Contains(page, []byte(` id=`+free+`>`)); n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}
