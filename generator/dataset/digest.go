package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/cespare/xxhash/v2"
)

// Digest stands for the values of all rows, in any order. Private columns are not
// in it, as their values are gone from the table.
func (t *Table) Digest() string {
	sum := sha256.Sum256(fmt.Append(nil, t.Rows, t.summed, t.Named([]string{"*"})))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// addValues adds the row last written to what stands for all. Each row has a digest, and their sum is the same in any order.
func (t *loading) addValues(rows *rowsCopy) { t.summed += xxhash.Sum64(rows.public()) }

// public is the row last written without its number and its private cells.
func (c *rowsCopy) public() []byte {
	_, values, _ := bytes.Cut(c.line, []byte{cellEnd})
	if !c.private {
		return values
	}
	var kept []byte
	for place, cell := range bytes.Split(values, []byte{cellEnd}) {
		if column := c.columns[place]; column == nil || !column.Private {
			kept = append(append(kept, cell...), cellEnd)
		}
	}
	return kept
}
