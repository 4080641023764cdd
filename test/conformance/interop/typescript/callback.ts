import type { PluginService } from 'quiver-sql-datasource/goplugin';
import { fileDescriptorSet } from './generated/peer_descriptor.js';
import { CallbackService, type ICallbackServer } from './generated/peer_grpc_pb.js';
import pb from './generated/peer_pb.js';

/** What either side serves to the other by the broker; `heard` is told each text. */
export function callbackService(
  who: 'host' | 'plugin',
  heard: (text: string) => void = () => undefined,
): PluginService {
  const implementation: ICallbackServer = {
    tell({ request }, callback) {
      heard(request.getText());
      const reply = new pb.TellReply();
      reply.setText(`${who} heard ${request.getText()}`);
      callback(null, reply);
    },
  };
  return { definition: CallbackService, implementation, fileDescriptorSet };
}
