import { Text } from '@grafana/ui';
import type { ConfiguredTablePayload } from '../../model/resources.ts';
import { sentence } from '../failure.ts';
import type { ConfiguredTables } from './configured-tables.ts';

/** What was found of one table. */
export function FoundTable({ found, index }: { readonly found: ConfiguredTables; readonly index: number }) {
  switch (found.state) {
    case 'loading':
      return <Text>Looking…</Text>;
    case 'failed':
      return null; // said once, below all tables
    case 'ready':
      return <Answer table={found.value[index]} />;
  }
}

export function NotSaved() {
  return <Text color="warning">Not saved yet. Save & test shows what is found</Text>;
}

function Answer({ table }: { readonly table: ConfiguredTablePayload | undefined }) {
  if (table?.error) {
    return <Text color="error">{sentence(table.error)}</Text>;
  }
  return <Text>{table ? describeTable(table) : ''}</Text>;
}

const namedColumns = 8;

/** `12 files, 2 columns: time TIMESTAMP, station VARCHAR`. */
export function describeTable({ files, columns }: ConfiguredTablePayload): string {
  const names = columns?.slice(0, namedColumns).map(({ name, type }) => `${name} ${type}`) ?? [];
  const more = (columns?.length ?? 0) - names.length;
  const list = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
  const counts = [counted(files, 'file'), counted(columns?.length, 'column')].filter((text) => text !== undefined);
  return list === '' ? counts.join(', ') : `${counts.join(', ')}: ${list}`;
}

function counted(count: number | undefined, thing: string): string | undefined {
  return count === undefined ? undefined : `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}
