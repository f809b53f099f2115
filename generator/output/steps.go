package output

import (
	"errors"
	"os"
)

// replaceInSteps moves the old folder away, the new one in, and the old one back
// where that fails.
func replaceInSteps(aside, folder string) error {
	old := aside + ".old"
	if err := os.Rename(folder, old); err != nil {
		return err
	}
	if err := os.Rename(aside, folder); err != nil {
		return errors.Join(err, os.Rename(old, folder))
	}
	return os.RemoveAll(old)
}
