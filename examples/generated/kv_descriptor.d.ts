// GENERATED CODE -- DO NOT EDIT!

/** kv.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
