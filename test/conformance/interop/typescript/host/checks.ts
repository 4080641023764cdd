import { accept, callback, counter, multiplex } from './broker.ts';
import { bigMessage, cancel, deadline, health, unary, unaryError } from './calls.ts';
import type { Cell } from './cell.ts';
import { greeter, start, version, versionMismatch, wrongCookie } from './handshake.ts';
import { panic, shutdown } from './life.ts';
import { reattach, standalone } from './reattach.ts';
import { reflection } from './reflection.ts';
import type { Session } from './session.ts';
import { log, stderr, stdout } from './stdio.ts';
import { stranger } from './stranger.ts';
import { bidiStream, clientStream, serverStream, streamError } from './streams.ts';

/** One thing to find out. It has failed if it rejects, or not in time, of which the signal tells. */
export type Check = (cell: Cell, signal: AbortSignal) => Promise<void>;

/** Checks by name; features.json says what each claims. */
export const checks: Readonly<Record<string, Check>> = {
  start,
  version,
  versionMismatch,
  wrongCookie,
  greeter,
  health: onShared(health),
  unary: onShared(unary),
  unaryError: onShared(unaryError),
  serverStream: onShared(serverStream),
  streamError: onShared(streamError),
  clientStream: onShared(clientStream),
  bidiStream: onShared(bidiStream),
  cancel: onShared(cancel),
  deadline: onShared(deadline),
  counter: onShared(counter),
  callback: onShared(callback),
  accept: onShared(accept),
  stdout: onShared(stdout),
  stderr: onShared(stderr),
  log: onShared(log),
  bigMessage: onShared(bigMessage),
  reflection: onShared(reflection),
  stranger: onShared(stranger),
  multiplex,
  reattach,
  standalone,
  panic,
  shutdown,
};

/** Runs a check on a plugin that serves many of them, and starts it if it is not there. */
function onShared(check: (session: Session, signal: AbortSignal) => Promise<void>): Check {
  return async (cell, signal) => check(await cell.sharedSession(), signal);
}
