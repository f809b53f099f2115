// Package directory reads a report's directory, and nothing outside it.
//
// A report may come from anybody, so a build opens only regular files below the
// directory: a link that leads out of it, a pipe, a device is a Fault, and never
// followed or waited for.
//
// It may also be edited while it is read. Spreadsheets write in place, so a file
// that was saved a moment ago is read when it has come to rest, and read again
// where it changed meanwhile: no build sees half a file.
package directory

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// Directory is an open report directory. It is an fs.FS whose errors, but for files
// that do not exist, are Faults.
type Directory struct {
	root *os.Root

	mu   sync.Mutex
	seen map[string]state // of each file that was read
}

// state tells one version of a file from another, as git's index does.
type state struct {
	size    int64
	changed time.Time
}

func stateOf(info fs.FileInfo) state { return state{info.Size(), info.ModTime()} }

// Open opens the directory.
func Open(name string) (*Directory, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Directory{root: root, seen: map[string]state{}}, nil
}

// Close closes it.
func (d *Directory) Close() error { return d.root.Close() }

// Fault is a file of the report that cannot be read.
type Fault struct {
	Name    string // slash path in the report
	Message string
	Hint    string
	Err     error // what the system said; may be nil
}

func (f *Fault) Error() string { return f.Name + ": " + f.Message }

// Unwrap is what the system said.
func (f *Fault) Unwrap() error { return f.Err }

// Problem is the fault as an editor's problem.
func (f *Fault) Problem() diag.Problem {
	return diag.Problem{File: f.Name, Message: f.Message, Hint: f.Hint}
}

// fault puts an error of the system in the words of a Fault.
func fault(name string, err error) error {
	var known *Fault
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.As(err, &known) {
		return err
	}
	f := &Fault{Name: name, Message: "the file cannot be read", Err: err}
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		f.Hint = "its permissions keep the program from reading it"
	case errors.Is(err, syscall.EISDIR):
		f.Message = "found a directory, expected a file"
	case errors.Is(err, syscall.ELOOP):
		f.Message = "a link that leads in a cycle"
	case errors.As(err, &at):
		f.Message += ": " + at.Err.Error()
	}
	return f
}

// Open opens a regular file or a directory. Who reads a file from there may see it change meanwhile, and Changed then lists it.
func (d *Directory) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	// a pipe without a writer would wait for ever
	file, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fault(name, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = irregular(name, info.Mode())
	}
	if err != nil {
		return nil, fault(name, errors.Join(err, file.Close()))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, before := d.seen[name]; !before && info.Mode().IsRegular() {
		d.seen[name] = stateOf(info)
	}
	return file, nil
}

func irregular(name string, mode fs.FileMode) error {
	what := "a device"
	switch {
	case mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	}
	return &Fault{Name: name, Message: "found " + what + ", expected a file"}
}

// rest is how long a file must be left alone before it is read, and attempts how
// often it is looked at before the build gives up on it.
const (
	rest     = 40 * time.Millisecond
	attempts = 50
)

// ReadFile reads one version of the file, whole.
func (d *Directory) ReadFile(name string) ([]byte, error) {
	for range attempts {
		data, whole, err := d.readOnce(name)
		if err != nil {
			return nil, err
		}
		if whole {
			return data, nil
		}
		time.Sleep(rest)
	}
	return nil, &Fault{Name: name, Message: "the file is still being written", Hint: "wait until it is saved, and build again"}
}

func (d *Directory) readOnce(name string) (data []byte, whole bool, err error) {
	opened, err := d.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer func() { err = fault(name, errors.Join(err, opened.Close())) }()
	before, err := opened.Stat()
	if err != nil || before.IsDir() {
		return nil, false, cmp.Or(err, error(syscall.EISDIR))
	}
	// a time in the future says nothing of when the file was saved
	if age := time.Since(before.ModTime()); age >= 0 && age < rest {
		return nil, false, nil
	}
	data = make([]byte, before.Size())
	n, err := io.ReadFull(opened, data)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	after, err := opened.Stat()
	if err != nil || stateOf(before) != stateOf(after) || int64(n) != after.Size() {
		return nil, false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen[name] = stateOf(after)
	return data, true, nil
}

// Changed lists the files that are no longer as they were read, and forgets what was
// read: the next build reads all of it anew.
func (d *Directory) Changed() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for name, then := range d.seen {
		if info, err := d.root.Stat(name); err != nil || stateOf(info) != then {
			names = append(names, name)
		}
	}
	clear(d.seen)
	slices.Sort(names)
	return names
}

