package warehouse

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"
)

// client asks one server, and is sent to no other.
func (s *session) client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = s.tls
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// url is an address on the server.
func (s *session) url(path string) string {
	scheme := "http"
	if s.tls != nil {
		scheme = "https"
	}
	return scheme + "://" + s.Connection.Address() + path
}

// cellOf reads a value in JSON, in which numbers keep all of their digits.
func cellOf(raw json.RawMessage, kind string) (cell, error) {
	if bytes.Equal(raw, []byte("null")) {
		return cell{isNull: true}, nil
	}
	c := cell{text: string(raw)}
	if !utf8.Valid(raw) { // which would be replaced
		return c, nil
	}
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &c.text); err != nil {
			return c, err
		}
	}
	kind = strings.ToLower(kind)
	if strings.Contains(kind, "datetime") || strings.HasPrefix(kind, "timestamp") {
		c.text = strings.Replace(strings.TrimSuffix(c.text, " UTC"), " ", "T", 1)
		if strings.HasSuffix(kind, "with time zone") {
			c.text += "Z"
		}
	}
	return c, nil
}
