import {
  type DataFrame,
  formattedValueToString,
  getValueFormat,
  type PanelData,
  type QueryResultMetaNotice,
} from '@grafana/data';

/** What the last run of a query has told. */
export interface RunInfo {
  /** `Rows from the engine: 1,234`. */
  readonly figures: readonly string[];
  readonly notices: readonly QueryResultMetaNotice[];
  readonly error?: RunError;
}

export interface RunError {
  /** With its hint. */
  readonly message: string;
  /** 0-based, in the SQL that was sent. */
  readonly position?: number;
}

/** Undefined before the first run. Data of other queries of a panel is left aside. */
export function runInfo(data: PanelData | undefined, refId: string): RunInfo | undefined {
  if (data === undefined) {
    return undefined;
  }
  const frames = data.series.filter((frame) => frame.refId === undefined || frame.refId === refId);
  const error = errorOf(data, refId, frames);
  if (frames.length === 0 && !error) {
    return undefined;
  }
  return { figures: error ? [] : figuresOf(frames), notices: noticesOf(frames), ...(error && { error }) };
}

/** The first frame has the figures of them all; an answer without figures still has rows. */
function figuresOf(frames: readonly DataFrame[]): readonly string[] {
  const stats = frames.flatMap(({ meta }) => meta?.stats ?? []);
  if (stats.length === 0) {
    const rows = frames.reduce((sum, { length }) => sum + length, 0);
    return [`Rows: ${rows.toLocaleString('en-US')}`];
  }
  return stats.map(({ displayName, value, unit }) => {
    const text = unit ? formattedValueToString(getValueFormat(unit)(value)) : value.toLocaleString('en-US');
    return `${displayName}: ${text}`;
  });
}

/** Each once: frames of one answer may repeat them. */
function noticesOf(frames: readonly DataFrame[]): readonly QueryResultMetaNotice[] {
  const notices = frames.flatMap(({ meta }) => meta?.notices ?? []);
  return notices.filter(({ text }, at) => notices.findIndex((other) => other.text === text) === at);
}

function errorOf(data: PanelData, refId: string, frames: readonly DataFrame[]): RunError | undefined {
  const errors = data.errors ?? (data.error ? [data.error] : []);
  const error =
    errors.find((candidate) => candidate.refId === refId) ?? errors.find(({ refId: id }) => id === undefined);
  if (!error) {
    return undefined;
  }
  const position: unknown = frames.map(({ meta }) => meta?.custom?.position).find((place) => place !== undefined);
  return {
    message: error.message || error.data?.message || 'The query failed',
    ...(typeof position === 'number' && { position }),
  };
}
