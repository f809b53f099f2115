package site

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/markup"
)

// addresses are attributes whose value is an address. Hugo writes quotes around
// values, and escapes quotes in text. What DataPlaces and DataRows name, the pages' script loads.
var addresses = []string{" href", " xlink:href", " src", " poster", " " + string(markup.DataPlaces), " " + string(markup.DataRows)}

// Two attributes hold an address among other things: srcset="/a.png 1x, /b.png 2x", and content="0; url=/states/"
// of a page that leads on.
var (
	sets        = regexp.MustCompile(` srcset="([^"]*)"`)
	ofSet       = regexp.MustCompile(`(["\s,])/([^\s"/][^\s"]*)`)
	withoutRoot = regexp.MustCompile(`(<a[^>]*) href="/`) // <a href="/states/">
	leadsOn     = regexp.MustCompile(`(<meta http-equiv="refresh" content="[0-9]+; ?url=)/([^"/][^"]*)?"`)
)

// relativizeLinks makes each link from the root of the site relative to its page, and
// names the index file of a directory. So the site works from a server's root, under
// any path, and from a disk, where no server looks for index.html.
//
// The page for addresses that lead nowhere is shown at any depth. Where base says where
// the site is, its links are from the root. Else nobody knows where they lead, so they
// are none until its script has found the site (assets/js/lost.js).
func relativizeLinks(pages Pages, base string) {
	_ = pages.eachPage(func(name string, page []byte) ([]byte, error) { // it never fails
		return relativize(name, page, base), nil
	})
}

func relativize(name string, page []byte, base string) []byte {
	up := strings.Repeat("../", strings.Count(name, "/"))
	if path.Base(name) == "404.html" {
		up = Root(base)
	}
	page = relatePage(page, up)
	if path.Base(name) == "404.html" && base == "" {
		page = withoutRoot.ReplaceAll(page, []byte("$1 "+string(markup.DataHref)+`="`))
	}
	if bytes.Contains(page, []byte(` srcset="`)) {
		page = sets.ReplaceAllFunc(page, func(set []byte) []byte {
			return ofSet.ReplaceAllFunc(set, func(picture []byte) []byte {
				m := ofSet.FindSubmatch(picture)
				return slices.Concat(m[1], []byte(relative(up, string(m[2]))))
			})
		})
	}
	if bytes.Contains(page, []byte(`http-equiv="refresh"`)) {
		page = leadsOn.ReplaceAllFunc(page, func(meta []byte) []byte {
			m := leadsOn.FindSubmatch(meta)
			return slices.Concat(m[1], []byte(relative(up, string(m[2]))), []byte{'"'})
		})
	}
	return page
}

// Root is the path of a site: "/letters/" of "https://example.org/letters".
func Root(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return "/"
	}
	return "/" + strings.TrimPrefix(strings.TrimSuffix(u.EscapedPath(), "/")+"/", "/")
}

// relatePage rewrites the links of a page that is up below the root.
func relatePage(page []byte, up string) []byte {
	rooted := []byte(`="/`)
	out := make([]byte, 0, len(page)+len(page)/8)
	for {
		i := bytes.Index(page, rooted)
		if i < 0 {
			return append(out, page...)
		}
		value := page[i+len(rooted):]
		end := bytes.IndexByte(value, '"')
		isAddress := slices.ContainsFunc(addresses, func(a string) bool { return bytes.HasSuffix(page[:i], []byte(a)) })
		if !isAddress || end < 0 || bytes.HasPrefix(value, []byte("/")) { // "//host" is not a path
			out = append(out, page[:i+len(rooted)]...)
			page = value
			continue
		}
		out = append(append(out, page[:i]...), `="`...)
		out = append(out, relative(up, string(value[:end]))...)
		page = value[end:]
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
