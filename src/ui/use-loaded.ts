import { useCallback, useEffect, useState } from 'react';
import type { ResourceError } from '../resources.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: ResourceError; readonly retry: () => void };

/** Loads anew whenever `load` is another; what is under way then is given up. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  // What belongs to another `load` does not count, so that nobody sees one table's columns as another's.
  const [found, setFound] = useState<{ load: unknown; loaded: Loaded<T> }>();
  const start = useCallback(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (loaded: Loaded<T>) => !signal.aborted && setFound({ load, loaded });
    load(signal).then(
      (value) => settle({ state: 'ready', value }),
      (error: ResourceError) => settle({ state: 'failed', error, retry: start }),
    );
    return () => controller.abort();
  }, [load]);
  useEffect(start, [start]);
  return found?.load === load ? found.loaded : { state: 'loading' };
}
