//go:build linux

// Command survive interrupts builds in every way that it can, and prints what was
// left of the site: killed, told to stop, on a full disk, on a disk whose power goes
// after the build has said that it is done, two at a time, and in other surroundings.
// A site that is neither the old one nor the new one, litter, and a wrong exit code
// are faults, and end the command with 1.
//
//	go run ./audit/survive -program bin/broadsheet -report generator/testdata/report -runs 40
//
// What needs root, which is all that mounts a disk, is left out without it, and said.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

var (
	program = flag.String("program", "bin/broadsheet", "the program")
	source  = flag.String("report", "generator/testdata/report", "the report")
	runs    = flag.Int("runs", 40, "how often each interruption is tried")
	seed    = flag.Int64("seed", 1, "of the moments at which builds are interrupted")
)

func main() {
	flag.Parse()
	s, err := prepare()
	if err == nil {
		defer func() { _ = os.RemoveAll(s.folder) }()
		err = s.all()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "survive:", err)
		os.Exit(3)
	}
	if s.faults > 0 {
		fmt.Printf("%d faults\n", s.faults)
		os.Exit(1)
	}
}

// survival is a report in two states, and the site of each.
type survival struct {
	folder, report string
	sites          [2]string // digest of the site of each state
	took           time.Duration
	random         *rand.Rand
	faults         int
}

// cell is what the two states differ in: a table, and the texts of the cell.
var cell = struct {
	file  string
	texts [2]string
}{"data/years.csv", [2]string{"ada;2018;1200;", "ada;2018;1201;"}}

func prepare() (*survival, error) {
	absolute, err := filepath.Abs(*program)
	if err != nil {
		return nil, err
	}
	*program = absolute
	folder, err := os.MkdirTemp("", "survive-")
	if err != nil {
		return nil, err
	}
	s := &survival{folder: folder, report: filepath.Join(folder, "report"), random: rand.New(rand.NewSource(*seed))}
	if err := os.Mkdir(filepath.Join(folder, "tmp"), 0o755); err != nil {
		return nil, err
	}
	if err := os.CopyFS(s.report, os.DirFS(*source)); err != nil {
		return nil, err
	}
	for _, state := range []int{1, 0} {
		if err := s.set(s.report, state); err != nil {
			return nil, err
		}
		start := time.Now()
		if out, err := s.build(s.report).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w: %s", err, out)
		}
		s.took = time.Since(start)
		if s.sites[state], err = digest(filepath.Join(s.report, "public")); err != nil {
			return nil, err
		}
	}
	if s.sites[0] == s.sites[1] {
		return nil, errors.New("the two states give one site")
	}
	return s, nil
}

// set puts the report into one of the two states.
func (s *survival) set(report string, state int) error {
	name := filepath.Join(report, cell.file)
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	changed := bytes.Replace(text, []byte(cell.texts[1-state]), []byte(cell.texts[state]), 1)
	old := time.Now().Add(-time.Minute) // long at rest, so that the build does not wait
	return errors.Join(os.WriteFile(name, changed, 0o644), os.Chtimes(name, old, old))
}

func (s *survival) build(report string, arguments ...string) *exec.Cmd {
	c := exec.Command(*program, append([]string{"build", "-s", report}, arguments...)...)
	c.Env = append(os.Environ(), "TMPDIR="+filepath.Join(s.folder, "tmp"))
	return c
}

// digest is one value for all names and bytes of a directory; "" where there is none.
func digest(folder string) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, name))
		fmt.Fprintf(h, "%s %d %x\n", name, len(data), sha256.Sum256(data))
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return fmt.Sprintf("%x", h.Sum(nil)), err
}

// litter lists what a build left beside the site and among temporary files.
func (s *survival) litter(report string) []string {
	var names []string
	for _, pattern := range []string{filepath.Join(report, ".*"), filepath.Join(s.folder, "tmp", "*")} {
		found, _ := filepath.Glob(pattern) // the pattern is well-formed
		for _, name := range found {
			if base := filepath.Base(name); base != ".broadsheet" && base != ".gitignore" {
				names = append(names, name)
			}
		}
	}
	return names
}

func (s *survival) fault(format string, arguments ...any) {
	s.faults++
	fmt.Printf("  fault: "+format+"\n", arguments...)
}

func (s *survival) all() error {
	for _, campaign := range []struct {
		name string
		run  func() (string, error)
	}{
		{"kill -9 at random moments", func() (string, error) { return s.interrupt(syscall.SIGKILL) }},
		{"SIGINT at random moments", func() (string, error) { return s.interrupt(syscall.SIGINT) }},
		{"SIGTERM at random moments", func() (string, error) { return s.interrupt(syscall.SIGTERM) }},
		{"SIGHUP at random moments", func() (string, error) { return s.interrupt(syscall.SIGHUP) }},
		{"two builds at once", s.together},
		{"other surroundings", s.surroundings},
		{"a full disk", s.fullDisk},
		{"power loss after success", s.powerLoss},
	} {
		said, err := campaign.run()
		if err != nil {
			return fmt.Errorf("%s: %w", campaign.name, err)
		}
		fmt.Printf("%-28s %s\n", campaign.name, said)
	}
	return nil
}

