import { expect, test } from 'vitest';
import { expandConditionalAll } from './conditional-all.ts';

const all =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

test.each([
  [
    'a condition stays where values are chosen',
    'WHERE $__conditionalAll(host IN ($host), $host)',
    'WHERE host IN ($host)',
  ],
  ['all rows pass where All is chosen', 'WHERE $__conditionalAll(host IN ($all), $all) AND 1', 'WHERE 1=1 AND 1'],
  ['braces and brackets name it, too', `$__conditionalAll(a, \${all:csv}) $__conditionalAll(b, [[all]])`, '1=1 1=1'],
  ['strings may hold parentheses and commas', "$__conditionalAll(a = '),(' AND f(a, (b)), $all)|", '1=1|'],
  ['a condition keeps its commas', '$__conditionalAll(a IN (1, 2), $x)', 'a IN (1, 2)'],
  ['one stands in another', '$__conditionalAll(a AND $__conditionalAll(b, $all), $x)', 'a AND 1=1'],
  [
    'strings and comments stay',
    "'$__conditionalAll(a, $all)' -- $__conditionalAll(a, $all)",
    "'$__conditionalAll(a, $all)' -- $__conditionalAll(a, $all)",
  ],
  ['what is not a variable stays', '$__conditionalAll(a, all)', '$__conditionalAll(a, all)'],
  ['without a condition it stays', '$__conditionalAll($all)', '$__conditionalAll($all)'],
  ['without an end it stays', '$__conditionalAll(a, $all', '$__conditionalAll(a, $all'],
  ['a longer name is another', '$__conditionalAllX(a, $all)', '$__conditionalAllX(a, $all)'],
])('expandConditionalAll(): %s', (_, sql, expected) => {
  expect(expandConditionalAll(sql, all('all'))).toBe(expected);
});
