import type pb from '../generated/goplugin/grpc_broker_pb.js';
import { GoPluginError, messageOf } from './errors.ts';
import type { Logger } from './hclog.ts';

/** The call that carries both sides' announcements, as the one that opened it or the one that answers it sees it. */
export interface BrokerCall {
  write(info: pb.ConnInfo): boolean;
  end(): void;
  on(event: 'data', listener: (info: pb.ConnInfo) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end' | 'close' | 'cancelled', listener: () => void): unknown;
}

export interface BrokerStreamOptions {
  readonly logger: Logger;
  /** How long {@link BrokerStream.send} waits for a call; five seconds unless told. */
  readonly limitMs?: number;
  /** This side opens the one call that there is: when it has ended, there is none to wait for. Default: false. */
  readonly isOpener?: boolean;
}

/** What both brokers say to each other: a call that may open late, break, and be opened anew by another host. */
export class BrokerStream {
  readonly #options: BrokerStreamOptions;
  readonly #waiting = new Set<PromiseWithResolvers<BrokerCall>>();
  #onReceive: (info: pb.ConnInfo) => void = () => undefined;
  /** Those that are open; the last of them counts. */
  readonly #calls = new Set<BrokerCall>();
  #isClosed = false;

  constructor(options: BrokerStreamOptions) {
    this.#options = options;
  }

  /** Calls back for each message of the other side, from now on. */
  onReceive(listener: (info: pb.ConnInfo) => void): void {
    this.#onReceive = listener;
  }

  /** Takes a call as the one that counts from now on, until it ends: then the one before counts again. */
  attach(call: BrokerCall): void {
    this.#calls.add(call);
    const detach = () => this.#calls.delete(call);
    call.on('data', (info) => this.#onReceive(info));
    call.on('end', () => {
      detach();
      call.end();
    });
    call.on('error', (error) => {
      detach();
      this.#options.logger.debug('The broker stream ended with an error', { reason: messageOf(error) });
    });
    call.on('cancelled', detach);
    call.on('close', detach);
    for (const { resolve } of this.#waiting) {
      resolve(call);
    }
  }

  /** Rejects with code `broker` where no call is open and the other side opens none in time, and after the close. */
  async send(info: pb.ConnInfo): Promise<void> {
    if (this.#isClosed) {
      throw closed();
    }
    const call = [...this.#calls].at(-1) ?? (await this.#nextCall());
    call.write(info);
  }

  /** Ends the calls, and every wait for one, for good. */
  close(): void {
    this.#isClosed = true;
    for (const { reject } of this.#waiting) {
      reject(closed());
    }
    for (const call of this.#calls) {
      call.end();
    }
    this.#calls.clear();
  }

  async #nextCall(): Promise<BrokerCall> {
    const { limitMs = 5000, isOpener = false } = this.#options;
    if (isOpener) {
      throw new GoPluginError('broker', 'Cannot announce a brokered connection: the broker stream has ended');
    }
    const waiting = Promise.withResolvers<BrokerCall>();
    const timer = setTimeout(() => {
      const message = `Cannot announce a brokered connection: the other side has opened no broker stream within ${limitMs} ms`;
      waiting.reject(new GoPluginError('broker', message));
    }, limitMs);
    this.#waiting.add(waiting);
    try {
      return await waiting.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
    }
  }
}

function closed(): GoPluginError {
  return new GoPluginError('broker', 'Cannot announce a brokered connection: the broker is closed');
}
