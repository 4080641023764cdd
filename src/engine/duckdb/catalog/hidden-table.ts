import { EngineError } from '../../engine.ts';
import type { Catalog } from '../reuse/catalog.ts';

/** @throws EngineError `settings_invalid` when a name would be found in the database's file first */
export function throwIfHidden(catalog: Catalog, name: string): void {
  if (catalog.hasTable(name)) {
    throw new EngineError('settings_invalid', `The table ${name} is hidden by one of the same name in the database`, {
      hint: 'Give it another name in the data source’s settings',
    });
  }
}
