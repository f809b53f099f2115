package dataset

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"broadsheet/generator/memo"
	"broadsheet/generator/tabular"
)

// streamed is the size from which a file is read a part at a time, and never held whole.
const streamed = 64 << 20

// part is how much of it is read at a time.
const part = 4 << 20

// stream opens a large file that is plain CSV in UTF-8; nil for one that has to be looked at whole.
func (t *loading) stream(ctx context.Context, report fs.FS, at adder) (_ *scanner, err error) {
	if !tabular.IsPlain(t.Path) || t.Encoding != "" && !strings.EqualFold(t.Encoding, "utf-8") || len(t.Dialect.Widths) > 0 {
		return nil, nil
	}
	info, err := fs.Stat(report, t.File())
	if err != nil || info.Size() < streamed {
		return nil, nil // what is wrong is said where it is read
	}
	file, err := report.Open(t.File())
	if err != nil {
		return nil, err
	}
	again, ok := file.(io.ReadSeeker)
	if !ok {
		return nil, file.Close()
	}
	if info, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	sum, plain, err := t.survey(ctx, again, info, at)
	if err == nil {
		_, err = again.Seek(0, io.SeekStart)
	}
	if err != nil || !plain {
		return nil, errors.Join(err, file.Close())
	}
	t.Bytes = int(info.Size())
	if t.Fetch != nil {
		t.SHA256 = hex.EncodeToString(sum)
	}
	if t.Key, err = memo.KeyOf(t.Key, sum); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	in := bufio.NewReaderSize(again, 1<<16)
	if start, _ := in.Peek(len(bomUTF8)); bytes.Equal(start, bomUTF8) { // else the next read says why
		_, err = in.Discard(len(bomUTF8))
	}
	s := t.Dialect.scanner(nil)
	s.rest, s.part, s.kept = in, part, true
	s.close = func() error { return errors.Join(unchanged(file, info), file.Close()) }
	return s, err
}

// unchanged is an error if a file was written since. The build reads it again then (package directory).
func unchanged(file fs.File, then fs.FileInfo) error {
	now, err := file.Stat()
	if err == nil && (now.Size() != then.Size() || !now.ModTime().Equal(then.ModTime())) {
		err = errors.New("the file changed while it was read")
	}
	return err
}

// survey reads a file once: its digest, and whether it is what a CSV file mostly is, so that nobody has to look at it whole.
func (t *loading) survey(ctx context.Context, file io.Reader, info fs.FileInfo, at adder) (sum []byte, plain bool, err error) {
	digest, declared := sha256.New(), t.digest()
	var read []byte // and not yet looked at: the start of a line
	for end := false; !end; {
		if ctx.Err() != nil {
			return nil, false, context.Cause(ctx)
		}
		start := len(read)
		read = slices.Grow(read, part)
		n, err := io.ReadFull(file, read[start:start+part])
		if end = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !end {
			return nil, false, err
		}
		read = read[:start+n]
		digest.Write(read[start:]) // a hash takes all
		if declared != nil {
			declared.Write(read[start:])
		}
		lines := read
		if !end {
			lines = read[:bytes.LastIndexAny(read, "\r\n")+1]
		}
		if len(lines) == 0 && !end || bytes.ContainsAny(lines[:min(1, len(lines))], "{[") || GuessEncoding(lines) != "" || len(lines) > 0 && Disguised(lines) != nil {
			return nil, false, nil
		}
		read = read[:copy(read, read[len(lines):])]
	}
	t.checkDigest(int(info.Size()), declared, at)
	return digest.Sum(nil), true, nil
}
