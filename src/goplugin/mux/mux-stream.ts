import { Duplex } from 'node:stream';
import type { YamuxStream } from '@libp2p/yamux/stream';
import { Uint8ArrayList } from 'uint8arraylist';

// As long as hashicorp/yamux waits for the other side's FIN after its own (DefaultConfig, StreamCloseTimeout).
const closeLimitMs = 5 * 60_000;

type WriteCallback = (error?: Error | null) => void;

/**
 * A yamux stream as a Node stream. `end()` is FIN; `destroy()` is what Close is in Go, FIN and no more reading;
 * `destroy(error)` is RST. The end of the session is an error of every stream that is not closed on both sides.
 */
export class MuxStream extends Duplex {
  readonly #stream: YamuxStream;
  #hasRemoteEnded = false;
  #written: WriteCallback | undefined;

  constructor(stream: YamuxStream) {
    super();
    this.#stream = stream;
    // A session may end before anybody looks at its streams; that must not end the process.
    this.on('error', () => undefined);
    stream.addEventListener('message', ({ data }) => this.#receive(data));
    stream.addEventListener('remoteCloseWrite', () => {
      this.#hasRemoteEnded = true;
    });
    stream.addEventListener('end', () => this.#receiveEnd());
    // The library itself goes on sending a microtask after its event.
    const settle = () => queueMicrotask(() => this.#settleWrite());
    stream.addEventListener('idle', settle);
    stream.addEventListener('drain', settle);
    stream.addEventListener('close', ({ error }) => this.#close(error));
  }

  override _read(): void {
    if (this.#stream.readStatus === 'paused') {
      this.#stream.resume();
    }
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#send(chunk, callback);
  }

  override _writev(chunks: { chunk: Buffer }[], callback: WriteCallback): void {
    this.#send(new Uint8ArrayList(...chunks.map(({ chunk }) => chunk)), callback);
  }

  override _final(callback: WriteCallback): void {
    this.#stream.close().then(() => callback(), callback);
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    if (error === null) {
      this.#leave();
    } else {
      this.#stream.abort(error);
    }
    callback(error);
  }

  #receive(data: Uint8Array | Uint8ArrayList): void {
    let takesMore = true;
    for (const part of data instanceof Uint8Array ? [data] : data) {
      takesMore = this.push(part);
    }
    // Paused, the stream gives the other side no more than the rest of its window: 256 KiB.
    if (!takesMore && this.#stream.readStatus === 'readable') {
      this.#stream.pause();
    }
  }

  #receiveEnd(): void {
    if (this.#hasRemoteEnded && !this.destroyed) {
      this.push(null);
    }
  }

  #send(data: Uint8Array | Uint8ArrayList, callback: WriteCallback): void {
    try {
      this.#stream.send(data);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#written = callback;
    this.#settleWrite();
  }

  // Done when the other side's window and our socket have taken all.
  #settleWrite(): void {
    const callback = this.#written;
    if (callback === undefined || this.#stream.writeBufferLength > 0 || this.#stream.writableNeedsDrain) {
      return;
    }
    this.#written = undefined;
    callback();
  }

  #leave(): void {
    const stream = this.#stream;
    if (stream.status !== 'open') {
      return;
    }
    const timer = setTimeout(() => stream.abort(new Error('The other side does not close the stream')), closeLimitMs);
    timer.unref();
    stream.addEventListener('close', () => clearTimeout(timer));
    const ignore = () => undefined;
    stream.close().catch(ignore);
    stream.closeRead().catch(ignore);
  }

  #close(error: Error | undefined): void {
    const isComplete = this.#hasRemoteEnded && this.writableEnded;
    if (error !== undefined || !isComplete) {
      this.destroy(Object.assign(error ?? new Error('The multiplexed connection has ended'), { code: 'ECONNRESET' }));
    }
  }
}
