import { useCallback, useEffect, useState } from 'react';
import type { Failure } from './failure.ts';

export type Loaded<T> = { readonly retry: () => void } & (
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: Failure }
);

/** Loads anew whenever `load` is another, and when it is tried again; what is under way then, or when its place on the page goes, is given up. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((last) => last + 1), []);
  // What belongs to another `load` does not count, so that nobody sees one table's columns as another's.
  const [found, setFound] = useState<{ load: unknown; round: number; loaded: Loaded<T> }>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (loaded: Loaded<T>) => !signal.aborted && setFound({ load, round, loaded });
    load(signal).then(
      (value) => settle({ state: 'ready', value, retry }),
      (error: Failure) => settle({ state: 'failed', error, retry }),
    );
    return () => controller.abort();
  }, [load, round, retry]);
  return found?.load === load && found.round === round ? found.loaded : { state: 'loading', retry };
}
