import type { Notice } from '../frame/metadata.ts';
import type { Result } from './result.ts';

/** A warning for each column that had values which became null because its type in Grafana cannot hold them. */
export function unrepresentableNotices({ fields, batches }: Result): Notice[] {
  return fields.flatMap(({ name, type }, index) => {
    const count = batches.reduce((sum, { columns }) => sum + (columns[index]?.unrepresentable ?? 0), 0);
    const reason = type === 'timestamp' ? ': times reach from 1677 to 2262' : '';
    return count === 0
      ? []
      : [
          {
            severity: 'warning',
            text: `${count} values of column ${name} are shown as empty, since Grafana cannot hold them${reason}`,
          },
        ];
  });
}
