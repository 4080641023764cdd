// package: quiver.conformance
// file: peer.proto

import * as jspb from "google-protobuf";

export class DescribeRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): DescribeRequest.AsObject;
  static toObject(includeInstance: boolean, msg: DescribeRequest): DescribeRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: DescribeRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): DescribeRequest;
  static deserializeBinaryFromReader(message: DescribeRequest, reader: jspb.BinaryReader): DescribeRequest;
}

export namespace DescribeRequest {
  export type AsObject = {
  }
}

export class Description extends jspb.Message {
  getProtocolVersion(): number;
  setProtocolVersion(value: number): void;

  getProcessId(): number;
  setProcessId(value: number): void;

  getHeldCalls(): number;
  setHeldCalls(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Description.AsObject;
  static toObject(includeInstance: boolean, msg: Description): Description.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Description, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Description;
  static deserializeBinaryFromReader(message: Description, reader: jspb.BinaryReader): Description;
}

export namespace Description {
  export type AsObject = {
    protocolVersion: number,
    processId: number,
    heldCalls: number,
  }
}

export class CountRequest extends jspb.Message {
  getTo(): number;
  setTo(value: number): void;

  getCode(): number;
  setCode(value: number): void;

  getMessage(): string;
  setMessage(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CountRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CountRequest): CountRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CountRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CountRequest;
  static deserializeBinaryFromReader(message: CountRequest, reader: jspb.BinaryReader): CountRequest;
}

export namespace CountRequest {
  export type AsObject = {
    to: number,
    code: number,
    message: string,
  }
}

export class Counted extends jspb.Message {
  getNumber(): number;
  setNumber(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Counted.AsObject;
  static toObject(includeInstance: boolean, msg: Counted): Counted.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Counted, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Counted;
  static deserializeBinaryFromReader(message: Counted, reader: jspb.BinaryReader): Counted;
}

export namespace Counted {
  export type AsObject = {
    number: number,
  }
}

export class EchoMessage extends jspb.Message {
  getText(): string;
  setText(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): EchoMessage.AsObject;
  static toObject(includeInstance: boolean, msg: EchoMessage): EchoMessage.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: EchoMessage, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): EchoMessage;
  static deserializeBinaryFromReader(message: EchoMessage, reader: jspb.BinaryReader): EchoMessage;
}

export namespace EchoMessage {
  export type AsObject = {
    text: string,
  }
}

export class HoldRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): HoldRequest.AsObject;
  static toObject(includeInstance: boolean, msg: HoldRequest): HoldRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: HoldRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): HoldRequest;
  static deserializeBinaryFromReader(message: HoldRequest, reader: jspb.BinaryReader): HoldRequest;
}

export namespace HoldRequest {
  export type AsObject = {
  }
}

export class Holding extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Holding.AsObject;
  static toObject(includeInstance: boolean, msg: Holding): Holding.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Holding, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Holding;
  static deserializeBinaryFromReader(message: Holding, reader: jspb.BinaryReader): Holding;
}

export namespace Holding {
  export type AsObject = {
  }
}

export class FillRequest extends jspb.Message {
  getByteLength(): number;
  setByteLength(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): FillRequest.AsObject;
  static toObject(includeInstance: boolean, msg: FillRequest): FillRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: FillRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): FillRequest;
  static deserializeBinaryFromReader(message: FillRequest, reader: jspb.BinaryReader): FillRequest;
}

export namespace FillRequest {
  export type AsObject = {
    byteLength: number,
  }
}

export class Blob extends jspb.Message {
  getContent(): Uint8Array | string;
  getContent_asU8(): Uint8Array;
  getContent_asB64(): string;
  setContent(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Blob.AsObject;
  static toObject(includeInstance: boolean, msg: Blob): Blob.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Blob, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Blob;
  static deserializeBinaryFromReader(message: Blob, reader: jspb.BinaryReader): Blob;
}

export namespace Blob {
  export type AsObject = {
    content: Uint8Array | string,
  }
}

export class Measurement extends jspb.Message {
  getByteLength(): number;
  setByteLength(value: number): void;

  getSha256(): Uint8Array | string;
  getSha256_asU8(): Uint8Array;
  getSha256_asB64(): string;
  setSha256(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Measurement.AsObject;
  static toObject(includeInstance: boolean, msg: Measurement): Measurement.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Measurement, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Measurement;
  static deserializeBinaryFromReader(message: Measurement, reader: jspb.BinaryReader): Measurement;
}

export namespace Measurement {
  export type AsObject = {
    byteLength: number,
    sha256: Uint8Array | string,
  }
}

export class PrintRequest extends jspb.Message {
  getStdout(): string;
  setStdout(value: string): void;

