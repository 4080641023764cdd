import protobuf from 'google-protobuf';

/**
 * Loading this file lets google-protobuf read strings within their message. Version 3 reads one as far as the message says
 * that it goes, be that four billion bytes behind its end: a single broken message would keep a process busy for minutes.
 * Its bytes are read within bounds, so strings are made of these; that is faster for long ones, too.
 */
protobuf.BinaryReader.prototype.readString = function readString(this: protobuf.BinaryReader): string {
  return decoder.decode(this.readBytes());
};

// Whatever a message says stays in it: a byte order mark as well.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
