//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	ossignal "os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// program is this test binary as the program; see TestMain.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "broadsheet")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

// smallReport is the report of build.txtar.
func smallReport(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/build.txtar")
	if err != nil {
		t.Fatal(err)
	}
	report := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(report, f.Name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, f.Data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return report
}

func names(t *testing.T, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// TestStopped: whenever a signal comes, the program says that it was stopped, blames
// nobody, and leaves public/ and all beside it as it was. If it comes too late, the
// build is done.
func TestStopped(t *testing.T) {
	t.Parallel()
	broadsheet, report := program(t), smallReport(t)
	build := func(flags ...string) *exec.Cmd {
		return exec.Command(broadsheet, append([]string{"build", "-s", report, "--no-cache"}, flags...)...)
	}
	start := time.Now()
	if out, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(start)
	site := filepath.Join(report, "public", "index.html")
	before, err := os.ReadFile(site)
	if err != nil {
		t.Fatal(err)
	}
	beside := names(t, report)
	// one that the tests were started to ignore, as by nohup, the program ignores too
	signals := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, ossignal.Ignored)
	stopped := map[os.Signal]int{}
	for try := 0; try < 60 && len(stopped) < len(signals); try++ { // on a busy machine many come too early or too late
		signal := signals[try%len(signals)]
		c := build()
		var stdout, stderr bytes.Buffer
		c.Stdout, c.Stderr = &stdout, &stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took/4 + time.Duration(rand.Int64N(int64(took))))
		_ = c.Process.Signal(signal)
		sent := time.Now()
		_ = c.Wait()
		if time.Since(sent) > 10*time.Second {
			t.Errorf("%v: it went on for %v", signal, time.Since(sent))
		}
		switch code := c.ProcessState.ExitCode(); {
		case code == internal && stderr.String() == "broadsheet: stopped; nothing was written\n" && stdout.Len() == 0:
			stopped[signal]++
		case code == fine && stderr.Len() == 0: // too late
		case code == -1 && stdout.Len()+stderr.Len() == 0: // too early: the program had not yet begun
		default:
			t.Errorf("%v: exit code %d, %q", signal, code, stderr.String())
		}
		if after, err := os.ReadFile(site); err != nil || !bytes.Equal(before, after) {
			t.Fatalf("%v: the site changed, %v", signal, err)
		}
		if now := names(t, report); !slices.Equal(now, beside) {
			t.Fatalf("%v: %v became %v", signal, beside, now)
		}
	}
	if len(stopped) < len(signals) {
		t.Errorf("heard only %v", stopped)
	}
}

// TestNohup: a signal that the program was started to ignore does not stop it.
func TestNohup(t *testing.T) {
	t.Parallel()
	report := smallReport(t)
	c := exec.Command("sh", "-c", `trap "" HUP; echo; exec "$0" build -s "$1"`, program(t), report)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	stdout, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	_, _ = stdout.Read(make([]byte, 1)) // from here on it is ignored
	ended := make(chan struct{})
	go func() {
		for {
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Millisecond):
				_ = c.Process.Signal(syscall.SIGHUP)
			}
		}
	}()
	said, _ := io.ReadAll(stdout)
	err = c.Wait()
	close(ended)
	if err != nil || !strings.HasPrefix(string(said), filepath.Join(report, "public")) {
		t.Errorf("%v, %s%s", err, said, stderr.String())
	}
}
