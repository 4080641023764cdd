import type { Broker } from './broker.ts';
import type { PluginService } from './service.ts';

/**
 * What is served under one version of the application's protocol. Called once, when the version is chosen, with the
 * broker by which services reach their host and give it services of their own.
 */
export type PluginSet = (broker: Broker) => readonly PluginService[];
