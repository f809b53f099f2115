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

// digest starts the digest that the description says; nil where it says none, or one that nobody knows.
func (r *Resource) digest() hash.Hash {
	method, _, _ := r.cutHash()
	if start := methods[strings.ToLower(method)]; r.Hash != "" && start != nil {
		return start()
	}
	return nil
}

func (r *Resource) cutHash() (method, want string, named bool) {
	if method, want, named = strings.Cut(r.Hash, ":"); !named {
		return "md5", r.Hash, false // as the standard has it
	}
	return method, want, named
}

// checkDigest holds the size and the digest of a file, nil for none, against what its description says.
func (r *Resource) checkDigest(size int, h hash.Hash, at adder) {
	if n := r.Size; n != nil && *n != size {
		at(diag.Problem{Message: "the file has another size", Found: diag.Count(size, "byte"), Expected: fmt.Sprint(*n),
			Hint: fmt.Sprintf("where the file was changed on purpose, write \"bytes\": %d, or leave it out", size)}, "bytes")
	}
	method, want, named := r.cutHash()
	if h == nil {
		if r.Hash != "" {
			at(diag.Problem{Message: "unknown method of a digest", Found: diag.Quote(method), Expected: "one of md5, sha1, sha256, sha512"}, "hash")
		}
		return
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		said := got
		if named {
			said = method + ":" + got
		}
		at(diag.Problem{Message: "the file has another digest", Found: got, Expected: want,
			Hint: fmt.Sprintf("where the file was changed on purpose, write \"hash\": %q, or leave it out", said)}, "hash")
	}
}
