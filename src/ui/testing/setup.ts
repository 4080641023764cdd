// What Grafana's components look for in a page as they load, and jsdom does not have.
import { vi } from 'vitest';

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
HTMLCanvasElement.prototype.getContext = (() => null) as typeof HTMLCanvasElement.prototype.getContext;
