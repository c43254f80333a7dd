package loaders

// callsAtOnce is how many calls of one batch are under way at once.
const callsAtOnce = 64

// ahead begins n calls, as many at once as may be, and takes what becomes of each, in their order.
func ahead(n int, begin, take func(i int)) {
	for i := range n + callsAtOnce {
		if done := i - callsAtOnce; done >= 0 && done < n {
			take(done)
		}
		if i < n {
			begin(i)
		}
	}
}
