// package: plugin
// file: goplugin/grpc_stdio.proto

import * as jspb from "google-protobuf";
import * as google_protobuf_empty_pb from "google-protobuf/google/protobuf/empty_pb";

export class StdioData extends jspb.Message {
  getChannel(): StdioData.ChannelMap[keyof StdioData.ChannelMap];
  setChannel(value: StdioData.ChannelMap[keyof StdioData.ChannelMap]): void;

  getData(): Uint8Array | string;
  getData_asU8(): Uint8Array;
  getData_asB64(): string;
  setData(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StdioData.AsObject;
  static toObject(includeInstance: boolean, msg: StdioData): StdioData.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StdioData, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StdioData;
  static deserializeBinaryFromReader(message: StdioData, reader: jspb.BinaryReader): StdioData;
}

export namespace StdioData {
  export type AsObject = {
    channel: StdioData.ChannelMap[keyof StdioData.ChannelMap],
    data: Uint8Array | string,
  }

  export interface ChannelMap {
    INVALID: 0;
    STDOUT: 1;
    STDERR: 2;
  }

  export const Channel: ChannelMap;
}

