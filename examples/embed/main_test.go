package main

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhoOwes(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, whoOwes(context.Background(), os.DirFS("../groupe-lenoir"), &out))
	assert.Equal(t, "2026-03: 300.00 EUR, because of erp-availability\n2026-04: 0.00 EUR\n2026-05: 180.00 EUR, because of messaging-availability\n", out.String())
}
