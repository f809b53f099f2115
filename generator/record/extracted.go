package record

import (
	"errors"
	"io/fs"

	"broadsheet/generator/diag"

	"github.com/gocarina/gocsv"
)

// ExtractedFile says which query gave each table that was extracted, where and when. Only `fetch` writes it; it is committed with the
// tables. A build holds queries and tables to it.
const ExtractedFile = "data/extracts.lock.csv"

// Extracted is one table that a query gave.
type Extracted struct {
	Table     string `csv:"table"`
	Server    string `csv:"server"` // as postgresql://db.example.org:5432/grants
	Engine    string `csv:"engine"` // as PostgreSQL 15.8
	Extracted string `csv:"extracted"`
	Seconds   string `csv:"seconds"`        // that the query took
	Query     string `csv:"query"`          // its digest, with that of the server
	Read      *int   `csv:"read,omitempty"` // rows that the query read; nil where nobody counted
	Rows      int    `csv:"rows"`
	Bytes     int64  `csv:"bytes"`
	SHA256    string `csv:"sha256"`
	Sample    string `csv:"sample"` // the digest of the sample; "" for none
}

// ReadExtracted reads them. A report may have none.
func ReadExtracted(report fs.FS, problems *diag.List) (list []Extracted, err error) {
	text, err := fs.ReadFile(report, ExtractedFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rows, wrong := readRows[Extracted](ExtractedFile, text)
	if wrong == nil && unmarshal(rows, &list) != nil {
		wrong = &diag.Problem{File: ExtractedFile, Message: "the file cannot be read"}
	}
	if wrong != nil {
		wrong.Hint = "delete it, and fetch again"
		problems.Add(*wrong)
		return nil, nil
	}
	return list, nil
}

// WriteExtracted writes the file.
func WriteExtracted(list []Extracted) ([]byte, error) { return gocsv.MarshalBytes(list) }
