// GENERATED CODE -- DO NOT EDIT!

/** goplugin/health.proto and what it imports, as a serialized google.protobuf.FileDescriptorSet. */
export const fileDescriptorSet: Uint8Array;
