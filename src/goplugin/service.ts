import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Broker } from './broker.ts';

/** One gRPC service: its generated definition and its handlers. */
export interface PluginService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
  /** A serialized `google.protobuf.FileDescriptorSet` of the service's file and what it imports, for gRPC reflection. */
  readonly fileDescriptorSet?: Uint8Array;
}

/**
 * What is served under one version of the application's protocol. Called once, when the version is chosen, with the
 * broker by which services reach their host and give it services of their own.
 */
export type PluginSet = (broker: Broker) => readonly PluginService[];
