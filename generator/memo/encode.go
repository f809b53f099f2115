package memo

import (
	"math"

	"github.com/fxamacker/cbor/v2"
)

// Answers are encoded as CBOR, but texts and bytes, which most of a memo are, as themselves. A decoder of encoding/gob first
// compiles the types that come with each answer, which took as long as all else that a build asks of its memo.

func encode(value any) ([]byte, error) {
	switch v := value.(type) {
	case string:
		return []byte(v), nil
	case []byte:
		return v, nil
	}
	return cbor.Marshal(value)
}

func decode(data []byte, into any) error {
	switch v := into.(type) {
	case *string:
		*v = string(data)
		return nil
	case *[]byte:
		if *v = data; len(data) == 0 {
			*v = nil // as a card that has no letters
		}
		return nil
	}
	return decoding.Unmarshal(data, into)
}

// decoding has no limit of its own: an answer has its digest, and lineage names a million rows.
var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32}.DecMode()
	if err != nil {
		panic(err)
	}
	return mode
}()
