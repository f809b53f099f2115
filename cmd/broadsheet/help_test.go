package main

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Each command says what it does and shows how it is called, and each example is run
// by a session of testdata.
func TestEachExampleIsRun(t *testing.T) {
	session, err := os.ReadFile("testdata/examples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root, err := commands(newTerminal(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c.Hidden {
			continue
		}
		if c.Short == "" || c.Example == "" {
			t.Errorf("%s has no description or no example", c.CommandPath())
		}
		for example := range strings.Lines(c.Example) {
			line := strings.TrimSpace(example)
			command, _, _ := strings.Cut(line, " > ") // testscript has no redirection
			if !strings.Contains(string(session), "exec "+command+"\n") && !strings.Contains(string(session), "exec "+command+" &") {
				t.Errorf("%s: testdata/examples.txtar does not run %q", c.CommandPath(), line)
			}
		}
	}
}
