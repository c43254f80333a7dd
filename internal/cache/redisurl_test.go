package cache

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// target is what an address says.
type target struct {
	Kind       string
	Addrs      []string
	DB         int
	User, Pass string
	TLS        bool
	Master     string
	SUser      string
	SPass      string
}

func targetOf(o *redis.UniversalOptions) target {
	kind := "one"
	if o.MasterName != "" {
		kind = "sentinel"
	} else if o.IsClusterMode {
		kind = "cluster"
	}
	return target{
		Kind: kind, Addrs: o.Addrs, DB: o.DB, User: o.Username, Pass: o.Password, TLS: o.TLSConfig != nil,
		Master: o.MasterName, SUser: o.SentinelUsername, SPass: o.SentinelPassword,
	}
}

func TestRedisAddressForms(t *testing.T) {
	t.Parallel()
	cases := map[string]target{
		"redis://cache":                   {Kind: "one", Addrs: []string{"cache:6379"}},
		"redis://cache:7000/3":            {Kind: "one", Addrs: []string{"cache:7000"}, DB: 3},
		"redis://:p%40ss@cache/":          {Kind: "one", Addrs: []string{"cache:6379"}, Pass: "p@ss"},
		"rediss://u:p@cache:6380":         {Kind: "one", Addrs: []string{"cache:6380"}, User: "u", Pass: "p", TLS: true},
		"redis://[::1]:7000":              {Kind: "one", Addrs: []string{"[::1]:7000"}},
		"redis://[::1]":                   {Kind: "one", Addrs: []string{"[::1]:6379"}},
		"unix:///run/redis.sock":          {Kind: "one", Addrs: []string{"/run/redis.sock"}},
		"unix://:p@/run/redis.sock?db=2":  {Kind: "one", Addrs: []string{"/run/redis.sock"}, DB: 2, Pass: "p"},
		"redis://u:p@a,b:7001,[::1]:7002": {Kind: "cluster", Addrs: []string{"a:6379", "b:7001", "[::1]:7002"}, User: "u", Pass: "p"},
		"rediss://a?cluster=true":         {Kind: "cluster", Addrs: []string{"a:6379"}, TLS: true},
		"redis://:p@a,b:1/4?master_name=m": {
			Kind: "sentinel", Addrs: []string{"a:26379", "b:1"}, DB: 4, Pass: "p", Master: "m",
		},
		"redis://a?master_name=m&sentinel_username=su&sentinel_password=sp": {
			Kind: "sentinel", Addrs: []string{"a:26379"}, Master: "m", SUser: "su", SPass: "sp",
		},
	}
	for address, want := range cases {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			o, err := parseURL(identity.Secret(address))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, targetOf(o)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRedisAddressRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, address string }{
		"empty":            {"there is nothing", ""},
		"no scheme":        {"it could be a path", ":hunter2@cache:6379"},
		"other scheme":     {"Redis is not a web server", "https://:hunter2@cache"},
		"no host":          {"there is no default host", "redis://:hunter2@/0"},
		"empty host":       {"a stray comma", "redis://:hunter2@a,"},
		"bad port":         {"a port is a number", "redis://:hunter2@cache:port"},
		"port 0":           {"nobody listens there", "redis://:hunter2@cache:0"},
		"large port":       {"ports end at 65535", "redis://:hunter2@cache:65536"},
		"bad host":         {"no host has a space", "redis://:hunter2@ca che"},
		"bare version 6":   {"its port is ambiguous", "redis://:hunter2@g::1"},
		"bad escape":       {"%zz is nothing", "redis://:hunter2%zz@cache"},
		"raw slash":        {"it ends the host", "redis://:hunter2/x@cache"},
		"bad database":     {"databases are numbers", "redis://:hunter2@cache/zero"},
		"deep path":        {"there is one database", "redis://:hunter2@cache/0/1"},
		"fragment":         {"it means nothing", "redis://:hunter2@cache#hunter2"},
		"unknown name":     {"read_timeout would be ignored", "redis://cache?read_timeout=1s&password=hunter2"},
		"name twice":       {"one would be ignored", "redis://cache?master_name=a&master_name=hunter2"},
		"no value":         {"nor is this anything", "redis://:hunter2@cache?cluster="},
		"cluster false":    {"leave it out instead", "redis://:hunter2@cache?cluster=hunter2"},
		"both":             {"a server is one or the other", "redis://a?cluster=true&master_name=hunter2"},
		"cluster database": {"a Cluster has one", "redis://:hunter2@a,b/1"},
		"sentinel alone":   {"without a master it is not asked", "redis://a?sentinel_password=hunter2"},
		"socket with host": {"a socket is on this machine", "unix://hunter2/run/redis.sock"},
		"socket cluster":   {"a socket is one server", "unix:///run/redis.sock?cluster=hunter2"},
		"socket no path":   {"there is no default path", "unix://:hunter2@"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := CheckURL(identity.Secret(c.address))
			if err == nil {
				t.Fatalf("it is taken, but %s", c.reason)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error quotes the address: %v", err)
			}
			if _, err := OpenRedis(identity.Secret(c.address), RedisOptions{}); err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("OpenRedis: %v", err)
			}
		})
	}
}

func TestEveryWaitIsWithinTheBudget(t *testing.T) {
	t.Parallel()
	var o redis.UniversalOptions
	bound(&o, RedisOptions{}.withDefaults())
	const budget = 100 * time.Millisecond
	for name, wait := range map[string]time.Duration{
		"dial": o.DialTimeout, "read": o.ReadTimeout, "write": o.WriteTimeout, "pool": o.PoolTimeout,
	} {
		if wait != budget {
			t.Errorf("%s waits %s, want %s", name, wait, budget)
		}
	}
	if !o.ContextTimeoutEnabled || o.MaxRetries != -1 || o.DialerRetries != 1 {
		t.Error("a command may take longer than its context, or is repeated")
	}
}
