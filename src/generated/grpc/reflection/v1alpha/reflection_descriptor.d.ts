// GENERATED CODE -- DO NOT EDIT!

/** grpc/reflection/v1alpha/reflection.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
