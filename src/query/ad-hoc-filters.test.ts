import { expect, test } from 'vitest';
import { formatFilter, unappliedNotice } from './ad-hoc-filters.ts';

const filter = { key: 'host', operator: '=', value: 'a' } as const;

test('a notice names ten filters of many', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ ...filter, key: `k${i}` }));
  expect(unappliedNotice(many, 'the result has').text).toBe(
    'The filters on k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, … are not applied: the result has no such column',
  );
});

test('an error shows the beginning of a very long value', () => {
  expect(formatFilter({ ...filter, value: 'x'.repeat(2_000_000) })).toBe(`host = ${'x'.repeat(193)}…`);
});
