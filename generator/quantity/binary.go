package quantity

import (
	"fmt"
	"time"
)

// MarshalBinary is the value as the memo keeps it: a byte for its kind, and the rest.
func (v Value) MarshalBinary() (data []byte, err error) {
	switch v.Kind {
	case Number:
		data, err = v.number.MarshalBinary()
	case Text:
		data = []byte(v.text)
	case Date:
		if data, err = v.date.MarshalBinary(); v.text != "" {
			data = append([]byte{0}, v.text...) // a time begins with its version, which is more
		}
	case Flag:
		if v.flag {
			data = []byte{1}
		}
	}
	return append([]byte{byte(v.Kind)}, data...), err
}

// UnmarshalBinary reads what MarshalBinary writes.
func (v *Value) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return fmt.Errorf("a value without a kind")
	}
	*v = Value{Kind: Kind(data[0])}
	switch rest := data[1:]; v.Kind {
	case Missing:
	case Number:
		return v.number.UnmarshalBinary(rest)
	case Text:
		v.text = string(rest)
	case Date:
		if len(rest) == 0 || rest[0] != 0 {
			return v.date.UnmarshalBinary(rest)
		}
		v.text = string(rest[1:])
		var err error
		v.date, err = time.Parse(yearMonth, v.text)
		return err
	case Flag:
		v.flag = len(rest) > 0
	default:
		return fmt.Errorf("a value of kind %d", v.Kind)
	}
	return nil
}
