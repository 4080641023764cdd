import type { Locator } from 'playwright-core';

/** How many pixels of a graph have a colour: axes and grid are grey, so these are its lines. 0 where there is no graph (yet). */
export async function graphInk(within: Locator): Promise<number> {
  const graphs = within.locator('.u-wrap canvas');
  return (await graphs.count()) === 0 ? 0 : graphs.first().evaluate(countColoured);
}

/** The part of a page's canvas that is needed; it is called in the page. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

function countColoured(element: unknown): number {
  const canvas = element as Canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let offset = 0; offset < data.length; offset += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(offset, offset + 4);
    if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) {
      count++;
    }
  }
  return count;
}
