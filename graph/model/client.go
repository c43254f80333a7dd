package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Client is the client as a project, quote or invoice shows it.
type Client struct {
	// Ref is the client's id, nil where CCUBE does not tell it.
	Ref *ccube.ID
	// Owner is the plan of the object that shows it: below its field lies the client's own.
	Owner *loaders.Plan
	// embedded is what the row shows of it, nil where it shows but the id.
	embedded *ccube.EmbeddedClient
	// missing is why there is no more of it.
	missing error
}

// newClient joins what a row tells of its client: nil where it names none. unread is why it may not tell all.
func newClient(owner *loaders.Plan, ref *ccube.ID, embedded *ccube.EmbeddedClient, unread error) (*Client, error) {
	if ref == nil && embedded == nil {
		return nil, unread
	}
	return &Client{Ref: ref, Owner: owner, embedded: embedded, missing: unread}, nil
}

// ID resolves Client.id.
func (c *Client) ID() *ccube.ID { return c.Ref }

// Name resolves Client.name.
func (c *Client) Name() (*string, error) {
	return c.read(ccube.EmbeddedName, func(e *ccube.EmbeddedClient) *ccube.Null[string] { return &e.Name })
}

// Email resolves Client.email.
func (c *Client) Email() (*string, error) {
	return c.read(ccube.ClientEmail, func(e *ccube.EmbeddedClient) *ccube.Null[string] { return &e.Email })
}

// Phone resolves Client.phone.
func (c *Client) Phone() (*string, error) {
	return c.read(ccube.ClientPhone, func(e *ccube.EmbeddedClient) *ccube.Null[string] { return &e.Phone })
}

func (c *Client) read(key ccube.Keys, field func(*ccube.EmbeddedClient) *ccube.Null[string]) (*string, error) {
	if c.embedded == nil {
		return nil, c.missing
	}
	return read(&c.embedded.Row, key, field(c.embedded), nil)
}
