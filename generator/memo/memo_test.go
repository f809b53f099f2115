package memo

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type reply struct {
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
	got, err := Do(m, "answer", key, func() (reply, error) {
		called = true
		return reply{"text", []int64{1, 2}}, nil
	})
	if err != nil || got.Text != "text" || len(got.Rows) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	return called
}

// build asks once, and keeps the answer.
func build(t *testing.T, folder string, inputs ...any) (called bool) {
	t.Helper()
	m := Open(folder)
	defer m.Close()
	return ask(t, m, inputs...)
}

func TestAnAnswerIsComputedOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), ".broadsheet")
	for i, called := range []bool{true, false, false} {
		if build(t, folder, "a", []byte("b")) != called {
			t.Errorf("build %d", i)
		}
	}
	for _, other := range [][]any{{"a", "b"}, {"ab", []byte("")}, {"a", []byte("b"), 1}, {[]string{"a"}, []byte("b")}, {[]byte("b"), "a"}} {
		if !build(t, folder, other...) {
			t.Errorf("%q gives the answer of other inputs", other)
		}
	}
	if ignore, err := os.ReadFile(filepath.Join(folder, ".gitignore")); err != nil || string(ignore) != "*\n" {
		t.Error("the memo would be committed", err)
	}
}

// TestADamagedAnswerIsComputedAnew whatever was done to the file.
func TestADamagedAnswerIsComputedAnew(t *testing.T) {
	for name, damage := range map[string]func(string) string{
		"empty":   func(string) string { return "" },
		"cut":     func(s string) string { return s[:len(s)-10] },
		"cut off": func(s string) string { return heading },
		"edited":  func(s string) string { return strings.Replace(s, "text", "next", 1) },
		"longer":  func(s string) string { return s[:len(s)-1] + "<script>\n" },
		"size":    func(s string) string { return heading + strings.Replace(s[len(heading):], " ", " 9", 1) },
		"minus":   func(s string) string { return heading + strings.Replace(s[len(heading):], " ", " -", 1) },
		"words":   func(s string) string { return heading + "my own words\n" },
	} {
		folder := t.TempDir()
		build(t, folder, "a")
		file := filepath.Join(folder, fileName)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(damage(string(data))), 0o666); err != nil {
			t.Fatal(err)
		}
		if !build(t, folder, "a") {
			t.Errorf("%s: it was believed", name)
		}
		if build(t, folder, "a") {
			t.Errorf("%s: it was not put right", name)
		}
	}
}

// TestAnAnswerOfAnotherQuestion is one under a name that somebody changed.
func TestAnAnswerOfAnotherQuestion(t *testing.T) {
	folder := t.TempDir()
	build(t, folder, "a")
	a, errA := KeyOf("a")
	b, errB := KeyOf("b")
	file := filepath.Join(folder, fileName)
	data, err := os.ReadFile(file)
	if err := errors.Join(err, errA, errB); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(nameOf("answer", a)), []byte(nameOf("answer", b)), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	if !build(t, folder, "b") {
		t.Error("it was believed")
	}
}

func TestSweepForgetsWhatOneBuildDidNotAsk(t *testing.T) {
	folder := t.TempDir()
	build(t, folder, "a")
	build(t, folder, "b")
	m := Open(folder)
	ask(t, m, "b")
	m.Sweep()
	m.Close()
	if build(t, folder, "b") || !build(t, folder, "a") {
		t.Error("it forgot the wrong one")
	}
}

// TestOtherFilesStay as they are, whatever their names.
func TestOtherFilesStay(t *testing.T) {
	for name, text := range map[string]string{"photo.svg": "", "answers.csv": "", fileName: "my own words", "link": ""} {
		folder := t.TempDir()
		file := filepath.Join(folder, name)
		outside := filepath.Join(t.TempDir(), "mine")
		if err := os.WriteFile(outside, []byte(heading), 0o644); err != nil {
			t.Fatal(err)
		}
		put := os.WriteFile(file, []byte(text), 0o644)
		if name == "link" {
			file, text = outside, heading
			put = errors.Join(os.Symlink(outside, filepath.Join(folder, fileName)), os.Symlink(outside, filepath.Join(folder, ".gitignore")))
		}
		if put != nil {
			t.Fatal(put)
		}
		m := Open(folder)
		ask(t, m, "a")
		m.Sweep()
		m.Close()
		if data, err := os.ReadFile(file); err != nil || string(data) != text {
			t.Errorf("%s is %q, %v", name, data, err)
		}
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
	m.Close()
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Error("it wrote to it", err)
	}
}

func TestErrorsAreNotRemembered(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		called := false
		m := Open(folder)
		_, err := Do(m, "answer", Key{}, func() (reply, error) {
			called = true
			return reply{}, errors.New("a failure")
		})
		if m.Close(); err == nil || !called {
			t.Error("it was remembered")
		}
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
	m.Close()
}
