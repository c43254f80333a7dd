package loaders

import (
	"context"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CachedLists reads the lookup lists through a cache that all callers of a tenant share.
func CachedLists(c *cache.Lists) Lists {
	return Lists{
		Stages:                cached(c, "stages", (*ccube.API).ListStages),
		WorkTypes:             cached(c, "work_types", (*ccube.API).ListWorkTypes),
		CommunicationStatuses: cached(c, "communication_statuses", (*ccube.API).ListCommunicationStatuses),
	}
}

// cached reads one list through the cache, and has the trace tell when no call was needed.
func cached[T any](
	c *cache.Lists, name string, list func(*ccube.API, context.Context) ([]T, error),
) func(context.Context, *ccube.API) ([]T, error) {
	return func(ctx context.Context, api *ccube.API) ([]T, error) {
		start := time.Now()
		caller := api.Caller()
		rows, hit, err := cache.Through(ctx, c, cache.ListKey{Tenant: caller.Tenant.Name, Name: name}, caller.Partition,
			func(ctx context.Context) ([]T, error) { return list(api, ctx) })
		if hit {
			ccube.Report(ctx, ccube.Call{
				Method: "GET", Path: "/api/v2/projects/" + name, Start: start, Duration: time.Since(start), Source: ccube.Cached,
			})
		}
		return rows, err
	}
}