// interrupt sends a signal at a random moment of a build.
func (s *survival) interrupt(signal syscall.Signal) (string, error) {
	public := filepath.Join(s.report, "public")
	now, err := digest(public)
	if err != nil {
		return "", err
	}
	hit, early, longest := 0, 0, time.Duration(0)
	for i := range *runs {
		state := i % 2
		if err := s.set(s.report, state); err != nil {
			return "", err
		}
		var said bytes.Buffer
		c := s.build(s.report)
		c.Stdout, c.Stderr = &said, &said
		if err := c.Start(); err != nil {
			return "", err
		}
		time.Sleep(time.Duration(s.random.Int63n(int64(s.took * 11 / 10))))
		sent := time.Now()
		_ = c.Process.Signal(signal) // it may have ended
		_ = c.Wait()                 // judged by its exit code
		after, err := digest(public)
		if err != nil {
			return "", err
		}
		code, new := c.ProcessState.ExitCode(), s.sites[state]
		if code != 0 {
			hit++
			longest = max(longest, time.Since(sent))
		}
		switch {
		case after != now && after != new:
			s.fault("the site is neither the old one nor the new one")
		case code == 0 && after != new:
			s.fault("a build that ends well has written nothing")
		case code == -1 && after == now: // by the signal itself, as the program had not begun to listen
			early++
		case signal != syscall.SIGKILL && code != 0 && code != 3:
			s.fault("exit code %d: %s", code, said.String())
		case signal != syscall.SIGKILL && code == 3 && !strings.Contains(said.String(), "stopped"):
			s.fault("it says %q", said.String())
		}
		now = after
		if signal != syscall.SIGKILL {
			if left := s.litter(s.report); len(left) > 0 {
				s.fault("left: %s", strings.Join(left, " "))
			}
		}
	}
	// the next build puts everything right
	if err := s.set(s.report, 1); err != nil {
		return "", err
	}
	if out, err := s.build(s.report).CombinedOutput(); err != nil {
		s.fault("the next build: %v %s", err, out)
	}
	if after, err := digest(public); err != nil || after != s.sites[1] {
		s.fault("the next build gives another site (%v)", err)
	}
	if left := s.litter(s.report); len(left) > 0 {
		s.fault("left after the next build: %s", strings.Join(left, " "))
	}
	return fmt.Sprintf("%d runs, %d interrupted, %d of them by the signal itself, the slowest ended after %v", *runs, hit, early, longest.Round(time.Millisecond)), nil
}

// together runs two builds of two states into one destination.
func (s *survival) together() (string, error) {
	other := filepath.Join(s.folder, "other")
	if err := os.CopyFS(other, os.DirFS(*source)); err != nil {
		return "", err
	}
	if err := errors.Join(s.set(s.report, 0), s.set(other, 1)); err != nil {
		return "", err
	}
	public := filepath.Join(s.folder, "shared")
	for range *runs / 4 {
		one, two := s.build(s.report, "-d", public), s.build(other, "-d", public)
		var said bytes.Buffer
		two.Stderr = &said
		if err := errors.Join(one.Start(), two.Start()); err != nil {
			return "", err
		}
		if err := errors.Join(one.Wait(), two.Wait()); err != nil {
			s.fault("%v %s", err, said.String())
		}
		if now, err := digest(public); err != nil || !slices.Contains(s.sites[:], now) {
			s.fault("the site is of neither report (%v)", err)
		}
	}
	return fmt.Sprintf("%d pairs", *runs/4), os.RemoveAll(other)
}

// surroundings builds the report in other directories, zones, languages, and on
// other numbers of processors.
func (s *survival) surroundings() (string, error) {
	if err := s.set(s.report, 0); err != nil {
		return "", err
	}
	tried := 0
	for _, folder := range []string{"a b'c", "grüße", strings.Repeat("deep/", 40)} {
		for _, env := range [][]string{{"TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8"}, {"TZ=America/St_Johns", "GOMAXPROCS=1"}, {"LANG=C", "GOMAXPROCS=8", "GOGC=10", "HUGO_TITLE=x", "HUGO_PARAMS_DESCRIPTION=x"}} {
			report := filepath.Join(s.folder, "where", folder)
			if err := os.RemoveAll(filepath.Join(s.folder, "where")); err != nil {
				return "", err
			}
			if err := os.CopyFS(report, os.DirFS(*source)); err != nil {
				return "", err
			}
			c := s.build(report, "--no-cache")
			c.Env = append(c.Env, env...)
			if out, err := c.CombinedOutput(); err != nil {
				s.fault("%s %v: %v %s", folder, env, err, out)
			}
			if now, err := digest(filepath.Join(report, "public")); err != nil || now != s.sites[0] {
				s.fault("%s %v: another site (%v)", folder, env, err)
			}
			tried++
		}
	}
	return fmt.Sprintf("%d builds", tried), nil
}

