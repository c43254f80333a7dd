package http1_test

import (
	"log/slog"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // http.Transport and http.Server say what they think of the servers here
	goleak.VerifyTestMain(m)
}
