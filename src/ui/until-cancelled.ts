import { type DataQueryResponse, LoadingState } from '@grafana/data';
import { defaultIfEmpty, filter, type Observable, takeUntil } from 'rxjs';

/**
 * A response that ends when the request is cancelled: who lets go of it aborts its HTTP request, and with that the engine's work. A panel
 * that has got nothing by then gets an empty answer, so that it waits no more.
 *
 * @param cancels ids of requests; a panel of several data sources gives each a part of its request, `mixed-0-` and the panel's id
 */
export function untilCancelled(
  response: Observable<DataQueryResponse>,
  requestId: string,
  cancels: Observable<string>,
): Observable<DataQueryResponse> {
  return response.pipe(
    takeUntil(cancels.pipe(filter((id) => requestId === id || requestId.endsWith(`-${id}`)))),
    defaultIfEmpty({ data: [], state: LoadingState.Done }),
  );
}
