// Package archive makes report.zip, the source of a report as it is published, and
// reads it again.
//
// Who has the archive and this program can build the same site from it: that is what
// `broadsheet verify` does. It holds what a build reads, and no more:
//
//   - hugo.toml, content/ without drafts, layouts/, i18n/, and the files of assets/ that
//     pages use; of these, none that the built-in theme has as well. Files of static/
//     are in the site as they are, and need no copy.
//   - data/ without private columns: the tables that have some are written anew without
//     them, and so is the data package (dataset.Public). No query can read a private
//     column, so every figure can be computed from what is there.
//   - broadsheet.json, which says at what address the site was to be, and which of its
//     files are those of static/.
//
// Its bytes depend on nothing else: names are sorted, and there are no times. A report
// whose files are large (Most) has no archive, and neither has one that sets
// params.archive = false in hugo.toml.
package archive

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/content"
	"broadsheet/generator/dataset"
	"broadsheet/generator/record"

	"github.com/spf13/afero"
)

// Name is the path of the archive in the site.
const Name = "data/report.zip"

// Most is how many bytes of files a report with an archive can have.
const Most = 10_000_000

// ErrNone says that a site has no archive.
var ErrNone = errors.New("the site does not publish its source")

// static is the directory of files that are published as they are.
const static = "static"

// settingsFile says how the site was built.
const settingsFile = "broadsheet.json"

// Settings are what a build is told besides the report.
type Settings struct {
	BaseURL string   `json:"base_url"` // "" if unknown
	Static  []string `json:"static"`   // files that the site holds as they are in static/
}

// Parts are what an archive is made of.
type Parts struct {
	Report  *Recorder
	Tables  *dataset.Dataset
	Fetched []record.Fetched
	Prose   *content.Files
	Drafts  bool              // are published
	Assets  func(string) bool // whether pages use that file of assets/
	Theme   fs.FS             // files that the program carries itself
	Settings
}

// Write makes the archive, once the build has read all.
func Write(p Parts) ([]byte, error) {
	public, isDraft := p.Tables.Public(), drafts(p.Prose)
	for _, name := range record.LockFiles { // which a build reads at its end
		if _, err := p.Report.ReadFile(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	fetched, err := withoutDigests(p.Fetched, p.Tables)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, data := range p.Report.seen {
		if own, err := fs.ReadFile(p.Theme, name); err == nil && bytes.Equal(own, data) {
			continue
		}
		first, _, _ := strings.Cut(name, "/")
		switch first {
		case "assets":
			if !p.Assets(name) {
				continue
			}
		case "content":
			if !p.Drafts && isDraft(name) {
				continue
			}
		case "data":
			if name == record.FetchedFile {
				data = fetched
			}
			written, err := public(name, data)
			if err != nil {
				return nil, err
			}
			maps.Copy(files, written)
			continue
		}
		files[name] = data
	}
	p.Settings.Static = []string{}
	err = fs.WalkDir(p.Report, static, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			p.Settings.Static = append(p.Settings.Static, strings.TrimPrefix(name, static+"/"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return nil, err
	}
	files[settingsFile] = settings
	return pack(files)
}

// withoutDigests is the record of fetched files without the digests of those that are published in another form, as they are of other bytes.
func withoutDigests(fetched []record.Fetched, tables *dataset.Dataset) ([]byte, error) {
	list := slices.Clone(fetched)
	for i := range list {
		if t := tables.Table(list[i].Table); t != nil && t.IsRewritten() {
			list[i].SHA256 = ""
		}
	}
	return record.WriteFetched(list)
}

// drafts tells which files of content/ belong to a draft: it, all of its bundle, or all
// below a page that says so of what is below it.
func drafts(prose *content.Files) func(name string) bool {
	files, directories := map[string]bool{}, map[string]bool{}
	for file, page := range prose.Pages {
		draft, _ := page.Front.Values["draft"].(bool)
		files[file] = draft
		if draft && strings.HasPrefix(path.Base(file), "index.") {
			directories[path.Dir(file)] = true
		}
		if cascade := page.Front.Values["cascade"]; cascade != nil && strings.Contains(strings.ToLower(fmt.Sprint(cascade)), "draft") {
			directories[path.Dir(file)] = true
		}
	}
	return func(name string) bool {
		for at := path.Dir(name); at != "."; at = path.Dir(at) {
			if directories[at] {
				return true
			}
		}
		return files[name]
	}
}

func pack(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// Read opens an archive, which may come from anybody: it is unpacked in memory, and
// no further than Most allows. Files of static/ come from the site. The error is for who
// made it.
func Read(site fs.FS) (fs.FS, Settings, error) {
	var s Settings
	data, err := fs.ReadFile(site, Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s, ErrNone
	}
	if err != nil {
		return nil, s, err
	}
	files, err := Unpack(data)
	if err != nil {
		return nil, s, err
	}
	if json.Unmarshal(files[settingsFile], &s) != nil {
		return nil, s, fmt.Errorf("it has no %s", settingsFile)
	}
	if u, err := url.Parse(s.BaseURL); err != nil || s.BaseURL != "" && u.Scheme != "http" && u.Scheme != "https" {
		return nil, s, fmt.Errorf("it names %q as the address of the site", s.BaseURL)
	}
	for _, name := range s.Static {
		if !fs.ValidPath(name) {
			return nil, s, fmt.Errorf("it names %q, which no site can hold", name)
		}
		text, err := fs.ReadFile(site, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, s, fmt.Errorf("it names the file %q, which the site does not hold", name)
		}
		if err != nil {
			return nil, s, err
		}
		files[static+"/"+name] = text
	}
	memory := afero.NewMemMapFs()
	for name, text := range files {
		if err := afero.WriteFile(memory, name, text, 0o644); err != nil {
			return nil, s, err
		}
	}
	return afero.NewIOFS(memory), s, nil
}

// Unpack is the files of an archive.
func Unpack(data []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("it is not a zip file")
	}
	files, left := map[string][]byte{}, int64(2*Most) // rewritten tables may be a little larger
	for _, f := range z.File {
		if !fs.ValidPath(f.Name) || f.Mode() != 0 && !f.Mode().IsRegular() || files[f.Name] != nil {
			return nil, fmt.Errorf("it holds %q, which no report can", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("its file %q is broken", f.Name)
		}
		text, err := io.ReadAll(io.LimitReader(r, left+1))
		if left -= int64(len(text)); left < 0 {
			return nil, fmt.Errorf("it holds more than %d megabytes", 2*Most/1_000_000)
		}
		if err != nil {
			return nil, fmt.Errorf("its file %q is broken", f.Name)
		}
		files[f.Name] = text
	}
	return files, nil
}
