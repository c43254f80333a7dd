package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// newParties returns the parties of a list: all of them, or the buildings. There is nothing below a party that costs a call.
func newParties(s *Set, noun *access.Noun[*ccube.Party]) *Objects[*ccube.Party] {
	return newObjects(s, noun, func(id ccube.ID) *ccube.Party { return &ccube.Party{Row: ccube.Row{ID: id}} })
}
