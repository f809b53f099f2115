package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError is a wrong use of the program. The hint is one next step.
type usageError struct {
	error
	hint string
}

func misused(hint, format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...), hint}
}

// noArguments is for commands that take flags only.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "flags start with --: " + c.CommandPath() + " --help lists them"
	if c.Flags().Lookup("source") != nil {
		hint = fmt.Sprintf("name the report directory with --source: %s -s %s", c.CommandPath(), args[0])
	}
	return misused(hint, "%s takes no %q", c.Name(), args[0])
}

// oneArgument is for commands that take one; what is it, with an example.
func oneArgument(what, example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return misused(c.CommandPath()+" "+example, "%s takes one %s", c.Name(), what)
	}
}

// unknownCommand is what was written instead of a command.
func unknownCommand(root *cobra.Command, written string) error {
	var names []string
	meant := ""
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
		if slices.Contains(c.SuggestFor, strings.ToLower(written)) {
			meant = c.Name()
		}
	}
	meant = cmp.Or(meant, diag.Closest(written, names))
	hint := "one of " + strings.Join(names, ", ")
	if meant != "" {
		hint = fmt.Sprintf("did you mean %s %s?", root.Name(), meant)
	}
	return misused(hint, "unknown command %q", written)
}

// wrongFlag words what cobra says of flags.
func wrongFlag(c *cobra.Command, err error) error {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && slices.Contains([]string{"version", "v", "V"}, unknown.GetSpecifiedName()):
		written := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			written = written[1:]
		}
		return misused("the version: broadsheet version", "unknown flag %s", written)
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return misused(fmt.Sprintf("the flags of %s are %s", c.CommandPath(), strings.Join(names, ", ")), "unknown flag -%s", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		written := "--" + unknown.GetSpecifiedName()
		hint := diag.Nearest(written, names)
		if hint == "" {
			hint = fmt.Sprintf("the flags of %s are %s", c.CommandPath(), strings.Join(names, ", "))
			if others := commandsWith(c.Root(), unknown.GetSpecifiedName()); len(others) > 0 {
				hint = fmt.Sprintf("it is a flag of %s", strings.Join(others, ", "))
			}
		}
		return misused(hint, "unknown flag %s", written)
	case errors.As(err, &empty):
		f := empty.GetFlag()
		value, usage := pflag.UnquoteUsage(f)
		return misused(fmt.Sprintf("--%s %s: %s", f.Name, value, usage), "--%s has no value", f.Name)
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		expected := map[string]string{"int": "a whole number", "bool": "true or false"}[f.Value.Type()]
		_, usage := pflag.UnquoteUsage(f)
		return misused(usage, "--%s %q, expected %s", f.Name, invalid.GetValue(), expected)
	}
	return misused(c.CommandPath()+" --help lists the flags", "%w", err)
}

// commandsWith lists the commands that have a flag.
func commandsWith(root *cobra.Command, flag string) []string {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden && c.Flags().Lookup(flag) != nil {
			names = append(names, c.Name())
		}
	}
	return names
}

// parseLimits reads the values of --limit.
func parseLimits(settings []string) (limit.Limits, error) {
	limits := limit.Limits{}
	for _, setting := range settings {
		if err := limits.Parse(setting); err != nil {
			name, _, _ := strings.Cut(setting, "=")
			hint := diag.Nearest(name, limit.Names())
			if hint == "" || slices.Contains(limit.Names(), name) {
				hint = fmt.Sprintf("as in --limit %s=500000, once for each limit", limit.Pages)
			}
			if setting == name && slices.Contains(limit.Names(), name) {
				hint = fmt.Sprintf("give it a value: --limit %s=%d", name, 2*limits.Get(limit.Name(name)))
			}
			return nil, misused(hint, "--limit %w", err)
		}
	}
	return limits, nil
}

// notADirectory is a name under which there is no directory.
func notADirectory(flag, name string) error {
	hint := "paths start at the directory where you are"
	switch info, err := os.Stat(name); {
	case err == nil && !info.IsDir():
		hint = fmt.Sprintf("it is a file; its directory is %s", filepath.ToSlash(filepath.Dir(name)))
	case err != nil:
		entries, _ := os.ReadDir(filepath.Dir(name))
		var names []string
		for _, e := range entries {
			if e.IsDir() {
				names = append(names, e.Name())
			}
		}
		if meant := diag.Closest(filepath.Base(name), names); meant != "" {
			hint = diag.DidYouMean(filepath.ToSlash(filepath.Join(filepath.Dir(name), meant)))
		}
	}
	return misused(hint, "%s%q is not a directory", flag, name)
}
