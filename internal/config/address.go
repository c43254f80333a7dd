package config

// This file holds the kinds of values that name something: hosts, tenants, addresses, and the sandbox's paging.

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// maxTenants bounds the list: a longer one is a mistake.
const maxTenants = 1000

func hostPort(field func(*Config) *string) kind {
	return kind{
		takes: "host:port, or :port for all interfaces; port 0 takes any that is free",
		set: func(c *Config, text string) error {
			_, port, err := net.SplitHostPort(text)
			if err != nil {
				return errors.New("it is no host:port")
			}
			if _, err := strconv.ParseUint(port, 10, 16); err != nil {
				return errors.New("its port is no number up to 65535")
			}
			*field(c) = text
			return nil
		},
	}
}

// label is what a tenant's name is.
const label = "small letters, digits and hyphens between them, at most 63"

func name(field func(*Config) *[]string) kind {
	return kind{takes: "one name: " + label, set: func(c *Config, text string) error {
		if !identity.IsLabel(text) {
			return errors.New("it is no tenant's name")
		}
		*field(c) = []string{text}
		return nil
	}}
}

func names(field func(*Config) *[]string) kind {
	return kind{
		takes: "names with commas between, each once: " + label,
		set: func(c *Config, text string) error {
			var list []string
			for item := range strings.SplitSeq(text, ",") {
				item = strings.TrimSpace(item)
				switch {
				case !identity.IsLabel(item):
					return errors.New("one of them is no tenant's name")
				case slices.Contains(list, item):
					return errors.New("it has a name twice")
				case len(list) == maxTenants:
					return errors.New("it has more than " + strconv.Itoa(maxTenants) + " names")
				}
				list = append(list, item)
			}
			*field(c) = list
			return nil
		},
	}
}

// baseURL takes nothing that a path cannot be appended to, and no credential: each caller brings its own.
func webAddress(field func(*Config) **url.URL) kind {
	return kind{
		takes: "an http:// or https:// address without user, query and fragment",
		hides: func(text string) bool { return strings.Contains(text, "@") },
		set: func(c *Config, text string) error {
			u, err := url.Parse(text)
			switch {
			case err != nil:
				return errors.New("it cannot be read")
			case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || !plausiblePort(u):
				return errors.New("it is no http:// or https:// address")
			case u.User != nil || strings.ContainsAny(text, "?#"):
				return errors.New("it has a user, a query or a fragment")
			}
			u.Path = strings.TrimRight(u.Path, "/")
			u.RawPath = strings.TrimRight(u.RawPath, "/")
			*field(c) = u
			return nil
		},
	}
}

func plausiblePort(u *url.URL) bool {
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return u.Port() == "" && !strings.HasSuffix(u.Host, ":") || err == nil && n > 0
}

func redisURL() kind {
	return kind{
		takes: cache.URLForms,
		hides: func(string) bool { return true },
		set: func(c *Config, text string) error {
			c.RedisURL = identity.Secret(text)
			return cache.CheckURL(c.RedisURL)
		},
	}
}

// maxCap bounds what a page of the sandbox can be capped at.
const maxCap = 100_000

func paging() kind {
	return kind{takes: "honoured, ignored, or capped:N with N from 1 to " + strconv.Itoa(maxCap), set: func(c *Config, text string) error {
		mode, number, _ := strings.Cut(text, ":")
		switch {
		case text == string(PagingHonoured), text == string(PagingIgnored):
			c.Sandbox.Paging = Paging{Mode: PagingMode(text)}
			return nil
		case mode != string(PagingCapped):
			return errors.New("it is none of these")
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > maxCap {
			return errors.New("its N is none")
		}
		c.Sandbox.Paging = Paging{Mode: PagingCapped, Cap: n}
		return nil
	}}
}
