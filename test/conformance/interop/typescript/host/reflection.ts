import type { ClientDuplexStream } from '@grpc/grpc-js';
import descriptorPb from 'google-protobuf/google/protobuf/descriptor_pb.js';
import { ServerReflectionClient } from '../../../../../src/generated/grpc/reflection/v1/reflection_grpc_pb.js';
import pb from '../../../../../src/generated/grpc/reflection/v1/reflection_pb.js';
import { expectEqual, expectThat } from './expect.ts';
import type { Session } from './session.ts';

type Call = ClientDuplexStream<pb.ServerReflectionRequest, pb.ServerReflectionResponse>;

export async function reflection({ connection }: Session): Promise<void> {
  const call: Call = connection.client(ServerReflectionClient).serverReflectionInfo();
  const answers = call[Symbol.asyncIterator]();
  const ask = async (request: pb.ServerReflectionRequest): Promise<pb.ServerReflectionResponse | undefined> => {
    call.write(request);
    return (await answers.next()).value;
  };
  checkNames(await ask(listServices()));
  checkFiles(await ask(fileOf('quiver.conformance.Peer')));
  call.end();
}

function listServices(): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setListServices('');
  return request;
}

function checkNames(response: pb.ServerReflectionResponse | undefined): void {
  const services = response?.getListServicesResponse()?.getServiceList() ?? [];
  const names = services.map((service) => service.getName());
  for (const name of ['quiver.conformance.Peer', 'com.example.protos.Greeter']) {
    expectThat(names.includes(name), `${name} is not among ${names}`);
  }
}

function fileOf(symbol: string): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setFileContainingSymbol(symbol);
  return request;
}

function checkFiles(response: pb.ServerReflectionResponse | undefined): void {
  const files = response?.getFileDescriptorResponse()?.getFileDescriptorProtoList_asU8() ?? [];
  const inputs = files
    .map((bytes) => descriptorPb.FileDescriptorProto.deserializeBinary(bytes))
    .filter((file) => file.getPackage() === 'quiver.conformance')
    .flatMap((file) => file.getServiceList().filter((service) => service.getName() === 'Peer'))
    .flatMap((service) => service.getMethodList().filter((method) => method.getName() === 'CallBack'))
    .map((method) => method.getInputType());
  expectEqual('What CallBack of Peer takes, by the files', inputs, ['.quiver.conformance.CallBackRequest']);
}
