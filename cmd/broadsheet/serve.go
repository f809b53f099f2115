package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/preview"

	"github.com/spf13/cobra"
)

// firstPort is where a preview is looked for, and lastPort the last one tried where
// others are taken.
const (
	firstPort = 1717
	lastPort  = firstPort + 99
)

func serveCommand(t *terminal) *cobra.Command {
	var flags reportFlags
	var port int
	var open bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the report in a browser while it is edited",
		Long: `Serve builds the report in memory, shows it at an address of this machine, and
builds again whenever a file of the report is saved: the page in the browser
follows. Where something is wrong, the last good page stays, with a list of the
problems over it. Facts that differ from the lock are marked.

Nothing is written to public/. Stop it with Ctrl-C.`,
		Example:    "  broadsheet serve\n  broadsheet serve -s mine",
		SuggestFor: []string{"preview", "server", "watch", "dev"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			listener, err := listen(port)
			if err != nil {
				return err
			}
			collectAt(100) // this process stays, and another build's memory with it
			return t.serve(c.Context(), listener, flags, o, open)
		},
	}
	flags.add(c)
	c.Flags().IntVar(&port, "port", 0, fmt.Sprintf("`PORT` of the address, instead of the first free one from %d", firstPort))
	c.Flags().BoolVar(&open, "open", false, "open the browser")
	return c
}

// listen takes a port of this machine.
func listen(port int) (net.Listener, error) {
	at := func(port int) (net.Listener, error) {
		return net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	}
	if port < 0 || port > 65535 {
		return nil, misused("leave it out, and a free one is taken", "--port %d, expected a number from 1 to 65535", port)
	}
	if port > 0 {
		listener, err := at(port)
		if err != nil {
			return nil, misused("leave --port out, and a free one is taken", "port %d is taken", port)
		}
		return listener, nil
	}
	for port := firstPort; port <= lastPort; port++ {
		if listener, err := at(port); err == nil {
			return listener, nil
		}
	}
	return at(0)
}

func (t *terminal) serve(ctx context.Context, listener net.Listener, flags reportFlags, o generator.Options, open bool) error {
	address := "http://" + listener.Addr().String() + "/"
	first, noted := true, ""
	server := preview.New(flags.source, func(ctx context.Context) (*generator.Result, error) {
		return generator.BuildDirectory(ctx, flags.source, o)
	}, func(round preview.Round) {
		t.rebuilt(round, flags)
		if r := round.Result; r != nil && r.Pages != nil && fmt.Sprint(r.Notes) != noted {
			noted = fmt.Sprint(r.Notes)
			t.notes(r)
		}
		if first && open {
			if err := browse(ctx, address); err != nil {
				fmt.Fprintf(t.stderr, "no browser could be opened: %v\n", err)
			}
		}
		first = false
	})
	site := &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	served := make(chan error, 1)
	go func() { served <- site.Serve(listener) }()
	fmt.Fprintf(t.stdout, "%s shows %s; stop it with Ctrl-C\n", address, flags.source)
	err := server.Run(ctx)
	closed := site.Close()
	if failed := <-served; !errors.Is(failed, http.ErrServerClosed) {
		err = errors.Join(err, failed)
	}
	if err == nil && ctx.Err() != nil {
		return nil // Ctrl-C is how it ends
	}
	return errors.Join(err, closed)
}

// rebuilt says what came of a build.
func (t *terminal) rebuilt(round preview.Round, flags reportFlags) {
	at := round.Took.Round(time.Millisecond)
	switch {
	case round.Err != nil:
		fmt.Fprintf(t.stderr, "broadsheet: %v\n", round.Err)
	case round.Result.Pages == nil:
		_ = t.problems(round.Result, flags) // problems do not end it
	default:
		fmt.Fprintf(t.stderr, "built %s in %s\n", diag.Count(summarize(round.Result).pages, "page"), at)
		_ = t.changed(round.Result)
	}
}

// browse opens an address in the browser of the desktop.
func browse(ctx context.Context, address string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	return exec.CommandContext(ctx, command[0], append(command[1:], address)...).Start()
}
