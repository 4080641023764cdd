import type { FieldType, Loss } from '../frame/column.ts';
import type { Notice } from '../frame/metadata.ts';
import { are, counted } from './counted.ts';
import type { Result } from './result.ts';

/** More names than these make no sentence. */
const maxNames = 10;

type Sentence = (count: number, columns: string, types: readonly FieldType[]) => Omit<Notice, 'link'>;

/** What a person is told of each loss. `digits` is for those who read the numbers, and so for tables alone. */
const sentences: Readonly<Record<Loss, Sentence>> = {
  time: (count, columns) => ({
    severity: 'warning',
    text: `${counted(count, 'value')} of ${columns} ${are(count)} shown as empty, since Grafana cannot hold ${count === 1 ? 'it' : 'them'}: times reach from 1677 to 2262`,
  }),
  notFinite: (count, columns) => ({
    severity: 'warning',
    text: `NaN or infinity in ${counted(count, 'value')} of ${columns} is shown as null: JSON has no such numbers`,
  }),
  notJson: (count, columns) => ({
    severity: 'warning',
    text: `${counted(count, 'value')} of ${columns} ${are(count)} no JSON, and shown as text`,
  }),
  digits: (_, columns, types) => ({
    severity: 'info',
    text: `Numbers of ${columns} have more digits than a browser keeps, and are rounded. To see all of them, cast to VARCHAR${
      types.every((type) => type === 'json') ? '' : ', or switch on bigintAsText in the settings of the data source'
    }`,
  }),
};

/** One notice for each kind of loss that the result has, whatever the number of its columns and rows. */
export function lossNotices({ fields, batches }: Result, kinds: readonly Loss[]): Notice[] {
  return kinds.flatMap((kind) => {
    const counts = fields.map((_, index) =>
      batches.reduce((sum, { columns }) => sum + (columns[index]?.losses?.[kind] ?? 0), 0),
    );
    const lossy = fields.filter((_, index) => (counts[index] as number) > 0);
    const types = lossy.map(({ type }) => type);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return total === 0 ? [] : [sentences[kind](total, columnsCalled(lossy.map(({ name }) => name)), types)];
  });
}

/** `column a`, `columns a and b`, `columns a, b and 7 others`. */
function columnsCalled(names: readonly string[]): string {
  const shown = names.length > maxNames ? names.slice(0, maxNames - 1) : names.slice(0, -1);
  const last = names.length > maxNames ? `${names.length - shown.length} others` : names.at(-1);
  return shown.length === 0 ? `column ${last}` : `columns ${shown.join(', ')} and ${last}`;
}
