import jspb from 'google-protobuf';
import { GoPluginError, messageOf } from '../errors.ts';
import type { PluginService } from '../service.ts';
import type { DescribedFile } from './described-files.ts';
import { serviceNames } from './service-names.ts';
import { extensionsOf, symbolsOf } from './symbols.ts';

/** The field `file` of google.protobuf.FileDescriptorSet. */
const FILE_FIELD = 1;

/**
 * Reads the descriptors that services come with; a file that several of them import is there several times.
 *
 * The library that reads them takes five milliseconds to load, for which no plugin's start should wait: hence the promise.
 *
 * @throws GoPluginError `config` where a service's `fileDescriptorSet` is none
 */
export async function readDescriptors(services: readonly PluginService[]): Promise<readonly DescribedFile[]> {
  const { default: pb } = await import('google-protobuf/google/protobuf/descriptor_pb.js');
  const fileFrom = (bytes: Uint8Array): DescribedFile => {
    const file = pb.FileDescriptorProto.deserializeBinary(bytes);
    const imports = file.getDependencyList();
    return { name: file.getName() ?? '', bytes, imports, symbols: symbolsOf(file), extensions: extensionsOf(file) };
  };
  return services.flatMap((service) => {
    try {
      return serializedFiles(service.fileDescriptorSet).map(fileFrom);
    } catch (error) {
      const name = serviceNames([service]).join(', ');
      const reason = `Cannot read the fileDescriptorSet of ${name}: ${messageOf(error)}`;
      throw new GoPluginError('config', reason, { cause: error });
    }
  });
}

/** The files of a set as they stand in it: to serialize them anew would lose what google-protobuf does not know of them. */
function serializedFiles(fileDescriptorSet: Uint8Array | undefined): Uint8Array[] {
  const reader = new jspb.BinaryReader(fileDescriptorSet ?? new Uint8Array());
  const files: Uint8Array[] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === FILE_FIELD) {
      files.push(reader.readBytes());
    } else {
      reader.skipField();
    }
  }
  return files;
}
