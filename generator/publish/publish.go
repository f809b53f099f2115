// Package publish commits a finished site to a branch of the repository that holds
// the report, and pushes it.
//
// What is guaranteed:
//
//   - Beside your work. The work tree, the index and the current branch are not
//     touched: git reads the files from this program, and the tree is put together
//     in an index of its own.
//   - Ours alone. The branch holds what a build writes to public/, and .broadsheet-facts.csv,
//     the facts that these pages show. A CNAME on it stays. A branch with any other
//     file is somebody's, and is refused.
//   - One commit, or none. A publication is one commit on top of the last one; its
//     message lists the facts that changed since. Where no file changed there is none.
//   - Never forced. A branch that moved on the remote is reported, and nothing is
//     pushed over it.
//   - Whole or not at all. The commit is pushed first, and the local branch moves after
//     that. What fails or is stopped in between leaves objects that no branch holds,
//     which git collects.
//
// Open looks at all that can stand in the way before a build that may take long;
// Branch.Publish then takes the site. git.go runs git, branch.go compares the branch
// here with the one on the remote, and tree.go makes the commit.
package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"broadsheet/generator/lock"
	"broadsheet/generator/output"
	"broadsheet/generator/record"
)

// Options say where to.
type Options struct {
	Report string // directory of the report
	Branch string // e.g. "gh-pages"
	Remote string // e.g. "origin"; "" pushes nowhere
	DryRun bool   // change nothing, here or on the remote
}

// Refused says why nothing is published, and what to do.
type Refused struct {
	Message, Hint string

	// Outside is a failure of the machine, the network or the remote, and not of how
	// the program was called.
	Outside bool
}

func (r *Refused) Error() string { return r.Message }

// Branch is the branch to publish to, as it was found.
type Branch struct {
	o   Options
	git *git

	local  string // the commit of the branch here; "" if there is none
	remote string // and on the remote
	tip    string // the one to commit on: local, or remote where there is none here
	files  map[string]entry
}

// The files of the branch that are not pages.
const (
	factsFile = ".broadsheet-facts.csv"
	nameFile  = "CNAME"
)

// Open finds the repository and the branch, and refuses what cannot be published to.
// Close it.
func Open(ctx context.Context, o Options) (*Branch, error) {
	g, err := openRepository(ctx, o)
	if err != nil {
		return nil, err
	}
	b := &Branch{o: o, git: g}
	if err := b.open(ctx); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Close removes what was only needed meanwhile.
func (b *Branch) Close() error { return os.RemoveAll(b.git.scratch) }

func (b *Branch) open(ctx context.Context) error {
	for _, check := range []func(context.Context) error{b.checkName, b.checkLock, b.checkIdentity, b.checkWorktrees, b.compare, b.readFiles} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Published is what a publication did, or would do.
type Published struct {
	Commit  string           // "" if nothing differs from what is published
	Sizes   map[string]int64 // of all files of the branch
	Written int              // files that are new or changed
	Removed int
	Changes []lock.Change // of facts, since the last publication
	First   bool          // there was none before whose facts can be read
	Pushed  bool          // to the remote, or would be
}

// Publish commits the site and pushes it. The facts are those that its pages show.
func (b *Branch) Publish(ctx context.Context, pages map[string][]byte, facts []record.LockedFact) (*Published, error) {
	files, err := b.content(pages, facts)
	if err != nil {
		return nil, err
	}
	kept := map[string]entry{}
	if e, ok := b.files[nameFile]; ok && files[nameFile] == nil {
		kept[nameFile] = e
	}
	p := &Published{Sizes: map[string]int64{}}
	if err := b.compareFacts(ctx, p, facts); err != nil {
		return nil, err
	}
	tree, err := b.writeTree(ctx, files, kept, p)
	if err != nil {
		return nil, err
	}
	next := b.tip
	if p.Written+p.Removed > 0 {
		if p.Commit, err = b.commit(ctx, tree, p); err != nil {
			return nil, err
		}
		next = p.Commit
	}
	if b.o.Remote != "" && next != b.remote {
		if err := b.push(ctx, next); err != nil {
			return nil, err
		}
		p.Pushed = true
	}
	if b.o.DryRun || next == b.local {
		return p, nil
	}
	// what is pushed is published, so from here on nothing stops
	return p, b.move(context.WithoutCancel(ctx), next)
}

// content is all files that this program writes to the branch.
func (b *Branch) content(pages map[string][]byte, facts []record.LockedFact) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, data := range pages {
		files[name] = data
	}
	manifest, err := output.Manifest(pages)
	if err != nil {
		return nil, err
	}
	files[output.ManifestName] = manifest
	locked, err := (&record.Lock{Facts: facts}).Files()
	files[factsFile] = locked[record.LockFile]
	return files, err
}

// compareFacts finds what changed since the last publication.
func (b *Branch) compareFacts(ctx context.Context, p *Published, facts []record.LockedFact) error {
	e, ok := b.files[factsFile]
	if p.First = !ok; p.First {
		return nil
	}
	text, err := b.git.read(ctx, e.blob)
	if err != nil {
		return err
	}
	before, readable := record.ReadFacts(text)
	if p.First = !readable; readable {
		p.Changes = lock.Between(before, facts)
	}
	return nil
}

// message is that of the commit.
func message(p *Published, source string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Publish: %s\n", subject(p))
	const most = 200
	if len(p.Changes) > 0 {
		b.WriteByte('\n')
	}
	for _, c := range p.Changes[:min(most, len(p.Changes))] {
		fmt.Fprintf(&b, "%s: %s\n", oneLine(c.Fact), oneLine(c.Step()))
	}
	if more := len(p.Changes) - most; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	fmt.Fprintf(&b, "\nReport: %s\n", source)
	return b.String()
}

// oneLine keeps a text of the report from looking like a part of the message.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func subject(p *Published) string {
	if p.First {
		return "the first time"
	}
	return lock.Tally(p.Changes)
}

// scratchDirectory is for the index, and for the objects of a dry run.
func scratchDirectory() (string, error) {
	d, err := os.MkdirTemp("", "broadsheet-publish-")
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(d)
}

// Keeps reports whether a file of a published site is no page, but something that a
// publication keeps beside them.
func Keeps(name string) bool { return name == nameFile || name == factsFile }
