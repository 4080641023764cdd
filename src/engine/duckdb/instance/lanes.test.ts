import { expect, test } from 'vitest';
import { Lanes } from './lanes.ts';

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const started: string[] = [];
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const named = (name: string) => async () => {
    started.push(name);
    await ended;
    return name;
  };
  return { started, named, end };
}

const long = 60_000;

test('so many run at once, and the others follow in the order in which they came', async () => {
  const lanes = new Lanes(2);
  const { started, named, end } = work();
  const all = ['a', 'b', 'c', 'd'].map((name) => lanes.take(long, named(name)));
  await Promise.resolve();
  expect(started).toEqual(['a', 'b']);
  end();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

test('what fails gives its lane back', async () => {
  const lanes = new Lanes(1);
  await expect(lanes.take(long, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lanes.take(long, async () => 1)).toBe(1);
});

test('nobody waits longer than they said for what does not end, and who has gone is not given the lane', async () => {
  const lanes = new Lanes(1);
  const { started, named, end } = work();
  const stuck = lanes.take(long, named('stuck'));
  await expect(lanes.take(10, named('impatient'))).rejects.toMatchObject({
    code: 'engine_failed',
    message: 'Cannot run the init SQL: that of other data sources has not ended for 0.01 s',
  });
  const patient = lanes.take(long, named('patient'));
  end();
  await Promise.all([stuck, patient]);
  expect(started).toEqual(['stuck', 'patient']);
});
