import { describe, expect, test } from 'vitest';
import type { Bindings, Connection, Database, PreparedStatement, Result } from '../bindings.ts';
import type { Prepared } from '../run/query.ts';
import { type Seat, Seats } from './seats.ts';

/** Bindings that only note what is opened and closed. */
function noting() {
  const notes: string[] = [];
  let count = 0;
  const bindings = {
    connect: async () => ({ id: ++count }) as unknown as Connection,
    query: async (connection: { id: number }, sql: string) => {
      notes.push(`${connection.id} runs ${sql}`);
      if (sql.includes('wrong')) {
        throw new Error('no such zone');
      }
      return {} as Result;
    },
    disconnect_sync: (connection: { id: number }) => notes.push(`${connection.id} closed`),
    destroy_prepare_sync: (statement: { sql: string }) => notes.push(`${statement.sql} destroyed`),
  } as unknown as Bindings;
  return { notes, bindings };
}

function open() {
  const { notes, bindings } = noting();
  const seats = new Seats(bindings, {} as Database, (zone) => (zone === undefined ? '' : `SET ${zone}`));
  return { notes, seats };
}

const prepared = (sql: string) => ({ statement: { sql } as unknown as PreparedStatement }) as Prepared;

/** Runs a statement that may be kept, and leaves. */
async function run(seats: Seats, sql: string, timezone?: string): Promise<Seat> {
  const seat = seats.recall(sql, timezone) ?? (await seats.open(timezone));
  seat.isReusable = true;
  if (seat.recall(sql) === undefined) {
    seat.keep(sql, prepared(sql));
  }
  return seat;
}

describe('Seats', () => {
  test('give a statement the seat on which it is prepared, before any other', async () => {
    const { seats } = open();
    const [a, b, c] = [await run(seats, 'a'), await run(seats, 'b'), await run(seats, 'c')];
    for (const seat of [a, b, c]) {
      seats.leave(seat, true);
    }
    expect(seats.recall('b', undefined)).toBe(b);
    expect(seats.recall('d', undefined)).toBe(a);
  });

  test('give nobody a seat that another has', async () => {
    const { seats } = open();
    seats.leave(await run(seats, 'a'), true);
    expect(seats.recall('a', undefined)).toBeDefined();
    expect(seats.recall('a', undefined)).toBeUndefined();
  });

  test('give no seat to another time zone', async () => {
    const { notes, seats } = open();
    seats.leave(await run(seats, 'a', 'Europe/Berlin'), true);
    expect(seats.recall('a', undefined)).toBeUndefined();
    expect(seats.recall('a', 'Asia/Tokyo')).toBeUndefined();
    expect(seats.recall('a', 'Europe/Berlin')).toBeDefined();
    expect(notes).toEqual(['1 runs SET Europe/Berlin']);
  });

  test('close what is not clean, or was not said to be of use again', async () => {
    const { notes, seats } = open();
    seats.leave(await run(seats, 'a'), false);
    seats.leave(await seats.open(undefined), true);
    expect(notes).toEqual(['a destroyed', '1 closed', '2 closed']);
  });

  test('ask each query anew whether its seat is of use again', async () => {
    const { notes, seats } = open();
    seats.leave(await run(seats, 'a'), true);
    const seat = seats.recall('b', undefined) as Seat;
    seats.leave(seat, true);
    expect(notes).toEqual(['a destroyed', '1 closed']);
  });

  test('keep one statement for a seat, the last', async () => {
    const { notes, seats } = open();
    seats.leave(await run(seats, 'a'), true);
    const seat = await run(seats, 'b');
    expect([seat.recall('a'), notes]).toEqual([undefined, ['a destroyed']]);
  });

  test('keep 16 connections, those used last', async () => {
    const { notes, seats } = open();
    const all = await Promise.all(Array.from({ length: 17 }, (_, i) => run(seats, `s${i}`)));
    for (const seat of all) {
      seats.leave(seat, true);
    }
    expect(notes).toEqual(['s0 destroyed', '1 closed']);
  });

  test('close the connection whose settings are wrong', async () => {
    const { notes, seats } = open();
    await expect(seats.open('wrong')).rejects.toThrow('no such zone');
    expect(notes).toEqual(['1 runs SET wrong', '1 closed']);
  });

  test('once closed, close the idle ones at once and the others when they are left', async () => {
    const { notes, seats } = open();
    const busy = await run(seats, 'busy');
    seats.leave(await run(seats, 'idle'), true);
    seats.close();
    expect(notes).toEqual(['idle destroyed', '2 closed']);
    seats.leave(busy, true);
    expect(notes.slice(2)).toEqual(['busy destroyed', '1 closed']);
  });
});
