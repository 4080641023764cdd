import { downsamples, queryFormats } from '../../model/query.ts';
import type { CapabilitiesPayload } from '../../model/resources.ts';
import { askEngine } from './ask-engine.ts';
import type { ResourceCall } from './resource.ts';

/** `GET capabilities`. */
export function listCapabilities(call: ResourceCall): Promise<CapabilitiesPayload> {
  return askEngine(call, 'the look at the engine', async ({ version }) => ({
    engine: version,
    formats: [...new Set(Object.values(queryFormats))],
    downsamples,
  }));
}
