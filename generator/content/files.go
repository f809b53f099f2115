package content

import (
	"errors"
	"io/fs"
	"path"
)

// Files is the content/ of a report.
type Files struct {
	Names []string         // of all files, in their order
	Pages map[string]*Page // the Markdown files, by name
}

// Load reads content/, once for all of a build.
func Load(report fs.FS) (*Files, error) {
	files := &Files{Pages: map[string]*Page{}}
	return files, fs.WalkDir(report, "content", func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "content" {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		files.Names = append(files.Names, name)
		if path.Ext(name) != ".md" {
			return nil
		}
		text, err := fs.ReadFile(report, name)
		if err != nil {
			return err
		}
		files.Pages[name] = Read(name, text)
		return nil
	})
}
