// What Grafana's components look for in a page as they load, and jsdom does not have.
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A test meets the page empty.
afterEach(cleanup);

vi.stubGlobal(
  'matchMedia',
  vi.fn((media: string) => ({ matches: false, media, addEventListener() {}, removeEventListener() {} })),
);

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal('ResizeObserver', NoObserver);
vi.stubGlobal('IntersectionObserver', NoObserver);
// Lists of options measure their texts, and draw as many rows as their place has room for.
const canvas = { measureText: (text: string) => ({ width: 8 * text.length }) };
HTMLCanvasElement.prototype.getContext = (() => canvas) as never;
for (const side of ['clientWidth', 'clientHeight']) {
  Object.defineProperty(HTMLElement.prototype, side, { get: () => 400 });
}
