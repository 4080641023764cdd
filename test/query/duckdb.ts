import duckdb, { type Connection } from '@duckdb/node-bindings';

/** A database in memory for one test file, with answers as text: no code of ours converts them. */
export interface TestDatabase {
  /** The rows of a statement, each value cast to text by DuckDB; null stays. */
  rows(sql: string): Promise<(string | null)[][]>;
  close(): void;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const database = await duckdb.open(':memory:');
  const connection = await duckdb.connect(database);
  return {
    rows: (sql) => rowsOf(connection, sql),
    close() {
      duckdb.disconnect_sync(connection);
      duckdb.close_sync(database);
    },
  };
}

async function rowsOf(connection: Connection, sql: string): Promise<(string | null)[][]> {
  const result = await duckdb.query(connection, sql);
  const rows: (string | null)[][] = [];
  for (let chunk = await duckdb.fetch_chunk(result); chunk; chunk = await duckdb.fetch_chunk(result)) {
    const rowCount = duckdb.data_chunk_get_size(chunk);
    if (rowCount === 0) {
      break;
    }
    const columns: (string | null)[][] = [];
    for (let column = 0; column < duckdb.data_chunk_get_column_count(chunk); column++) {
      columns.push(textsOf(duckdb.data_chunk_get_vector(chunk, column), rowCount));
    }
    for (let row = 0; row < rowCount; row++) {
      rows.push(columns.map((texts) => texts[row] ?? null));
    }
  }
  return rows;
}

/** duckdb_string_t: a length of 32 bits, then up to 12 bytes, or a prefix of 4 bytes and a pointer. */
function textsOf(vector: duckdb.Vector, rowCount: number): (string | null)[] {
  const data = duckdb.vector_get_data(vector, rowCount * 16);
  const validity = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
  return Array.from({ length: rowCount }, (_, row) => {
    if (validity && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0) {
      return null;
    }
    const start = row * 16;
    const length = Buffer.from(data.buffer, data.byteOffset + start, 4).readUInt32LE();
    const bytes =
      length <= 12
        ? data.subarray(start + 4, start + 4 + length)
        : duckdb.get_data_from_pointer(data.buffer as ArrayBuffer, data.byteOffset + start + 8, length);
    return Buffer.from(bytes).toString();
  });
}
