/** A call that stays open for as long as both sides live. */
export interface OpenStream {
  end(): void;
  once(event: 'cancelled' | 'close', listener: () => void): unknown;
}

/**
 * The calls that nobody ends before the plugin does (broker, health watches): a graceful stop, which waits for all
 * calls, would otherwise wait for them in vain.
 */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>();
  #ended = false;

  add(stream: OpenStream): void {
    if (this.#ended) {
      stream.end();
      return;
    }
    const forget = () => this.#streams.delete(stream);
    stream.once('cancelled', forget);
    stream.once('close', forget);
    this.#streams.add(stream);
  }

  endAll(): void {
    this.#ended = true;
    for (const stream of this.#streams) {
      stream.end();
    }
    this.#streams.clear();
  }
}
