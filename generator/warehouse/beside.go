package warehouse

import (
	"bytes"
	"encoding/csv"
	"strconv"
)

// number is a result of one number.
type number struct{ values []string }

func (*number) start([]string) error { return nil }

func (n *number) add(cells []cell) error {
	if len(n.values) > 1 {
		return nil // there are too many
	}
	for _, c := range cells {
		n.values = append(n.values, c.text)
	}
	return nil
}

func (n *number) whole() (*int, error) {
	if len(n.values) == 1 {
		if read, err := strconv.Atoi(n.values[0]); err == nil && read >= 0 {
			return &read, nil
		}
	}
	return nil, fails("count gives no number", "write a SELECT that counts rows, such as SELECT count(*) FROM grants")
}

// sampled is a small result whose columns nobody describes.
type sampled struct{ records [][]string }

func (s *sampled) start(names []string) error {
	s.records = [][]string{names}
	return nil
}

func (s *sampled) add(cells []cell) error {
	var record []string
	for _, c := range cells {
		record = append(record, c.text)
	}
	s.records = append(s.records, record)
	return nil
}

func (s *sampled) csv() ([]byte, error) {
	var out bytes.Buffer
	err := csv.NewWriter(&out).WriteAll(s.records)
	return out.Bytes(), err
}
