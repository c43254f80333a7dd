package loaders

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// relateStages announces the list of stages, if more is wanted of stages than what projects embed.
func (s *Set) relateStages(p *Plan) {
	if p.Want&^ccube.StageName != 0 {
		s.Stages.announce()
	}
}

// relateWorkTypes announces the list of work types, if more is wanted of them than what projects embed.
func (s *Set) relateWorkTypes(p *Plan) {
	if p.Want&^ccube.WorkTypeName != 0 {
		s.WorkTypes.announce()
	}
}

// relateCommunicationStatuses announces the list of communication statuses, if more is wanted of them than what projects
// embed.
func (s *Set) relateCommunicationStatuses(p *Plan) {
	if p.Want&^ccube.CommunicationStatusName != 0 {
		s.CommunicationStatuses.announce()
	}
}
