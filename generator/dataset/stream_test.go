package dataset

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// unseekable is a directory whose files are read from their start to their end, once.
type unseekable struct{ fs.FS }

func (u unseekable) Open(name string) (fs.File, error) {
	file, err := u.FS.Open(name)
	if dir, ok := file.(fs.ReadDirFile); ok {
		return dir, err
	}
	return struct{ fs.File }{file}, err
}

// TestALargeFileIsReadInParts holds that it is read as any other: with cells of several lines, numbers that need another type
// once thousands of rows are in the engine, and each problem at its row.
func TestALargeFileIsReadInParts(t *testing.T) {
	var csv bytes.Buffer
	csv.WriteString("\xef\xbb\xbfid,name,exact,rate\r\n")
	for i := range 230_000 {
		switch {
		case i%20_000 == 7:
			fmt.Fprintf(&csv, "%d,\"two\r\nlines, \"\"quoted\"\" %050d\",1.5,0.1\r\n", i, i)
		case i == 190_000: // after the first part of the rows
			fmt.Fprintf(&csv, "%d,far,0.123456789012,123456789012345678901234567890.123456789\r\n", i)
		case i == 200_000:
			fmt.Fprintf(&csv, "%d,\"open,1,1\r\n\r\n%d,,x,2\r\n", i, i+1_000_000)
		default:
			fmt.Fprintf(&csv, "%d,Zürich %0300d,%d.25,0.1\r\n", i, i, i)
		}
	}
	if csv.Len() < streamed {
		t.Fatal("the file is read whole")
	}
	report := one(`"schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}, {"name": "exact", "type": "number"}, {"name": "rate", "type": "number"}]}`, "")
	report["data/t.csv"] = &fstest.MapFile{Data: csv.Bytes()}
	var values, problems, types []string
	for _, of := range []fs.FS{report, unseekable{report}} {
		d, eng, said := load(t, of)
		_, rows, err := eng.Collect(t.Context(), "SELECT count(*), sum(hash(_row, id, name, exact, rate)) FROM t")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := eng.Describe(t.Context(), "t")
		if err != nil {
			t.Fatal(err)
		}
		values, problems, types = append(values, fmt.Sprint(rows, d.Tables[0].Digest(), d.Tables[0].Rows)), append(problems, said), append(types, fmt.Sprint(columns))
	}
	if values[0] != values[1] || problems[0] != problems[1] || types[0] != types[1] {
		t.Errorf("in parts: %s %s %s\nwhole: %s %s %s", values[0], types[0], problems[0], values[1], types[1], problems[1])
	}
	const want = `data/t.csv:200002:2: name (cell B200002): a quotation mark is opened here and never closed
  hint: close it, or write "" for a quotation mark inside a quoted cell
data/t.csv:200003: a blank row
  hint: delete it
data/t.csv:200004:3: exact (cell C200004): found "x", expected a number, such as 0.25
  hint: leave the cell blank, or declare "missingValues": ["", "x"] in data/datapackage.json
`
	if problems[0] != want {
		t.Errorf("got %s, want %s", problems[0], want)
	}
}

// TestKeysThatGrow holds that a value which is there twice is found in any order of a key, and none where values only grow.
func TestKeysThatGrow(t *testing.T) {
	for _, tt := range []struct {
		kind, values string
		twice        bool
	}{
		{"integer", "8 9 10 11", false},
		{"integer", "9 10 10", true},
		{"integer", "9 10 9", true},
		{"integer", "-1 -2 -1", true},
		{"integer", "-2 -1 0 1", false},
		{"integer", "1 NA NA 2", false},
		{"integer", "1 NA 1", true},
		{"integer", "7 007", true},
		{"string", "a b ba c", false},
		{"string", "10 9 10", true},
		{"string", "a B a", true},
	} {
		csv := "k,n\n" + strings.ReplaceAll(tt.values, " ", ",1\n") + ",1\n"
		_, _, said := load(t, one(`"schema": {"uniqueKeys": [["k"]], "missingValues": ["NA"], "fields": [{"name": "k", "type": "`+tt.kind+`"}, {"name": "n", "type": "integer"}]}`, csv))
		if (said != "") != tt.twice {
			t.Errorf("%s %s: %q", tt.kind, tt.values, said)
		}
	}
}

// TestDigestOfValues holds that a table is the same with its rows in another order, and another with one value changed, or moved to
// another column; private columns are not in it.
func TestDigestOfValues(t *testing.T) {
	digest := func(rows string) string {
		d, _, said := load(t, one(`"schema": {"fields": [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}, {"name": "secret", "type": "string", "private": true}, {"name": "c", "type": "string"}]}`, "a,b,secret,c\n"+rows))
		if said != "" {
			t.Fatal(said)
		}
		return d.Tables[0].Digest()
	}
	was := digest("1,x,s,y\n2,,t,z\n")
	for rows, same := range map[string]bool{"2,,t,z\n1,x,s,y\n": true, "1,x,other,y\n2,,t,z\n": true, "1,x,s,y\n3,,t,z\n": false, "1,y,s,x\n2,,t,z\n": false, "1,x,s,y\n2,z,t,\n": false, "1,x,s,y\n": false, "1,x,s,y\n2,,t,z\n2,,t,z\n": false} {
		if (digest(rows) == was) != same {
			t.Errorf("%q: the same %t", rows, !same)
		}
	}
}

// TestADigestOfAnUnknownMethodIsToldOnce holds that of a large file that has to be looked at whole after all, as it is not UTF-8.
func TestADigestOfAnUnknownMethodIsToldOnce(t *testing.T) {
	t.Parallel()
	line := append(bytes.Repeat([]byte("x"), 1<<16), '\n')
	csv := append([]byte("name\n"), bytes.Repeat(line, streamed/len(line)+1)...)
	report := one(`"hash": "crc32:00", "encoding": "utf-8", "schema": {"fields": [{"name": "name", "type": "string"}]}`, "")
	report["data/t.csv"] = &fstest.MapFile{Data: append(csv, "Z\xfcrich\n"...)}
	_, _, said := load(t, report)
	if n := strings.Count(said, "unknown method of a digest"); n != 1 {
		t.Errorf("told %d times:\n%.500s", n, said)
	}
}
