import type { DataQueryResponse } from '@grafana/data';

/**
 * The response, if nothing of it failed.
 *
 * @throws Error with the backend's sentence: those who wait for a list would take an empty one for "there is nothing"
 */
export function wholeResponse(response: DataQueryResponse): DataQueryResponse {
  const error = response.errors?.[0] ?? response.error;
  if (error) {
    throw new Error(error.message ?? error.data?.message ?? error.statusText ?? 'The backend does not answer');
  }
  return response;
}
