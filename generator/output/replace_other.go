//go:build !linux

package output

import (
	"errors"
	"io/fs"
	"os"
)

// replace puts aside in the place of folder.
func replace(aside, folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(aside, folder)
	}
	return replaceInSteps(aside, folder)
}
