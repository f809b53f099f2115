package publish

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"broadsheet/generator/record"
)

func (b *Branch) ref() string { return "refs/heads/" + b.o.Branch }

func (b *Branch) checkName(ctx context.Context) error {
	_, err := b.git.run(ctx, nil, "check-ref-format", b.ref())
	var f *failure
	if errors.As(err, &f) || strings.HasPrefix(b.o.Branch, "-") {
		return &Refused{fmt.Sprintf("%q is not the name of a branch", b.o.Branch), "name one such as gh-pages with --branch", false}
	}
	return err
}

// checkLock holds that what is published was accepted in a commit: else nobody could
// see in the history who accepted it.
func (b *Branch) checkLock(ctx context.Context) error {
	out, err := b.git.run(ctx, nil, append([]string{"--no-optional-locks", "status", "--porcelain", "--ignored", "--untracked-files=all", "--"}, record.LockFiles...)...)
	if err != nil {
		return err
	}
	if strings.TrimSpace(out) != "" {
		return &Refused{"the lock is not committed, so the history does not say what was accepted", "git add " + strings.Join(record.LockFiles, " ") + ", and commit them with the data", false}
	}
	return nil
}

// checkSource refuses to publish an older commit of the report over a newer one: its
// figures would go back without a word. The message of a publication names its commit;
// where that is not known here, nothing can be said.
func (b *Branch) checkSource(ctx context.Context) error {
	if b.tip == "" {
		return nil
	}
	published, err := b.git.line(ctx, "log", "-1", "--grep=^Report: ", "--format=%(trailers:key=Report,valueonly,separator=)", b.tip)
	if err != nil {
		return err
	}
	published, _, _ = strings.Cut(published, " ")
	head, err := b.git.resolve(ctx, "HEAD")
	if err != nil || head == "" || published == "" || head == published {
		return err
	}
	if known, err := b.git.resolve(ctx, published); err != nil || known == "" {
		return err
	}
	_, err = b.git.run(ctx, nil, "merge-base", "--is-ancestor", head, published)
	var f *failure
	switch {
	case errors.As(err, &f):
		return nil
	case err != nil:
		return err
	}
	return &Refused{fmt.Sprintf("a later commit of the report is published: %.10s", published), "publish that one, or one that follows it: git pull", false}
}

