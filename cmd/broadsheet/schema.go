package main

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"broadsheet/generator/output"
	"broadsheet/generator/scaffold"

	"github.com/spf13/cobra"
)

func schemaCommand(t *terminal) *cobra.Command {
	var source string
	c := &cobra.Command{
		Use:   "schema",
		Short: "Write the JSON Schemas by which text editors complete the files of a report",
		Long: `Schema writes the JSON Schemas of data/datapackage.json, charts, the heads of
aggregates and extracts, and hugo.toml into .schema/ of the report. "new" does so too; after an
update of Broadsheet this brings them up to date. An editor finds them by a line
at the top of each file:

  hugo.toml              #:schema .schema/hugo.json
  data/datapackage.json  "$schema": "../.schema/datapackage.json"
  data/charts/*.yaml     # yaml-language-server: $schema=../../.schema/chart.json`,
		Example: "  broadsheet schema\n  broadsheet schema -s mine",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			flags := reportFlags{source: source, noCache: true}
			if _, err := flags.options(); err != nil {
				return err
			}
			if _, err := os.Stat(filepath.Join(source, "hugo.toml")); err != nil {
				return misused("name the directory of a report with --source", "there is no report in %q: it has no hugo.toml", source)
			}
			schemas, err := scaffold.Schemas()
			if err != nil {
				return err
			}
			var files []output.File
			var directory string
			for _, name := range slices.Sorted(maps.Keys(schemas)) {
				directory = filepath.Join(source, path.Dir(name))
				files = append(files, output.File{Name: path.Base(name), Data: schemas[name]})
			}
			if err := os.MkdirAll(directory, 0o755); err != nil {
				return err
			}
			if err := output.Update(c.Context(), directory, files...); err != nil {
				return err
			}
			_, err = fmt.Fprintf(t.stdout, "%s: %d schemas\n", directory, len(files))
			return err
		},
	}
	c.Flags().StringVarP(&source, "source", "s", ".", "`DIR` of the report")
	return c
}
