import type { RecordBatch } from '../../../frame/column.ts';
import type { QueryResult } from '../../engine.ts';

export interface Guard {
  /** Called when no more rows are read; what it throws is the query's failure. */
  atEnd(): Promise<void>;
  /** The failure that its person is told instead. */
  explain(error: unknown): Promise<unknown>;
}

/** The same rows; whoever reads them hears what the guard says of their end and of their failure. */
export function guardBatches(result: QueryResult, guard: Guard): QueryResult {
  const source = result.batches[Symbol.asyncIterator]();
  const checked = async (step: Promise<IteratorResult<RecordBatch>>) => {
    try {
      const next = await step;
      if (next.done === true) {
        await guard.atEnd();
      }
      return next;
    } catch (error) {
      throw await guard.explain(error);
    }
  };
  const batches = {
    [Symbol.asyncIterator]: () => batches,
    next: () => checked(source.next()),
    return: () => checked(source.return?.() ?? Promise.resolve({ done: true, value: undefined })),
  };
  return { ...result, batches };
}
