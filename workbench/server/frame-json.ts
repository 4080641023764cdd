import { type Cell, type FieldType, type Frame, type FrameField, frameColumn } from 'quiver-sql-datasource/frame';

/**
 * Writes a frame as Grafana writes it for browsers (grafana-plugin-sdk-go data/frame_json.go, v0.298.0): a schema, and values by column.
 *
 * | value | in `values` | beside it |
 * |---|---|---|
 * | time | milliseconds | what is left of the nanoseconds, in `nanos`, if any row has some |
 * | NaN, ±Infinity | null | the rows' numbers, in `entities` |
 * | 64-bit integers | all digits | |
 * | 32-bit floats | as many digits as tell them from others of 32 bits | |
 * | JSON | as it is | |
 *
 * The Go host compares all types with the SDK's own (workbench_test.go).
 */
export function frameToJson(frame: Frame): string {
  const columns = frame.fields.map((field, index) => columnToJson(field, frameColumn(frame, index)));
  const schema = JSON.stringify({
    ...(frame.name !== undefined && { name: frame.name }),
    ...(frame.refId !== undefined && { refId: frame.refId }),
    ...(frame.meta && { meta: { typeVersion: [0, 0], ...frame.meta } }),
    fields: frame.fields.map((field, index) => fieldToJson(field, columns[index]?.hasNulls ?? false)),
  });
  const values = `[${columns.map((column) => column.values).join(',')}]`;
  const entities = columns.map((column) => column.entities ?? null);
  const nanos = columns.map((column) => column.nanos ?? null);
  const data = [
    `"values":${values}`,
    ...(entities.some((entity) => entity !== null) ? [`"entities":${JSON.stringify(entities)}`] : []),
    ...(nanos.some((rest) => rest !== null) ? [`"nanos":${JSON.stringify(nanos)}`] : []),
  ];
  return `{"schema":${schema},"data":{${data.join(',')}}}`;
}

/** A field's type for browsers, and for Go. */
const typeNames: Readonly<Record<FieldType, readonly [browser: string, go: string]>> = {
  int8: ['number', 'int8'],
  int16: ['number', 'int16'],
  int32: ['number', 'int32'],
  int64: ['number', 'int64'],
  uint8: ['number', 'uint8'],
  uint16: ['number', 'uint16'],
  uint32: ['number', 'uint32'],
  uint64: ['number', 'uint64'],
  float32: ['number', 'float32'],
  float64: ['number', 'float64'],
  bool: ['boolean', 'bool'],
  timestamp: ['time', 'time.Time'],
  utf8: ['string', 'string'],
  json: ['other', 'json.RawMessage'],
  enum: ['enum', 'enum'],
};

function fieldToJson({ name, type, labels, config, texts }: FrameField, hasNulls: boolean): object {
  const [browserType, goType] = typeNames[type];
  return {
    ...(name !== '' && { name }),
    type: browserType,
    typeInfo: { frame: goType, ...(hasNulls && { nullable: true }) },
    ...(labels && { labels }),
    ...((config || texts) && { config: { ...config, ...(texts && { type: { enum: { text: texts } } }) } }),
  };
}

interface ColumnJson {
  readonly values: string;
  readonly hasNulls: boolean;
  readonly entities?: Entities | undefined;
  readonly nanos?: readonly number[] | undefined;
}

interface Entities {
  NaN?: number[];
  Inf?: number[];
  NegInf?: number[];
}

function columnToJson({ type }: FrameField, cells: readonly Cell[]): ColumnJson {
  const hasNulls = cells.includes(null);
  if (type === 'timestamp') {
    const parts = cells.map((cell) => (cell === null ? null : splitTime(cell as bigint)));
    const nanos = parts.map((part) => part?.nanos ?? 0);
    return {
      values: `[${parts.map((part) => part?.ms ?? 'null').join(',')}]`,
      hasNulls,
      nanos: nanos.some((rest) => rest !== 0) ? nanos : undefined,
    };
  }
  const text = type === 'json' ? rawText : type === 'float32' ? float32Text : cellText;
  return { values: `[${cells.map(text).join(',')}]`, hasNulls, entities: entitiesOf(cells) };
}

/** Rounded down, so that what is left is never below 0. */
function splitTime(timeNs: bigint): { readonly ms: bigint; readonly nanos: number } {
  const rest = ((timeNs % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return { ms: (timeNs - rest) / 1_000_000n, nanos: Number(rest) };
}

function rawText(cell: Cell): string {
  return cell === null || cell === '' ? 'null' : String(cell);
}

/** The shortest number that is the same in 32 bits; nine digits tell all of them apart. */
function float32Text(cell: Cell): string {
  for (let digits = 1; typeof cell === 'number' && cell !== 0 && digits <= 9; digits++) {
    const short = Number(cell.toPrecision(digits));
    if (Math.fround(short) === cell) {
      return JSON.stringify(short);
    }
  }
  return cellText(cell);
}

function cellText(cell: Cell): string {
  return typeof cell === 'bigint' ? cell.toString() : Object.is(cell, -0) ? '-0' : JSON.stringify(cell);
}

function entitiesOf(cells: readonly Cell[]): Entities | undefined {
  const entities: Entities = {};
  for (const [row, cell] of cells.entries()) {
    if (typeof cell === 'number' && !Number.isFinite(cell)) {
      const kind = Number.isNaN(cell) ? 'NaN' : cell > 0 ? 'Inf' : 'NegInf';
      entities[kind] = [...(entities[kind] ?? []), row];
    }
  }
  return Object.keys(entities).length === 0 ? undefined : entities;
}
