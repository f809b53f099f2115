package dataset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// GuessEncoding names the encoding of a file; "" for UTF-8. Files of the West are
// UTF-16, Windows-1252 or, from an old Mac, Macintosh.
func GuessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	// a Latin letter in UTF-16 is itself and a zero byte
	var zeros [2]int
	some := data[:min(len(data), 4000)]
	for i, b := range some {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > len(some)/4 && zeros[0] == 0:
		return "utf-16le"
	case zeros[0] > len(some)/4 && zeros[1] == 0:
		return "utf-16be"
	case utf8.Valid(data):
		return ""
	case oddness(data, "macintosh") < oddness(data, "windows-1252"):
		return "macintosh"
	}
	return "windows-1252"
}

// oddness counts what no text has, if the bytes are read in an encoding: a capital or a
// sign inside a word, and control characters.
func oddness(data []byte, encoding string) int {
	known, err := htmlindex.Get(encoding)
	if err != nil {
		return len(data)
	}
	decoder, odd := known.NewDecoder(), 0
	for i, b := range data {
		if b < utf8.RuneSelf {
			continue
		}
		text, err := decoder.Bytes([]byte{b})
		r, _ := utf8.DecodeRune(text)
		inside := i > 0 && i+1 < len(data) && isSmall(data[i-1]) && isSmall(data[i+1])
		ends := i > 0 && isSmall(data[i-1])
		switch {
		case err != nil || unicode.IsControl(r) || r == utf8.RuneError:
			odd += 3
		case r == '–' && inside && strings.IndexByte("aeiou", data[i+1]) >= 0:
			odd += 2 // ñ of an old Mac
		case r == '’', r == '–', r == '—', r == '\u00a0', r == '…':
		case inside && !unicode.IsLower(r), ends && unicode.IsUpper(r):
			odd += 2
		case !unicode.IsLetter(r) && !strings.ContainsRune("“”‘€£§©®°•", r):
			odd++
		}
	}
	return odd
}

func isSmall(b byte) bool { return b >= 'a' && b <= 'z' }
