import type { CatalogColumn } from '../../engine/catalog.ts';
import type { ColumnPayload } from '../../model/resources.ts';
import { formatName } from '../../sql/names.ts';
import { columnKindOf } from './column-kind.ts';

/** An ENUM may have thousands of values, all of which stand in its type. In UTF-16 units. */
const maxType = 200;

export function toColumnPayload({ name, type, fieldType }: CatalogColumn): ColumnPayload {
  const shown = type.length > maxType ? `${type.slice(0, maxType)}…` : type;
  return { name, sql: formatName(name), type: shown, kind: columnKindOf(fieldType) };
}
