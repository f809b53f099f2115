package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"broadsheet/generator/engine"
)

// Digest stands for the values of all rows, in any order. Private columns are not
// in it, as their values are gone from the table.
func (t *Table) Digest(ctx context.Context) (string, error) {
	parts := []string{"''"}
	for _, f := range t.Fields {
		// with its length, so that no two rows have one text
		parts = append(parts, fmt.Sprintf("coalesce(length(%[1]s::VARCHAR) || ':' || %[1]s::VARCHAR, '-')", engine.Name(f.Name)))
	}
	row := strings.Join(parts, " || ")
	_, rows, err := t.engine.Collect(ctx, fmt.Sprintf("SELECT count(*), sum(md5_number_lower(%[1]s)), sum(md5_number_upper(%[1]s)) FROM %[2]s", row, engine.Name(t.Name)))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(fmt.Sprint(append(rows[0], t.Named([]string{"*"}))...)))
	return base64.RawURLEncoding.EncodeToString(sum[:9]), nil
}
