package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"broadsheet"
	"broadsheet/generator/engine"

	"github.com/spf13/cobra"
)

func versionCommand(t *terminal) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Say which version this is, and of what it is made",
		Example: "  broadsheet version\n  broadsheet version --json",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			v, err := readVersions(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return t.printJSON(v)
			}
			_, err = fmt.Fprintf(t.stdout, "broadsheet %s\n  DuckDB %s\n  Hugo %s\n  ECharts %s\n  Go %s\n", v.Broadsheet, v.DuckDB, v.Hugo, v.ECharts, v.Go)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the versions for machines")
	return c
}

// versions are those of the program and of what decides what a site looks like.
type versions struct {
	Broadsheet string `json:"broadsheet"` // of the module, with the revision where it is none that was released
	DuckDB     string `json:"duckdb"`
	Hugo       string `json:"hugo"`
	ECharts    string `json:"echarts"`
	Go         string `json:"go"`
}

func readVersions(ctx context.Context) (v versions, err error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v, errors.New("the program was built without module information")
	}
	v.Broadsheet, v.Go = info.Main.Version, info.GoVersion
	for _, m := range info.Deps {
		if m.Path == "github.com/gohugoio/hugo" {
			v.Hugo = m.Version
		}
	}
	var front struct {
		DevDependencies struct{ ECharts string }
	}
	if err := json.Unmarshal(broadsheet.FrontEnd, &front); err != nil {
		return v, err
	}
	v.ECharts = "v" + front.DevDependencies.ECharts
	e, err := engine.Open(ctx)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	v.DuckDB, err = e.Version(ctx)
	return v, err
}
