import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type pb from '../generated/goplugin/grpc_stdio_pb.js';
import { createLogger } from './hclog.ts';
import { Stdio } from './stdio.ts';

/** A call as grpc-js hands it over, with a reader whose appetite the test decides. */
class Call extends EventEmitter {
  text = '';
  readonly sizes: number[] = [];
  readonly channels: number[] = [];
  ended = false;
  appetite = Number.POSITIVE_INFINITY;

  write(data: pb.StdioData): boolean {
    const bytes = data.getData_asU8();
    this.sizes.push(bytes.byteLength);
    this.text += Buffer.from(bytes).toString();
    this.channels.push(data.getChannel());
    return this.sizes.length < this.appetite;
  }

  end(): void {
    this.ended = true;
  }
}

function create(capacityBytes?: number) {
  const records: Record<string, unknown>[] = [];
  const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)) });
  const stdio = new Stdio({ logger, ...(capacityBytes === undefined ? {} : { capacityBytes }) });
  const attach = (call: Call) => {
    const { streamStdio } = stdio.service.implementation as { streamStdio: (call: unknown) => void };
    streamStdio(call);
    return call;
  };
  return { stdio, attach, records };
}

const bytes = (text: string) => Buffer.from(text);

describe('Stdio', () => {
  test('sends what was printed before the reader came, and what comes later', () => {
    const { stdio, attach } = create();
    stdio.stdout.write(bytes('early '));
    const call = attach(new Call());
    stdio.stdout.write(bytes('late'));
    expect(call.text).toBe('early late');
  });

  test('sends chunks of at most 1 KiB', () => {
    const { stdio, attach } = create();
    const call = attach(new Call());
    stdio.stdout.write(bytes('x'.repeat(2500)));
    expect(call.sizes).toEqual([1024, 1024, 452]);
  });

  test('sends what is printed on either stream under its own channel, in turns', () => {
    const { stdio, attach } = create();
    stdio.stdout.write(bytes('o'.repeat(3000)));
    stdio.stderr.write(bytes('e'.repeat(2000)));
    const call = attach(new Call());
    expect(call.channels).toEqual([1, 2, 1, 2, 1]);
    expect(call.text.replaceAll('e', '')).toHaveLength(3000);
    expect(call.text.replaceAll('o', '')).toHaveLength(2000);
  });

  test('keeps a flood on one stream from the other: each has its own room', () => {
    const { stdio, records } = create(1024);
    stdio.stdout.write(bytes('o'.repeat(5000)));
    stdio.stderr.write(bytes('e'));
    stdio.end();
    expect(records.map(({ '@message': message }) => message)).toEqual([
      'Nobody reads what this plugin prints on stdout: the oldest of it is dropped',
      'Some of what this plugin printed on stdout was dropped unread',
    ]);
  });

  test('waits while the reader is full, and goes on when it drains', () => {
    const { stdio, attach } = create();
    const call = new Call();
    call.appetite = 2;
    attach(call);
    stdio.stdout.write(bytes('x'.repeat(4096)));
    expect(call.sizes).toHaveLength(2);
    call.appetite = Number.POSITIVE_INFINITY;
    call.emit('drain');
    expect(call.text).toHaveLength(4096);
  });

  test('asks a writer to wait while a reader is behind, and calls it when there is room', () => {
    const { stdio, attach } = create(8192);
    const call = new Call();
    call.appetite = 1;
    attach(call);
    let rooms = 0;
    stdio.stdout.onRoom(() => rooms++);
    expect(stdio.stdout.write(bytes('x'.repeat(1024)))).toBe(true);
    expect(stdio.stdout.write(bytes('x'.repeat(2048)))).toBe(false);
    const before = rooms;
    call.appetite = Number.POSITIVE_INFINITY;
    call.emit('drain');
    expect(rooms).toBeGreaterThan(before);
  });

  test('never asks a writer to wait where nobody reads', () => {
    const { stdio } = create(8192);
    expect(stdio.stdout.write(bytes('x'.repeat(100_000)))).toBe(true);
  });

  test('lets a waiting writer go on when its reader goes away', () => {
    const { stdio, attach } = create(8192);
    const call = new Call();
    call.appetite = 1;
    attach(call);
    stdio.stdout.write(bytes('x'.repeat(8000)));
    let rooms = 0;
    stdio.stdout.onRoom(() => rooms++);
    call.emit('cancelled');
    expect(rooms).toBe(1);
  });

  test('keeps the newest output while nobody reads, and says once that it drops the rest', () => {
    const { stdio, records } = create(1024);
    stdio.stdout.write(bytes('a'.repeat(1024)));
    expect(records).toEqual([]);
    stdio.stdout.write(bytes('b'.repeat(10)));
    stdio.stdout.write(bytes('c'.repeat(10)));
    expect(records).toEqual([expect.objectContaining({ '@level': 'warn', keptBytes: 1024 })]);
  });

  test('drops also where the writer does not wait for a reader that is behind', () => {
    const { stdio, attach, records } = create(8192);
    const call = new Call();
    call.appetite = 1;
    attach(call);
    stdio.stdout.write(bytes('x'.repeat(100_000)));
    expect(call.sizes).toHaveLength(1);
    expect(records).toEqual([expect.objectContaining({ keptBytes: 8192 })]);
  });

  test('says how much was dropped when a reader comes', () => {
    const { stdio, attach, records } = create(1024);
    stdio.stdout.write(bytes(`${'a'.repeat(1024)}tail`));
    const call = attach(new Call());
    expect(call.text).toBe(`${'a'.repeat(1020)}tail`);
    expect(records.at(-1)).toMatchObject({ '@level': 'warn', droppedBytes: 4 });
  });

  test('says at the end how much was never read, and not twice', () => {
    const { stdio, records } = create(1024);
    stdio.stdout.write(bytes('a'.repeat(1030)));
    stdio.end();
    expect(records.filter((record) => record.droppedBytes !== undefined)).toEqual([
      expect.objectContaining({ droppedBytes: 6 }),
    ]);
  });

  test('has one reader, and refuses a second while the first is there', () => {
    const { stdio, attach } = create();
    const first = attach(new Call());
    const second = new Call();
    const errors: unknown[] = [];
    second.on('error', (error) => errors.push(error));
    attach(second);
    expect(errors).toEqual([expect.objectContaining({ code: 6 })]);
    first.emit('cancelled');
    const third = attach(new Call());
    stdio.stdout.write(bytes('x'));
    expect([first.text, second.text, third.text]).toEqual(['', '', 'x']);
  });

  test('at the end sends what is left, even to a reader that is full', () => {
    const { stdio, attach } = create();
    const call = new Call();
    call.appetite = 1;
    attach(call);
    stdio.stdout.write(bytes('x'.repeat(5000)));
    stdio.end();
    expect([call.text.length, call.ended]).toEqual([5000, true]);
  });

  test('ends at once a reader that comes after the end', () => {
    const { stdio, attach } = create();
    stdio.end();
    expect(attach(new Call()).ended).toBe(true);
  });

  test('asks no writer to wait once its reader has got the end', () => {
    const { stdio, attach } = create(8192);
    const call = attach(new Call());
    stdio.end();
    expect([stdio.stdout.write(bytes('x'.repeat(8000))), call.text]).toEqual([true, '']);
    const late = attach(new Call());
    expect([stdio.stdout.write(bytes('y'.repeat(8000))), late.text]).toEqual([true, 'x'.repeat(8000)]);
  });
});
