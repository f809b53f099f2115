package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"

	"broadsheet"
	"broadsheet/generator/diag"
)

// What pages ask of the server is below this address, which no page of a site has:
// names that start with a dot are not published.
const own = "/.broadsheet/"

// state is what the script of a page asks for.
type state struct {
	Round    int            `json:"round"`
	Page     string         `json:"page"` // digest of the page that asks; "" where there is none
	Problems []diag.Problem `json:"problems"`
	Changes  []change       `json:"changes"`
}

// ServeHTTP answers this machine, and pages of this server. Another host's name that
// leads here would have its pages read the report.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if !slices.Contains([]string{"127.0.0.1", "localhost", "[::1]", "::1"}, host) {
		http.Error(w, "this preview answers at 127.0.0.1 alone", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a preview can only be read", http.StatusMethodNotAllowed)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch r.URL.Path {
	case own + "preview.js":
		header.Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(broadsheet.Preview)
	case own + "state":
		header.Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s.state(r.URL.Query().Get("page")))
	case own + "events":
		s.events(w, r)
	default:
		s.page(w, r)
	}
}

func (s *Server) state(address string) state {
	s.mu.Lock()
	defer s.mu.Unlock()
	name, _ := s.file(address)
	return state{s.round, s.digests[name], append([]diag.Problem{}, s.failed...), append([]change{}, s.changes...)}
}

// file is the file of the site at an address, and whether there is one.
func (s *Server) file(address string) (name string, found bool) {
	name = strings.TrimPrefix(path.Clean("/"+address), "/")
	for _, name := range []string{name, path.Join(name, "index.html")} {
		if _, ok := s.pages[name]; ok && name != "" {
			return name, true
		}
	}
	return "404.html", false
}

// events tells a page of each build, for as long as it is open.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no events here", http.StatusInternalServerError)
		return
	}
	tell := make(chan struct{}, 1)
	s.mu.Lock()
	s.waiting[tell] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.waiting, tell)
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		// the first comes at once: a build may have ended while the page was loading
		if _, err := fmt.Fprint(w, "data: built\n\n"); err != nil {
			return
		}
		flusher.Flush()
		select {
		case <-r.Context().Done():
			return
		case <-tell:
		}
	}
}

// page serves a file of the last good site.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	name, found := s.file(r.URL.Path)
	data, digest, built := s.pages[name], s.digests[name], s.pages != nil
	s.mu.Unlock()
	status := http.StatusOK
	switch {
	case !built:
		data = []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title></head><body></body></html>`)
		name, status = "index.html", http.StatusServiceUnavailable
	case !found:
		status = http.StatusNotFound
	case strings.HasSuffix(name, "index.html") && !strings.HasSuffix(r.URL.Path, "/") && !strings.HasSuffix(r.URL.Path, ".html"):
		// relative links need the slash
		http.Redirect(w, r, "/"+strings.TrimSuffix(name, "index.html"), http.StatusMovedPermanently)
		return
	}
	if path.Ext(name) == ".html" {
		data = withScript(data, digest)
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// withScript adds the preview's script to a page; the digest tells it which version of
// the page it is in.
func withScript(page []byte, digest string) []byte {
	script := fmt.Appendf(nil, `<script src="%spreview.js?%s" defer></script>`, own, digest)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	return slices.Concat(page[:end], script, page[end:])
}
