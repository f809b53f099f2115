package main

import (
	"context"
	"errors"
	"fmt"

	"broadsheet/generator"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
	"broadsheet/generator/lock"
	"broadsheet/generator/publish"
	"broadsheet/generator/site"

	"github.com/spf13/cobra"
)

func publishCommand(t *terminal) *cobra.Command {
	flags := reportFlags{writes: true}
	var noPush bool
	o := publish.Options{}
	c := &cobra.Command{
		Use:   "publish",
		Short: "Commit the pages to a branch, and push it",
		Long: `Publish builds the report as "build --locked" does, and commits the pages to a
branch of the repository that holds the report: one commit, whose message lists
the facts that changed since the last one. Then it pushes the branch. It touches
neither your files nor your branch. A CNAME on the branch stays, and so does every
edition: a dated copy of the site, to be cited.`,
		Example:    "  broadsheet publish --dry-run\n  broadsheet publish --no-push\n  broadsheet publish --edition 2018-01 --no-push",
		SuggestFor: []string{"deploy", "push"},
		Args:       noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			build, err := flags.options()
			if err != nil {
				return err
			}
			build.For = generator.ToPublishLocked
			o.Report = flags.source
			if o.Remote == "" {
				return misused("to commit and push nothing, use --no-push", "--remote is empty")
			}
			if noPush {
				o.Remote = ""
			}
			return t.publish(c.Context(), build, o, flags)
		},
	}
	flags.add(c)
	c.Flags().StringVar(&flags.baseURL, "base-url", "", "`URL` where the site will be, e.g. https://example.org/letters/, in place of the baseURL of hugo.toml")
	c.Flags().StringVar(&o.Branch, "branch", "gh-pages", "`BRANCH` to commit to")
	c.Flags().StringVar(&o.Remote, "remote", "origin", "`REMOTE` to push to")
	c.Flags().BoolVar(&noPush, "no-push", false, "commit, and push nothing")
	c.Flags().StringVar(&o.Edition, "edition", "", "also keep a copy that is never rewritten, under /editions/`NAME`/, e.g. 2018-01")
	c.Flags().BoolVar(&o.DryRun, "dry-run", false, "say what would be committed and pushed, and change nothing")
	return c
}

// publish builds a report and publishes it. What prevents it is said before a
// build that may take long.
func (t *terminal) publish(ctx context.Context, build generator.Options, o publish.Options, flags reportFlags) (err error) {
	branch, err := publish.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, branch.Close()) }()
	result, err := t.build(ctx, flags.source, build)
	if err != nil {
		return err
	}
	if result.Pages == nil {
		return t.problems(result, flags)
	}
	content := publish.Content{Pages: result.Pages, Facts: result.Accepted.Facts, Edition: result.Pages}
	if o.Edition != "" && result.BaseURL != "" { // its pages name their own address
		build.BaseURL = result.BaseURL + "editions/" + o.Edition + "/"
		edition, err := t.build(ctx, flags.source, build)
		if err != nil {
			return err
		}
		if edition.Pages == nil {
			return t.problems(edition, flags)
		}
		content.Edition = edition.Pages
	}
	p, err := branch.Publish(ctx, content)
	if err != nil {
		return err
	}
	t.heavy(p.Sizes, build.Limits)
	if flags.json {
		return t.printJSON(map[string]any{
			"problems": []diag.Problem{}, "branch": o.Branch, "remote": o.Remote, "commit": p.Commit, "pushed": p.Pushed, "dry_run": o.DryRun,
			"files": len(p.Sizes), "written": p.Written, "removed": p.Removed, "changes": append([]lock.Change{}, p.Changes...),
		})
	}
	return t.published(p, o)
}

// published says what a publication did.
func (t *terminal) published(p *publish.Published, o publish.Options) error {
	committed, pushed := "committed", "pushed to "+o.Remote
	if o.DryRun {
		committed, pushed = "would commit", "would push to "+o.Remote
	}
	switch {
	case p.Commit == "" && p.Pushed:
		_, err := fmt.Fprintf(t.stdout, "%s: nothing to commit; %s\n", o.Branch, pushed)
		return err
	case p.Commit == "":
		_, err := fmt.Fprintf(t.stdout, "%s: nothing to do, it holds these pages already\n", o.Branch)
		return err
	case !p.Pushed:
		pushed = "not pushed"
	}
	if _, err := fmt.Fprintf(t.stdout, "%s: %s %s, %d new or changed, %d removed; %s\n", o.Branch, committed, diag.Count(len(p.Sizes), "file"), p.Written, p.Removed, pushed); err != nil {
		return err
	}
	if p.First {
		return nil
	}
	if _, err := fmt.Fprintf(t.stdout, "since the last publication: %s\n", lock.Tally(p.Changes)); err != nil {
		return err
	}
	const most = 20
	for _, c := range p.Changes[:min(most, len(p.Changes))] {
		if _, err := fmt.Fprintf(t.stdout, "%s: %s\n", oneLine(c.Fact), oneLine(c.Step())); err != nil {
			return err
		}
	}
	if more := len(p.Changes) - most; more > 0 {
		_, err := fmt.Fprintf(t.stdout, "and %d more\n", more)
		return err
	}
	return nil
}

// heavy warns of a site that a host may not take.
func (t *terminal) heavy(sizes map[string]int64, limits limit.Limits) {
	if said := site.Heavy(sizes, limits); said != "" {
		fmt.Fprintf(t.stderr, "warning: %s\n", oneLine(said))
	}
}
