// GENERATED CODE -- DO NOT EDIT!

/** goplugin/grpc_stdio.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
