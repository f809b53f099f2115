package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// preview is a running `broadsheet serve`.
type preview struct {
	command *exec.Cmd
	address string
	events  *bufio.Reader
	front   string // the front page, as it was last
}

// startPreview returns once there is a front page.
func startPreview(program, report string, arguments ...string) (p *preview, err error) {
	p = &preview{command: exec.Command(program, append([]string{"serve", "-s", report}, arguments...)...)}
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("serve said nothing: %w", err), p.stop())
	}
	p.address, _, _ = strings.Cut(line, " ")
	if p.events, err = listenTo(p.address); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	if err := p.wait(); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

func (p *preview) stop() error {
	return errors.Join(p.command.Process.Signal(syscall.SIGINT), p.command.Wait())
}

// save makes an edit, and returns how many ms later the front page was another.
func (p *preview) save(edit func() error) (float64, error) {
	if err := edit(); err != nil {
		return 0, err
	}
	start := time.Now()
	err := p.wait()
	return float64(time.Since(start).Microseconds()) / 1000, err
}

// serve saves one cell again and again under `broadsheet serve`, and prints how long it
// takes from the save to the new page, and the memory that the process holds as saves
// add up. A flat line means that nothing of an old build is kept.
func serve(program, report string, saves int) (err error) {
	started := time.Now()
	p, err := startPreview(program, report)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	fmt.Printf("\nserve: first page after %d ms\n", time.Since(started).Milliseconds())
	var took []float64
	for i := range saves {
		ms, err := p.save(func() error {
			return replaceCell(filepath.Join(report, "data/grants.csv"), "2019194", strconv.Itoa(2019194+1+i))
		})
		if err != nil {
			return err
		}
		took = append(took, ms)
		if (i+1)%max(1, saves/10) != 0 {
			continue
		}
		fmt.Printf("    after %4d saves: save to new page %4.0f ms (median), memory %s\n", i+1, median(took), resident(p.command.Process.Pid))
		took = took[:0]
	}
	return nil
}

// saved is the median of some saves, in seconds.
func saved(program, report string, edit func(i int) error, saves int) (seconds float64, err error) {
	p, err := startPreview(program, report, unlimited...)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	var took []float64
	for i := range saves {
		ms, err := p.save(func() error { return edit(i) })
		if err != nil {
			return 0, err
		}
		took = append(took, ms/1000)
	}
	return median(took), nil
}

// listenTo returns the stream by which serve tells its pages of builds.
func listenTo(address string) (*bufio.Reader, error) {
	response, err := http.Get(address + ".broadsheet/events")
	if err != nil {
		return nil, err
	}
	return bufio.NewReader(response.Body), nil
}

// wait waits, at each event, for a front page other than the last.
func (p *preview) wait() error {
	for {
		response, err := http.Get(p.address)
		if err != nil {
			return err
		}
		data, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		if response.StatusCode == http.StatusOK && string(data) != p.front {
			p.front = string(data)
			return nil
		}
		if _, err := p.events.ReadString('\n'); err != nil {
			return err
		}
	}
}

// resident is the memory of a process, where the system says it.
func resident(pid int) string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown here"
	}
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kb), " kB"))
			if err == nil {
				return fmt.Sprintf("%d MB", n/1024)
			}
		}
	}
	return "unknown here"
}
