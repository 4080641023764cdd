import { describe, expect, test } from 'vitest';
import { refusalOf } from './check-request.ts';

const host = '127.0.0.1:4711';

describe('refusalOf()', () => {
  test.each([
    { host },
    { host: 'localhost:4711' },
    { host, origin: 'http://127.0.0.1:4711', 'sec-fetch-site': 'same-origin' },
    { host, 'sec-fetch-site': 'none' },
  ])('lets in what a page of this server, or a person, sends: %j', (headers) => {
    expect(refusalOf(headers, 4711)).toBeUndefined();
  });

  test.each([
    { what: 'no name', headers: {} },
    { what: 'a name that somebody has pointed at this machine', headers: { host: 'evil.example:4711' } },
    { what: 'another port', headers: { host: '127.0.0.1:4712' } },
    { what: 'a foreign page', headers: { host, origin: 'http://evil.example' } },
    { what: 'a page of another server of this machine', headers: { host, origin: 'http://127.0.0.1:8080' } },
    { what: 'a page without origin', headers: { host, origin: 'null' } },
    { what: 'an image on a foreign page', headers: { host, 'sec-fetch-site': 'cross-site' } },
    { what: 'another port of this machine', headers: { host, 'sec-fetch-site': 'same-site' } },
  ])('refuses $what', ({ headers }) => {
    expect(refusalOf(headers, 4711)).toMatch(/^Cannot answer/);
  });
});
