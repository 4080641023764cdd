import type { MacroPayload } from '../../model/resources.ts';
import { macros } from '../../query/macros/index.ts';

/** `GET macros`: for completion and help. */
export function listMacros(): readonly MacroPayload[] {
  return macros.map(({ name, signature, help }) => ({ name, signature, help }));
}
