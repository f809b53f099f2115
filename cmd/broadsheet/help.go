package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// The groups of commands, as help lists them.
const (
	toWrite   = "write"
	toPublish = "publish"
	toSetUp   = "set up"
)

// usage is the help of a command behind what it does, for a terminal of 80 characters.
const usage = `Usage:
  {{.UseLine}}
{{- if .HasAvailableSubCommands}}{{$all := .Commands}}
{{- range $group := .Groups}}

{{.Title}}
{{- range $all}}{{if and .IsAvailableCommand (eq .GroupID $group.ID)}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- end}}
{{- if .HasExample}}

Examples:
{{.Example}}
{{- end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{- end}}
{{- if .HasAvailableSubCommands}}

"{{.CommandPath}} help COMMAND" says more of a command.
{{- end}}
`

// group adds commands under a heading.
func group(root *cobra.Command, id, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: id, Title: title})
	for _, c := range commands {
		c.GroupID = id
	}
	root.AddCommand(commands...)
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Say what a command does, with examples",
		Example: "  broadsheet help\n  broadsheet help build",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var names []cobra.Completion
			for _, other := range c.Root().Commands() {
				if len(args) == 0 && !other.Hidden {
					names = append(names, cobra.CompletionWithDesc(other.Name(), other.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Root().Help()
			}
			for _, other := range c.Root().Commands() {
				if other.Name() == args[0] {
					other.InitDefaultHelpFlag()
					return other.Help()
				}
			}
			return unknownCommand(c.Root(), args[0])
		},
	}
}

// manCommand writes the manual pages that a release brings. Their text is the one that help shows.
func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "man DIR",
		Short:  "Write the manual pages into a directory",
		Hidden: true,
		Args:   oneArgument("directory", "man"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return misused("name another directory", "%q cannot be made a directory", args[0])
			}
			c.Root().DisableAutoGenTag = true
			for _, page := range append([]*cobra.Command{c.Root()}, c.Root().Commands()...) {
				if page.Hidden {
					continue
				}
				var text bytes.Buffer
				// without a day, so that a page is the same each time; cobra would write today's
				if err := doc.GenMan(page, &doc.GenManHeader{Date: &time.Time{}, Source: "Broadsheet", Manual: "Broadsheet"}, &text); err != nil {
					return err
				}
				name := strings.ReplaceAll(page.CommandPath(), " ", "-") + ".1"
				if err := os.WriteFile(filepath.Join(args[0], name), bytes.Replace(text.Bytes(), []byte("Jan 0001"), nil, 1), 0o644); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// completionCommand takes the place of cobra's, whose commands below it do not word
// wrong use as we do.
func completionCommand(t *terminal) *cobra.Command {
	write := map[string]func(*cobra.Command) error{
		"bash":       func(root *cobra.Command) error { return root.GenBashCompletionV2(t.stdout, true) },
		"zsh":        func(root *cobra.Command) error { return root.GenZshCompletion(t.stdout) },
		"fish":       func(root *cobra.Command) error { return root.GenFishCompletion(t.stdout, true) },
		"powershell": func(root *cobra.Command) error { return root.GenPowerShellCompletionWithDesc(t.stdout) },
	}
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the script by which a shell completes commands",
		Long: `Completion prints a script for bash, zsh, fish or powershell. With it the Tab key
completes commands, flags, and the addresses of facts for trace. To have it in
each new shell:

  bash        broadsheet completion bash > ~/.local/share/bash-completion/completions/broadsheet
  zsh         broadsheet completion zsh > "${fpath[1]}/_broadsheet"
  fish        broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish
  powershell  broadsheet completion powershell >> $PROFILE

In bash this needs the package bash-completion.`,
		Example:   "  broadsheet completion bash > broadsheet.bash",
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || write[args[0]] == nil {
				return misused("broadsheet completion bash", "completion takes one of %s", strings.Join(shells, ", "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return write[args[0]](c.Root()) },
	}
}
