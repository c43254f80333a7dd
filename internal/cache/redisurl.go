package cache

// This file reads the address of Redis. go-redis has a parser for each kind of server, with other rules each, and their
// errors quote the address with its password; so there is one here for all, which takes nothing that it does not know.

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// URLForms says in a phrase which addresses [CheckURL] takes.
const URLForms = "redis://[user:password@]host[:port][/db], rediss:// for TLS, unix:///path[?db=n], " +
	"several host:port with commas between for a Cluster (one with ?cluster=true), " +
	"?master_name=name for Sentinel (with &sentinel_username= and &sentinel_password= where it wants them)"

// CheckURL reports whether [OpenRedis] takes the address. The forms are those of [URLForms]; user and password are
// percent-encoded. The error says what is wrong, and quotes nothing of the address.
func CheckURL(address identity.Secret) error {
	_, err := parseURL(address)
	return err
}

// parseURL returns where the address leads.
func parseURL(address identity.Secret) (*redis.UniversalOptions, error) {
	scheme, rest, ok := strings.Cut(address.Reveal(), "://")
	if !ok || !slices.Contains([]string{"redis", "rediss", "unix"}, scheme) {
		return nil, errors.New("it does not begin with redis://, rediss:// or unix://")
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	at := strings.LastIndexByte(authority, '@') + 1
	// The hosts are read apart: net/url knows only one.
	u, err := url.Parse(scheme + "://" + authority[:at] + "host" + tail)
	if err != nil || u.Fragment != "" {
		return nil, errors.New("it cannot be read; user and password have to be percent-encoded")
	}
	o := &redis.UniversalOptions{Username: u.User.Username()}
	o.Password, _ = u.User.Password()
	if scheme == "rediss" {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	query, err := readQuery(u)
	if err != nil {
		return nil, err
	}
	if scheme == "unix" {
		return o, socket(o, authority[at:], u.Path, query)
	}
	return o, servers(o, authority[at:], u.Path, query)
}

// readQuery returns the query with one value a name.
func readQuery(u *url.URL) (map[string]string, error) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("what follows its ? cannot be read")
	}
	query := make(map[string]string, len(values))
	for name, v := range values {
		if len(v) != 1 || v[0] == "" {
			return nil, errors.New("what follows its ? has a name without a value, or one with several")
		}
		query[name] = v[0]
	}
	return query, nil
}

// socket reads the form unix://.
func socket(o *redis.UniversalOptions, host, path string, query map[string]string) (err error) {
	if host != "" || len(path) < 2 {
		return errors.New("a socket's path begins with three slashes: unix:///path")
	}
	o.Addrs = []string{path}
	o.DB, err = database(query["db"])
	return errors.Join(err, onlyKnown(query, "db"))
}

// servers reads the forms redis:// and rediss://.
func servers(o *redis.UniversalOptions, hosts, path string, query map[string]string) (err error) {
	o.MasterName = query["master_name"]
	o.SentinelUsername, o.SentinelPassword = query["sentinel_username"], query["sentinel_password"]
	port := "6379"
	if o.MasterName != "" {
		port = "26379"
	}
	for host := range strings.SplitSeq(hosts, ",") {
		address, err := hostPort(host, port)
		if err != nil {
			return err
		}
		o.Addrs = append(o.Addrs, address)
	}
	if o.DB, err = database(strings.TrimPrefix(path, "/")); err != nil {
		return err
	}
	if err := setMode(o, query["cluster"]); err != nil {
		return err
	}
	return onlyKnown(query, "master_name", "sentinel_username", "sentinel_password", "cluster")
}

// setMode says what the hosts are: one server, the nodes of a Cluster, or Sentinels.
func setMode(o *redis.UniversalOptions, cluster string) error {
	o.IsClusterMode = cluster == "true" || len(o.Addrs) > 1 && o.MasterName == ""
	switch {
	case cluster != "" && cluster != "true":
		return errors.New("cluster can only be true")
	case cluster != "" && o.MasterName != "":
		return errors.New("cluster and master_name exclude each other")
	case o.IsClusterMode && o.DB != 0:
		return errors.New("a Cluster has no database but 0")
	case o.MasterName == "" && o.SentinelUsername+o.SentinelPassword != "":
		return errors.New("sentinel_username and sentinel_password go with master_name")
	}
	return nil
}

// hostPort adds the port to a host that has none.
func hostPort(s, port string) (string, error) {
	if h, p, err := net.SplitHostPort(s); err == nil {
		s, port = h, p
	} else {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", errors.New("it has a port that is none")
	}
	if s == "" || strings.ContainsAny(s, "[]@ %\t\r\n") || strings.Contains(s, ":") && net.ParseIP(s) == nil {
		return "", errors.New("it lacks a host, or has one that is none")
	}
	return net.JoinHostPort(s, port), nil
}

// database reads the number of a database; none is 0.
func database(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return 0, errors.New("its database is no number")
	}
	return int(n), nil
}

// onlyKnown refuses names after the ? that mean nothing, for whoever wrote them meant something.
func onlyKnown(query map[string]string, known ...string) error {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			return fmt.Errorf("what follows its ? can only be %s", strings.Join(known, ", "))
		}
	}
	return nil
}

// bound puts every wait that go-redis knows under the budget, and takes away what it does by itself: it would dial
// five times and repeat commands three times. The context of a command bounds them all together.
func bound(o *redis.UniversalOptions, r RedisOptions) {
	o.ContextTimeoutEnabled = true
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = r.Budget, r.Budget, r.Budget, r.Budget
	o.MaxRetries, o.DialerRetries = -1, 1
	o.DisableIdentity = true // one round trip less for a new connection
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// go-redis logs every failed dial by itself, where the breaker's two lines are meant to be all. Its logger is one for
// the process, and this package is the only one that uses it.
func init() { redis.SetLogger(silence{}) }

type silence struct{}

// Printf prints nothing.
func (silence) Printf(context.Context, string, ...any) {}
