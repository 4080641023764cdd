import type { Cell } from '../../src/frame/cells.ts';
import type { FieldType } from '../../src/frame/column.ts';

/** A frame as test/golden/frame/make describes it: what Grafana's SDK holds, each value as text. */
export interface Description {
  readonly name: string;
  readonly refId: string;
  readonly meta: unknown;
  readonly fields: readonly {
    readonly name: string;
    /** The Go type of a value. */
    readonly type: string;
    readonly nullable: boolean;
    readonly labels: Readonly<Record<string, string>>;
    readonly config: unknown;
    readonly values: readonly (string | null)[];
  }[];
}

/** What each Go type is called here, and how the text of a value becomes a cell. */
const goTypes: Readonly<Record<string, { type: FieldType; parse: (text: string) => Cell }>> = {
  int8: { type: 'int8', parse: Number },
  int16: { type: 'int16', parse: Number },
  int32: { type: 'int32', parse: Number },
  int64: { type: 'int64', parse: BigInt },
  uint8: { type: 'uint8', parse: Number },
  uint16: { type: 'uint16', parse: Number },
  uint32: { type: 'uint32', parse: Number },
  uint64: { type: 'uint64', parse: BigInt },
  float32: { type: 'float32', parse: parseFloatText },
  float64: { type: 'float64', parse: parseFloatText },
  bool: { type: 'bool', parse: (text) => text === 'true' },
  'time.Time': { type: 'timestamp', parse: BigInt },
  string: { type: 'utf8', parse: (text) => text },
  enum: { type: 'enum', parse: Number },
  'json.RawMessage': { type: 'json', parse: (text) => text },
};

/** Type and cells of a described field. */
export function columnOf(field: Description['fields'][number]): { type: FieldType; cells: readonly Cell[] } {
  const goType = goTypes[field.type];
  if (goType === undefined) {
    throw new Error(`Cannot read the description: the Go type ${field.type} is unknown`);
  }
  return { type: goType.type, cells: field.values.map((text) => (text === null ? null : goType.parse(text))) };
}

/** Go writes +Inf and NaN. */
function parseFloatText(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
