package tabular

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// fromParquet has the engine write the file as CSV. It reads and writes beside the report, in files that nobody else sees.
func fromParquet(ctx context.Context, e *engine.Engine, data []byte) (text []byte, problems []diag.Problem, err error) {
	directory, err := os.MkdirTemp("", "broadsheet-parquet-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
	from, to := filepath.Join(directory, "table.parquet"), filepath.Join(directory, "table.csv")
	if err := os.WriteFile(from, data, 0o600); err != nil {
		return nil, nil, err
	}
	err = e.Exec(ctx, "COPY (SELECT * FROM read_parquet("+engine.Text(from)+")) TO "+engine.Text(to)+" (FORMAT csv, HEADER, DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S')")
	var said *engine.Error
	if errors.As(err, &said) {
		return nil, []diag.Problem{{Message: "the file is no Parquet file, or not all of one", Hint: "download or export it again"}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	text, err = os.ReadFile(to)
	return text, nil, err
}
