import type { FieldType } from '../column.ts';
import type { Frame, FrameField } from '../frame.ts';
import type { FieldConfig } from '../metadata.ts';
import { parseConfig, parseLabels, parseMeta, parseTexts } from '../metadata-json.ts';
import { ArrowError } from './error.ts';
import { littleEndian, precisions, tables, timeUnits, typeNames } from './format.ts';
import type { Table } from './table-reader.ts';
import { type ArrowType, fieldTypeFrom, formatArrowType } from './types.ts';

/** All of a frame but its rows. */
export type FrameSchema = Omit<Frame, 'batches'>;

/** Reads the Schema table with Grafana's metadata. What the SDK writes as empty text or an empty object is absent here. */
export function readSchema(schema: Table): FrameSchema {
  if (schema.int16(tables.Schema.endianness) !== littleEndian) {
    throw new ArrowError('Cannot read the schema: its columns are big-endian');
  }
  const metadata = readMetadata(schema.tables(tables.Schema.customMetadata));
  const name = metadata.get('name');
  const refId = metadata.get('refId');
  const meta = parse('the key "meta" of the schema', metadata.get('meta'), parseMeta);
  return {
    ...(name && { name }),
    ...(refId && { refId }),
    ...(meta && { meta }),
    fields: schema.tables(tables.Schema.fields).map(readField),
  };
}

function readField(field: Table): FrameField {
  const name = field.string(tables.Field.name) ?? '';
  const metadata = readMetadata(field.tables(tables.Field.customMetadata));
  const labels = parse(`the labels of column "${name}"`, metadata.get('labels'), parseLabels);
  const configText = metadata.get('config');
  const config = parse(`the config of column "${name}"`, configText, parseConfig);
  const type = readFieldType(name, field, metadata.get('tstype'));
  const texts = type === 'enum' ? parse(`the texts of column "${name}"`, configText, parseTexts) : undefined;
  const ownConfig = type === 'enum' ? withoutTexts(config) : config;
  return {
    name,
    type,
    ...(texts && { texts }),
    ...(labels && { labels }),
    ...(ownConfig && { config: ownConfig }),
  };
}

/** An enum's config without its `type`, which holds the texts; undefined if it has nothing else. */
function withoutTexts(config: FieldConfig | undefined): FieldConfig | undefined {
  const others = Object.entries(config ?? {}).filter(([key]) => key !== 'type');
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

/** `tstype` is how Grafana's SDK marks an enum, whose texts lie in the config. */
function readFieldType(name: string, field: Table, tstype: string | undefined): FieldType {
  const text = formatArrowType(readArrowType(name, field));
  const marks = [tstype === 'enum' && 'enum', field.has(tables.Field.dictionary) && 'dictionary'].filter(Boolean);
  const type = fieldTypeFrom(text);
  const isEnum = type === 'uint16' && marks.join() === 'enum';
  if (type === undefined || (marks.length > 0 && !isEnum)) {
    throw new ArrowError(
      `Cannot read column "${name}": its type ${[text, ...marks].join(', ')} is not one that we take`,
    );
  }
  return isEnum ? 'enum' : type;
}

function readArrowType(column: string, field: Table): ArrowType {
  const name = named(column, 'type', typeNames, field.uint8(tables.Field.typeType));
  const type = field.table(tables.Field.type);
  switch (name) {
    case 'Int':
      return {
        name,
        bitWidth: type?.int32(tables.Int.bitWidth) ?? 0,
        isSigned: type?.uint8(tables.Int.isSigned) === 1,
      };
    case 'FloatingPoint': {
      const precision = type?.int16(tables.FloatingPoint.precision) ?? 0;
      return { name, precision: named(column, 'precision', precisions, precision) };
    }
    case 'Timestamp': {
      // The zone is left aside, as in Grafana: the values are instants in any case.
      const unit = type?.int16(tables.Timestamp.unit) ?? 0;
      return { name, unit: named(column, 'unit', timeUnits, unit) };
    }
    default:
      return { name };
  }
}

function named<T>(column: string, what: string, names: readonly T[], code: number): T {
  const name = names[code];
  if (name === undefined) {
    throw new ArrowError(`Cannot read column "${column}": its ${what} has the unknown code ${code}`);
  }
  return name;
}

function readMetadata(entries: readonly Table[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map((entry) => [entry.string(tables.KeyValue.key) ?? '', entry.string(tables.KeyValue.value) ?? '']),
  );
}

function parse<T extends object>(what: string, text: string | undefined, from: (text: string) => T): T | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const value = from(text);
    return Object.keys(value).length === 0 ? undefined : value;
  } catch (cause) {
    throw new ArrowError(`Cannot read ${what}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
