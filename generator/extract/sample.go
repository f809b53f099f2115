package extract

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
)

const sampleSuffix = ".sample.csv"

// SampleFile is where the sample behind a table is.
func SampleFile(table string) string { return path.Join(dataset.Extracts, table+sampleSuffix) }

// Picked is the sample as fetch wrote it: names of columns, and rows.
func (e *Extract) Picked(report fs.FS) ([][]string, error) {
	data, err := fs.ReadFile(report, SampleFile(e.Table.Name))
	if err != nil {
		return nil, err
	}
	return csv.NewReader(bytes.NewReader(data)).ReadAll()
}

var columnName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// read checks the sample, and writes its SELECT: the rows whose hashes, with the seed, are the least.
func (s *Sample) read(q *query, doc *config.Document, failAt func(diag.Problem, ...any)) {
	run, wrong := q.render(s.Of)
	if wrong != nil {
		wrong.Column = 0
		failAt(*wrong, "sample", "of")
	}
	if !columnName.MatchString(s.By) {
		failAt(diag.Problem{Message: "the column by which rows are sampled", Found: diag.Quote(s.By), Expected: "one that tells them apart, such as id"}, "sample", "by")
	}
	if s.Rows < 1 || s.Rows > mostSampled {
		failAt(diag.Problem{Message: "the rows of a sample", Found: fmt.Sprint(s.Rows), Expected: fmt.Sprintf("a number from 1 to %d", mostSampled)}, "sample", "rows")
	}
	hash := map[string]string{
		"clickhouse": "sipHash64(concat(toString(%s), ':%d'))",
		"postgresql": "md5(%s::text || ':%d')",
		"trino":      "xxhash64(to_utf8(cast(%s as varchar) || ':%d'))",
	}[q.driver]
	if hash != "" {
		s.SQL = fmt.Sprintf("SELECT * FROM (\n%s\n) AS sampled ORDER BY "+hash+", %s LIMIT %d", strings.TrimSpace(run.sql), s.By, s.Seed, s.By, s.Rows)
	}
}
