import type { Bindings, Connection, Database, PreparedStatement } from '../bindings.ts';
import type { Prepared } from '../run/query.ts';
import { connect } from '../run/session.ts';

/** A connection, and the statement that stays prepared on it. One query at a time has it. */
export class Seat {
  readonly connection: Connection;
  /** What its session was set to; it cannot be set again. */
  readonly timezone: string | undefined;
  /** Whether the next query may have it. */
  isReusable = false;
  readonly #bindings: Bindings;
  #kept: { readonly sql: string; readonly prepared: Prepared } | undefined;

  constructor(bindings: Bindings, connection: Connection, timezone: string | undefined) {
    this.#bindings = bindings;
    this.connection = connection;
    this.timezone = timezone;
  }

  recall(sql: string): Prepared | undefined {
    return this.#kept?.sql === sql ? this.#kept.prepared : undefined;
  }

  /** Takes a statement instead of what it kept before. */
  keep(sql: string, prepared: Prepared): void {
    if (this.#kept?.prepared !== prepared) {
      this.#forget();
      this.#kept = { sql, prepared };
    }
  }

  close(): void {
    this.#forget();
    this.#bindings.disconnect_sync(this.connection);
  }

  #forget(): void {
    const statement: PreparedStatement | undefined = this.#kept?.prepared.statement;
    this.#kept = undefined;
    if (statement !== undefined) {
      this.#bindings.destroy_prepare_sync(statement);
    }
  }
}

/** Of a statement that is kept, in UTF-16 units: its plan grows with it. */
export const maxKeptLength = 16 * 1024;

/** How many stay open for later queries; 9 kB each, and the plan of a statement. */
const maxIdle = 16;

/** The connections of one native database (a new one costs 0.3 ms with its settings, half of what `select 1` costs without). */
export class Seats {
  readonly #bindings: Bindings;
  readonly #database: Database;
  readonly #settingsOf: (timezone: string | undefined) => string;
  /** The one used last is the last. */
  readonly #idle: Seat[] = [];
  #isClosed = false;

  /** @param settingsOf the SQL that a connection runs first; empty for none */
  constructor(bindings: Bindings, database: Database, settingsOf: (timezone: string | undefined) => string) {
    this.#bindings = bindings;
    this.#database = database;
    this.#settingsOf = settingsOf;
  }

  /** A seat from before: that on which the statement is prepared, else any of the time zone. */
  recall(sql: string, timezone: string | undefined): Seat | undefined {
    let best = -1;
    for (const [i, seat] of this.#idle.entries()) {
      if (seat.timezone === timezone && (best < 0 || seat.recall(sql) !== undefined)) {
        best = i;
      }
    }
    const [seat] = best < 0 ? [] : this.#idle.splice(best, 1);
    if (seat !== undefined) {
      seat.isReusable = false;
    }
    return seat;
  }

  /** @throws EngineError `engine_failed`, or DuckDB's own error where it does not take the settings */
  async open(timezone: string | undefined): Promise<Seat> {
    const seat = new Seat(this.#bindings, await connect(this.#bindings, this.#database), timezone);
    const settings = this.#settingsOf(timezone);
    if (settings !== '') {
      await this.#bindings.query(seat.connection, settings).catch((error) => {
        seat.close();
        throw error;
      });
    }
    return seat;
  }

  /** @param isClean whether what ran on it came to its end */
  leave(seat: Seat, isClean: boolean): void {
    if (this.#isClosed || !isClean || !seat.isReusable) {
      seat.close();
      return;
    }
    this.#idle.push(seat);
    if (this.#idle.length > maxIdle) {
      this.#idle.shift()?.close();
    }
  }

  /** Closes those that nobody has; the others close when they are left. */
  close(): void {
    this.#isClosed = true;
    for (const seat of this.#idle.splice(0)) {
      seat.close();
    }
  }
}
