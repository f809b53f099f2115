package site

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/limit"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold is the same for names that a file system may take for one: Windows and macOS
// do not tell capitals from small letters, and macOS not "é" from "e" with an accent.
func fold(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

// checkNames adds a problem for each file of the site that some file system could not
// hold, or not beside the others. Links into a site are the same everywhere, so a site
// that can be made on one machine must be the same on all.
func checkNames(pages Pages, source func(name string) string, problems *diag.List) {
	names := make([]string, 0, len(pages))
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	spelled := map[string]string{} // files and directories, by their folded names
	isFile := map[string]bool{}
	first := map[string]string{}  // file of each that is spelled
	named := map[[2]string]bool{} // pairs of names that are one on some system
	for _, name := range names {
		fail := func(found, hint string) {
			problems.Add(diag.Problem{File: source(name), Message: fmt.Sprintf("the file %s of the site %s", diag.Quote(name), found), Hint: hint})
		}
		for part := range strings.SplitSeq(name, "/") {
			if why := unportable(part); why != "" {
				fail(why, "choose another name for it")
				break
			}
		}
		for at := name; at != "."; at = path.Dir(at) {
			key := fold(at)
			other, seen := spelled[key]
			switch {
			case !seen:
				spelled[key], isFile[key], first[key] = at, at == name, name
				continue
			case other != at && !named[[2]string{other, at}]:
				named[[2]string{other, at}] = true
				file, of := source(name), source(first[key])
				if (taker{place: file}).ofData() {
					file, of = of, file
				}
				problems.Add(diag.Problem{
					File: file, Message: fmt.Sprintf("%s and %s of the site are one on Windows and macOS", diag.Quote(other), diag.Quote(at)),
					Hint: "choose names that differ in more than capitals and accents; the other is of " + of,
				})
			case at != name && isFile[key]:
				fail(fmt.Sprintf("cannot be: %s is a file", diag.Quote(at)), "choose another name for one of them")
			}
			break
		}
	}
}

// checkSize adds a problem where all files of the site are more than anybody wants to
// publish; it names the file that is largest.
func checkSize(pages Pages, source func(name string) string, limits limit.Limits, problems *diag.List) {
	all, largest := int64(0), ""
	for name, text := range pages {
		all += int64(len(text))
		if n := len(pages[largest]); len(text) > n || len(text) == n && name < largest {
			largest = name
		}
	}
	if all > limits.Bytes(limit.SiteSize) {
		p := limits.Exceeded(limit.SiteSize, "a site of "+diag.Count(int(all/1_000_000), "megabyte")+"; its largest file is "+diag.Quote(largest))
		p.File = source(largest)
		problems.Add(p)
	}
}

// unportable says why a file or a directory cannot have a name on every system.
func unportable(name string) string {
	const longest = 255 // bytes, of most file systems
	switch stem, _, _ := strings.Cut(strings.ToUpper(name), "."); {
	case len(name) > longest:
		return fmt.Sprintf("has a name of %d bytes, and file systems hold %d", len(name), longest)
	case !utf8.ValidString(name):
		return "has a name that is not UTF-8"
	case strings.ContainsAny(name, `<>:"|?*\`) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		return `has a name that Windows cannot hold: none of < > : " | ? * \`
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "has a name that Windows cannot hold: it ends with a dot or a blank"
	case slices.Contains(devices, strings.TrimRight(stem, " ")):
		return "has the name of a device of Windows"
	}
	return ""
}

// devices are names that Windows keeps, with any extension.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
var devices = []string{
	"CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
	"LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³", "CONIN$", "CONOUT$",
}
