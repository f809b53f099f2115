//go:build !linux

package output

import (
	"errors"
	"io/fs"
	"os"
)

// exchange puts aside in the place of a directory.
func exchange(aside, place string) error {
	if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(aside, place)
	}
	return exchangeInSteps(aside, place)
}

func syncAll(directory string) error { return syncEach(directory) }
