package sandbox

// store is everything the sandbox knows. Each noun counts from a base far from the others, so that an id used for
// the wrong noun finds nothing.
type store struct {
	users          table[user]
	projects       table[project]
	parties        table[party]
	quotes         table[quote]
	purchaseOrders table[purchaseOrder]
	workOrders     table[workOrder]
	invoices       table[invoice]
	notes          table[note]

	userByEmail map[string]int64
	nextLine    int64
	nextAddress int64
	nextPhone   int64
	nextEmail   int64
}

func newStore() *store {
	return &store{
		users:          newTable[user](11),
		projects:       newTable[project](1001),
		parties:        newTable[party](100_001),
		quotes:         newTable[quote](200_001),
		purchaseOrders: newTable[purchaseOrder](300_001),
		workOrders:     newTable[workOrder](400_001),
		invoices:       newTable[invoice](500_001),
		notes:          newTable[note](700_001),
		userByEmail:    map[string]int64{},
		nextLine:       1_000_001,
		nextAddress:    2_000_001,
		nextPhone:      3_000_001,
		nextEmail:      4_000_001,
	}
}

// take hands out the next id of a sequence.
func take(sequence *int64) int64 {
	*sequence++
	return *sequence - 1
}
