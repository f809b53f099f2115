package aggregate

import (
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// RowNumbers are rows of a table by their numbers in a spreadsheet, in their order, each once. Behind some lines are all rows
// of a large table, so they are runs and compressed bitmaps: a row takes two bytes at most, and those that follow each other nothing.
type RowNumbers struct {
	bits *roaring.Bitmap // nil for none
}

// NumberRows are those rows, in any order. It sorts the numbers.
func NumberRows(numbers ...int64) RowNumbers {
	if len(numbers) == 0 {
		return RowNumbers{}
	}
	slices.Sort(numbers)
	var r RowNumbers
	r.add(numbers)
	r.pack()
	return r
}

// add adds sorted ones.
func (r *RowNumbers) add(numbers []int64) {
	if r.bits == nil && len(numbers) > 0 {
		r.bits = roaring.New()
	}
	const some = 4096
	part := make([]uint32, 0, min(len(numbers), some))
	for some := range slices.Chunk(numbers, some) {
		part = part[:0]
		for _, n := range some {
			part = append(part, uint32(n))
		}
		r.bits.AddMany(part)
	}
}

// pack makes runs, once all are there.
func (r *RowNumbers) pack() {
	if r.bits != nil {
		r.bits.RunOptimize()
	}
}

// Len is how many there are.
func (r RowNumbers) Len() int {
	if r.bits == nil {
		return 0
	}
	return int(r.bits.GetCardinality())
}

// All yields each.
func (r RowNumbers) All() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		if r.bits == nil {
			return
		}
		for n := range roaring.Values(r.bits) {
			if !yield(int64(n)) {
				return
			}
		}
	}
}

// First are the first of them, at most so many.
func (r RowNumbers) First(most int) []int64 {
	list := make([]int64, 0, min(most, r.Len()))
	for n := range r.All() {
		if len(list) == most {
			break
		}
		list = append(list, n)
	}
	return list
}

// Has reports whether a row is among them.
func (r RowNumbers) Has(number int64) bool { return r.bits != nil && r.bits.Contains(uint32(number)) }

// and are those of both.
func (r RowNumbers) and(more RowNumbers) RowNumbers {
	switch {
	case r.bits == nil:
		return more
	case more.bits == nil:
		return r
	}
	return RowNumbers{roaring.Or(r.bits, more.bits)}
}

// MarshalBinary writes them, always the same ones in the same way.
func (r RowNumbers) MarshalBinary() ([]byte, error) {
	if r.bits == nil {
		return nil, nil
	}
	return r.bits.ToBytes()
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *RowNumbers) UnmarshalBinary(data []byte) error {
	if r.bits = nil; len(data) == 0 {
		return nil
	}
	r.bits = roaring.New()
	return r.bits.UnmarshalBinary(data)
}
