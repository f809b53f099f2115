package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/extract"
	"broadsheet/generator/record"
	"broadsheet/generator/revision"
	"broadsheet/generator/warehouse"
)

// mostRead is how large a table may be that is read, and of which the rows that changed are told, before it takes its place: that is
// done in memory. A build reads larger ones.
const mostRead = 32 << 20

// extract runs the query of a table. What comes goes to a file: it may be larger than the memory.
func (f *fetching) extract(ctx context.Context, e *extract.Extract) (*Result, *diag.Problem, error) {
	result := &Result{Table: f.Name, File: f.File(), Extracted: e.Record}
	if e.Record != nil {
		result.Record = record.Fetched{Rows: e.Record.Rows, Bytes: int(e.Record.Bytes)}
	}
	was, err := extract.Digest(f.report, f.File())
	exists := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if exists && e.Record != nil && was != e.Record.SHA256 {
		return nil, &diag.Problem{Message: "the file was edited since the query was run", Hint: "correct values in the query, or in a table of your own; to take what the server has, delete the file and fetch again"}, nil
	}
	to, err := os.Create(filepath.Join(f.Aside, f.Name+".csv"))
	if err != nil {
		return nil, nil, err
	}
	answer, problem, err := warehouse.Run(ctx, e, to, warehouse.Options{Env: f.Env, Limits: f.Limits})
	if err = errors.Join(err, to.Close()); err != nil || problem != nil {
		return nil, problem, err
	}
	digest := e.Digest()
	sample := ""
	if answer.Sample != nil {
		sum := sha256.Sum256(answer.Sample)
		sample = hex.EncodeToString(sum[:])
	}
	picked, err := extract.Digest(f.report, extract.SampleFile(f.Name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if exists && e.Record != nil && answer.SHA256 == was && e.Record.Query == digest && (sample == "" || sample == picked && sample == e.Record.Sample) {
		return result, nil, nil
	}
	if e.Record != nil && exists && e.Record.Query == digest && answer.Rows*2 < e.Record.Rows {
		return nil, &diag.Problem{File: e.File, Message: fmt.Sprintf("the result has %s, and the file has %d", diag.Count(answer.Rows, "row"), e.Record.Rows), Hint: "if that is right, delete the file, and fetch again"}, nil
	}
	result.From, result.Sample = to.Name(), answer.Sample
	result.Record = record.Fetched{Rows: answer.Rows, Bytes: int(answer.Bytes), Fetched: f.Now.UTC().Format(time.RFC3339)}
	result.Extracted = &record.Extracted{
		Table: f.Name, Server: e.Connection.Server(), Engine: answer.Engine, Extracted: result.Record.Fetched, Seconds: fmt.Sprintf("%.1f", answer.Took.Seconds()), Query: digest,
		Read: answer.Read, Rows: answer.Rows, Bytes: answer.Bytes, SHA256: answer.SHA256, Sample: sample,
	}
	problem, err = f.revised(ctx, result, to.Name(), exists && answer.SHA256 != was)
	if problem != nil || err != nil {
		return nil, problem, err
	}
	return result, nil, nil
}

// revised reads the result as a build does, and says what changed since, where there is something to compare with.
func (f *fetching) revised(ctx context.Context, result *Result, from string, compare bool) (problem *diag.Problem, err error) {
	if info, err := os.Stat(from); err != nil || info.Size() > mostRead {
		return nil, err
	}
	after, err := os.ReadFile(from)
	if err != nil {
		return nil, err
	}
	now, problem, err := f.read(ctx, after)
	if problem != nil || err != nil {
		return problem, err
	}
	defer func() { err = errors.Join(err, now.close()) }()
	if info, err := fs.Stat(f.report, f.File()); !compare || err != nil || info.Size() > mostRead {
		return nil, nil
	}
	before, err := fs.ReadFile(f.report, f.File())
	if err != nil {
		return nil, err
	}
	was, problem, err := f.read(ctx, before)
	if problem != nil || err != nil {
		return nil, err // it was not a table
	}
	defer func() { err = errors.Join(err, was.close()) }()
	result.Revision, err = revision.Compare(ctx, was.Table, now.Table)
	return nil, err
}
