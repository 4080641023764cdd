import { EngineError } from '../../engine.ts';
import type { Bindings } from '../bindings.ts';
import { readNames } from '../reuse/ask-names.ts';
import type { Instance } from './open.ts';

/** Every setting of the instance as `name=value`, in order: what `lockInstance` compares. */
export async function readSettings(bindings: Bindings, { control }: Instance): Promise<readonly string[]> {
  return readNames(bindings, control, `SELECT concat(name, '=', value) FROM duckdb_settings() ORDER BY name`);
}

/**
 * Locks the configuration: no query comes before it.
 *
 * @param expected what `readSettings` said before init SQL ran. No statement of it sets anything, and here is the proof: the outside still
 * closed, the directories, memory, threads and temporary space as they were
 * @throws EngineError settings_invalid when a setting is another now
 */
export async function lockInstance(
  bindings: Bindings,
  instance: Instance,
  expected?: readonly string[],
): Promise<void> {
  if (expected !== undefined) {
    const settings = await readSettings(bindings, instance);
    const changed = expected.find((setting, i) => setting !== settings[i]);
    if (changed !== undefined) {
      const [name] = changed.split('=');
      throw new EngineError(
        'settings_invalid',
        `Cannot use the init SQL: it has changed the setting ${name} of DuckDB`,
      );
    }
  }
  await bindings.query(instance.control, 'SET GLOBAL lock_configuration = true');
}
