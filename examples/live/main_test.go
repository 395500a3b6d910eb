package main

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFollow(t *testing.T) {
	var out bytes.Buffer
	from := time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC)
	require.NoError(t, follow(context.Background(), os.DirFS("../helpdesk"), from, from.Add(4*time.Hour), &out))
	assert.Equal(t, `09:09 HD-2428 respond: running, 3600 s left, -
09:09 HD-2428 restore: running, 28800 s left, L1 Centre de services
09:31 HD-2423 restore: running, 66510 s left, L2 Ingénieur système
09:47 HD-2428 respond: met, 1320 s left, -
09:47 HD-2429 respond: met, 7980 s left, -
10:39 HD-2428 restore: met, 23400 s left, L1 Centre de services
12:00 HD-2427 restore: paused, 93600 s left, L1 Centre de services
`, out.String())
}
