import type { Notice } from '../frame/metadata.ts';
import { are, counted } from './counted.ts';
import type { Result } from './result.ts';

/** A warning for each column that had values which became null because its type in Grafana cannot hold them. */
export function unrepresentableNotices({ fields, batches }: Result): Notice[] {
  return fields.flatMap(({ name, type }, index) => {
    const count = batches.reduce((sum, { columns }) => sum + (columns[index]?.unrepresentable ?? 0), 0);
    const what = `${counted(count, 'value')} of column ${name} ${are(count)} shown as empty`;
    const reason = type === 'timestamp' ? ': times reach from 1677 to 2262' : '';
    return count === 0
      ? []
      : [
          {
            severity: 'warning',
            text: `${what}, since Grafana cannot hold ${count === 1 ? 'it' : 'them'}${reason}`,
          },
        ];
  });
}
