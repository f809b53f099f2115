package memo

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// The file begins with a heading. Each answer has a line before it, and a line end after it:
//
//	page-0123456789abcdef0123456789abcdef 1234 9f86d081…
const (
	fileName = "answers"
	heading  = "broadsheet memo\n"
)

func digest(name string, data []byte) string {
	h := sha256.New()
	fmt.Fprintln(h, name)
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// read reads the answers of a file, as far as they are whole. A file of somebody else, and what is not a regular file, is not
// ok: a pipe would never end.
func read(path string) (answers map[string]answer, whole, ok bool) {
	answers = map[string]answer{}
	info, err := os.Lstat(path)
	if err != nil {
		return answers, true, true
	}
	if !info.Mode().IsRegular() {
		return nil, false, false
	}
	data, err := os.ReadFile(path)
	rest, ours := bytes.CutPrefix(data, []byte(heading))
	if err != nil || !ours && len(data) > 0 { // an empty one a killed build may have left
		return nil, false, false
	}
	for len(rest) > 0 {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		parts := bytes.Split(line, []byte(" "))
		if len(parts) != 3 {
			return answers, false, true
		}
		size, err := strconv.Atoi(string(parts[1]))
		if err != nil || size < 0 || size >= len(after) || after[size] != '\n' {
			return answers, false, true
		}
		answers[string(parts[0])] = answer{digest: string(parts[2]), data: after[:size:size]}
		rest = after[size+1:]
	}
	return answers, true, true
}

// Close keeps the answers for the next build. A directory that cannot be written costs only time.
func (m *Memo) Close() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.changed || os.MkdirAll(m.folder, 0o777) != nil {
		return
	}
	// the memo is for one machine
	if ignore, err := os.OpenFile(filepath.Join(m.folder, ".gitignore"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); err == nil {
		_, _ = ignore.WriteString("*\n")
		_ = ignore.Close()
	}
	// over the old one: what another build reads meanwhile, or a killed one leaves, has wrong digests
	file, err := openOurs(filepath.Join(m.folder, fileName))
	if err != nil {
		return
	}
	size, err := m.write(file)
	if err != nil {
		size = 0
	}
	_ = file.Truncate(size)
	_ = file.Close()
	m.changed = err != nil
}

// write returns how many bytes it wrote.
func (m *Memo) write(file io.Writer) (size int64, err error) {
	to := bufio.NewWriterSize(file, 1<<20)
	write := func(text string) {
		n, _ := to.WriteString(text) // Flush returns the error
		size += int64(n)
	}
	write(heading)
	for _, name := range slices.Sorted(maps.Keys(m.answers)) {
		a := m.answers[name]
		write(fmt.Sprintf("%s %d %s\n", name, len(a.data), a.digest))
		n, _ := to.Write(a.data)
		size += int64(n)
		write("\n")
	}
	return size, to.Flush()
}

// openOurs opens a file to write, and follows no link.
func openOurs(path string) (*os.File, error) {
	before, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	}
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	if now, err := file.Stat(); err != nil || !os.SameFile(before, now) {
		return nil, errors.Join(err, file.Close(), fs.ErrInvalid)
	}
	return file, nil
}
