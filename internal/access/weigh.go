package access

import "reflect"

// weigh estimates the memory that rows take, in bytes, from a sample of them.
func weigh[T any](rows []T) uint64 {
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
	const slotAndIndex = 10 + 38 // a row's place in the slice and in the map by id, with the room that these keep to grow
	return uint64(len(rows))*uint64(bytes/weighed+slotAndIndex) + least
}

// behind returns the memory that a value points to, whatever it holds included.
func behind(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return allocated(v.Len())
	case reflect.Pointer:
		if v.IsNil() {
			return 0
		}
		return allocated(int(v.Type().Elem().Size())) + behind(v.Elem())
	case reflect.Slice:
		bytes := allocated(v.Cap() * int(v.Type().Elem().Size()))
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

// allocated is about what the allocator takes for so many bytes: it has sizes of its own, an eighth apart.
func allocated(bytes int) int {
	grain := 8
	for grain*8 < bytes {
		grain *= 2
	}
	return (bytes + grain - 1) / grain * grain
}
