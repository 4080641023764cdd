import { finish } from '../../../steps/steps.ts';
import type { Bindings, Connection } from '../bindings.ts';
import { vectorsOf } from '../columns/chunk.ts';
import { readText, stringWidth } from '../columns/text.ts';

/** Asks DuckDB for names, on a connection of ours. */
export type AskNames = (sql: string) => Promise<readonly string[]>;

/** The texts of a statement's only column. */
export async function readNames(bindings: Bindings, connection: Connection, sql: string): Promise<readonly string[]> {
  const result = await bindings.query(connection, sql);
  const names: string[] = [];
  for (;;) {
    const chunk = await bindings.fetch_chunk(result);
    const rows = chunk === null ? 0 : bindings.data_chunk_get_size(chunk);
    if (chunk === null || rows === 0) {
      return names;
    }
    const { offsets, bytes } = finish(readText(bindings, vectorsOf(bindings, [chunk], 0, stringWidth), rows));
    for (let i = 0; i < rows; i++) {
      names.push(Buffer.from(bytes.subarray(offsets[i], offsets[i + 1])).toString());
    }
  }
}
