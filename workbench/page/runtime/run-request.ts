import {
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  DataTopic,
  dateTime,
  LoadingState,
  type PanelData,
  toDataFrame,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, map, type Observable, of, startWith } from 'rxjs';

/** Runs a panel's queries: first that they are loading, then what came. Unsubscribing cancels them. */
export function runRequest(
  datasource: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: DataSourceApi['query'],
): Observable<PanelData> {
  const loading: PanelData = { state: LoadingState.Loading, series: [], timeRange: request.range, request };
  const answer = queryFunction ? queryFunction(request) : datasource.query(request);
  return from(answer).pipe(
    map((response) => toPanelData(request, response)),
    catchError((error: unknown) => of(failed(request, toDataQueryError(error as Error)))),
    startWith(loading),
  );
}

function toPanelData(request: DataQueryRequest, { data, state, error, errors }: DataQueryResponse): PanelData {
  request.endTime = Date.now();
  const frames = data.map((frame) => toDataFrame(frame));
  const failures = errors ?? (error ? [error] : []);
  return {
    state: failures.length > 0 ? LoadingState.Error : (state ?? LoadingState.Done),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    timeRange: request.range,
    request,
    ...(failures.length > 0 && { errors: failures, error: failures[0] as DataQueryError }),
  };
}

function failed(request: DataQueryRequest, error: DataQueryError): PanelData {
  return {
    state: LoadingState.Error,
    series: [],
    timeRange: { ...request.range, from: dateTime(request.range.from), to: dateTime(request.range.to) },
    request,
    error,
    errors: [error],
  };
}

function isAnnotation(frame: DataFrame): boolean {
  return frame.meta?.dataTopic === DataTopic.Annotations;
}
