// Package telemetry is how the gateway tells operators what goes on: logs, metrics, and the port that shows them.
//
// What is told never holds a credential, a variable's value or an answer's data: callers appear as their partition, a
// hash that only this process can make.
package telemetry

import (
	"io"
	"log/slog"
)

// NewLogger returns a logger that writes lines of the format, "text" or "json", from the level on.
func NewLogger(w io.Writer, level slog.Level, format string) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