// ReadDir lists a directory, sorted, without temporary files.
func (d *Directory) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(d.root.FS(), name)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return Temporary(e.Name()) })
	return entries, fault(name, err)
}

// Temporary reports whether a name is of a file that programs make while they are at
// work, and that is not part of the report: the lock files of LibreOffice
// (.~lock.grants.csv#) and Excel (~$grants.csv), backups and swap files of editors,
// downloads that are not yet whole.
func Temporary(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.") || strings.HasSuffix(name, "~") || name == ".DS_Store" ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || strings.HasPrefix(name, ".#") ||
		slices.Contains([]string{".tmp", ".swp", ".swx", ".part", ".crdownload"}, strings.ToLower(path.Ext(name)))
}

// Stat follows links that stay inside.
func (d *Directory) Stat(name string) (fs.FileInfo, error) {
	info, err := d.root.Stat(name)
	return info, fault(name, err)
}

// Lstat does not follow links.
func (d *Directory) Lstat(name string) (fs.FileInfo, error) {
	info, err := d.root.Lstat(name)
	return info, fault(name, err)
}

// ReadLink is where a link leads; with Lstat it makes an fs.ReadLinkFS.
func (d *Directory) ReadLink(name string) (string, error) { return d.root.Readlink(name) }

// Parts are what a build reads of a report.
var Parts = []string{"archetypes", "assets", "content", "data", "hugo.toml", "i18n", "layouts", "static"}

// Check adds a problem for each file of the report that no build may read: links out
// of it, what is not a file, and files beyond the limit.
func Check(report fs.FS, limits limit.Limits, problems *diag.List) {
	for _, part := range Parts {
		if info, err := fs.Lstat(report, part); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			add(problems, part, checkLink(report, part))
			continue
		}
		_ = fs.WalkDir(report, part, func(name string, entry fs.DirEntry, err error) error { // every error is a problem
			if err == nil {
				err = checkEntry(report, name, entry, limits, problems)
			}
			add(problems, name, err)
			return nil
		})
	}
}

func add(problems *diag.List, name string, err error) {
	if err == nil || errors.Is(err, fs.ErrNotExist) { // such as a temporary file of an editor
		return
	}
	var f *Fault
	if !errors.As(err, &f) {
		f = &Fault{Name: name, Message: "the file cannot be read: " + err.Error()}
	}
	problems.Add(f.Problem())
}

func checkEntry(report fs.FS, name string, entry fs.DirEntry, limits limit.Limits, problems *diag.List) error {
	switch mode := entry.Type(); {
	case mode&fs.ModeSymlink != 0:
		return checkLink(report, name)
	case mode.IsDir():
		return nil
	case !mode.IsRegular():
		return irregular(name, mode)
	}
	info, err := entry.Info()
	if err != nil {
		return fault(name, err)
	}
	if size := info.Size(); size > limits.Bytes(limit.FileSize) {
		p := limits.Exceeded(limit.FileSize, "a file of "+diag.Count(int(size/1_000_000), "megabyte"))
		p.File = name
		problems.Add(p)
	}
	return nil
}

// checkLink refuses a link that leads out of the report, nowhere, or to a directory:
// the latter could hold itself.
func checkLink(report fs.FS, name string) error {
	info, err := fs.Stat(report, name)
	hint := "put a copy of the file in its place"
	switch {
	case errors.Is(err, fs.ErrNotExist): // without what the system said, which would make it no fault
		return &Fault{Name: name, Message: "a link to a file that does not exist", Hint: "delete it"}
	case err != nil:
		return &Fault{Name: name, Message: "a link that leads out of the report", Hint: hint}
	case info.IsDir():
		return &Fault{Name: name, Message: "a link to a directory", Hint: "put a copy of the directory " + path.Base(name) + " in its place"}
	case !info.Mode().IsRegular():
		return irregular(name, info.Mode())
	}
	return nil
}
