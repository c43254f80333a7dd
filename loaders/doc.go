// Package loaders are the per-request dataloaders: what resolvers read through.
//
// One [Set] serves one operation of one caller. It keeps each row that it has seen, so that the same thing reached by two
// ways is read once and shows the same values, and it works level by level: when a list is read, the [Plan] of what the
// query selects below it is known, so the keys that rows lack are read, and the relations of all rows are announced to
// their loaders, at once. By the time that a child's resolver asks, its answer is there or under way; it never waits for a
// batch to fill. A key that nobody has announced is batched in dataloader's own way.
//
// A loader's batch function returns in the order of its keys, by construction, and a failure belongs to the keys that
// it concerns. Loaders never cache beyond the operation.
package loaders