func (b *Branch) checkIdentity(ctx context.Context) error {
	for _, who := range []string{"GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"} {
		// the name of the machine is not taken for that of a person
		_, err := b.git.run(ctx, nil, "-c", "user.useConfigOnly=true", "var", who)
		var f *failure
		if errors.As(err, &f) {
			return &Refused{"git does not know whose commit this is", `git config user.name "Your Name", and git config user.email you@example.org`, false}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkWorktrees refuses a branch that is checked out: its files would be out of date
// as soon as the branch moves.
func (b *Branch) checkWorktrees(ctx context.Context) error {
	out, err := b.git.run(ctx, nil, "worktree", "list", "--porcelain")
	if err != nil {
		return err
	}
	var place string
	for line := range strings.Lines(out) {
		line = strings.TrimRight(line, "\r\n")
		if at, ok := strings.CutPrefix(line, "worktree "); ok {
			place = at
		}
		if line == "branch "+b.ref() {
			return &Refused{fmt.Sprintf("the branch %s is checked out in %s", b.o.Branch, place), "check out another branch there, or name another one with --branch", false}
		}
	}
	return nil
}

// compare finds the commit to build on. It refuses where the remote has what is not
// here, as it may say what this report does not know.
func (b *Branch) compare(ctx context.Context) (err error) {
	if b.local, err = b.git.resolve(ctx, b.ref()); err != nil {
		return err
	}
	b.tip = b.local
	if b.o.Remote == "" {
		return nil
	}
	if _, err := b.git.line(ctx, "remote", "get-url", b.o.Remote); err != nil {
		return &Refused{fmt.Sprintf("the repository has no remote %q", b.o.Remote), fmt.Sprintf("git remote add %s ADDRESS, name another with --remote, or only commit, with --no-push", b.o.Remote), false}
	}
	out, err := b.git.run(ctx, nil, "ls-remote", b.o.Remote, b.ref())
	if err != nil {
		return b.unreachable(err)
	}
	b.remote, _, _ = strings.Cut(out, "\t")
	if b.remote == "" || b.remote == b.local {
		return nil
	}
	// into no branch of ours, and not into the work of git's own clean-up
	if _, err := b.git.run(ctx, nil, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", "--refmap=", b.o.Remote, b.ref()); err != nil {
		return b.unreachable(err)
	}
	if b.local == "" {
		b.tip = b.remote
		return nil
	}
	_, err = b.git.run(ctx, nil, "merge-base", "--is-ancestor", b.remote, b.local)
	var f *failure
	if !errors.As(err, &f) {
		return err // the branch here has what is not pushed yet
	}
	return b.behind(ctx)
}

// behind words that somebody else published.
func (b *Branch) behind(ctx context.Context) error {
	who, err := b.git.line(ctx, "log", "-1", "--format=%an, %ad", "--date=short", b.remote)
	if err != nil {
		return err
	}
	r := &Refused{Message: fmt.Sprintf("%s has a publication on %s that is not here (%s)", b.o.Remote, b.o.Branch, who)}
	r.Hint = fmt.Sprintf("take it, and publish again: git fetch %s %s:%s", b.o.Remote, b.o.Branch, b.o.Branch)
	_, err = b.git.run(ctx, nil, "merge-base", "--is-ancestor", b.local, b.remote)
	var f *failure
	if errors.As(err, &f) {
		r.Message = fmt.Sprintf("%s has a publication on %s that is not here (%s), and the branch here has one that was never pushed", b.o.Remote, b.o.Branch, who)
		r.Hint = fmt.Sprintf("delete the branch here, and publish again: git branch -D %s", b.o.Branch)
	} else if err != nil {
		return err
	}
	return r
}

// push sends the commit to the remote.
func (b *Branch) push(ctx context.Context, commit string) error {
	arguments := []string{"push", "--quiet", "--porcelain", "--no-follow-tags", "--recurse-submodules=no"}
	if b.o.DryRun {
		arguments = append(arguments, "--dry-run")
	}
	_, err := b.git.run(ctx, nil, append(arguments, b.o.Remote, commit+":"+b.ref())...)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &Refused{fmt.Sprintf("stopped while the pages were pushed, so %s may have them", b.o.Remote), "publish again: it says so if they are there", true}
	case says(err, "[rejected]", "stale info", "cannot lock ref"):
		return &Refused{fmt.Sprintf("somebody published to %s of %s a moment ago, so nothing was pushed", b.o.Branch, b.o.Remote), "publish again, to see what is there now", false}
	case says(err, "[remote rejected]", "pre-receive hook declined", "protected branch"):
		return &Refused{fmt.Sprintf("the remote %s takes no push to %s", b.o.Remote, b.o.Branch), "look at its rules for that branch, or name another one with --branch", true}
	case says(err, "failed to push some refs"):
		return &Refused{"a hook of this repository stopped the push", "look at its pre-push hook: git rev-parse --git-path hooks", false}
	}
	return b.unreachable(err)
}

// move sets the branch here, if nobody else did meanwhile.
func (b *Branch) move(ctx context.Context, commit string) error {
	before := b.local
	if before == "" {
		before = strings.Repeat("0", len(commit))
	}
	_, err := b.git.run(ctx, nil, "update-ref", "-m", "broadsheet publish", b.ref(), commit, before)
	var f *failure
	if errors.As(err, &f) {
		return &Refused{fmt.Sprintf("the branch %s here was changed meanwhile, and stays as it is", b.o.Branch), fmt.Sprintf("the publication is commit %s", commit), false}
	}
	return err
}
