package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreateQuoteInput is what a new quote starts with.
type CreateQuoteInput struct {
	Number       string
	ProjectID    string
	DepartmentID string
	QuoteType    string
	Description  *string
	Terms        *string
	Title        *string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateQuoteInput) Write(c *Check) ccube.QuoteWrite {
	w := ccube.QuoteWrite{
		Number:       c.filled("number", given(&in.Number)),
		ProjectID:    c.id("projectId", given(&in.ProjectID)),
		DepartmentID: c.id("departmentId", given(&in.DepartmentID)),
		QuoteType:    c.filled("quoteType", given(&in.QuoteType)),
		Description:  c.text("description", given(in.Description)),
		Terms:        c.text("terms", given(in.Terms)),
		Title:        c.text("title", given(in.Title)),
	}
	return w
}

// UpdateQuoteInput is what to change in a quote.
type UpdateQuoteInput struct {
	Number       graphql.Omittable[*string]
	ProjectID    graphql.Omittable[*string]
	DepartmentID graphql.Omittable[*string]
	QuoteType    graphql.Omittable[*string]
	Description  graphql.Omittable[*string]
	Terms        graphql.Omittable[*string]
	Title        graphql.Omittable[*string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateQuoteInput) Write(c *Check) ccube.QuoteWrite {
	w := ccube.QuoteWrite{
		Number:       c.filled("number", in.Number),
		ProjectID:    c.id("projectId", in.ProjectID),
		DepartmentID: c.id("departmentId", in.DepartmentID),
		QuoteType:    c.filled("quoteType", in.QuoteType),
		Description:  c.text("description", in.Description),
		Terms:        c.text("terms", in.Terms),
		Title:        c.text("title", in.Title),
	}
	return changes(c, w)
}
