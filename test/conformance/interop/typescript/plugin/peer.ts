import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { type Broker, type Level, type Logger, type PluginService, unary } from 'quiver-sql-datasource/goplugin';
import { callbackService } from '../callback.ts';
import { contentOf } from '../contract.ts';
import { fileDescriptorSet } from '../generated/peer_descriptor.js';
import { CallbackClient, type IPeerServer, PeerService } from '../generated/peer_grpc_pb.js';
import pb from '../generated/peer_pb.js';
import { sendAll } from './send-all.ts';

export interface PeerOptions {
  /** The version of the set that this service belongs to. */
  readonly version: number;
  readonly broker: Broker;
  /** Writes to the process's real stderr. */
  readonly logger: Logger;
}

/** quiver.conformance.Peer; proto/conformance/peer.proto says what each call does. */
export function peerService({ version, broker, logger }: PeerOptions): PluginService {
  let heldCalls = 0;
  const implementation: IPeerServer = {
    describe(_call, callback) {
      const description = new pb.Description();
      description.setProtocolVersion(version);
      description.setProcessId(process.pid);
      description.setHeldCalls(heldCalls);
      callback(null, description);
    },

    count(call) {
      const [to, code, details] = [call.request.getTo(), call.request.getCode(), call.request.getMessage()];
      sendAll(call, numbersTo(to), () => (code === status.OK ? call.end() : call.emit('error', { code, details })));
    },

    echo(call) {
      call.on('data', (message: pb.EchoMessage) => call.write(message));
      call.once('end', () => call.end());
    },

    hold(call) {
      heldCalls += 1;
      call.once('cancelled', () => {
        heldCalls -= 1;
      });
      call.write(new pb.Holding());
    },

    fill({ request }, callback) {
      const blob = new pb.Blob();
      blob.setContent(contentOf(request.getByteLength()));
      callback(null, blob);
    },

    measure({ request }, callback) {
      const content = request.getContent_asU8();
      const measurement = new pb.Measurement();
      measurement.setByteLength(content.byteLength);
      measurement.setSha256(createHash('sha256').update(content).digest());
      callback(null, measurement);
    },

    print({ request }, callback) {
      process.stdout.write(request.getStdout(), () => {
        process.stderr.write(request.getStderr(), () => callback(null, new pb.PrintReply()));
      });
    },

    log({ request }, callback) {
      logger[request.getLevel() as Level](request.getMessage(), { [request.getKey()]: request.getValue() });
      callback(null, new pb.LogReply());
    },

    panic({ request }) {
      // Outside of the handler, whose exceptions grpc-js makes answers of.
      setImmediate(() => {
        throw new Error(request.getMessage());
      });
    },

    callBack({ request }, callback) {
      callBack(broker, request).then((reply) => callback(null, reply), callback);
    },

    serve(_call, callback) {
      serve(broker).then((reply) => callback(null, reply), callback);
    },
  };
  return { definition: PeerService, implementation, fileDescriptorSet };
}

function* numbersTo(last: number): Generator<pb.Counted> {
  for (let number = 1; number <= last; number++) {
    const counted = new pb.Counted();
    counted.setNumber(number);
    yield counted;
  }
}

async function callBack(broker: Broker, request: pb.CallBackRequest): Promise<pb.CallBackReply> {
  const connection = await broker.dial(request.getServiceId());
  try {
    const client = connection.client(CallbackClient);
    const reply = new pb.CallBackReply();
    for (const text of request.getTextsList()) {
      const tell = new pb.TellRequest();
      tell.setText(text);
      reply.addTexts((await unary<pb.TellReply>((callback) => client.tell(tell, callback))).getText());
    }
    return reply;
  } finally {
    connection.close();
  }
}

async function serve(broker: Broker): Promise<pb.ServeReply> {
  const id = broker.nextId();
  await broker.acceptAndServe(id, [callbackService('plugin')]);
  const reply = new pb.ServeReply();
  reply.setServiceId(id);
  return reply;
}
