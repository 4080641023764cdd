import { type Cell, valueAt } from '../frame/cells.ts';
import type { Column, Field, VariableColumn } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';

/** A column's values as text: text and JSON are what they were, and cost nothing; times are ISO 8601 in UTC. */
export function textColumn({ type, texts = [] }: Field, column: Column): VariableColumn {
  if (column.layout === 'variable') {
    return column;
  }
  const format = (cell: Cell): string => {
    switch (type) {
      case 'timestamp':
        return formatTimeNs(cell as bigint);
      case 'enum':
        return texts[Number(cell)] ?? '';
      default:
        return String(cell);
    }
  };
  const cells = Array.from({ length: column.length }, (_, row) => {
    const cell = valueAt(column, row);
    return cell === null ? null : format(cell);
  });
  return columnFrom('utf8', cells) as VariableColumn;
}

/** `2026-01-02T03:04:05.678Z`, with as many further digits as there are. */
export function formatTimeNs(timeNs: bigint): string {
  const below = ((timeNs % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const iso = new Date(Number((timeNs - below) / 1_000_000n)).toISOString();
  return below === 0n ? iso : iso.replace('Z', `${String(below).padStart(6, '0').replace(/0+$/, '')}Z`);
}
