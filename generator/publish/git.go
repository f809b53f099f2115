package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// git runs git in the report's directory.
//
// It is the git of the machine, so that a push uses the keys, the credential helpers,
// the proxies and the hooks that its user has set up.
type git struct {
	directory string
	scratch   string   // a directory for temporary files
	env       []string // besides that of the process
}

// failure is a git command that did not succeed.
type failure struct {
	command string
	said    string // on stderr; for telling failures apart, and never shown
}

func (f *failure) Error() string { return "git " + f.command + " failed" }

// says reports whether the failure's message holds one of the words.
func says(err error, words ...string) bool {
	var f *failure
	return errors.As(err, &f) && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(f.said, w) })
}

// ours are variables of git that would lead it to another repository, as they do
// inside a hook.
var ours = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "LC_ALL", "GIT_TERMINAL_PROMPT"}

func (g *git) run(ctx context.Context, stdin io.Reader, arguments ...string) (string, error) {
	c := exec.CommandContext(ctx, "git", arguments...)
	c.Dir, c.Stdin = g.directory, stdin
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !slices.Contains(ours, name) {
			c.Env = append(c.Env, v)
		}
	}
	// messages in English, as they are told apart by their words; and no question at the terminal
	c.Env = append(append(c.Env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0"), g.env...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 5 * time.Second // then it is killed
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = &failure{command: arguments[0], said: stderr.String() + stdout.String()}
	}
	return stdout.String(), err
}

// line runs git and returns the one line that it prints.
func (g *git) line(ctx context.Context, arguments ...string) (string, error) {
	out, err := g.run(ctx, nil, arguments...)
	return strings.TrimSuffix(strings.TrimSuffix(out, "\n"), "\r"), err
}

// read is the content of a blob.
func (g *git) read(ctx context.Context, blob string) ([]byte, error) {
	out, err := g.run(ctx, nil, "cat-file", "blob", blob)
	return []byte(out), err
}

// resolve is the commit of a ref; "" where there is no such ref.
func (g *git) resolve(ctx context.Context, ref string) (string, error) {
	out, err := g.line(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}")
	var f *failure
	if errors.As(err, &f) {
		return "", nil
	}
	return out, err
}

// openRepository finds the repository of the report.
func openRepository(ctx context.Context, o Options) (*git, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, &Refused{"git is not installed, or not in PATH", "install it: https://git-scm.com", true}
	}
	g := &git{directory: o.Report}
	out, err := g.run(ctx, nil, "rev-parse", "--path-format=absolute", "--is-inside-work-tree", "--git-path", "objects")
	inside, objects, _ := strings.Cut(strings.TrimSuffix(out, "\n"), "\n")
	switch {
	case strings.HasPrefix(inside, "--"): // it repeats what it does not know
		return nil, &Refused{"this git is too old", "install git 2.31 or newer", true}
	case says(err, "dubious ownership"):
		return nil, &Refused{"git does not trust the repository, as it belongs to another user", "git config --global --add safe.directory DIRECTORY", false}
	case says(err, "not a git repository"), err == nil && inside != "true":
		return nil, &Refused{"the report is not in a git repository", "make one: git init, commit the report, and git remote add origin ADDRESS", false}
	case err != nil:
		return nil, err
	}
	if g.scratch, err = scratchDirectory(); err != nil {
		return nil, err
	}
	if o.DryRun { // objects are written, but elsewhere
		aside := filepath.Join(g.scratch, "objects")
		if err := os.Mkdir(aside, 0o700); err != nil {
			return nil, errors.Join(err, os.RemoveAll(g.scratch))
		}
		g.env = append(g.env, "GIT_OBJECT_DIRECTORY="+aside, "GIT_ALTERNATE_OBJECT_DIRECTORIES="+objects)
	}
	if err := g.quietShell(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(g.scratch))
	}
	return g, nil
}

// quietShell keeps ssh from asking at the terminal, unless the user chose how ssh is
// called.
func (g *git) quietShell(ctx context.Context) error {
	if os.Getenv("GIT_SSH_COMMAND") != "" || os.Getenv("GIT_SSH") != "" {
		return nil
	}
	_, err := g.line(ctx, "config", "core.sshCommand")
	var f *failure
	if errors.As(err, &f) { // not set
		g.env = append(g.env, "GIT_SSH_COMMAND=ssh -oBatchMode=yes")
		return nil
	}
	return err
}

// unreachable words the failure of a command that asks the remote.
func (b *Branch) unreachable(err error) error {
	remote := b.o.Remote
	switch {
	case says(err, "could not read Username", "could not read Password", "terminal prompts disabled", "Authentication failed", "Permission denied", "403", "Host key verification failed", "access denied", "Write access to repository not granted"):
		return &Refused{fmt.Sprintf("the remote %s does not let you in", remote), fmt.Sprintf("set up a key or a credential helper, until this works without a question: git ls-remote %s", remote), true}
	case says(err, "Could not resolve host", "Could not resolve hostname", "unable to access", "Connection refused", "timed out", "Network is unreachable"):
		return &Refused{fmt.Sprintf("the remote %s cannot be reached", remote), fmt.Sprintf("look at the network, and at its address: git remote get-url %s", remote), true}
	case says(err, "does not appear to be a git repository", "not found", "Could not read from remote repository", "No such file or directory", "does not exist"):
		return &Refused{fmt.Sprintf("the remote %s leads to no repository", remote), fmt.Sprintf("look at its address: git remote get-url %s", remote), false}
	}
	var f *failure
	if errors.As(err, &f) {
		return &Refused{fmt.Sprintf("the remote %s does not answer as expected", remote), fmt.Sprintf("this says more: git ls-remote %s", remote), true}
	}
	return err
}
