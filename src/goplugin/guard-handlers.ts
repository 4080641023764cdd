import { type ServiceError, status, type UntypedHandleCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { messageOf } from './errors.ts';
import type { Logger } from './hclog.ts';
import type { PluginService } from './service.ts';

type Callback = (error: Partial<ServiceError> | null, ...rest: unknown[]) => void;
/** What grpc-js calls: streams of answers come without a callback. */
type Handler = (call: { emit(event: 'error', error: unknown): unknown }, callback?: Callback) => unknown;

/**
 * The service with handlers whose failure its caller hears of: what one throws, or what its promise rejects with, is logged and ends that
 * one call with its message. By itself grpc-js tells nothing of the first, and leaves the caller of the second to wait for ever. A status that
 * is thrown (an object with a gRPC `code`) is answered as it is, and is no failure.
 */
export function guardHandlers(
  { definition, implementation }: PluginService,
  logger: Logger,
): UntypedServiceImplementation {
  const guarded: Record<string, UntypedHandleCall> = {};
  for (const [name, { originalName = name, path }] of Object.entries(definition)) {
    const handler = implementation[name] ?? implementation[originalName];
    if (handler !== undefined) {
      guarded[name] = guard(handler.bind(implementation) as Handler, path, logger) as UntypedHandleCall;
    }
  }
  return guarded;
}

function guard(handler: Handler, path: string, logger: Logger): Handler {
  return (call, callback) => {
    let isAnswered = false;
    const answer: Callback | undefined =
      callback &&
      ((...args) => {
        // A second answer would break the connection's state in grpc-js.
        if (!isAnswered) {
          isAnswered = true;
          callback(...args);
        }
      });
    const fail = (thrown: unknown) => {
      const error = statusOf(thrown, path, logger);
      if (answer === undefined) {
        call.emit('error', error);
      } else {
        answer(error);
      }
    };
    try {
      Promise.resolve(handler(call, answer)).catch(fail);
    } catch (thrown) {
      fail(thrown);
    }
  };
}

function statusOf(thrown: unknown, path: string, logger: Logger): Partial<ServiceError> {
  if (typeof thrown === 'object' && thrown !== null && Number.isInteger((thrown as ServiceError).code)) {
    return thrown as ServiceError;
  }
  logger.error('A call has failed', { path, error: thrown, stack: thrown instanceof Error ? thrown.stack : undefined });
  return { code: status.UNKNOWN, details: messageOf(thrown) };
}
