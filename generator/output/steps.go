package output

import (
	"errors"
	"os"
	"path/filepath"
)

// exchangeInSteps moves the old directory away, the new one in, and the old one back
// where that fails.
func exchangeInSteps(aside, place string) error {
	old := filepath.Join(filepath.Dir(aside), "old")
	if err := os.Rename(place, old); err != nil {
		return err
	}
	if err := os.Rename(aside, place); err != nil {
		return errors.Join(err, os.Rename(old, place))
	}
	return nil
}
