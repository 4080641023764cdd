import type { FunctionPayload } from '../../model/resources.ts';
import { askEngine } from './ask-engine.ts';
import type { ResourceCall } from './resource.ts';

/** `GET functions`: for help beside the editor. */
export function listFunctions(call: ResourceCall): Promise<readonly FunctionPayload[]> {
  return askEngine(call, 'the catalogue', async ({ catalog }, signal) =>
    (await catalog.functions(signal)).map(({ name, kind, signatures, description }) => ({
      name,
      kind,
      signatures,
      ...(description && { help: description }),
    })),
  );
}
