package publish

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/directory"
	"broadsheet/generator/output"
)

// entry is a file of the branch.
type entry struct {
	blob string
	size int64
}

// readFiles lists the files of the branch, and refuses one that somebody else filled.
func (b *Branch) readFiles(ctx context.Context) error {
	b.files = map[string]entry{}
	if b.tip == "" {
		return nil
	}
	out, err := b.git.run(ctx, nil, "ls-tree", "-r", "-l", "-z", "--full-tree", b.tip)
	if err != nil {
		return err
	}
	for record := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		if head, name, ok := strings.Cut(record, "\t"); ok { // 100644 blob 1f2e…   123
			fields := strings.Fields(head)
			size, _ := strconv.ParseInt(fields[3], 10, 64) // "-" for what is not a file
			b.files[name] = entry{fields[2], size}
		}
	}
	if len(b.files) == 0 {
		return nil
	}
	listed := []string{output.ManifestName, factsFile, nameFile}
	if e, ok := b.files[output.ManifestName]; ok {
		text, err := b.git.read(ctx, e.blob)
		if err != nil {
			return err
		}
		listed = append(listed, output.Listed(text)...)
	}
	var others []string
	for name := range b.files {
		if !slices.Contains(listed, name) && !strings.HasPrefix(name, editions) {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return nil
	}
	slices.Sort(others)
	const most = 3
	names := strings.Join(others[:min(most, len(others))], ", ")
	if more := len(others) - most; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	return &Refused{fmt.Sprintf("the branch %s holds what Broadsheet did not write: %s", b.o.Branch, names), "name another branch with --branch, or delete these files from it", false}
}

// writeTree writes the objects of all files, and the tree of them.
func (b *Branch) writeTree(ctx context.Context, files map[string][]byte, kept map[string]entry, p *Published) (string, error) {
	names := slices.Sorted(maps.Keys(files))
	blobs, err := b.writeBlobs(ctx, names, files)
	if err != nil {
		return "", err
	}
	all := maps.Clone(kept)
	for i, name := range names {
		all[name] = entry{blobs[i], int64(len(files[name]))}
	}
	var index bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(all)) {
		e := all[name]
		p.Sizes[name] = e.size
		if b.files[name].blob != e.blob {
			p.Written++
		}
		fmt.Fprintf(&index, "100644 %s 0\t%s\x00", e.blob, name)
	}
	for name := range b.files {
		if _, stays := all[name]; !stays {
			p.Removed++
		}
	}
	g := *b.git
	g.env = append(slices.Clone(g.env), "GIT_INDEX_FILE="+filepath.Join(g.scratch, "index"))
	if _, err := g.run(ctx, &index, "update-index", "--add", "-z", "--index-info"); err != nil {
		return "", err
	}
	return g.line(ctx, "write-tree")
}

// writeBlobs writes a blob for each file. One process of git takes them all.
func (b *Branch) writeBlobs(ctx context.Context, names []string, files map[string][]byte) ([]string, error) {
	marks := filepath.Join(b.git.scratch, "marks")
	var parts []io.Reader
	for i, name := range names {
		head := fmt.Sprintf("blob\nmark :%d\ndata %d\n", i+1, len(files[name]))
		parts = append(parts, strings.NewReader(head), bytes.NewReader(files[name]), strings.NewReader("\n"))
	}
	parts = append(parts, strings.NewReader("done\n"))
	if _, err := b.git.run(ctx, io.MultiReader(parts...), "fast-import", "--quiet", "--done", "--export-marks="+marks); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(marks)
	if err != nil {
		return nil, err
	}
	blobs := make([]string, len(names))
	for line := range strings.Lines(string(text)) { // :1 1f2e…
		mark, blob, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, ":")), " ")
		if i, err := strconv.Atoi(mark); err == nil && i >= 1 && i <= len(blobs) {
			blobs[i-1] = blob
		}
	}
	return blobs, nil
}

// commit makes the commit, on top of the last publication.
func (b *Branch) commit(ctx context.Context, tree string, p *Published) (string, error) {
	source, err := b.source(ctx)
	if err != nil {
		return "", err
	}
	arguments := []string{"commit-tree", tree, "-F", "-"}
	if b.tip != "" {
		arguments = append(arguments, "-p", b.tip)
	}
	out, err := b.git.run(ctx, strings.NewReader(message(p, source, b.o.Edition)), arguments...)
	return strings.TrimSpace(out), err
}

// source says of which commit the report is.
func (b *Branch) source(ctx context.Context) (string, error) {
	head, err := b.git.resolve(ctx, "HEAD")
	if err != nil {
		return "", err
	}
	out, err := b.git.run(ctx, nil, append([]string{"--no-optional-locks", "status", "--porcelain", "--"}, directory.Parts...)...)
	if strings.TrimSpace(out) != "" {
		head = strings.TrimSpace(head + " with changes that are not committed")
	}
	return head, err
}
