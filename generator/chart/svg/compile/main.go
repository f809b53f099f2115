// Command compile turns the bundled drawing program into bytecode, so that a
// build does not spend its first 300 ms on parsing JavaScript.
//
// The file starts with the SHA-256 of the bundle, which is part of each drawn
// chart's cache key.
package main

import (
	"crypto/sha256"
	"fmt"
	"os"

	"modernc.org/quickjs"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	bundle, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return err
	}
	bytecode, err := vm.Compile(string(bundle), quickjs.EvalGlobal)
	if err != nil {
		return err
	}
	if err := vm.Close(); err != nil {
		return err
	}
	sum := sha256.Sum256(bundle)
	return os.WriteFile(to, append(sum[:], bytecode...), 0o644)
}
