// package: proto
// file: streamer.proto

import * as jspb from "google-protobuf";

export class Configure extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Configure.AsObject;
  static toObject(includeInstance: boolean, msg: Configure): Configure.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Configure, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Configure;
  static deserializeBinaryFromReader(message: Configure, reader: jspb.BinaryReader): Configure;
}

export namespace Configure {
  export type AsObject = {
  }

  export class Request extends jspb.Message {
    getPath(): string;
    setPath(value: string): void;

    getChunkSize(): number;
    setChunkSize(value: number): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Request.AsObject;
    static toObject(includeInstance: boolean, msg: Request): Request.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Request, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Request;
    static deserializeBinaryFromReader(message: Request, reader: jspb.BinaryReader): Request;
  }

  export namespace Request {
    export type AsObject = {
      path: string,
      chunkSize: number,
    }
  }

  export class Response extends jspb.Message {
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Response.AsObject;
    static toObject(includeInstance: boolean, msg: Response): Response.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Response, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Response;
    static deserializeBinaryFromReader(message: Response, reader: jspb.BinaryReader): Response;
  }

  export namespace Response {
    export type AsObject = {
    }
  }
}

export class Read extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Read.AsObject;
  static toObject(includeInstance: boolean, msg: Read): Read.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Read, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Read;
  static deserializeBinaryFromReader(message: Read, reader: jspb.BinaryReader): Read;
}

export namespace Read {
  export type AsObject = {
  }

  export class Request extends jspb.Message {
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Request.AsObject;
    static toObject(includeInstance: boolean, msg: Request): Request.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Request, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Request;
    static deserializeBinaryFromReader(message: Request, reader: jspb.BinaryReader): Request;
  }

  export namespace Request {
    export type AsObject = {
    }
  }

  export class ResponseChunk extends jspb.Message {
    getReadBytes(): Uint8Array | string;
    getReadBytes_asU8(): Uint8Array;
    getReadBytes_asB64(): string;
    setReadBytes(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): ResponseChunk.AsObject;
    static toObject(includeInstance: boolean, msg: ResponseChunk): ResponseChunk.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: ResponseChunk, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): ResponseChunk;
    static deserializeBinaryFromReader(message: ResponseChunk, reader: jspb.BinaryReader): ResponseChunk;
  }

  export namespace ResponseChunk {
    export type AsObject = {
      readBytes: Uint8Array | string,
    }
  }
}

export class Write extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Write.AsObject;
  static toObject(includeInstance: boolean, msg: Write): Write.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Write, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Write;
  static deserializeBinaryFromReader(message: Write, reader: jspb.BinaryReader): Write;
}

export namespace Write {
  export type AsObject = {
  }

  export class RequestChunk extends jspb.Message {
    getBytesToWrite(): Uint8Array | string;
    getBytesToWrite_asU8(): Uint8Array;
    getBytesToWrite_asB64(): string;
    setBytesToWrite(value: Uint8Array | string): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): RequestChunk.AsObject;
    static toObject(includeInstance: boolean, msg: RequestChunk): RequestChunk.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: RequestChunk, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): RequestChunk;
    static deserializeBinaryFromReader(message: RequestChunk, reader: jspb.BinaryReader): RequestChunk;
  }

  export namespace RequestChunk {
    export type AsObject = {
      bytesToWrite: Uint8Array | string,
    }
  }

  export class Response extends jspb.Message {
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Response.AsObject;
    static toObject(includeInstance: boolean, msg: Response): Response.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Response, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Response;
    static deserializeBinaryFromReader(message: Response, reader: jspb.BinaryReader): Response;
  }

  export namespace Response {
    export type AsObject = {
    }
  }
}

