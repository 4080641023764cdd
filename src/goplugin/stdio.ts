import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import stdioGrpc from '../generated/goplugin/grpc_stdio_grpc_pb.js';
import pb from '../generated/goplugin/grpc_stdio_pb.js';
import { ByteRing } from './byte-ring.ts';
import type { Logger } from './hclog.ts';
import type { PluginService } from './service.ts';

type Reader = ServerWritableStream<Empty, pb.StdioData>;

// go-plugin's chunks (grpc_stdio.go, grpcStdioBuffer).
const chunkByteLength = 1024;
const defaultCapacityBytes = 256 * 1024;

export interface StdioOptions {
  readonly logger: Logger;
  /** How many bytes wait for a reader; 256 KiB unless told. */
  readonly capacityBytes?: number;
}

/**
 * What the plugin prints after its handshake, on its way to the host's one reader.
 *
 * Only stdout goes this way. Go's plugins send their stderr along too, but a host such as Grafana throws the stream
 * away, and log lines must arrive: stderr stays the process's own, and the host reads it line by line.
 *
 * Where Go blocks the writer until the host reads, a JavaScript program that prints cannot be made to wait: up to
 * `capacityBytes` bytes are kept, then the oldest go, and the log says how many. A writer that does ask (`write()` returned
 * false) is slowed down while there is a reader, and never where there is none.
 */
export class Stdio {
  readonly #logger: Logger;
  readonly #ring: ByteRing;
  readonly #highWaterMark: number;
  readonly #roomListeners = new Set<() => void>();
  #reader: Reader | undefined;
  #readerIsFull = false;
  #ended = false;
  #reportedByteLength = 0;

  constructor({ logger, capacityBytes = defaultCapacityBytes }: StdioOptions) {
    this.#logger = logger;
    this.#ring = new ByteRing(capacityBytes);
    this.#highWaterMark = capacityBytes / 4;
  }

  readonly service: PluginService = {
    definition: stdioGrpc.GRPCStdioService,
    implementation: { streamStdio: (call: Reader) => this.#attach(call) },
  };

  /** Takes bytes; false asks the writer to wait for {@link onRoom}. */
  write(bytes: Uint8Array): boolean {
    const alreadyDropped = this.#ring.droppedByteLength > 0;
    this.#ring.push(bytes);
    this.#pump();
    if (!alreadyDropped && this.#ring.droppedByteLength > 0) {
      this.#logger.warn('Nobody reads what this plugin prints on stdout: the oldest of it is dropped', {
        keptBytes: this.#ring.capacityBytes,
      });
    }
    return this.#hasRoom();
  }

  /** Calls back whenever a writer that was asked to wait may go on. */
  onRoom(listener: () => void): void {
    this.#roomListeners.add(listener);
  }

  /** Sends what is left and ends the reader's stream. */
  end(): void {
    this.#ended = true;
    this.#reportDropped();
    this.#readerIsFull = false;
    this.#pump();
    this.#reader?.end();
  }

  #attach(call: Reader): void {
    if (this.#reader !== undefined) {
      call.emit('error', { code: status.ALREADY_EXISTS, details: 'Another reader has this plugin’s output already' });
      return;
    }
    this.#reader = call;
    const detach = () => this.#detach(call);
    call.once('cancelled', detach);
    call.once('close', detach);
    call.once('error', detach);
    call.on('drain', () => {
      this.#readerIsFull = false;
      this.#pump();
    });
    this.#reportDropped();
    this.#pump();
    if (this.#ended) {
      call.end();
    }
  }

  #detach(call: Reader): void {
    if (this.#reader !== call) {
      return;
    }
    this.#reader = undefined;
    this.#readerIsFull = false;
    this.#announceRoom();
  }

  #pump(): void {
    while (this.#reader !== undefined && !this.#readerIsFull && this.#ring.byteLength > 0) {
      const data = new pb.StdioData();
      data.setChannel(pb.StdioData.Channel.STDOUT);
      data.setData(this.#ring.take(chunkByteLength));
      // At the end all goes out at once: it is no more than the ring holds.
      this.#readerIsFull = !this.#reader.write(data) && !this.#ended;
    }
    if (this.#hasRoom()) {
      this.#announceRoom();
    }
  }

  #hasRoom(): boolean {
    return this.#reader === undefined || this.#ring.byteLength < this.#highWaterMark;
  }

  #announceRoom(): void {
    for (const listener of this.#roomListeners) {
      listener();
    }
  }

  #reportDropped(): void {
    const droppedBytes = this.#ring.droppedByteLength - this.#reportedByteLength;
    if (droppedBytes > 0) {
      this.#reportedByteLength += droppedBytes;
      this.#logger.warn('Some of what this plugin printed on stdout was dropped unread', { droppedBytes });
    }
  }
}
