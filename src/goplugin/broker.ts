import type { ServerDuplexStream } from '@grpc/grpc-js';
import brokerGrpc from '../generated/goplugin/grpc_broker_grpc_pb.js';
import pb from '../generated/goplugin/grpc_broker_pb.js';
import type { Logger } from './hclog.ts';
import type { OpenStreams } from './open-streams.ts';
import type { PluginService } from './service.ts';

/**
 * The stream on which both sides announce further connections. A Go host opens it when it connects and keeps it; we
 * keep it too. No service of ours uses such connections: a knock is answered with an error, which the host's dial
 * then reports, and an announcement, for which the protocol knows no answer, is logged.
 */
export function brokerService(streams: OpenStreams, logger: Logger): PluginService {
  return {
    definition: brokerGrpc.GRPCBrokerService,
    implementation: {
      startStream(call: ServerDuplexStream<pb.ConnInfo, pb.ConnInfo>): void {
        streams.add(call);
        call.on('data', (info: pb.ConnInfo) => {
          const refusal = refuseKnock(info);
          if (refusal !== undefined) {
            call.write(refusal);
            return;
          }
          const { serviceId, network, address } = info.toObject();
          logger.warn('The host announces a connection that this plugin does not use', { serviceId, network, address });
        });
        call.on('end', () => call.end());
        call.on('error', (error: Error) => logger.debug('The broker stream ended with an error', { error }));
      },
    },
  };
}

/** The answer to a knock (go-plugin grpc_broker.go, listenForKnocks); undefined where the message is none. */
function refuseKnock(info: pb.ConnInfo): pb.ConnInfo | undefined {
  const knock = info.getKnock();
  if (knock === undefined || !knock.getKnock() || knock.getAck()) {
    return undefined;
  }
  const ack = new pb.ConnInfo.Knock();
  ack.setKnock(true);
  ack.setAck(true);
  ack.setError(`Cannot accept connection ${info.getServiceId()}: this plugin does not multiplex`);
  const answer = new pb.ConnInfo();
  answer.setServiceId(info.getServiceId());
  answer.setKnock(ack);
  return answer;
}
