package svg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// cache keeps drawings as files of a directory, each named by the digest of what it
// was drawn from. A drawing is only believed with the digest of its own text and
// name: one that was cut short, emptied, edited or renamed is drawn anew. That is no
// protection from somebody who writes digests too; who may write to the cache may
// as well write to the report's templates.
//
// A directory that is a link is somebody's own, and no cache. Of the others only files
// are removed that were written here. A directory that cannot be read or written
// costs time and nothing else.
type cache struct {
	directory string // "" is no cache

	mu   sync.Mutex
	used map[string]bool // names that this build needed
}

// heading begins the first line of a file, which ends in the digest.
const heading = "broadsheet drawing "

// ours are names of drawings, and of those that were being written.
var ours = regexp.MustCompile(`^[0-9a-f]{32}\.svg(\.[0-9]+)?$`)

func newCache(directory string) *cache {
	if info, err := os.Lstat(directory); err == nil && !info.IsDir() {
		directory = ""
	}
	return &cache{directory: directory, used: map[string]bool{}}
}

func headingOf(name, drawing string) string {
	sum := sha256.Sum256([]byte(name + "\n" + drawing))
	return heading + hex.EncodeToString(sum[:])
}

// read reads a file of the cache: a regular one, as a pipe would never end.
func (c *cache) read(name string) (first, drawing string, ok bool) {
	path := filepath.Join(c.directory, name)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return "", "", false
	}
	data, err := os.ReadFile(path)
	first, drawing, _ = strings.Cut(string(data), "\n")
	return first, drawing, err == nil
}

func (c *cache) use(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[name] = true
}

func (c *cache) load(name string) (drawing string, ok bool) {
	if c.directory == "" {
		return "", false
	}
	first, drawing, ok := c.read(name)
	if !ok || first != headingOf(name, drawing) {
		return "", false
	}
	c.use(name)
	return drawing, true
}

func (c *cache) store(name, drawing string) {
	if c.directory == "" || os.MkdirAll(c.directory, 0o777) != nil {
		return
	}
	if ignore, err := os.OpenFile(filepath.Join(c.directory, ".gitignore"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); err == nil {
		_, _ = ignore.WriteString("*\n")
		_ = ignore.Close()
	}
	// written aside and renamed: another build never reads half a drawing
	file, err := os.CreateTemp(c.directory, name+".*")
	if err != nil {
		return
	}
	_, wrote := file.WriteString(headingOf(name, drawing) + "\n" + drawing)
	if errors.Join(wrote, file.Close()) != nil || os.Rename(file.Name(), filepath.Join(c.directory, name)) != nil {
		_ = os.Remove(file.Name())
		return
	}
	c.use(name)
}

// sweep removes drawings that were not used, and what killed builds left.
func (c *cache) sweep() {
	if c.directory == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	entries, _ := os.ReadDir(c.directory) // none, nothing to remove
	for _, e := range entries {
		if !ours.MatchString(e.Name()) || c.used[e.Name()] {
			continue
		}
		if first, rest, ok := c.read(e.Name()); ok && (first+rest == "" || strings.HasPrefix(first, heading)) {
			_ = os.Remove(filepath.Join(c.directory, e.Name())) // another build may have been faster
		}
	}
}
