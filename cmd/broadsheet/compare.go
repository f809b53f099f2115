package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"broadsheet/generator"
	"broadsheet/generator/comparison"
	"broadsheet/generator/lock"
	"broadsheet/generator/output"
	"broadsheet/generator/publish"
)

// compared is where diff --html writes.
const compared = "index.html"

// within reports whether a directory is that of a site, or in it.
func within(directory string) bool {
	at, err := filepath.Abs(directory)
	for ; err == nil; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, output.ManifestName)); err == nil {
			return true
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	return false
}

// compare builds the report as it was at a commit, and as it is, and writes a page that shows both. Facts are compared with the
// lock of that commit.
func (t *terminal) compare(ctx context.Context, commit, directory string, flags reportFlags, o generator.Options) (err error) {
	if within(directory) {
		return misused("name another directory, such as changes", "--html %q is in a site, of which a build writes every file", directory)
	}
	past, err := publish.ReportAt(ctx, flags.source, commit)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, past.Close()) }()
	before, err := t.build(ctx, past.Directory, o)
	if err != nil {
		return err
	}
	o.Against = os.DirFS(past.Directory)
	after, err := t.build(ctx, flags.source, o)
	if err != nil {
		return err
	}
	if after.Pages == nil {
		return t.problems(after, flags)
	}
	then := comparison.Side{Name: past.Commit + " of " + past.Day, Pages: before.Pages}
	page, found, err := comparison.Page(then, comparison.Side{Name: "the files as they are", Pages: after.Pages}, story(after))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return misused("name a directory that can be made", "--html %q is not a directory", directory)
	}
	if err := output.Update(ctx, directory, output.File{Name: compared, Data: page}); err != nil {
		return err
	}
	if before.Pages == nil {
		fmt.Fprintf(t.stderr, "the report of %s cannot be built by this program, so the page has no pictures of it: %s\n", past.Commit, before.Problems[0])
	}
	if _, err := fmt.Fprintf(t.stdout, "since %s: %s; %s\nopen %s in a browser\n", then.Name, lock.Tally(after.Changes), found, filepath.Join(directory, compared)); err != nil {
		return err
	}
	if len(after.Problems) > 0 {
		return t.problems(after, flags)
	}
	return nil
}

// story is what diff says of facts.
func story(result *generator.Result) comparison.Story {
	s := comparison.Story{Tally: lock.Tally(result.Changes)}
	if !result.HasLock {
		s.Tally = "there was no lock"
	}
	for _, c := range lock.Causes(result.Changes) {
		s.Causes = append(s.Causes, cause(c))
	}
	list, hidden := lock.Distinct(result.Changes, false)
	for _, e := range list {
		m := comparison.Moved{Fact: e.Fact, Before: e.Old, After: e.New, Why: slices.Concat(facts(e), []string{where(e.Change)}, test(e.Change), rows(e.Change))}
		switch {
		case e.Kind == lock.Renamed:
			m.Before, m.After = e.Was, e.Fact
		case e.Reversal != "":
			m.After += " (" + e.Reversal.Words() + ")"
		case e.Kind != lock.Changed:
			m.After = cmp.Or(m.After, string(e.Kind))
		}
		s.Facts = append(s.Facts, m)
	}
	if hidden > 0 {
		s.Causes = append(s.Causes, unseen(hidden))
	}
	return s
}
