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
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// serve saves one cell again and again under `broadsheet serve`, and prints how long it
// takes from the save to the new page, and the memory that the process holds as saves
// add up. A flat line means that nothing of an old build is kept.
func serve(program, report string, saves int) (err error) {
	command := exec.Command(program, "serve", "-s", report)
	stdout, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	command.Stderr = io.Discard
	started := time.Now()
	if err := command.Start(); err != nil {
		return err
	}
	defer func() {
		stopped := command.Process.Signal(syscall.SIGINT)
		err = errors.Join(err, stopped, command.Wait())
	}()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return fmt.Errorf("serve said nothing: %w", err)
	}
	address, _, _ := strings.Cut(line, " ")
	events, err := listenTo(address)
	if err != nil {
		return err
	}
	if _, err := page(address, events, ""); err != nil {
		return err
	}
	fmt.Printf("\nserve: first page after %d ms\n", time.Since(started).Milliseconds())

	before, err := page(address, nil, "")
	if err != nil {
		return err
	}
	var took []float64
	for i := range saves {
		if err := replaceCell(filepath.Join(report, "data/grants.csv"), "2019194", strconv.Itoa(2019194+1+i)); err != nil {
			return err
		}
		start := time.Now()
		if before, err = page(address, events, before); err != nil {
			return err
		}
		took = append(took, float64(time.Since(start).Milliseconds()))
		if (i+1)%max(1, saves/10) != 0 {
			continue
		}
		slices.Sort(took)
		fmt.Printf("    after %4d saves: save to new page %4.0f ms (median), memory %s\n", i+1, took[len(took)/2], resident(command.Process.Pid))
		took = took[:0]
	}
	return nil
}

// listenTo returns the stream by which serve tells its pages of builds.
func listenTo(address string) (*bufio.Reader, error) {
	response, err := http.Get(address + ".broadsheet/events")
	if err != nil {
		return nil, err
	}
	return bufio.NewReader(response.Body), nil
}

// page waits, at each event, for a front page other than before.
func page(address string, events *bufio.Reader, before string) (string, error) {
	for {
		response, err := http.Get(address)
		if err != nil {
			return "", err
		}
		data, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return "", err
		}
		if response.StatusCode == http.StatusOK && string(data) != before {
			return string(data), nil
		}
		if events == nil {
			return "", fmt.Errorf("the page is answered with %s", response.Status)
		}
		if _, err := events.ReadString('\n'); err != nil {
			return "", err
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
