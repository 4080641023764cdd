package main

import (
	"context"
	"crypto/tls"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// stranger connects to the plugin's own address as somebody who found the socket would.
func stranger(ctx context.Context, s *session) error {
	target := s.address.String()
	if s.address.Network() == "unix" {
		target = "unix:" + target
	}
	withoutCertificate := &tls.Config{InsecureSkipVerify: true, ServerName: "localhost"}
	for name, transport := range map[string]credentials.TransportCredentials{
		"over plain text":          insecure.NewCredentials(),
		"over TLS, no certificate": credentials.NewTLS(withoutCertificate),
	} {
		conn, err := grpc.NewClient(target, grpc.WithTransportCredentials(transport))
		if err != nil {
			return err
		}
		_, err = grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
		_ = conn.Close()
		if err == nil {
			return fmt.Errorf("a stranger was answered %s", name)
		}
	}
	return health(ctx, s)
}
