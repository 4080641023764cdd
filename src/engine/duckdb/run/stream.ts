import type { Column, RecordBatch } from '../../../frame/column.ts';
import { inTurns } from '../../../steps/in-turns.ts';
import type { Steps } from '../../../steps/steps.ts';
import type { EngineError } from '../../engine.ts';
import type { Bindings, DataChunk, Result } from '../bindings.ts';
import { type ColumnReader, readColumn } from '../columns/read.ts';
import { textBytesOf } from '../columns/text.ts';
import { fromDuckdb } from '../errors.ts';
import type { Session } from './session.ts';
import { Turns } from './turns.ts';

/** A batch is full when the next chunk might not fit; the first always does. */
const maxRows = 65_536;
/** Many columns and long texts end a batch early: whoever counts bytes can only stop between batches. */
const maxBytes = 32 * 1024 * 1024;
/**
 * A filter leaves chunks of a row or two, each of which holds memory for all that a chunk may have: a thousand of them, 300 MB. Full ones
 * end a batch by their rows before.
 */
const maxChunks = 64;
const invalidResult = 0;

export interface ResultSize {
  readonly rows: number;
  /** Of vectors and texts, as batches count them. */
  readonly bytes: number;
}

export interface StreamSource {
  readonly bindings: Bindings;
  readonly session: Session;
  readonly result: Result;
  readonly readers: readonly ColumnReader[];
  /** The next chunk; null or an empty one after the last. */
  fetch(): Promise<DataChunk | null>;
  /** Called once when all rows have been read. */
  onEnd(size: ResultSize): void;
  /** Says why a stream broke off midway, which the stream itself does not tell. */
  explain(rowsRead: number): Promise<EngineError>;
}

/**
 * The rows of a running statement in batches, read once. The session is closed when the rows end, when reading fails, when the loop is left
 * early, and when the query is cancelled, each time only after the engine's own call has returned.
 */
export class BatchStream implements AsyncIterable<RecordBatch>, AsyncIterator<RecordBatch> {
  readonly #source: StreamSource;
  /** Chunks that a batch is made of are held here until it is: their vectors point to texts. */
  #chunks: DataChunk[] = [];
  #rowsRead = 0;
  #bytesRead = 0;
  #isExhausted = false;
  #isDone = false;
  #isAbandoned = false;
  /** Nobody closes a connection on which a fetch is under way. */
  readonly #turns = new Turns();

  constructor(source: StreamSource) {
    this.#source = source;
    // Nobody may ever read the rows: then the signal alone frees the engine.
    source.session.onAbort(() => void this.return().catch(() => {}));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<RecordBatch>> {
    return this.#turns.take(() => this.#next());
  }

  return(): Promise<IteratorResult<RecordBatch>> {
    // A fetch that is under way ends at once, and with it the wait.
    if (!this.#isDone) {
      this.#source.session.interrupt();
    }
    return this.#turns.take(async () => {
      await this.#abandon();
      return { done: true, value: undefined };
    });
  }

  async #next(): Promise<IteratorResult<RecordBatch>> {
    if (this.#isDone) {
      if (this.#isAbandoned) {
        this.#source.session.throwIfStopped();
      }
      return { done: true, value: undefined };
    }
    try {
      const rowCount = await this.#fetch();
      if (rowCount > 0) {
        const value = await inTurns(this.#build(rowCount), () => this.#source.session.throwIfStopped());
        return { done: false, value };
      }
      this.#finish();
      return { done: true, value: undefined };
    } catch (error) {
      await this.#abandon();
      throw fromDuckdb(error);
    } finally {
      this.#letGo();
    }
  }

  /** Fills `#chunks`; resolves to the rows in them, 0 at the end. */
  async #fetch(): Promise<number> {
    const { bindings, readers } = this.#source;
    const textColumns = readers.flatMap(({ isText }, i) => (isText ? [i] : []));
    const rowBytes = readers.reduce((sum, { width, expandedBytes = 0 }) => sum + width + expandedBytes, 0);
    const chunkRows = bindings.vector_size();
    let [rows, bytes] = [0, 0];
    const fits = () =>
      rows + chunkRows <= maxRows && bytes + chunkRows * rowBytes <= maxBytes && this.#chunks.length < maxChunks;
    while (!this.#isExhausted && (rows === 0 || fits())) {
      const chunk = await this.#source.fetch();
      const size = chunk === null ? 0 : bindings.data_chunk_get_size(chunk);
      if (chunk === null || size === 0) {
        // Asking once more would be an error of its own.
        this.#isExhausted = true;
        await this.#checkEnd();
        break;
      }
      this.#chunks.push(chunk);
      this.#rowsRead += size;
      rows += size;
      bytes += size * rowBytes + textBytesOf(bindings, chunk, textColumns);
    }
    this.#bytesRead += bytes;
    return rows;
  }

  *#build(rowCount: number): Steps<RecordBatch> {
    const { bindings, readers } = this.#source;
    const columns: Column[] = [];
    for (const [i, reader] of readers.entries()) {
      columns.push(yield* readColumn(bindings, reader, this.#chunks, i, rowCount));
      yield;
    }
    return { rowCount, columns };
  }

  /**
   * Only the collector frees a chunk, but its texts may go now: over twelve answers of a million texts of 41 bytes the process's peak is 355 MB
   * so, and 420 otherwise.
   */
  #letGo(): void {
    for (const chunk of this.#chunks) {
      this.#source.bindings.data_chunk_reset(chunk);
    }
    this.#chunks = [];
  }

  /** A stream that failed ends like one that did not; only its result's type tells them apart. */
  async #checkEnd(): Promise<void> {
    const { bindings, session, result } = this.#source;
    if (bindings.result_return_type(result) !== invalidResult) {
      return;
    }
    session.throwIfStopped();
    throw await this.#source.explain(this.#rowsRead);
  }

  #finish(): void {
    this.#isDone = true;
    this.#source.onEnd({ rows: this.#rowsRead, bytes: this.#bytesRead });
    this.#source.session.finish();
  }

  async #abandon(): Promise<void> {
    if (this.#isDone) {
      return;
    }
    const { session, result } = this.#source;
    this.#isDone = true;
    this.#isAbandoned = true;
    // While their connection is open, and before the rest of the rows comes.
    this.#letGo();
    if (!this.#isExhausted) {
      await session.end(result);
    }
    session.close();
  }
}