// fullDisk builds on disks that hold less and less of the site.
func (s *survival) fullDisk() (string, error) {
	if os.Geteuid() != 0 {
		return "left out: it needs root", nil
	}
	disk := filepath.Join(s.folder, "disk")
	if err := os.MkdirAll(disk, 0o755); err != nil {
		return "", err
	}
	full, fine := 0, 0
	for _, kilobytes := range []int{500, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 8000, 12000} {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%dk", kilobytes)); err != nil {
			return "", err
		}
		err := func() error {
			report := filepath.Join(disk, "report")
			if err := os.CopyFS(report, os.DirFS(*source)); err != nil {
				return err
			}
			old, err := digest(filepath.Join(report, "public"))
			if err != nil {
				return err
			}
			out, failed := s.build(report).CombinedOutput()
			now, err := digest(filepath.Join(report, "public"))
			switch {
			case err != nil:
				return err
			case failed == nil && now == s.sites[0]:
				fine++
			case failed != nil && now == old:
				full++
				if !strings.Contains(string(out), "no space left") {
					s.fault("%d KB: it says %q", kilobytes, out)
				}
			default:
				s.fault("%d KB: a site that is neither the old one nor the new one", kilobytes)
			}
			if left := s.litter(report); len(left) > 0 {
				s.fault("%d KB: left: %s", kilobytes, strings.Join(left, " "))
			}
			return nil
		}()
		if err := errors.Join(err, syscall.Unmount(disk, 0)); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d disks were too small, %d large enough", full, fine), nil
}

// powerLoss builds on a disk of its own, copies the disk some seconds after the
// build has ended, as if the power had gone then, and looks at what the copy holds.
func (s *survival) powerLoss() (string, error) {
	if os.Geteuid() != 0 {
		return "left out: it needs root", nil
	}
	var seconds []string
	for _, wait := range []time.Duration{0, time.Second, 7 * time.Second} {
		image, copied, disk := filepath.Join(s.folder, "disk.img"), filepath.Join(s.folder, "copy.img"), filepath.Join(s.folder, "disk")
		if err := os.MkdirAll(disk, 0o755); err != nil {
			return "", err
		}
		steps := [][]string{
			{"dd", "if=/dev/zero", "of=" + image, "bs=1M", "count=96", "status=none"}, {"mkfs.ext4", "-q", "-F", image}, {"mount", "-o", "loop", image, disk},
			{"cp", "-r", s.report, disk}, {"sync"},
		}
		for _, step := range steps {
			if out, err := exec.Command(step[0], step[1:]...).CombinedOutput(); err != nil {
				return "", fmt.Errorf("%s: %w %s", step[0], err, out)
			}
		}
		report := filepath.Join(disk, "report")
		err := func() error {
			old, err := digest(filepath.Join(report, "public"))
			if err != nil {
				return err
			}
			state := 0
			if old == s.sites[0] {
				state = 1
			}
			if err := s.set(report, state); err != nil {
				return err
			}
			if out, err := s.build(report, "--no-cache").CombinedOutput(); err != nil {
				return fmt.Errorf("%w %s", err, out)
			}
			time.Sleep(wait)
			// from the device, as the disk holds it, past what the system keeps in memory
			if out, err := exec.Command("dd", "if="+image, "of="+copied, "bs=1M", "iflag=direct", "status=none").CombinedOutput(); err != nil {
				return fmt.Errorf("dd: %w %s", err, out)
			}
			if out, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
				return fmt.Errorf("umount: %w %s", err, out)
			}
			if out, err := exec.Command("mount", "-o", "loop", copied, disk).CombinedOutput(); err != nil {
				return fmt.Errorf("mount: %w %s", err, out)
			}
			now, err := digest(filepath.Join(report, "public"))
			if err != nil {
				return err
			}
			if now != s.sites[state] {
				s.fault("%v after success: the site that was said to be written is not whole", wait)
			}
			if out, err := s.build(report).CombinedOutput(); err != nil {
				s.fault("%v after success: the next build: %v %s", wait, err, out)
			}
			return nil
		}()
		out, unmounted := exec.Command("umount", disk).CombinedOutput()
		if err := errors.Join(err, unmounted); err != nil {
			return "", fmt.Errorf("%w %s", err, out)
		}
		seconds = append(seconds, wait.String())
	}
	return "the power gone " + strings.Join(seconds, ", ") + " after success", nil
}
