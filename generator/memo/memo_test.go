package memo

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type answer struct {
	Text string
	Rows []int64
}

// ask counts how often a function has to be called for a list of inputs.
func ask(t *testing.T, m *Memo, inputs ...any) (called bool) {
	t.Helper()
	key, err := KeyOf(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Do(m, "answer", key, func() (answer, error) {
		called = true
		return answer{"text", []int64{1, 2}}, nil
	})
	if err != nil || got.Text != "text" || len(got.Rows) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	return called
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(folder, "answer-*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAnAnswerIsComputedOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), ".broadsheet")
	for i, called := range []bool{true, false, false} {
		if ask(t, Open(folder), "a", []byte("b")) != called {
			t.Errorf("build %d", i)
		}
	}
	for _, other := range [][]any{{"a", "b"}, {"ab", []byte("")}, {"a", []byte("b"), 1}, {[]string{"a"}, []byte("b")}, {[]byte("b"), "a"}} {
		if !ask(t, Open(folder), other...) {
			t.Errorf("%q gives the answer of other inputs", other)
		}
	}
	if ignore, err := os.ReadFile(filepath.Join(folder, ".gitignore")); err != nil || string(ignore) != "*\n" {
		t.Error("the memo would be committed", err)
	}
}

// TestADamagedAnswerIsComputedAnew whatever was done to its file.
func TestADamagedAnswerIsComputedAnew(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"empty":    func([]byte) []byte { return nil },
		"cut":      func(b []byte) []byte { return b[:len(b)/2] },
		"edited":   func(b []byte) []byte { b[len(b)-5] ^= 1; return b },
		"longer":   func(b []byte) []byte { return append(b, "<script>"...) },
		"no first": func(b []byte) []byte { _, rest, _ := bytes.Cut(b, []byte("\n")); return rest },
	} {
		folder := t.TempDir()
		ask(t, Open(folder), "a")
		file := files(t, folder)[0]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(data), 0o666); err != nil {
			t.Fatal(err)
		}
		if !ask(t, Open(folder), "a") {
			t.Errorf("%s: it was believed", name)
		}
		if ask(t, Open(folder), "a") {
			t.Errorf("%s: it was not put right", name)
		}
	}
}

// TestAnAnswerOfAnotherQuestion is one under a name that somebody changed.
func TestAnAnswerOfAnotherQuestion(t *testing.T) {
	folder := t.TempDir()
	ask(t, Open(folder), "a")
	a := files(t, folder)[0]
	key, err := KeyOf("b")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(a, filepath.Join(folder, "answer-"+hex.EncodeToString(key[:]))); err != nil {
		t.Fatal(err)
	}
	if !ask(t, Open(folder), "b") {
		t.Error("it was believed")
	}
}

func TestSweepForgetsWhatOneBuildDidNotAsk(t *testing.T) {
	folder := t.TempDir()
	ask(t, Open(folder), "a")
	ask(t, Open(folder), "b")
	m := Open(folder)
	ask(t, m, "b")
	m.Sweep()
	if ask(t, Open(folder), "b") || !ask(t, Open(folder), "a") {
		t.Error("it forgot the wrong one")
	}
}

// TestOnlyAnswersAreRemoved and what killed builds left of them, whatever the names
// of other files.
func TestOnlyAnswersAreRemoved(t *testing.T) {
	folder := t.TempDir()
	name := "answer-" + strings.Repeat("0123abcd", 4)
	mine := map[string]string{"photo.svg": "", name + ".svg": "", name: "my own words", "x" + name[1:] + ".bak": headingOf("x", nil) + "\n"}
	left := map[string]string{"b" + name[1:]: headingOf("b"+name[1:], []byte("old")) + "\nold", name + ".1234567": headingOf(name, []byte("half")) + "\nha", name + ".99": ""}
	for _, files := range []map[string]string{mine, left} {
		for file, text := range files {
			if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	outside := filepath.Join(t.TempDir(), "none")
	if err := os.Symlink(outside, filepath.Join(folder, ".gitignore")); err != nil {
		t.Fatal(err)
	}
	m := Open(folder)
	ask(t, m, "a")
	m.Sweep()
	for file := range mine {
		if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
			t.Error(err)
		}
	}
	for file := range left {
		if _, err := os.Stat(filepath.Join(folder, file)); err == nil {
			t.Errorf("%s is still there", file)
		}
	}
	if _, err := os.Lstat(outside); err == nil {
		t.Error("a link was written through")
	}
}

// TestALinkIsNoMemo because what it leads to is somebody else's.
func TestALinkIsNoMemo(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(t.TempDir(), ".broadsheet")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	m := Open(link)
	for range 2 {
		if !ask(t, m, "a") {
			t.Error("it remembers")
		}
	}
	m.Sweep()
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Error("it wrote to it", err)
	}
}

func TestErrorsAreNotRemembered(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		called := false
		_, err := Do(Open(folder), "answer", Key{}, func() (answer, error) {
			called = true
			return answer{}, errors.New("a failure")
		})
		if err == nil || !called {
			t.Error("it was remembered")
		}
	}
	if len(files(t, folder)) > 0 {
		t.Error("it was stored")
	}
}

// TestAnAnswerThatCannotBeKept costs only time.
func TestAnAnswerThatCannotBeKept(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	m := Open(filepath.Join(blocked, ".broadsheet"))
	if !ask(t, m, "a") || m.Made() != 1 {
		t.Error("not computed")
	}
}
