import { expect, test } from 'vitest';
import { formatRoute, parseRoute } from './route.ts';

test('parseRoute() reads what formatRoute() writes', () => {
  const route = { view: 'settings', uid: 'a/b ü?' };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test('parseRoute() begins with Explore, and leaves what comes after the question mark to the view', () => {
  expect(parseRoute('')).toEqual({ view: 'explore', uid: '' });
  expect(parseRoute('#/explore/weather?query={"a":"/"}')).toEqual({ view: 'explore', uid: 'weather' });
});
