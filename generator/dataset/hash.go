package dataset

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"broadsheet/generator/diag"
)

// methods are those of a digest that a description names.
var methods = map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

// checkDigest holds a file against the size and the digest that its description says.
func (r *Resource) checkDigest(data []byte, at adder) {
	if n := r.Size; n != nil && *n != len(data) {
		at(diag.Problem{Message: "the file has another size", Found: diag.Count(len(data), "byte"), Expected: fmt.Sprint(*n),
			Hint: fmt.Sprintf("where the file was changed on purpose, write \"bytes\": %d, or leave it out", len(data))}, "bytes")
	}
	if r.Hash == "" {
		return
	}
	method, want, named := strings.Cut(r.Hash, ":")
	if !named {
		method, want = "md5", r.Hash // as the standard has it
	}
	start := methods[strings.ToLower(method)]
	if start == nil {
		at(diag.Problem{Message: "unknown method of a digest", Found: diag.Quote(method), Expected: "one of md5, sha1, sha256, sha512"}, "hash")
		return
	}
	h := start()
	h.Write(data)
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		said := got
		if named {
			said = method + ":" + got
		}
		at(diag.Problem{Message: "the file has another digest", Found: got, Expected: want,
			Hint: fmt.Sprintf("where the file was changed on purpose, write \"hash\": %q, or leave it out", said)}, "hash")
	}
}
