package site

import "html/template"

// ContentPolicy is what pages tell the browser to load: files of the site and nothing else, not even for a script
// of the report. Styles are in pages too, as Markdown writes them: check reads those. A site on a disk has no
// host to be 'self', and not every browser takes its directory for that, so file: is allowed too.
const ContentPolicy = "default-src 'self' file: data:; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; " +
	"connect-src 'self'; frame-src 'self' file:; object-src 'none'; base-uri 'none'; form-action 'none'"

// Policy is the first thing in the head of each page: what it may load, and that other hosts are not told where a
// reader came from, as that may be a draft.
func (r *Report) Policy() template.HTML {
	return `<meta http-equiv="Content-Security-Policy" content="` + ContentPolicy + `">` + "\n" + `<meta name="referrer" content="same-origin">`
}
