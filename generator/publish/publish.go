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
//     pushed over it. Nor is a report over a later commit of itself.
//   - Editions stay. With an edition, a copy of the site is kept under /editions/2018-01/,
//     to be cited: each page says that it is one, and leads to the current page and to
//     the figures that have changed since. No later publication writes there; the list
//     of these figures cannot be in the copy, so it is beside it, under
//     /editions/since/2018-01/, and is made anew by each publication from the facts that
//     the copy keeps, like the list of all editions, /editions/. For git, a file that is
//     in an edition and in the site is one object. The link to the current page leads
//     nowhere where that page was taken down.
//   - Whole or not at all. The commit is pushed first, and the local branch moves after
//     that. What fails or is stopped in between leaves objects that no branch holds,
//     which git collects.
//
// Open looks at all that can prevent a publication before a build that may take long;
// Branch.Publish then takes the site. git.go runs git, branch.go compares the branch
// here with the one on the remote, tree.go makes the
// commit, and edition.go what is under /editions/.
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

	Edition string // date of the copy to keep, e.g. "2018-01"; "" for none
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
	for _, check := range []func(context.Context) error{b.checkName, b.checkLock, b.checkIdentity, b.checkWorktrees, b.compare, b.checkSource, b.readFiles, b.checkEdition} {
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

// Content is a site to publish.
type Content struct {
	Pages   map[string][]byte
	Facts   []record.LockedFact // that they show
	Edition map[string][]byte   // the pages as they are built for the address of the edition, where there is to be one
}

// Publish commits the site and pushes it.
func (b *Branch) Publish(ctx context.Context, c Content) (*Published, error) {
	files, err := b.content(c.Pages, c.Facts)
	if err != nil {
		return nil, err
	}
	if err := b.addEditions(ctx, files, c); err != nil {
		return nil, err
	}
	kept := map[string]entry{}
	for name, e := range b.files {
		if frozen(name) {
			kept[name] = e
		}
	}
	if e, ok := b.files[nameFile]; ok && files[nameFile] == nil {
		kept[nameFile] = e
	}
	p := &Published{Sizes: map[string]int64{}}
	if err := b.compareFacts(ctx, p, c.Facts); err != nil {
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
func message(p *Published, source, edition string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Publish: %s\n", subject(p, edition))
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

func subject(p *Published, edition string) string {
	said := "the first time"
	if !p.First {
		said = lock.Tally(p.Changes)
	}
	if edition != "" {
		said = "edition " + edition + "; " + said
	}
	return said
}

// scratchDirectory is for the index, and for the objects of a dry run.
func scratchDirectory() (string, error) {
	d, err := os.MkdirTemp("", "broadsheet-publish-")
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(d)
}

// Keeps reports whether a file of a published site is not a page, but something that a
// publication keeps beside them.
func Keeps(name string) bool {
	return name == nameFile || name == factsFile || name == EditionFile || strings.HasPrefix(name+"/", editions)
}
