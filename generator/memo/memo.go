// Package memo answers "what did this pure function return for these inputs?" from
// one build to the next.
//
// An answer is a file in the memo's directory, named for what it is and for a digest
// of the inputs and of the program itself, so a new program starts with an empty
// memo. The file's first line is a digest of its name and the rest: one that was cut
// short, edited or renamed is computed anew. That is no protection from somebody who
// writes digests too, but who can write to the memo can write to the report as well.
//
// The memo only ever deletes files that it wrote. It is swept after a whole build,
// so that an editor's mistake, or Ctrl-C, costs no answers. Without a directory, and
// where the directory cannot be written, everything is computed.
package memo

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sync"
)

// Memo is the answers of earlier builds. It is safe for concurrent use. A nil Memo
// remembers nothing.
type Memo struct {
	folder string

	mu   sync.Mutex
	used map[string]bool // file names that this build asked for
	made int             // answers that were computed
}

// Open returns the memo in a directory, which need not exist. A link to a directory
// is not followed: it could lead to files of somebody else.
func Open(folder string) *Memo {
	if info, err := os.Lstat(folder); folder == "" || err == nil && !info.IsDir() {
		return nil
	}
	return &Memo{folder: folder, used: map[string]bool{}}
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
// remembered. The answer must survive encoding/gob, and nobody may change it.
func Do[T any](m *Memo, kind string, key Key, f func() (T, error)) (T, error) {
	if m == nil {
		return f()
	}
	name := kind + "-" + hex.EncodeToString(key[:])
	var answer T
	if data, ok := m.load(name); ok && gob.NewDecoder(bytes.NewReader(data)).Decode(&answer) == nil {
		return answer, nil
	}
	answer, err := f()
	m.mu.Lock()
	m.made++
	m.mu.Unlock()
	if err != nil {
		return answer, err
	}
	var data bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(&answer); err != nil {
		return answer, fmt.Errorf("memo: %s: %w", kind, err)
	}
	m.store(name, data.Bytes())
	return answer, nil
}

// Forget drops an answer that turned out to be no good.
func (m *Memo) Forget(kind string, key Key) {
	if m != nil {
		_ = os.Remove(filepath.Join(m.folder, kind+"-"+hex.EncodeToString(key[:]))) // it may be gone
	}
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

// heading begins the first line of a file, which ends in the digest.
const heading = "broadsheet memo "

func headingOf(name string, data []byte) string {
	h := sha256.New()
	fmt.Fprintln(h, name)
	h.Write(data)
	return heading + hex.EncodeToString(h.Sum(nil))
}

// read reads a regular file of the memo: a pipe would never end.
func (m *Memo) read(name string) (first, rest []byte, ok bool) {
	path := filepath.Join(m.folder, name)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil, nil, false
	}
	data, err := os.ReadFile(path)
	first, rest, _ = bytes.Cut(data, []byte("\n"))
	return first, rest, err == nil
}

// load reads an answer; it fails where there is none, or none that is whole.
func (m *Memo) load(name string) ([]byte, bool) {
	first, rest, ok := m.read(name)
	if !ok || string(first) != headingOf(name, rest) {
		return nil, false
	}
	m.use(name)
	return rest, true
}

func (m *Memo) use(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used[name] = true
}

// store keeps an answer. A directory that cannot be written costs only time. The
// file is written aside and renamed: another build never reads half of it.
func (m *Memo) store(name string, data []byte) {
	if os.MkdirAll(m.folder, 0o777) != nil {
		return
	}
	// the memo is for one machine
	if ignore, err := os.OpenFile(filepath.Join(m.folder, ".gitignore"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); err == nil {
		_, _ = ignore.WriteString("*\n")
		_ = ignore.Close()
	}
	file, err := os.CreateTemp(m.folder, name+".*")
	if err != nil {
		return
	}
	_, wrote := file.Write(append([]byte(headingOf(name, data)+"\n"), data...))
	if errors.Join(wrote, file.Close()) != nil || os.Rename(file.Name(), filepath.Join(m.folder, name)) != nil {
		_ = os.Remove(file.Name())
		return
	}
	m.use(name)
}

// ours are the names that store gives, also to files that a killed build left half
// written.
var ours = regexp.MustCompile(`^[a-z]+-[0-9a-f]{32}(\.[0-9]+)?$`)

// Sweep forgets the answers that this build did not ask for, so that the memo holds
// one report and no history.
func (m *Memo) Sweep() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	entries, _ := os.ReadDir(m.folder) // no directory, nothing to forget
	for _, e := range entries {
		if !ours.MatchString(e.Name()) || m.used[e.Name()] {
			continue
		}
		if first, rest, ok := m.read(e.Name()); ok && (len(first)+len(rest) == 0 || bytes.HasPrefix(first, []byte(heading))) {
			_ = os.Remove(filepath.Join(m.folder, e.Name())) // another build may have been faster
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
