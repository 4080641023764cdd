import type { DataFrame } from '@grafana/data';
import { Table } from '@grafana/ui';
import { Message } from './message.tsx';

export interface DataTableProps {
  readonly frame: DataFrame | undefined;
  readonly width: number;
  readonly height: number;
  readonly onFilter?: ((key: string, operator: '=' | '!=', value: string) => void) | undefined;
}

/** Rows and columns; an empty result shows its columns. */
export function DataTable({ frame, width, height, onFilter }: DataTableProps) {
  if (frame === undefined || frame.fields.length === 0) {
    return <Message>No data</Message>;
  }
  return (
    <Table
      data={frame}
      width={width}
      height={height}
      ariaLabel="Table"
      {...(onFilter && {
        onCellFilterAdded: ({ key, operator, value }: { key: string; operator: '=' | '!='; value: string }) =>
          onFilter(key, operator, value),
      })}
    />
  );
}
