import { status } from '@grpc/grpc-js';
import type { PluginService } from 'quiver-sql-datasource/goplugin';
import { fileDescriptorSet } from '../../../../../examples/generated/streamer_descriptor.js';
import {
  type IStreamerServiceServer,
  StreamerServiceService,
} from '../../../../../examples/generated/streamer_grpc_pb.js';
import pb from '../../../../../examples/generated/streamer_pb.js';
import { sendAll } from './send-all.ts';

/** The plugin's part of go-plugin's streaming example, in memory. */
export function streamerService(): PluginService {
  const files = new Map<string, Uint8Array>();
  let path = '';
  let pieceByteLength = 1;
  const implementation: IStreamerServiceServer = {
    configure({ request }, callback) {
      if (request.getChunkSize() < 1) {
        callback({ code: status.INVALID_ARGUMENT, details: `No size of pieces: ${request.getChunkSize()}` });
        return;
      }
      path = request.getPath();
      pieceByteLength = request.getChunkSize();
      callback(null, new pb.Configure.Response());
    },

    read(call) {
      sendAll(call, piecesOf(files.get(path) ?? new Uint8Array(), pieceByteLength), () => call.end());
    },

    write(call, callback) {
      const pieces: Uint8Array[] = [];
      call.on('data', (piece: pb.Write.RequestChunk) => pieces.push(piece.getBytesToWrite_asU8()));
      call.once('end', () => {
        files.set(path, Buffer.concat(pieces));
        callback(null, new pb.Write.Response());
      });
    },
  };
  return { definition: StreamerServiceService, implementation, fileDescriptorSet };
}

function* piecesOf(content: Uint8Array, byteLength: number): Generator<pb.Read.ResponseChunk> {
  for (let start = 0; start < content.byteLength; start += byteLength) {
    const piece = new pb.Read.ResponseChunk();
    piece.setReadBytes(content.subarray(start, start + byteLength));
    yield piece;
  }
}
