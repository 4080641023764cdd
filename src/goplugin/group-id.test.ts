import { expect, test } from 'vitest';
import { groupId } from './group-id.ts';

const etcGroup = 'root:x:0:\nstaff:x:50:ann,bob\nstaff2:x:51:\nbroken:x:\n';

test.each([
  ['staff', 50],
  ['root', 0],
  ['staff2', 51],
  ['1234', 1234],
])('groupId() finds %s', (group, id) => {
  expect(groupId(group, etcGroup)).toBe(id);
});

test.each(['staf', 'ann', 'broken', '', '-1', '1.5'])('groupId() refuses %j', (group) => {
  expect(() => groupId(group, etcGroup)).toThrow(
    expect.objectContaining({
      code: 'environment',
      message: expect.stringContaining(`Cannot find the group ${JSON.stringify(group)} for the socket`),
    }),
  );
});
