package main

import (
	"os"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/record"

	"github.com/spf13/cobra"
)

// completeFact completes the address of a fact from the lock, which is there at once
// where a build would take its time: first NAME.COLUMN, then the keys.
func completeFact(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	source, _ := c.Flags().GetString("source")
	var unread diag.List
	lock, err := record.ReadLock(os.DirFS(source), &unread)
	if err != nil || lock == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var found []cobra.Completion
	directive := cobra.ShellCompDirectiveNoFileComp
	for _, f := range lock.Facts {
		if !strings.HasPrefix(f.Fact, begun) {
			continue
		}
		column, _, keyed := strings.Cut(f.Fact, "[")
		switch {
		case keyed && !strings.Contains(begun, "["):
			directive |= cobra.ShellCompDirectiveNoSpace
			if !slices.Contains(found, column+"[") {
				found = append(found, column+"[")
			}
		default:
			found = append(found, cobra.CompletionWithDesc(f.Fact, oneLine(f.Said())))
		}
	}
	return found, directive
}

func completeDirectory(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeFlags says what may follow the flags of all commands.
func completeFlags(root *cobra.Command) error {
	csv := cobra.FixedCompletions([]cobra.Completion{"csv"}, cobra.ShellCompDirectiveFilterFileExt)
	var limits []cobra.Completion
	for _, name := range limit.Names() {
		limits = append(limits, name+"=")
	}
	values := map[string]cobra.CompletionFunc{
		"source":      completeDirectory,
		"destination": completeDirectory,
		"from":        csv,
		"add":         csv,
		"format":      cobra.FixedCompletions([]cobra.Completion{"text", "markdown"}, cobra.ShellCompDirectiveNoFileComp),
		"limit":       cobra.FixedCompletions(limits, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace),
	}
	for _, c := range root.Commands() {
		for flag, complete := range values {
			if c.Flags().Lookup(flag) == nil {
				continue
			}
			if err := c.RegisterFlagCompletionFunc(flag, complete); err != nil {
				return err
			}
		}
		if c.ValidArgsFunction == nil && c.ValidArgs == nil {
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
	}
	return nil
}
