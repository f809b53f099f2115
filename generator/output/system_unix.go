//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock of a file, unless another process has it. A file system
// without locks has none to wait for.
func tryLock(file *os.File) bool {
	return !errors.Is(unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB), unix.EWOULDBLOCK)
}

// writable says why files of a directory cannot be removed, if so.
func writable(directory string) error {
	return unix.Access(directory, unix.W_OK|unix.X_OK)
}

// names is how many names a file has.
func names(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink)
	}
	return 0
}

// syncDirectory brings the names in a directory to the disk.
func syncDirectory(directory string) error {
	if err := syncFile(directory); !errors.Is(err, syscall.EINVAL) { // some file systems have nothing to sync
		return err
	}
	return nil
}
