package check_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"broadsheet/generator"
)

// frozen is the report of generator/testdata/report, which has every kind of chart and every shortcode.
func frozen(t *testing.T) fstest.MapFS {
	t.Helper()
	report := fstest.MapFS{}
	from := os.DirFS("../testdata/report")
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		report[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// built is that report, built once for all tests.
var built = sync.OnceValues(func() (*generator.Result, error) {
	return generator.Build(context.Background(), os.DirFS("../testdata/report"), generator.Options{For: generator.ToAccept})
})

func build(t *testing.T, report fs.FS) (*generator.Result, string) {
	t.Helper()
	result, err := generator.Build(t.Context(), report, generator.Options{For: generator.ToAccept})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range result.Problems {
		said = append(said, p.String())
	}
	return result, strings.Join(said, "\n")
}
