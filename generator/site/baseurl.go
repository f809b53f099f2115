package site

import (
	"net"
	"net/url"
	"strings"

	"broadsheet/generator/diag"
)

// ParseBaseURL reads the address at which a site will be, and returns it with a slash at its end.
func ParseBaseURL(text string) (base string, ok bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return strings.TrimSuffix(u.String(), "/") + "/", true
}

// readBaseURL takes the baseURL of hugo.toml where the command line gave none.
func (s *Site) readBaseURL() {
	for key, value := range s.config {
		if text, ok := value.(string); ok && s.BaseURL == "" && strings.EqualFold(key, "baseurl") {
			s.BaseURL, _ = ParseBaseURL(text)
		}
	}
}

// baseURL checks that of hugo.toml; as in Hugo, "" and "/" say that it is not known.
func (c *configReader) baseURL(k key, text string) {
	if _, ok := ParseBaseURL(text); ok || text == "" || text == "/" {
		return
	}
	c.add(k, diag.Problem{Message: "baseURL is not a URL", Found: diag.Quote(text), Expected: "e.g. https://example.org/letters/, or none"})
}

// domain is the custom domain at whose root a site is; "" for a site at a path, on GitHub's own domain, or on a
// machine without a domain. GitHub Pages reads it from CNAME. A site at a path has none: there the domain
// belongs to the repository whose site is at its root.
func domain(base string) string {
	u, err := url.Parse(base)
	if err != nil || base == "" || u.Port() != "" || strings.Trim(u.Path, "/") != "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if strings.HasSuffix(host, ".github.io") || !strings.Contains(host, ".") || net.ParseIP(host) != nil {
		return ""
	}
	return host
}
