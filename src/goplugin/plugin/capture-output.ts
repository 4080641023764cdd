/** Where captured output goes; `write` returning false asks the writer to wait for `onRoom`. */
export interface OutputSink {
  write(bytes: Uint8Array): boolean;
  onRoom(listener: () => void): void;
}

type WriteCallback = (error?: Error | null) => void;

/**
 * Sends everything that JavaScript prints on `process.stdout` (console.log included) or `process.stderr` to the sink
 * instead. A host reads the handshake from stdout, and any other line before it would break it.
 * The stream object stays the same, since others hold on to it. Out of reach: code that writes to the file descriptor
 * itself, native libraries and fs.writeSync() among it. A host discards what comes so to stdout after the handshake.
 */
export function captureOutput(output: NodeJS.WriteStream, sink: OutputSink): void {
  let isWaiting = false;
  sink.onRoom(() => {
    if (isWaiting) {
      isWaiting = false;
      // Writers that go on must not run inside the write that made room.
      process.nextTick(() => output.emit('drain'));
    }
  });

  const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const hasRoom = sink.write(toBytes(chunk, encoding));
    isWaiting ||= !hasRoom;
    callLater(typeof encoding === 'function' ? encoding : callback);
    return hasRoom;
  };
  // Neither ever closes: to end one is to write the last chunk.
  const end = (chunk?: unknown, encoding?: unknown, callback?: unknown): NodeJS.WriteStream => {
    if (typeof chunk === 'function') {
      callLater(chunk);
    } else if (chunk === undefined || chunk === null) {
      callLater(typeof encoding === 'function' ? encoding : callback);
    } else {
      write(chunk, encoding, callback);
    }
    return output;
  };
  Object.assign(output, { write, end });
}

function toBytes(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) {
    return chunk;
  }
  if (typeof chunk === 'string') {
    return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  }
  throw new TypeError(`Cannot print a ${chunk === null ? 'null' : typeof chunk}: expected text or bytes`);
}

function callLater(callback: unknown): void {
  if (typeof callback === 'function') {
    process.nextTick(callback as WriteCallback);
  }
}
