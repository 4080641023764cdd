import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import descriptor from '../generated/goplugin/grpc_stdio_descriptor.js';
import stdioGrpc from '../generated/goplugin/grpc_stdio_grpc_pb.js';
import pb from '../generated/goplugin/grpc_stdio_pb.js';
import type { Logger } from './hclog.ts';
import { OutputChannel } from './output-channel.ts';
import type { PluginService } from './service.ts';

type Reader = ServerWritableStream<Empty, pb.StdioData>;

// go-plugin's chunks (grpc_stdio.go, grpcStdioBuffer).
const chunkByteLength = 1024;
const defaultCapacityBytes = 256 * 1024;

export interface StdioOptions {
  readonly logger: Logger;
  /** How many bytes of each channel wait for a reader; 256 KiB unless told. */
  readonly capacityBytes?: number;
}

/**
 * What the plugin prints after its handshake, on its way to the host's one reader.
 *
 * Where Go blocks the writer until the host reads, a JavaScript program that prints cannot be made to wait: up to
 * `capacityBytes` bytes are kept, then the oldest go, and the log says how many. A writer that does ask (`write()` returned
 * false) is slowed down while there is a reader, and never where there is none.
 */
export class Stdio {
  readonly stdout: OutputChannel;
  readonly stderr: OutputChannel;
  #reader: Reader | undefined;
  #readerIsFull = false;
  #ended = false;

  constructor({ logger, capacityBytes = defaultCapacityBytes }: StdioOptions) {
    const open = (name: 'stdout' | 'stderr') =>
      new OutputChannel({
        name,
        logger,
        capacityBytes,
        onBytes: () => this.#pump(),
        hasReader: () => this.#reader !== undefined,
      });
    this.stdout = open('stdout');
    this.stderr = open('stderr');
  }

  readonly service: PluginService = {
    definition: stdioGrpc.GRPCStdioService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: { streamStdio: (call: Reader) => this.#attach(call) },
  };

  /** Sends what is left and ends the reader's stream. */
  end(): void {
    this.#ended = true;
    this.#reportDropped();
    this.#endReader();
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
      this.#endReader();
    }
  }

  /** Calls that still run may print more: grpc-js gives up a stream that is written to then, with all that has not left. */
  #endReader(): void {
    const reader = this.#reader;
    if (reader === undefined) {
      return;
    }
    this.#readerIsFull = false;
    this.#pump();
    reader.end();
    this.#detach(reader);
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
    const { STDOUT, STDERR } = pb.StdioData.Channel;
    // Both in turn, so that neither keeps the other waiting.
    while (this.#send(STDOUT, this.stdout) || this.#send(STDERR, this.stderr)) {
      this.#send(STDERR, this.stderr);
    }
    this.#announceRoom();
  }

  /** Sends one chunk; false where there is none, or nobody who takes it now. */
  #send(channel: 1 | 2, output: OutputChannel): boolean {
    if (this.#reader === undefined || this.#readerIsFull) {
      return false;
    }
    const bytes = output.take(chunkByteLength);
    if (bytes.byteLength === 0) {
      return false;
    }
    const data = new pb.StdioData();
    data.setChannel(channel);
    data.setData(bytes);
    // At the end all goes out at once: it is no more than the rings hold.
    this.#readerIsFull = !this.#reader.write(data) && !this.#ended;
    return true;
  }

  #announceRoom(): void {
    this.stdout.announceRoom();
    this.stderr.announceRoom();
  }

  #reportDropped(): void {
    this.stdout.reportDropped();
    this.stderr.reportDropped();
  }
}
