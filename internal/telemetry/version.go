package telemetry

import (
	"cmp"
	"runtime"
	"runtime/debug"
)

// version and commit are set where the build cannot find them out, as from an archive without its history:
//
//	go build -ldflags "-X github.com/ccube-graphql/ccube-graphql/internal/telemetry.version=v1.2.3"
var version, commit string

// Build is which build of the gateway this is.
type Build struct {
	// Version is the module's version.
	Version string
	// Commit is what it was built from; empty where that is not known. It ends in + where files had been changed.
	Commit string
	// Go is the Go that built it.
	Go string
}

// ThisBuild returns which build this is.
func ThisBuild() Build {
	b := Build{Version: version, Commit: commit, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.Version = cmp.Or(b.Version, info.Main.Version)
	settings := make(map[string]string, len(info.Settings))
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if b.Commit == "" {
		b.Commit = settings["vcs.revision"]
		if settings["vcs.modified"] == "true" {
			b.Commit += "+"
		}
	}
	return b
}

// String is the build in one line.
func (b Build) String() string {
	s := cmp.Or(b.Version, "unknown")
	if b.Commit != "" {
		s += " " + b.Commit
	}
	return s + " " + b.Go
}
