package access

import (
	"math"
	"reflect"
)

// weigh estimates the memory that rows take, in bytes, from a sample of them.
func weigh[T any](rows []T) uint32 {
	const sample, least = 128, 1 << 10
	step := max(1, len(rows)/sample)
	bytes, weighed := 0, 0
	for i := 0; i < len(rows); i += step {
		bytes += behind(reflect.ValueOf(rows[i]))
		weighed++
	}
	if weighed == 0 {
		return least
	}
	const slotAndIndex = 8 + 32 // a row's place in the slice and in the map by id
	total := float64(len(rows)) * (float64(bytes)/float64(weighed) + slotAndIndex)
	return uint32(min(total+least, math.MaxUint32))
}

// behind returns the memory that a value points to, whatever it holds included.
func behind(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Pointer:
		if v.IsNil() {
			return 0
		}
		return int(v.Type().Elem().Size()) + behind(v.Elem())
	case reflect.Slice:
		bytes := v.Cap() * int(v.Type().Elem().Size())
		for i := range v.Len() {
			bytes += behind(v.Index(i))
		}
		return bytes
	case reflect.Struct:
		bytes := 0
		for i := range v.NumField() {
			bytes += behind(v.Field(i))
		}
		return bytes
	}
	return 0
}
