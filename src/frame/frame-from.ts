import type { Cell } from './cells.ts';
import { columnFrom } from './column-from.ts';
import type { Frame, FrameField } from './frame.ts';

/** A field with its cells, from the first row to the last. */
export interface FieldWithCells extends FrameField {
  readonly cells: readonly Cell[];
}

/**
 * Builds a frame of one batch from cells, one at a time: for small frames made by hand.
 * Throws RangeError where a field has more or fewer cells than the first, and what {@link columnFrom} throws.
 */
export function frameFrom(fields: readonly FieldWithCells[], rest: Omit<Frame, 'fields' | 'batches'> = {}): Frame {
  const rowCount = fields[0]?.cells.length ?? 0;
  for (const { name, cells } of fields) {
    if (cells.length !== rowCount) {
      throw new RangeError(
        `Cannot build the frame: field ${JSON.stringify(name)} has ${cells.length} cells, the first has ${rowCount}`,
      );
    }
  }
  const columns = fields.map(({ type, cells }) => columnFrom(type, cells));
  return { ...rest, fields: fields.map(({ cells, ...field }) => field), batches: [{ rowCount, columns }] };
}
