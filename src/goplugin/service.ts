import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

/** One gRPC service: its generated definition and its handlers. */
export interface PluginService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** What is served under one version of the application's protocol. */
export type PluginSet = readonly PluginService[];
