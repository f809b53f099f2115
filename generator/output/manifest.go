package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/sourcegraph/conc/pool"
)

// ManifestName is the file that lists those of a site. It is in the site, so that
// it goes where the site goes.
const ManifestName = ".broadsheet-manifest"

// manifest is the files of a site, each with its digests: there are two only while
// one site takes the place of another, file by file.
//
// On the disk it is what sha256sum writes, and sha256sum -c checks a site by it:
//
//	9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  about/index.html
type manifest map[string][]string

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// digestFile digests a file a piece at a time.
func digestFile(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close() // it is only read
	piece := pieces.Get().(*[64 << 10]byte)
	defer pieces.Put(piece)
	h := sha256.New()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{file}, piece[:]); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

var pieces = sync.Pool{New: func() any { return new([64 << 10]byte) }}

var (
	escapeName   = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)
	unescapeName = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r")
)

func (m manifest) bytes() []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, d := range m[name] {
			escaped, mark := escapeName.Replace(name), ""
			if escaped != name {
				mark = `\` // as sha256sum does
			}
			fmt.Fprintf(&b, "%s%s  %s\n", mark, d, escaped)
		}
	}
	return b.Bytes()
}

// readManifest reads the manifest of a directory; nil where there is none.
func readManifest(directory string) (manifest, error) {
	name := filepath.Join(directory, ManifestName)
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, err // somebody else's link of this name lists nothing
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseManifest(data), nil
}

func parseManifest(data []byte) manifest {
	m := manifest{}
	for line := range strings.Lines(string(data)) {
		line, escaped := strings.CutPrefix(strings.TrimSuffix(line, "\n"), `\`)
		sum, file, ok := strings.Cut(line, "  ")
		if escaped {
			file = unescapeName.Replace(file)
		}
		if ok && len(sum) == 2*sha256.Size {
			m[file] = append(m[file], sum)
		}
	}
	return m
}

// Manifest is the manifest of a site with those files.
func Manifest(files map[string][]byte) ([]byte, error) {
	s, err := newSite(files)
	if err != nil {
		return nil, err
	}
	return s.manifest.bytes(), nil
}

// Listed are the names of the files that a manifest lists.
func Listed(manifest []byte) []string {
	return slices.Sorted(maps.Keys(parseManifest(manifest)))
}

// with is both manifests in one.
func (m manifest) with(other manifest) manifest {
	both := manifest{}
	for _, one := range []manifest{m, other} {
		for name, sums := range one {
			for _, sum := range sums {
				if !slices.Contains(both[name], sum) {
					both[name] = append(both[name], sum)
				}
			}
		}
	}
	return both
}

// directories are those of the files, as slash paths.
func (m manifest) directories() map[string]bool {
	all := map[string]bool{".": true}
	for name := range m {
		for d := path.Dir(name); !all[d] && d != "/"; d = path.Dir(d) {
			all[d] = true
		}
	}
	return all
}

// site is what is to be written.
type site struct {
	files    map[string][]byte
	manifest manifest
}

func newSite(files map[string][]byte) (*site, error) {
	s := &site{files: files, manifest: manifest{}}
	for name := range files {
		if path.Clean(name) != name || !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) {
			return nil, fmt.Errorf("a file would leave the directory: %q", name)
		}
		if first, _, _ := strings.Cut(name, "/"); first == ManifestName || first == ".git" {
			return nil, fmt.Errorf("a site cannot hold %q", name)
		}
	}
	type sum struct{ name, digest string }
	group := pool.NewWithResults[sum]().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for name, data := range files {
		group.Go(func() sum { return sum{name, digest(data)} })
	}
	for _, sum := range group.Wait() {
		s.manifest[sum.name] = []string{sum.digest}
	}
	return s, nil
}

// sameAs tells which files are the same in a site that a manifest lists.
func (s *site) sameAs(listed manifest) func(name string) bool {
	return func(name string) bool {
		sums := listed[name]
		return len(sums) == 1 && sums[0] == s.manifest[name][0]
	}
}