  getStderr(): string;
  setStderr(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PrintRequest.AsObject;
  static toObject(includeInstance: boolean, msg: PrintRequest): PrintRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PrintRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PrintRequest;
  static deserializeBinaryFromReader(message: PrintRequest, reader: jspb.BinaryReader): PrintRequest;
}

export namespace PrintRequest {
  export type AsObject = {
    stdout: string,
    stderr: string,
  }
}

export class PrintReply extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PrintReply.AsObject;
  static toObject(includeInstance: boolean, msg: PrintReply): PrintReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PrintReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PrintReply;
  static deserializeBinaryFromReader(message: PrintReply, reader: jspb.BinaryReader): PrintReply;
}

export namespace PrintReply {
  export type AsObject = {
  }
}

export class LogRequest extends jspb.Message {
  getLevel(): string;
  setLevel(value: string): void;

  getMessage(): string;
  setMessage(value: string): void;

  getKey(): string;
  setKey(value: string): void;

  getValue(): string;
  setValue(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): LogRequest.AsObject;
  static toObject(includeInstance: boolean, msg: LogRequest): LogRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: LogRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): LogRequest;
  static deserializeBinaryFromReader(message: LogRequest, reader: jspb.BinaryReader): LogRequest;
}

export namespace LogRequest {
  export type AsObject = {
    level: string,
    message: string,
    key: string,
    value: string,
  }
}

export class LogReply extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): LogReply.AsObject;
  static toObject(includeInstance: boolean, msg: LogReply): LogReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: LogReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): LogReply;
  static deserializeBinaryFromReader(message: LogReply, reader: jspb.BinaryReader): LogReply;
}

export namespace LogReply {
  export type AsObject = {
  }
}

export class PanicRequest extends jspb.Message {
  getMessage(): string;
  setMessage(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PanicRequest.AsObject;
  static toObject(includeInstance: boolean, msg: PanicRequest): PanicRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PanicRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PanicRequest;
  static deserializeBinaryFromReader(message: PanicRequest, reader: jspb.BinaryReader): PanicRequest;
}

export namespace PanicRequest {
  export type AsObject = {
    message: string,
  }
}

export class PanicReply extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): PanicReply.AsObject;
  static toObject(includeInstance: boolean, msg: PanicReply): PanicReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: PanicReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): PanicReply;
  static deserializeBinaryFromReader(message: PanicReply, reader: jspb.BinaryReader): PanicReply;
}

export namespace PanicReply {
  export type AsObject = {
  }
}

export class CallBackRequest extends jspb.Message {
  getServiceId(): number;
  setServiceId(value: number): void;

  clearTextsList(): void;
  getTextsList(): Array<string>;
  setTextsList(value: Array<string>): void;
  addTexts(value: string, index?: number): string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CallBackRequest.AsObject;
  static toObject(includeInstance: boolean, msg: CallBackRequest): CallBackRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CallBackRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CallBackRequest;
  static deserializeBinaryFromReader(message: CallBackRequest, reader: jspb.BinaryReader): CallBackRequest;
}

export namespace CallBackRequest {
  export type AsObject = {
    serviceId: number,
    textsList: Array<string>,
  }
}

export class CallBackReply extends jspb.Message {
  clearTextsList(): void;
  getTextsList(): Array<string>;
  setTextsList(value: Array<string>): void;
  addTexts(value: string, index?: number): string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): CallBackReply.AsObject;
  static toObject(includeInstance: boolean, msg: CallBackReply): CallBackReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: CallBackReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): CallBackReply;
  static deserializeBinaryFromReader(message: CallBackReply, reader: jspb.BinaryReader): CallBackReply;
}

export namespace CallBackReply {
  export type AsObject = {
    textsList: Array<string>,
  }
}

export class ServeRequest extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ServeRequest.AsObject;
  static toObject(includeInstance: boolean, msg: ServeRequest): ServeRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ServeRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ServeRequest;
  static deserializeBinaryFromReader(message: ServeRequest, reader: jspb.BinaryReader): ServeRequest;
}

export namespace ServeRequest {
  export type AsObject = {
  }
}

export class ServeReply extends jspb.Message {
  getServiceId(): number;
  setServiceId(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ServeReply.AsObject;
  static toObject(includeInstance: boolean, msg: ServeReply): ServeReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ServeReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ServeReply;
  static deserializeBinaryFromReader(message: ServeReply, reader: jspb.BinaryReader): ServeReply;
}

export namespace ServeReply {
  export type AsObject = {
    serviceId: number,
  }
}

export class TellRequest extends jspb.Message {
  getText(): string;
  setText(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TellRequest.AsObject;
  static toObject(includeInstance: boolean, msg: TellRequest): TellRequest.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TellRequest, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TellRequest;
  static deserializeBinaryFromReader(message: TellRequest, reader: jspb.BinaryReader): TellRequest;
}

export namespace TellRequest {
  export type AsObject = {
    text: string,
  }
}

export class TellReply extends jspb.Message {
  getText(): string;
  setText(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): TellReply.AsObject;
  static toObject(includeInstance: boolean, msg: TellReply): TellReply.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: TellReply, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): TellReply;
  static deserializeBinaryFromReader(message: TellReply, reader: jspb.BinaryReader): TellReply;
}

export namespace TellReply {
  export type AsObject = {
    text: string,
  }
}

