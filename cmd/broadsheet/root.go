package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"broadsheet/generator/output"
	"broadsheet/generator/publish"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	fine     = 0
	faulty   = 1 // problems in the report
	wrongUse = 2 // wrong use of the program
	internal = 3 // a bug in Broadsheet, or a failure of the machine
)

// errProblems says that the report has problems, and that they were shown.
var errProblems = errors.New("the report has problems")

// run is the program: arguments in, an exit code out.
func run(args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(stderr, "broadsheet: this is a bug in broadsheet: %v\n%s", v, debug.Stack())
			code = internal
		}
	}()
	// where Go itself gives up, as without memory, the program ends by a signal; Go's own
	// exit code for that is 2, which would mean wrong use
	debug.SetTraceback("crash")
	collectAt(200)
	ctx, end := untilStopped()
	defer end()

	terminal := newTerminal(stdout, stderr)
	stderr = terminal.stderr
	root, err := commands(terminal)
	if err == nil {
		root.SetArgs(args)
		err = root.ExecuteContext(ctx)
	}
	var wrong usageError
	var refused *output.Refused
	var unpublished *publish.Refused
	switch {
	case err == nil:
		return fine
	case errors.Is(err, errProblems):
		return faulty
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "broadsheet: %v\n  hint: %s\n", err, oneLine(wrong.hint))
		return wrongUse
	case errors.As(err, &refused):
		fmt.Fprintf(stderr, "broadsheet: %s\n  hint: %s\n", oneLine(refused.Message), oneLine(refused.Hint))
		return wrongUse
	case errors.As(err, &unpublished):
		fmt.Fprintf(stderr, "broadsheet: %s\n  hint: %s\n", oneLine(unpublished.Message), oneLine(unpublished.Hint))
		if unpublished.Outside {
			return internal
		}
		return wrongUse
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "broadsheet: stopped; nothing was written")
		return internal
	}
	fmt.Fprintf(stderr, "broadsheet: %v\n", err)
	return internal
}

// commands is the program's command line.
func commands(t *terminal) (*cobra.Command, error) {
	root := &cobra.Command{
		Use:   "broadsheet COMMAND",
		Short: "From CSV to a report you can defend",
		Long: `Broadsheet reads the CSV files of a data report, checks them, computes its
aggregates in SQL, draws its charts, builds its pages, and writes a
self-contained static site.`,
		Example:       "  broadsheet new mine --from people.csv\n  broadsheet serve -s mine\n  broadsheet build -s mine",
		SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(c, args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetOut(t.stdout)
	root.SetErr(t.stderr)
	root.SetUsageTemplate(usage)
	root.SetFlagErrorFunc(wrongFlag)
	help := helpCommand()
	root.SetHelpCommand(help)
	group(root, toWrite, "Write a report:", newCommand(t), fetchCommand(t), serveCommand(t), buildCommand(t), checkCommand(t), traceCommand(t))
	group(root, toPublish, "Publish it:", diffCommand(t), acceptCommand(t), publishCommand(t), verifyCommand(t))
	group(root, toSetUp, "Set up:", schemaCommand(t), completionCommand(t), versionCommand(t), help)
	root.AddCommand(manCommand())
	cobra.EnableCommandSorting = false
	return root, completeFlags(root)
}
