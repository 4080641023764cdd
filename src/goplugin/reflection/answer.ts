import { status } from '@grpc/grpc-js';
import pb from '../../generated/grpc/reflection/v1/reflection_pb.js';
import type { DescribedFile, DescribedFiles } from './described-files.ts';

/** What a server tells about itself. */
export interface Reflected {
  /** The full names of its services. */
  names(): readonly string[];
  /** Rejects where descriptors cannot be read. */
  files(): Promise<DescribedFiles>;
}

const { MessageRequestCase: Asked } = pb.ServerReflectionRequest;

/**
 * Answers one question, in the way of grpc-go (reflection/internal): what is not there is an answer too, NOT_FOUND.
 *
 * @param sent names of the files that went over this stream already; those that this answer adds are added to it
 * @returns undefined where the request asks for nothing, or for what a newer protocol knows
 */
export async function answer(
  request: pb.ServerReflectionRequest,
  reflected: Reflected,
  sent: Set<string>,
): Promise<pb.ServerReflectionResponse | undefined> {
  const response = new pb.ServerReflectionResponse();
  response.setValidHost(request.getHost());
  response.setOriginalRequest(request);
  switch (request.getMessageRequestCase()) {
    case Asked.LIST_SERVICES:
      response.setListServicesResponse(listOf(reflected.names()));
      return response;
    case Asked.FILE_BY_FILENAME: {
      const [files, name] = [await reflected.files(), request.getFileByFilename()];
      return withFile(response, files, files.named(name), sent, `file ${JSON.stringify(name)}`);
    }
    case Asked.FILE_CONTAINING_SYMBOL: {
      const [files, symbol] = [await reflected.files(), request.getFileContainingSymbol()];
      return withFile(response, files, files.defining(symbol), sent, `symbol ${JSON.stringify(symbol)}`);
    }
    case Asked.FILE_CONTAINING_EXTENSION: {
      const { containingType = '', extensionNumber = 0 } = request.getFileContainingExtension()?.toObject() ?? {};
      const files = await reflected.files();
      const what = `extension ${extensionNumber} of ${JSON.stringify(containingType)}`;
      return withFile(response, files, files.extending(containingType, extensionNumber), sent, what);
    }
    case Asked.ALL_EXTENSION_NUMBERS_OF_TYPE: {
      const [files, type] = [await reflected.files(), request.getAllExtensionNumbersOfType()];
      return withNumbers(response, type, files.extensionNumbers(type));
    }
    default:
      return undefined;
  }
}

function listOf(names: readonly string[]): pb.ListServiceResponse {
  const list = new pb.ListServiceResponse();
  for (const name of names) {
    list.addService().setName(name);
  }
  return list;
}

function withFile(
  response: pb.ServerReflectionResponse,
  files: DescribedFiles,
  file: DescribedFile | undefined,
  sent: Set<string>,
  what: string,
): pb.ServerReflectionResponse {
  if (file === undefined) {
    return withoutAny(response, what);
  }
  const found = new pb.FileDescriptorResponse();
  found.setFileDescriptorProtoList(files.withImports(file, sent).map(({ bytes }) => bytes));
  response.setFileDescriptorResponse(found);
  return response;
}

function withNumbers(
  response: pb.ServerReflectionResponse,
  type: string,
  numbers: readonly number[] | undefined,
): pb.ServerReflectionResponse {
  if (numbers === undefined) {
    return withoutAny(response, `type ${JSON.stringify(type)}`);
  }
  const found = new pb.ExtensionNumberResponse();
  found.setBaseTypeName(type);
  found.setExtensionNumberList([...numbers]);
  response.setAllExtensionNumbersResponse(found);
  return response;
}

function withoutAny(response: pb.ServerReflectionResponse, what: string): pb.ServerReflectionResponse {
  const error = new pb.ErrorResponse();
  error.setErrorCode(status.NOT_FOUND);
  error.setErrorMessage(`No ${what} is described here`);
  response.setErrorResponse(error);
  return response;
}
