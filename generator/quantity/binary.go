package quantity

import "fmt"

// MarshalBinary is the value as the memo keeps it: a byte for its kind, and the rest.
func (v Value) MarshalBinary() (data []byte, err error) {
	switch v.Kind {
	case Number:
		data, err = v.number.MarshalBinary()
	case Text:
		data = []byte(v.text)
	case Date:
		data, err = v.date.MarshalBinary()
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
		return v.date.UnmarshalBinary(rest)
	case Flag:
		v.flag = len(rest) > 0
	default:
		return fmt.Errorf("a value of kind %d", v.Kind)
	}
	return nil
}
