//go:build unix

package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestMain is also a process of its own, which tests kill.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "write" {
		os.Exit(writer(os.Args[2], os.Args[3]))
	}
	os.Exit(m.Run())
}

// sized is a site of some weight, of which a third differs for each text.
func sized(text string) map[string][]byte {
	s := page(text)
	for i := range 60 {
		if i%3 == 0 {
			s[fmt.Sprintf("p/%d/index.html", i)] = []byte(text)
		} else {
			s[fmt.Sprintf("p/%d/%s.html", i, "same")] = []byte("same")
		}
	}
	return s
}

// writer is the process that tests kill: it writes two sites in turn, for ever, or
// one site once.
func writer(report, public string) int {
	if os.Getenv("ONCE") != "" {
		err := Write(context.Background(), report, public, page("new"), "")
		var refused *Refused
		if errors.As(err, &refused) {
			fmt.Println(err)
			return 2
		}
		return 0
	}
	for i := 0; ; i++ {
		if err := Write(context.Background(), report, public, sized([]string{"one", "two"}[i%2]), ""); err != nil {
			fmt.Println(err)
			return 3
		}
		_, _ = os.Stdout.WriteString(".")
	}
}

// TestKilledWhileItWrites: a site is one of the two, wherever kill -9 hits, and the
// next build leaves nothing of the killed one.
func TestKilledWhileItWrites(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, inPlace := range []bool{false, true} {
		t.Run(fmt.Sprint("in place ", inPlace), func(t *testing.T) {
			t.Parallel()
			report := reportIn(t)
			public := filepath.Join(report, "public")
			if inPlace {
				put(t, public, "CNAME", "example.org\n")
			}
			whole := func(text string) map[string]string {
				all := map[string]string{}
				for name, data := range sized(text) {
					all[name] = string(data)
				}
				if inPlace {
					all["CNAME"] = "example.org\n"
				}
				return all
			}
			for range 8 {
				process := exec.Command(program, "write", report, public)
				out, err := process.StdoutPipe()
				if err == nil {
					err = process.Start()
				}
				if err != nil {
					t.Fatal(err)
				}
				_, _ = out.Read(make([]byte, 1)) // it has written one
				time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
				_ = process.Process.Kill()
				if err := process.Wait(); process.ProcessState.Exited() {
					t.Fatal("it ended by itself", err)
				}
				if got := files(t, public); !inPlace && !maps.Equal(got, whole("one")) && !maps.Equal(got, whole("two")) {
					t.Fatalf("neither of the two sites: %v", got)
				}
				if err := Check(t.Context(), report, public); err != nil {
					t.Fatal(err)
				}
				mustWrite(t, report, public, sized("two"))
				if got := files(t, public); !maps.Equal(got, whole("two")) {
					t.Fatalf("not the site of the next build: %v", got)
				}
				if got := list(t, report); len(got) != 5 {
					t.Fatalf("left beside it: %v", got)
				}
			}
		})
	}
}

// TestASiteOfSomebodyElse is refused before a file is touched; a directory of one's
// own is written, though the one above it may not be.
func TestASiteOfSomebodyElse(t *testing.T) {
	t.Parallel()
	report := reportIn(t)
	for _, name := range []string{"public", "deep", "above/public"} {
		mustWrite(t, report, filepath.Join(report, name), page("one", "a/b.html"))
	}
	modes := map[string]os.FileMode{"public": 0o555, "deep/a": 0o555, "above": 0o555}
	program, credential := ordinary(t, report)
	for name, mode := range modes {
		if err := os.Chmod(filepath.Join(report, name), mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(filepath.Join(report, name), 0o755) })
	}
	for name, want := range map[string]string{
		"public": filepath.Join(report, "public") + " cannot be written: permission denied\n",
		"deep":   filepath.Join(report, "deep/a") + " cannot be written: permission denied\n", "above/public": "",
	} {
		process := exec.Command(program, "write", report, filepath.Join(report, name))
		process.Env = append(os.Environ(), "ONCE=1")
		process.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
		out, err := process.Output()
		if string(out) != want || (err == nil) != (want == "") {
			t.Errorf("%s: %q, %v", name, out, err)
		}
		if text := files(t, filepath.Join(report, name))["index.html"]; (text == "new") != (want == "") {
			t.Errorf("%s holds %q", name, text)
		}
	}
	if got := list(t, report); !slices.Equal(got, []string{".git", "above", "content", "data", "deep", "public", "static"}) {
		t.Errorf("left beside it: %v", got)
	}
}

// ordinary is this program as a user whom permissions stop: root is none.
func ordinary(t *testing.T, report string) (program string, credential *syscall.Credential) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		return program, nil
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(t.TempDir(), "program")
	if err := os.Chmod(filepath.Dir(filepath.Dir(program)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	const nobody = 65534
	if err := filepath.WalkDir(report, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(path, nobody, nobody))
	}); err != nil {
		t.Fatal(err)
	}
	return program, &syscall.Credential{Uid: nobody, Gid: nobody}
}
