import type { requestCallback } from '@grpc/grpc-js';

/**
 * Makes a promise of a call that has one answer, since generated clients call back:
 *
 *     const reply = await unary<HelloReply>((callback) => client.sayHello(request, callback));
 *
 * Metadata and a deadline go to the client as ever; without a deadline the call may take as long as its other side lives. Rejects with
 * grpc-js's `ServiceError`, whose `code` is gRPC's status.
 */
export function unary<Response>(start: (callback: requestCallback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (response === undefined ? reject(error) : resolve(response)));
  });
}
