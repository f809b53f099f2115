package output

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// replace puts aside in the place of folder. On Linux the two change places in one
// step, so that there is no moment without a site.
func replace(aside, folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(aside, folder)
	}
	err := unix.Renameat2(unix.AT_FDCWD, aside, unix.AT_FDCWD, folder, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return replaceInSteps(aside, folder) // a file system that cannot exchange
	}
	return err
}
