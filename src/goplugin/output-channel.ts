import { ByteRing } from './byte-ring.ts';
import type { Logger } from './hclog.ts';

export interface OutputChannelOptions {
  readonly name: 'stdout' | 'stderr';
  readonly capacityBytes: number;
  readonly logger: Logger;
  /** Called for every write: bytes may be taken. */
  readonly onBytes: () => void;
  /** Whether somebody reads at all: only then is a writer asked to wait. */
  readonly hasReader: () => boolean;
}

/** What a plugin prints on one of its two streams, from its writers to the one reader. */
export class OutputChannel {
  readonly #options: OutputChannelOptions;
  readonly #ring: ByteRing;
  readonly #roomListeners = new Set<() => void>();
  #reportedByteLength = 0;

  constructor(options: OutputChannelOptions) {
    this.#options = options;
    this.#ring = new ByteRing(options.capacityBytes);
  }

  /** Takes bytes; false asks the writer to wait for {@link onRoom}. */
  write(bytes: Uint8Array): boolean {
    const { name, capacityBytes, logger, onBytes } = this.#options;
    const alreadyDropped = this.#ring.droppedByteLength > 0;
    this.#ring.push(bytes);
    onBytes();
    if (!alreadyDropped && this.#ring.droppedByteLength > 0) {
      logger.warn(`Nobody reads what this plugin prints on ${name}: the oldest of it is dropped`, {
        keptBytes: capacityBytes,
      });
    }
    return this.#hasRoom();
  }

  /** Calls back whenever a writer that was asked to wait may go on. */
  onRoom(listener: () => void): void {
    this.#roomListeners.add(listener);
  }

  /** Up to so many of the oldest bytes; empty where there are none. */
  take(maxByteLength: number): Uint8Array {
    return this.#ring.take(maxByteLength);
  }

  /** Tells the writers, if there is room again. */
  announceRoom(): void {
    if (this.#hasRoom()) {
      for (const listener of this.#roomListeners) {
        listener();
      }
    }
  }

  /** Says in the log how much was dropped since the last time. */
  reportDropped(): void {
    const droppedBytes = this.#ring.droppedByteLength - this.#reportedByteLength;
    if (droppedBytes > 0) {
      this.#reportedByteLength += droppedBytes;
      this.#options.logger.warn(`Some of what this plugin printed on ${this.#options.name} was dropped unread`, {
        droppedBytes,
      });
    }
  }

  #hasRoom(): boolean {
    const { hasReader, capacityBytes } = this.#options;
    return !hasReader() || this.#ring.byteLength < capacityBytes / 4;
  }
}
