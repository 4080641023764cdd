import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

/** One gRPC service: its generated definition and its handlers. */
export interface PluginService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
  /** A serialized `google.protobuf.FileDescriptorSet` of the service's file and what it imports, for gRPC reflection. */
  readonly fileDescriptorSet?: Uint8Array;
}
