import type { requestCallback } from '@grpc/grpc-js';

/** The answer to a unary call: `await ask((callback) => client.get(request, callback))`. */
export function ask<Response>(start: (callback: requestCallback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (response === undefined ? reject(error) : resolve(response)));
  });
}
