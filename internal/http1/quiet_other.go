//go:build !unix

package http1

import "net"

// watch prepares quiet.
func (c *conn) watch(net.Conn) {}

// quiet cannot look here, so nothing that was kept is used again.
func (c *conn) quiet() bool { return false }
