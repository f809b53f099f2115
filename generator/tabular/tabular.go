// Package tabular reads tables that are not CSV files: sheets of workbooks (.xlsx, .ods), JSON, Parquet, and all of them compressed. It
// writes them as CSV text, by which everything else about tables is said once, in package dataset.
//
// Row n of that text is row n of the sheet, or the object n-1 of the JSON below a header of its keys, so problems name
// what an editor sees. A value is written as its own type says, whatever the sheet shows of it: a number with the digits
// that a spreadsheet keeps (15), a day as 2018-01-24, a percentage with its sign, true and false; a formula by the value
// that was computed last. Merged cells all have the value of the first.
//
// Nothing of a file is executed or looked up elsewhere, and one that unpacks to more than it may is refused.
//
//	tabular.go   which files, and compression
//	sheet.go     what all workbooks have: sheets, hidden rows and columns, merged cells, formulas
//	workbook.go  .xlsx
//	ods.go       .ods
//	json.go      .json and .jsonl
//	parquet.go   .parquet, by the engine
package tabular

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"io"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/engine"
)

// Part says what of a file is the table, in the words of the Table Dialect (https://datapackage.org/standard/table-dialect).
type Part struct {
	SheetName   string
	SheetNumber int    // from 1
	Property    string // of JSON, that which holds the rows: results, or data.rows
	Most        int64  // bytes that a file may unpack to
}

// Extensions are the ends of the names of files that are read, without those of compressed ones.
var Extensions = []string{".csv", ".dat", ".json", ".jsonl", ".ods", ".parquet", ".txt", ".xlsx"}

// texts are those of lines of text, with a delimiter or columns of fixed width.
var texts = []string{".csv", ".dat", ".txt"}

// Compressions are the ends of the names of compressed ones.
var Compressions = []string{".gz", ".zip"}

// Extension is the end of a file's name that says what it is: .csv, also of grants.csv.gz; "" where it is none of Extensions.
func Extension(name string) string {
	for _, end := range Compressions {
		name = strings.TrimSuffix(name, end)
	}
	if ext := path.Ext(name); slices.Contains(Extensions, ext) {
		return ext
	}
	return ""
}

// IsText reports whether a file of that name is lines of text, compressed or not.
func IsText(name string) bool { return slices.Contains(texts, Extension(name)) }

// IsPlain reports whether a file of that name is lines of text as it is.
func IsPlain(name string) bool { return slices.Contains(texts, path.Ext(name)) }

// IsWorkbook reports whether a file of that name has sheets.
func IsWorkbook(name string) bool { return Extension(name) == ".xlsx" || Extension(name) == ".ods" }

// CSV is the table as CSV text, and the sheet of a workbook on which it is. What an editor can fix is a problem, at a row and column
// of the file.
func CSV(ctx context.Context, e *engine.Engine, name string, data []byte, part Part) (csv []byte, sheet string, problems []diag.Problem, err error) {
	data, problem := unpack(name, data, part.Most)
	if problem != nil {
		return nil, "", []diag.Problem{*problem}, nil
	}
	var rows [][]string
	switch Extension(name) {
	case ".xlsx", ".ods":
		rows, sheet, problems = fromSheet(ctx, Extension(name), data, part)
		for i := range problems {
			problems[i].Sheet = sheet
		}
		return text(rows), sheet, problems, ctx.Err()
	case ".json":
		rows, problem = fromJSON(data, part.Property)
	case ".jsonl":
		rows, problem = fromLines(data)
	case ".parquet":
		csv, problems, err = fromParquet(ctx, e, data)
		return csv, "", problems, err
	default:
		return data, "", nil, nil
	}
	if problem != nil {
		return nil, "", []diag.Problem{*problem}, nil
	}
	return text(rows), "", nil, nil
}

// text writes rows as CSV, each as one, also one without a value.
func text(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range rows {
		if !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }) {
			w.Flush()
			b.WriteString(strings.Repeat(",", max(0, len(row)-1)) + "\n")
			continue
		}
		_ = w.Write(row) // a buffer takes all
	}
	w.Flush()
	return b.Bytes()
}

// unpack is what a compressed file holds.
func unpack(name string, data []byte, most int64) ([]byte, *diag.Problem) {
	var from io.Reader
	switch path.Ext(name) {
	case ".gz":
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, &diag.Problem{Message: "the file is not compressed by gzip", Hint: "take .gz off its name, or compress it again"}
		}
		from = z
	case ".zip":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return nil, &diag.Problem{Message: "the file is not a zip archive, or not all of one", Hint: "download or compress it again"}
		}
		files := slices.DeleteFunc(slices.Clone(z.File), func(f *zip.File) bool {
			return f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") || strings.HasPrefix(path.Base(f.Name), ".")
		})
		if len(files) != 1 {
			return nil, &diag.Problem{Message: "an archive of " + diag.Count(len(files), "file"), Expected: "one", Hint: "unpack it, and put each table in data/"}
		}
		file, err := files[0].Open()
		if err != nil {
			return nil, &diag.Problem{Message: "the archive cannot be read", Hint: "it may have a password: unpack it, and put the table in data/"}
		}
		defer file.Close()
		from = file
	default:
		return data, nil
	}
	unpacked, err := io.ReadAll(io.LimitReader(from, most+1))
	if err != nil {
		return nil, &diag.Problem{Message: "the compressed file ends too soon, or is damaged", Hint: "download or compress it again"}
	}
	if int64(len(unpacked)) > most {
		return nil, tooLarge(most)
	}
	return unpacked, nil
}

func tooLarge(most int64) *diag.Problem {
	return &diag.Problem{Message: "the file unpacks to more than " + diag.Count(int(most/1_000_000), "megabyte"), Hint: "leave out rows that no number needs, or raise the limit: --limit file-size=MEGABYTES"}
}
