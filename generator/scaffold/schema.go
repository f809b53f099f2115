package scaffold

import (
	"io/fs"
	"path"
	"strings"

	"broadsheet"
)

// schemas is where a report has its JSON Schemas. A line in each file that one describes
// names it by its relative path, so that an editor needs no network, and the schema is
// that of the program which made the report.
const schemas = ".schema"

// Schemas are the JSON Schemas of a report's files, by their path in its directory.
func Schemas() (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(broadsheet.Schemas, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[path.Join(schemas, path.Base(name))], err = broadsheet.Schemas.ReadFile(name)
		return err
	})
	return files, err
}

// schemaOf is the path of a schema as a file of the report names it.
func schemaOf(name, file string) string {
	return strings.Repeat("../", strings.Count(file, "/")) + path.Join(schemas, name+".json")
}
