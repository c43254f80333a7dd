package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateNote(ctx context.Context, input model.CreateNoteInput) (*model.NotePayload, error) {
	return &model.NotePayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateNote)}, nil
}

func (r *mutationResolver) UpdateNote(ctx context.Context, id string, input model.UpdateNoteInput) (*model.NotePayload, error) {
	return &model.NotePayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateNote)}, nil
}

func (r *mutationResolver) DeleteNote(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteNote), nil
}

func (r *noteResolver) Notable(ctx context.Context, obj *model.Note) (model.Notable, error) {
	typ, err := obj.NotableType()
	if typ == nil || err != nil {
		return nil, err
	}
	id, err := obj.NotableID()
	if id == nil || err != nil {
		return nil, err
	}
	return notable(ctx, obj.Plan, *typ, id)
}

func (r *noteResolver) CreatedBy(ctx context.Context, obj *model.Note) (*model.User, error) {
	set, p, err := below(ctx, obj.Plan, "User")
	if err != nil {
		return nil, err
	}
	id, err := obj.CreatedByID()
	return referred(ctx, set.Users, p, id, err, model.NewUser)
}

func (r *notePayloadResolver) Note(ctx context.Context, obj *model.NotePayload) (*model.Note, error) {
	return written(ctx, &obj.Payload, "Note", noteObjects, model.NewNote)
}

func (r *queryResolver) Note(ctx context.Context, id string) (*model.Note, error) {
	return byID(ctx, r.Resolver, id, "Note", noteObjects, model.NewNote)
}

func (r *queryResolver) Notes(ctx context.Context, first *int, after *string, offset *int, filter *model.NoteFilter) (*model.NoteConnection, error) {
	tests, err := filter.Tests()
	page, err := notes.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter}}, loaders.Selection[*ccube.Note]{
		List: filter.List(), Tests: tests,
	}, err)
	return &model.NoteConnection{Connection: page}, err
}

func (r *Resolver) Note() generated.NoteResolver { return &noteResolver{r} }

func (r *Resolver) NotePayload() generated.NotePayloadResolver { return &notePayloadResolver{r} }

type (
	noteResolver        struct{ *Resolver }
	notePayloadResolver struct{ *Resolver }
)
