package fact

import (
	"context"

	"broadsheet/generator/aggregate"
	"broadsheet/generator/dataset"
	"broadsheet/generator/diag"
)

// CheckTexts adds a problem for each placeholder in the texts of tables of which something is wrong, at its cell.
func CheckTexts(ctx context.Context, set aggregate.Set, data *dataset.Dataset, problems *diag.List) (sound bool, err error) {
	sound = true
	for _, t := range data.Tables {
		cells, err := t.TextsWith(ctx, "{")
		if err != nil {
			return false, err
		}
		for _, c := range cells {
			_, wrong := ParseText(set, c.Text)
			for _, p := range wrong {
				sound = false
				problems.Add(t.At(c, p))
			}
		}
	}
	return sound, nil
}
