import { finish } from '../../../steps/steps.ts';
import type { Bindings, Connection, Database, PreparedStatement } from '../bindings.ts';
import { vectorsOf } from '../columns/chunk.ts';
import { readText, stringWidth } from '../columns/text.ts';

/** How many stay open for later queries. */
const maxIdle = 4;

/**
 * DuckDB's own parser. A statement that takes long to parse cannot be stopped, so no query waits for another's: each has a connection, with
 * a statement that stays prepared (0.2 ms instead of 0.7).
 */
export class Parser {
  readonly #bindings: Bindings;
  readonly #database: Database;
  readonly #idle: Asker[];
  #isClosed = false;

  private constructor(bindings: Bindings, database: Database, first: Asker) {
    this.#bindings = bindings;
    this.#database = database;
    this.#idle = [first];
  }

  static async open(bindings: Bindings, database: Database): Promise<Parser> {
    return new Parser(bindings, database, await openAsker(bindings, database));
  }

  /** The tree of the SQL as JSON; bound as a value, so that nothing of it is prepared or folded. */
  async serialize(sql: string): Promise<string> {
    const asker = this.#idle.pop() ?? (await openAsker(this.#bindings, this.#database));
    try {
      return await ask(this.#bindings, asker, sql);
    } finally {
      if (this.#isClosed || this.#idle.length >= maxIdle) {
        closeAsker(this.#bindings, asker);
      } else {
        this.#idle.push(asker);
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const asker of this.#idle.splice(0)) {
      closeAsker(this.#bindings, asker);
    }
  }
}

interface Asker {
  readonly connection: Connection;
  /** It has one set of bound values: for one query at a time. */
  readonly statement: PreparedStatement;
}

async function openAsker(bindings: Bindings, database: Database): Promise<Asker> {
  const connection = await bindings.connect(database);
  try {
    const statement = await bindings.prepare(connection, 'SELECT json_serialize_sql($1::VARCHAR)::VARCHAR');
    return { connection, statement };
  } catch (error) {
    bindings.disconnect_sync(connection);
    throw error;
  }
}

async function ask(bindings: Bindings, { statement }: Asker, sql: string): Promise<string> {
  bindings.bind_varchar(statement, 1, sql);
  const result = await bindings.execute_prepared(statement);
  const chunk = await bindings.fetch_chunk(result);
  if (chunk === null) {
    throw new Error('Cannot parse the query: json_serialize_sql gave no row');
  }
  const { bytes } = finish(readText(bindings, vectorsOf(bindings, [chunk], 0, stringWidth), 1));
  return Buffer.from(bytes).toString();
}

function closeAsker(bindings: Bindings, { connection, statement }: Asker): void {
  bindings.destroy_prepare_sync(statement);
  bindings.disconnect_sync(connection);
}
