// GENERATED CODE -- DO NOT EDIT!

/** hello.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
