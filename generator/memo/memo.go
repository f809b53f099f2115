// Package memo answers "what did this pure function return for these inputs?" from
// one build to the next.
//
// Answers are kept in one file of the memo's directory, each under what it is and a digest
// of the inputs and of the program itself, so a new program starts with an empty memo.
// With each is a digest of its name and itself: one that was cut short, edited or renamed
// is computed anew. That does not protect from somebody who writes digests too, but who
// can write to the memo can write to the report as well.
//
// One file, and not one for each answer: a build of 240 pages asks for 900, and file
// systems take longer to find files than to read them. It is read by Open and written by
// Close, after Sweep has forgotten what a whole build did not ask for; so an editor's
// mistake, or Ctrl-C, costs no answers. Without a directory, where it cannot be written,
// or where the file is not the memo's, everything is computed.
package memo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// Memo is the answers of earlier builds. It is safe for concurrent use. A nil Memo
// remembers nothing.
type Memo struct {
	folder string

	mu      sync.Mutex
	answers map[string]answer // by name
	changed bool              // since they were read
	made    int               // answers that were computed
}

// answer is what was returned, encoded.
type answer struct {
	digest string
	data   []byte
	used   bool // this build asked for it
}

// Open returns the memo in a directory, which need not exist. A link to a directory
// is not followed: it could lead to files of somebody else.
func Open(folder string) *Memo {
	if info, err := os.Lstat(folder); folder == "" || err == nil && !info.IsDir() {
		return nil
	}
	answers, whole, ok := read(filepath.Join(folder, fileName))
	if !ok {
		return nil
	}
	return &Memo{folder: folder, answers: answers, changed: !whole}
}

// Key is a digest of inputs. The zero Key is of none.
type Key [16]byte

// KeyOf is the digest of inputs, in their order.
func KeyOf(inputs ...any) (Key, error) {
	h := sha256.New()
	h.Write(program())
	for _, input := range inputs {
		if err := write(h, input); err != nil {
			return Key{}, err
		}
	}
	return Key(h.Sum(nil)[:16]), nil
}

// write adds one input to a digest, with its length, so that no two lists of inputs
// are alike.
func write(h hash.Hash, input any) error {
	switch v := input.(type) {
	case []byte:
		fmt.Fprintf(h, "b%d ", len(v))
		h.Write(v)
	case string:
		fmt.Fprintf(h, "s%d ", len(v))
		_, err := io.WriteString(h, v)
		return err
	case Key:
		h.Write(v[:])
	case int:
		fmt.Fprintf(h, "i%d ", v)
	case []string:
		fmt.Fprintf(h, "l%d ", len(v))
		for _, s := range v {
			if err := write(h, s); err != nil {
				return err
			}
		}
	case []Key:
		fmt.Fprintf(h, "k%d ", len(v))
		for _, k := range v {
			h.Write(k[:])
		}
	default:
		return fmt.Errorf("memo: an input of type %T", input)
	}
	return nil
}

// Do returns what f returned for the same key, or calls it. An error is never
// remembered. The answer must survive CBOR, and nobody may change it.
func Do[T any](m *Memo, kind string, key Key, f func() (T, error)) (T, error) {
	if m == nil {
		return f()
	}
	name := nameOf(kind, key)
	var value T
	if data, ok := m.load(name); ok && decode(data, &value) == nil {
		return value, nil
	}
	value, err := f()
	m.mu.Lock()
	m.made++
	m.mu.Unlock()
	if err != nil {
		return value, err
	}
	data, err := encode(value)
	if err != nil {
		return value, fmt.Errorf("memo: %s: %w", kind, err)
	}
	m.store(name, data)
	return value, nil
}

func nameOf(kind string, key Key) string { return kind + "-" + hex.EncodeToString(key[:]) }

// Keep takes an answer for asked, though nobody needs it in this build.
func (m *Memo) Keep(kind string, key Key) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if a, ok := m.answers[nameOf(kind, key)]; ok {
		a.used = true
		m.answers[nameOf(kind, key)] = a
	}
}

// Forget drops an answer that turned out to be wrong.
func (m *Memo) Forget(kind string, key Key) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.answers, nameOf(kind, key))
	m.changed = true
}

// Made is how many answers were computed.
func (m *Memo) Made() int {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.made
}

// load returns an answer; it fails where there is none, or none that is whole.
func (m *Memo) load(name string) ([]byte, bool) {
	m.mu.Lock()
	a, ok := m.answers[name]
	m.mu.Unlock()
	if !ok || a.digest != digest(name, a.data) {
		return nil, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	a.used = true
	m.answers[name] = a
	return a.data, true
}

func (m *Memo) store(name string, data []byte) {
	a := answer{digest(name, data), data, true}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answers[name] = a
	m.changed = true
}

// Sweep forgets the answers that this build did not ask for, so that the memo holds
// one report and no history.
func (m *Memo) Sweep() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, a := range m.answers {
		if !a.used {
			delete(m.answers, name)
			m.changed = true
		}
	}
}

// program is a digest of the running program: of the part of its file that holds
// Go's build id, which is a digest of the whole.
var program = sync.OnceValue(func() []byte {
	h := sha256.New()
	name, err := os.Executable()
	if err != nil {
		return nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close() // it was only read
	if info, err := file.Stat(); err == nil {
		fmt.Fprintln(h, info.Size())
	}
	_, _ = io.CopyN(h, file, 64<<10) // a shorter program is read whole
	return h.Sum(nil)
})
