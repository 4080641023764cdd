import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import v1Descriptor from '../../generated/grpc/reflection/v1/reflection_descriptor.js';
import v1Grpc from '../../generated/grpc/reflection/v1/reflection_grpc_pb.js';
import type pb from '../../generated/grpc/reflection/v1/reflection_pb.js';
import v1alphaDescriptor from '../../generated/grpc/reflection/v1alpha/reflection_descriptor.js';
import { messageOf } from '../errors.ts';
import type { OpenStreams } from '../open-streams.ts';
import type { PluginService } from '../service.ts';
import { answer, type Reflected } from './answer.ts';
import { DescribedFiles } from './described-files.ts';
import { readDescriptors } from './read-descriptors.ts';
import { serviceNames } from './service-names.ts';

type Call = ServerDuplexStream<pb.ServerReflectionRequest, pb.ServerReflectionResponse>;

// The two packages differ in their name alone, so the messages of one serve both.
const v1Method = v1Grpc.ServerReflectionService.serverReflectionInfo;
const v1alphaMethod = { ...v1Method, path: v1Method.path.replace('.v1.', '.v1alpha.') };

/**
 * gRPC's reflection in both of its packages, as go-plugin's server registers it (grpc_server.go, Init): it lists the given services and
 * itself, and hands out the descriptors of those that come with some. These are read at the first question, not before.
 *
 * @param streams ends the calls that clients keep open (as grpcui does) when the plugin ends
 */
export function reflectionServices(
  services: readonly PluginService[],
  streams?: OpenStreams,
): readonly PluginService[] {
  let files: Promise<DescribedFiles> | undefined;
  const reflected: Reflected = {
    names: () => serviceNames(all),
    files() {
      files ??= readDescriptors(all).then((found) => new DescribedFiles(found));
      return files;
    },
  };
  const implementation = { serverReflectionInfo: (call: Call) => serve(call, reflected, streams) };
  const own: readonly PluginService[] = [
    {
      definition: { serverReflectionInfo: v1Method },
      implementation,
      fileDescriptorSet: v1Descriptor.fileDescriptorSet,
    },
    {
      definition: { serverReflectionInfo: v1alphaMethod },
      implementation,
      fileDescriptorSet: v1alphaDescriptor.fileDescriptorSet,
    },
  ];
  const all = [...services, ...own];
  return own;
}

/** Answers one request after the other; reads no further while an answer waits for the client to take it. */
function serve(call: Call, reflected: Reflected, streams: OpenStreams | undefined): void {
  const sent = new Set<string>();
  let answering = Promise.resolve();
  streams?.add(call);
  call.on('data', (request: pb.ServerReflectionRequest) => {
    call.pause();
    answering = answerOne(call, request, reflected, sent);
  });
  // A stream that is paused ends all the same, as soon as its last request was handed over.
  call.on('end', () => answering.then(() => call.end()));
}

async function answerOne(
  call: Call,
  request: pb.ServerReflectionRequest,
  reflected: Reflected,
  sent: Set<string>,
): Promise<void> {
  try {
    const response = await answer(request, reflected, sent);
    if (response === undefined) {
      const details = 'The request asks for nothing that is known here';
      call.emit('error', { code: status.INVALID_ARGUMENT, details });
    } else if (call.write(response)) {
      call.resume();
    } else {
      call.once('drain', () => call.resume());
    }
  } catch (error) {
    call.emit('error', { code: status.INTERNAL, details: messageOf(error) });
  }
}
