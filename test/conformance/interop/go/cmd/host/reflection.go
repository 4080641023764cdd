package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
)

func reflection(ctx context.Context, s *session) error {
	stream, err := grpc_reflection_v1.NewServerReflectionClient(s.Conn).ServerReflectionInfo(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = stream.CloseSend() }()
	services, err := listServices(stream)
	if err != nil {
		return err
	}
	for _, name := range []string{"quiver.conformance.Peer", "com.example.protos.Greeter"} {
		if !slices.Contains(services, name) {
			return fmt.Errorf("%s is not among %q", name, services)
		}
	}
	return describesPeer(stream)
}

func listServices(stream grpc_reflection_v1.ServerReflection_ServerReflectionInfoClient) ([]string, error) {
	response, err := ask(stream, &grpc_reflection_v1.ServerReflectionRequest{
		MessageRequest: &grpc_reflection_v1.ServerReflectionRequest_ListServices{},
	})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, service := range response.GetListServicesResponse().GetService() {
		names = append(names, service.GetName())
	}
	return names, nil
}

func ask(
	stream grpc_reflection_v1.ServerReflection_ServerReflectionInfoClient,
	request *grpc_reflection_v1.ServerReflectionRequest,
) (*grpc_reflection_v1.ServerReflectionResponse, error) {
	// io.EOF is only that the stream has ended; why, Recv says.
	if err := stream.Send(request); err != nil && err != io.EOF {
		return nil, err
	}
	response, err := stream.Recv()
	if err != nil {
		return nil, err
	}
	if refusal := response.GetErrorResponse(); refusal != nil {
		return nil, fmt.Errorf("reflection answered %d %s", refusal.GetErrorCode(), refusal.GetErrorMessage())
	}
	return response, nil
}

// describesPeer looks for the service and one of its methods in the files that the plugin sends.
func describesPeer(stream grpc_reflection_v1.ServerReflection_ServerReflectionInfoClient) error {
	response, err := ask(stream, &grpc_reflection_v1.ServerReflectionRequest{
		MessageRequest: &grpc_reflection_v1.ServerReflectionRequest_FileContainingSymbol{FileContainingSymbol: "quiver.conformance.Peer"},
	})
	if err != nil {
		return err
	}
	for _, encoded := range response.GetFileDescriptorResponse().GetFileDescriptorProto() {
		var file descriptorpb.FileDescriptorProto
		if err := proto.Unmarshal(encoded, &file); err != nil {
			return fmt.Errorf("a file of the answer is no descriptor: %w", err)
		}
		if file.GetPackage() == "quiver.conformance" && hasCallBack(&file) {
			return nil
		}
	}
	return fmt.Errorf("no file of the answer has CallBack of quiver.conformance.Peer")
}

func hasCallBack(file *descriptorpb.FileDescriptorProto) bool {
	for _, service := range file.GetService() {
		for _, method := range service.GetMethod() {
			if service.GetName() == "Peer" && method.GetName() == "CallBack" && method.GetInputType() == ".quiver.conformance.CallBackRequest" {
				return true
			}
		}
	}
	return false
}
