/** Whose fault an error is, for Grafana's service level figures: ours, or that of what we ask on behalf of the person. */
export type ErrorSource = 'plugin' | 'downstream';

/** A failure of a whole call that knows whose fault it is; it travels as google.rpc.ErrorInfo (grafana-plugin-sdk-go backend/data_adapter.go). */
export class SourcedError extends Error {
  override readonly name = 'SourcedError';
  readonly source: ErrorSource;

  constructor(message: string, source: ErrorSource, cause?: unknown) {
    super(message, { cause });
    this.source = source;
  }
}
