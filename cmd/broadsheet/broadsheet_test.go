package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	_ = os.Setenv("BROADSHEET_TEST_TOKEN", fetchToken) // for all, as tests run side by side
	testscript.Main(m, map[string]func(){"broadsheet": main})
}

// TestScripts runs the program as users type it: each file of testdata is a
// session at a terminal.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			// git without the configuration and the hooks of this machine
			e.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			e.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}
