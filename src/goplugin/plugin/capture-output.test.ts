import { Console } from 'node:console';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { captureOutput } from './capture-output.ts';

function create() {
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  const captured: string[] = [];
  let announceRoom: () => void = () => undefined;
  const sink = {
    hasRoom: true,
    write(bytes: Uint8Array) {
      captured.push(Buffer.from(bytes).toString());
      return this.hasRoom;
    },
    onRoom(listener: () => void) {
      announceRoom = listener;
    },
    makeRoom() {
      sink.hasRoom = true;
      announceRoom();
    },
  };
  captureOutput(stdout, sink);
  return { stdout, captured, sink };
}

describe('captureOutput()', () => {
  test('takes what is written as text in any encoding, or as bytes', () => {
    const { stdout, captured } = create();
    stdout.write('ä');
    stdout.write('c3a4', 'hex');
    stdout.write(new Uint8Array([65]));
    expect(captured).toEqual(['ä', 'ä', 'A']);
  });

  test('takes what a console prints, also one that knew the stream before', () => {
    const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
    const early = new Console(stdout);
    const captured: string[] = [];
    const write = (bytes: Uint8Array) => captured.push(Buffer.from(bytes).toString()) > 0;
    captureOutput(stdout, { write, onRoom: () => undefined });
    early.log('x', 1);
    expect(captured).toEqual(['x 1\n']);
    expect(stdout.readableLength).toBe(0);
  });

  test('takes what is piped into it, and waits when it is asked to', async () => {
    const { stdout, captured, sink } = create();
    sink.hasRoom = false;
    const piped = pipeline(Readable.from(['a', 'b']), stdout, { end: false });
    await new Promise(setImmediate);
    expect(captured).toEqual(['a']);
    sink.makeRoom();
    await piped;
    expect(captured).toEqual(['a', 'b']);
  });

  test('emits drain only to a writer that was asked to wait', async () => {
    const { stdout, sink } = create();
    let drains = 0;
    stdout.on('drain', () => drains++);
    stdout.write('x');
    sink.makeRoom();
    await new Promise(setImmediate);
    expect(drains).toBe(0);
    sink.hasRoom = false;
    stdout.write('y');
    sink.makeRoom();
    await new Promise(setImmediate);
    expect(drains).toBe(1);
  });

  test('calls back after a write and after an end, which writes its chunk and leaves the stream open', async () => {
    const { stdout, captured } = create();
    await new Promise<void>((resolve) => stdout.write('a', () => resolve()));
    await new Promise<void>((resolve) => stdout.write('b', 'utf8', () => resolve()));
    await new Promise<void>((resolve) => stdout.end('c', () => resolve()));
    await new Promise<void>((resolve) => stdout.end(() => resolve()));
    stdout.write('d');
    expect(captured).toEqual(['a', 'b', 'c', 'd']);
  });

  test('refuses what is neither text nor bytes', () => {
    const { stdout } = create();
    expect(() => stdout.write(1 as unknown as string)).toThrow('Cannot print a number');
  });
});
