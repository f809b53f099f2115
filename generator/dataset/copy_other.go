//go:build !linux

package dataset

import (
	"errors"
	"os"
)

func memoryFile() (*os.File, string, error) { return nil, "", errors.ErrUnsupported }
