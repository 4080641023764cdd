/** The part of a gRPC call that tells when its caller has gone away. */
export interface Cancellable {
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** A signal that aborts when the call is cancelled, its deadline passes, or its connection breaks. */
export function signalOf(call: Cancellable): AbortSignal {
  const controller = new AbortController();
  if (call.cancelled) {
    controller.abort();
  }
  call.on('cancelled', () => controller.abort());
  return controller.signal;
}
