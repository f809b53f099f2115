package dataset

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
)

// Rows yields the rows of CSV text as Load reads them, with the numbers that a
// spreadsheet shows. The cells are valid until the next row; a blank line has none.
func Rows(text []byte, delimiter byte) iter.Seq2[int, [][]byte] {
	return func(yield func(int, [][]byte) bool) {
		s := scanner{text: text, delimiter: delimiter, quote: '"'}
		for s.next() {
			if !yield(s.row, s.cells) {
				return
			}
		}
	}
}

// scanner cuts CSV text into rows.
//
// It is our own, and not encoding/csv, for three reasons: rows carry the number
// that a spreadsheet shows, also after blank rows and cells of several lines; a
// quotation mark that is never closed costs one row and not the rest of the
// file; and line ends may be LF, CRLF or CR. What it accepts it reads as RFC
// 4180 says; a test compares it with encoding/csv.
//
// Of a file that is read a part at a time, text is that part: where a row is not whole in
// it, more is read, and the row cut anew.
type scanner struct {
	text      []byte
	rest      io.Reader // what follows text; nil where that is all
	part      int       // how much of it is read at a time
	kept      bool      // what was read stays in text, as the header may be looked at again
	short     bool      // the row last cut goes to the end of text, or looked for more
	delimiter byte
	quote     byte   // 0 for none
	comment   string // starts a line that is none of the table; "" for none
	comments  []int  // rows that are none of the table
	trims     bool   // takes off spaces before cells
	at        int    // offset of the next row
	row       int    // number of the row last read; the header is row 1
	skipped   int    // rows before it that are none of the table

	cells   [][]byte // of that row, without quotation marks; valid until the next call
	scratch []byte   // holds cells that had doubled quotation marks

	failed   error        // of rest
	close    func() error // gives rest back; nil where nothing is to be
	unclosed int          // column, from 1, of a quotation mark that is not closed; 0 if none
	blank    bool
}

// next reads a row and reports whether there was one. Where a quotation mark is
// opened and not properly closed, unclosed is set, the cells are incomplete,
// and reading goes on at the next line.
func (s *scanner) next() bool {
	for {
		at, row := s.at, s.row
		s.short = false
		ok := s.cut()
		if s.rest == nil || !s.short && s.at < len(s.text) {
			return ok
		}
		s.at, s.row = at, row
		s.fill()
	}
}

// fill reads more. After an error there is nothing more, and failed says so.
func (s *scanner) fill() {
	if !s.kept {
		s.text, s.at = s.text[:copy(s.text, s.text[s.at:])], 0
	}
	s.text = slices.Grow(s.text, max(s.part, len(s.text))) // a row of any length takes few steps
	n, err := io.ReadFull(s.rest, s.text[len(s.text):cap(s.text)])
	s.text = s.text[:len(s.text)+n]
	if err != nil {
		s.rest = nil
		if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			s.failed = err
		}
	}
}

// cut is next within text.
func (s *scanner) cut() bool {
	for s.skipped = 0; s.isComment(); s.skipped++ {
		s.at = s.lineAfter(s.at)
		s.row++
	}
	if s.at >= len(s.text) {
		return false
	}
	s.row++
	s.cells, s.scratch = s.cells[:0], s.scratch[:0]
	s.unclosed, s.blank = 0, false
	start := s.at
	if end := s.lineEnd(s.at); end > s.at {
		s.blank = true
		s.at = end
		return true
	}
	for {
		for s.trims && s.at < len(s.text) && s.text[s.at] == ' ' {
			s.at++
		}
		if s.quote != 0 && s.at < len(s.text) && s.text[s.at] == s.quote {
			if !s.quoted() {
				s.unclosed = len(s.cells) + 1
				s.at = s.lineAfter(start)
				return true
			}
		} else {
			s.plain()
		}
		if s.at < len(s.text) && s.text[s.at] == s.delimiter {
			s.at++
			continue
		}
		s.at = max(s.at, s.lineEnd(s.at))
		return true
	}
}

// isComment reports whether the next line is none of the table.
func (s *scanner) isComment() bool {
	if s.comment == "" && s.comments == nil || s.at >= len(s.text) {
		return false
	}
	return s.comment != "" && bytes.HasPrefix(s.text[s.at:], []byte(s.comment)) || slices.Contains(s.comments, s.row+1)
}

// plain reads a cell that does not start with a quotation mark. One inside is
// text, as spreadsheets take it: 5" pipe.
func (s *scanner) plain() {
	text := s.text[s.at:]
	n := 0
	for n < len(text) && text[n] != s.delimiter && text[n] != '\n' && text[n] != '\r' {
		n++
	}
	s.cells = append(s.cells, text[:n:n])
	s.at += n
}

// quoted reads a cell in quotation marks. It fails where the closing one is
// missing, or is followed by more text.
func (s *scanner) quoted() bool {
	from := s.at + 1
	doubled := false
	for {
		i := bytes.IndexByte(s.text[from:], s.quote)
		if i < 0 {
			s.short = true
			return false
		}
		from += i + 1
		if from < len(s.text) && s.text[from] == s.quote {
			doubled = true
			from++
			continue
		}
		break
	}
	cell := s.text[s.at+1 : from-1]
	s.at = from
	if from < len(s.text) && s.text[from] != s.delimiter && s.text[from] != '\n' && s.text[from] != '\r' {
		return false
	}
	if doubled {
		start := len(s.scratch)
		for i := 0; i < len(cell); i++ {
			s.scratch = append(s.scratch, cell[i])
			if cell[i] == s.quote {
				i++
			}
		}
		cell = s.scratch[start:len(s.scratch):len(s.scratch)]
	}
	s.cells = append(s.cells, cell)
	return true
}

// lineEnd is the offset behind a line end at offset i, or 0.
func (s *scanner) lineEnd(i int) int {
	switch {
	case i >= len(s.text):
		return 0
	case s.text[i] == '\n':
		return i + 1
	case s.text[i] != '\r':
		return 0
	case i+1 < len(s.text) && s.text[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

// lineAfter is the offset of the line after the one that offset i is in.
func (s *scanner) lineAfter(i int) int {
	for ; i < len(s.text); i++ {
		if end := s.lineEnd(i); end > 0 {
			return end
		}
	}
	return i
}
