// GENERATED CODE -- DO NOT EDIT!

/** goplugin/grpc_broker.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
