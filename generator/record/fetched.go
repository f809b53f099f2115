package record

import (
	"errors"
	"io/fs"

	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// FetchedFile says when and from where each file was fetched. Only `fetch` writes it; it is committed, so that its history is that
// of what publishers changed.
const FetchedFile = "data/fetched.lock.csv"

// Fetched is one file that was fetched.
type Fetched struct {
	Table    string `csv:"table"`
	URL      string `csv:"url"`     // as the data package has it, with the names of secrets
	Fetched  string `csv:"fetched"` // as 2018-02-01T09:30:00Z
	Bytes    int    `csv:"bytes"`
	Rows     int    `csv:"rows"`
	SHA256   string `csv:"sha256"`
	ETag     string `csv:"etag"`     // as the server said
	Modified string `csv:"modified"` // likewise
}

// ReadFetched reads them. A report may have none.
func ReadFetched(report fs.FS, problems *diag.List) ([]Fetched, error) {
	text, err := fs.ReadFile(report, FetchedFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Fetched
	rows, wrong := readRows[Fetched](FetchedFile, text)
	if wrong == nil && unmarshal(rows, &list) != nil {
		wrong = &diag.Problem{File: FetchedFile, Message: "the file cannot be read"}
	}
	if wrong != nil {
		wrong.Hint = "delete it, and fetch again"
		problems.Add(*wrong)
	}
	return list, nil
}

// WriteFetched writes the file.
func WriteFetched(list []Fetched) ([]byte, error) { return gocsv.MarshalBytes(list) }
