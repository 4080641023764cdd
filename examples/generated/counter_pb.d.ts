// package: proto
// file: counter.proto

import * as jspb from "google-protobuf";

export class CounterGetRequest extends jspb.Message {
  getKey(): string;
  setKey(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterGetRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CounterGetRequest): CounterGetRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterGetRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterGetRequest;
  static deserializeBinaryFromReader(message: CounterGetRequest, reader: jspb.BinaryReader): CounterGetRequest;
}

export namespace CounterGetRequest {
  export type AsObject = {
    key: string,
  }
}

export class CounterGetResponse extends jspb.Message {
  getValue(): number;
  setValue(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterGetResponse.AsObject;
  static toObject(includeInstance: boolean, msg: CounterGetResponse): CounterGetResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterGetResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterGetResponse;
  static deserializeBinaryFromReader(message: CounterGetResponse, reader: jspb.BinaryReader): CounterGetResponse;
}

export namespace CounterGetResponse {
  export type AsObject = {
    value: number,
  }
}

export class CounterPutRequest extends jspb.Message {
  getAddServer(): number;
  setAddServer(value: number): void;

  getKey(): string;
  setKey(value: string): void;

  getValue(): number;
  setValue(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterPutRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CounterPutRequest): CounterPutRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterPutRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterPutRequest;
  static deserializeBinaryFromReader(message: CounterPutRequest, reader: jspb.BinaryReader): CounterPutRequest;
}

export namespace CounterPutRequest {
  export type AsObject = {
    addServer: number,
    key: string,
    value: number,
  }
}

export class CounterEmpty extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CounterEmpty.AsObject;
  static toObject(includeInstance: boolean, msg: CounterEmpty): CounterEmpty.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CounterEmpty, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CounterEmpty;
  static deserializeBinaryFromReader(message: CounterEmpty, reader: jspb.BinaryReader): CounterEmpty;
}

export namespace CounterEmpty {
  export type AsObject = {
  }
}

export class SumRequest extends jspb.Message {
  getA(): number;
  setA(value: number): void;

  getB(): number;
  setB(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SumRequest.AsObject;
  static toObject(includeInstance: boolean, msg: SumRequest): SumRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SumRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SumRequest;
  static deserializeBinaryFromReader(message: SumRequest, reader: jspb.BinaryReader): SumRequest;
}

export namespace SumRequest {
  export type AsObject = {
    a: number,
    b: number,
  }
}

export class SumResponse extends jspb.Message {
  getR(): number;
  setR(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SumResponse.AsObject;
  static toObject(includeInstance: boolean, msg: SumResponse): SumResponse.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SumResponse, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SumResponse;
  static deserializeBinaryFromReader(message: SumResponse, reader: jspb.BinaryReader): SumResponse;
}

export namespace SumResponse {
  export type AsObject = {
    r: number,
  }
}

