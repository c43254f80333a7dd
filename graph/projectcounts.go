package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// projectShares are what projects can be counted by.
var projectShares = map[model.ProjectGroup]func(*ccube.Project) share{
	model.ProjectGroupStage:               func(p *ccube.Project) share { return sharedNamed(p.Stage) },
	model.ProjectGroupStatus:              func(p *ccube.Project) share { return sharedText(p.Status) },
	model.ProjectGroupWorkType:            func(p *ccube.Project) share { return sharedNamed(p.WorkType) },
	model.ProjectGroupPropertyType:        func(p *ccube.Project) share { return sharedNamed(p.PropertyType) },
	model.ProjectGroupCommunicationStatus: func(p *ccube.Project) share { return sharedNamed(p.CommunicationStatus) },
	model.ProjectGroupMonthCreated:        func(p *ccube.Project) share { return sharedMonth(p.CreatedAt) },
}

// sharedNamed is the share of an embedded lookup.
func sharedNamed(n *ccube.Named) share {
	if n == nil {
		return share{}
	}
	return sharedID(&n.ID, n.Name)
}

// projectCounts counts the projects that pass the filter.
func (r *Resolver) projectCounts(ctx context.Context, f *model.ProjectFilter, by model.ProjectGroup) ([]*model.ProjectCount, error) {
	tests, err := f.Tests()
	_, rows, err := selected(ctx, projectObjects, loaders.Selection[*ccube.Project]{Among: f.Among(), Tests: tests}, err)
	if err != nil {
		return nil, err
	}
	return each(grouped(rows, projectShares[by]), func(key string, label *string, rows []*ccube.Project) (*model.ProjectCount, error) {
		return &model.ProjectCount{Key: key, Label: label, Count: len(rows)}, nil
	})
}
