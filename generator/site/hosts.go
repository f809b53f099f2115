package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
	"broadsheet/generator/limit"
)

// checkHosts adds a problem for each file that is larger than a host takes: GitHub
// refuses files of more than 100 megabytes.
func checkHosts(pages Pages, source func(name string) string, limits limit.Limits, problems *diag.List) {
	for name, data := range pages {
		if n := int64(len(data)); n > limits.Bytes(limit.HostFile) {
			p := limits.Exceeded(limit.HostFile, diag.Quote(name)+" of "+diag.Count(int(n/1_000_000), "megabyte"))
			p.File = source(name)
			p.Hint = "GitHub takes no larger file: make it smaller, or, for another host, " + strings.TrimPrefix(p.Hint, "if this is meant, ")
			problems.Add(p)
		}
	}
}

// Heavy warns of a site that comes near to what a host takes, and names what weighs
// most: GitHub Pages wants sites of at most 1 gigabyte. "" where it is far from that.
func Heavy(sizes map[string]int64, limits limit.Limits) string {
	all := int64(0)
	for _, n := range sizes {
		all += n
	}
	if all < limits.Bytes(limit.HostSite)/10*9 {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b))
	})
	var largest []string
	for _, name := range names[:min(3, len(names))] {
		largest = append(largest, fmt.Sprintf("%s (%d MB)", name, (sizes[name]+500_000)/1_000_000))
	}
	return fmt.Sprintf("the site is %d megabytes, and GitHub Pages takes %d; the largest files are %s", all/1_000_000, limits.Get(limit.HostSite), strings.Join(largest, ", "))
}

// Sizes are those of the files.
func (p Pages) Sizes() map[string]int64 {
	sizes := make(map[string]int64, len(p))
	for name, data := range p {
		sizes[name] = int64(len(data))
	}
	return sizes
}

// HasArchive reports whether the site holds the source of the report: it does, unless
// hugo.toml says params.archive = false, or the tables are large, or one of them is not for download.
func (s *Site) HasArchive() bool {
	parameters, _ := s.config["params"].(map[string]any)
	if wanted, said := parameters["archive"].(bool); said && !wanted {
		return false
	}
	return s.Archivable && !slices.ContainsFunc(s.Tables.Tables, func(t *dataset.Table) bool { return t.DownloadPath() == "" })
}

// BuildsDrafts reports whether hugo.toml has drafts published.
func (s *Site) BuildsDrafts() bool {
	for key, value := range s.config {
		if strings.EqualFold(key, "builddrafts") {
			return value == true
		}
	}
	return false
}

// Uses reports whether pages use that file of assets/.
func (s *Site) Uses(file string) bool {
	s.opened.mu.Lock()
	defer s.opened.mu.Unlock()
	return s.opened.names[file]
}
