package site

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// Attributes whose value is an address, where it starts at the site's root. Hugo
// writes quotes around values, and escapes quotes in text.
var rooted = regexp.MustCompile(`( (?:href|src|action|poster|data-src)=")/([^"/][^"]*)?"`)

// relateLinks makes each link from the root of the site relative to its page, and
// names the index file of a folder. So the site works from a server's root, under
// any path, and from a disk, where no server looks for index.html.
func relateLinks(pages Pages) {
	for name, page := range pages {
		if path.Ext(name) != ".html" {
			continue
		}
		up := strings.Repeat("../", strings.Count(name, "/"))
		pages[name] = rooted.ReplaceAllFunc(page, func(match []byte) []byte {
			open := bytes.IndexByte(match, '"') + 1
			target := string(match[open+1 : len(match)-1])
			return append(append(bytes.Clone(match[:open]), relative(up, target)...), '"')
		})
	}
}

// relative is the address of target, which is relative to the root, from a page
// that is up below it.
func relative(up, target string) string {
	rest := ""
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		target, rest = target[:i], target[i:]
	}
	if target == "" || strings.HasSuffix(target, "/") {
		target += "index.html"
	}
	if up == "" {
		up = "./"
	}
	return up + target + rest
}
