// Command broadsheet turns CSV files into a data-journalism report.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
