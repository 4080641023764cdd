import {
  type DataFrame,
  type DataQuery,
  type DataSourceApi,
  type DataSourceWithLogsContextSupport,
  hasLogsContextSupport,
  LogLevel,
  LogRowContextQueryDirection,
  type LogRowModel,
} from '@grafana/data';
import { Alert, LoadingPlaceholder, Modal } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { LogLines } from '../panels/log-lines.tsx';
import type { LogLine } from '../panels/read-logs.ts';

export interface LogContextProps {
  readonly dataSource: DataSourceApi;
  readonly query: DataQuery;
  readonly frame: DataFrame;
  readonly line: LogLine;
  readonly onClose: () => void;
}

interface Around {
  readonly title: string;
  readonly frames: readonly DataFrame[];
}

/** The lines around a log line, which the data source is asked for. */
export function LogContext({ dataSource, query, frame, line, onClose }: LogContextProps) {
  const [around, setAround] = useState<readonly Around[]>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    if (hasLogsContextSupport(dataSource)) {
      readAround(dataSource, rowModel(frame, line), query).then(setAround, setError);
    }
  }, [dataSource, frame, line, query]);
  return (
    <Modal isOpen title="Lines around this one" onDismiss={onClose}>
      {error && <Alert title="Cannot read the context">{error.message}</Alert>}
      {!around && !error && <LoadingPlaceholder text="Loading" />}
      {around?.map(({ title, frames }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          {frames.map((one) => (
            <LogLines key={one.refId} frame={one} timeZone="utc" />
          ))}
        </section>
      ))}
    </Modal>
  );
}

async function readAround(
  dataSource: DataSourceWithLogsContextSupport,
  row: LogRowModel,
  query: DataQuery,
): Promise<Around[]> {
  const ask = async (title: string, direction: LogRowContextQueryDirection): Promise<Around> => {
    const { data } = await dataSource.getLogRowContext(row, { direction, limit: 10 }, query);
    return { title, frames: data as DataFrame[] };
  };
  return Promise.all([
    ask('Before', LogRowContextQueryDirection.Backward),
    ask('After', LogRowContextQueryDirection.Forward),
  ]);
}

/** The line as Grafana's log view knows it. */
function rowModel(frame: DataFrame, { row, timeMs, body, labels, id }: LogLine): LogRowModel {
  const nanos = frame.fields.find(({ name }) => name === 'timestamp')?.nanos?.[row] ?? 0;
  return {
    entryFieldIndex: frame.fields.findIndex(({ name }) => name === 'body'),
    rowIndex: row,
    dataFrame: frame,
    timeEpochMs: timeMs,
    timeEpochNs: String(BigInt(timeMs) * 1_000_000n + BigInt(nanos)),
    timeFromNow: '',
    timeLocal: '',
    timeUtc: '',
    entry: body,
    raw: body,
    hasAnsi: false,
    hasUnescapedContent: false,
    labels,
    logLevel: LogLevel.unknown,
    uid: id,
    searchWords: [],
  };
}
