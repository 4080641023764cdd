import type { DataFrame } from '@grafana/data';
import { GraphDrawStyle, StackingMode } from '@grafana/schema';

/** How Grafana draws a logs volume: counts as bars that stand on each other, each under its level's name. */
export function asVolumeBars(frames: readonly DataFrame[]): DataFrame[] {
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({
      ...field,
      config: {
        ...field.config,
        displayName: field.labels?.level,
        min: 0,
        decimals: 0,
        custom: {
          drawStyle: GraphDrawStyle.Bars,
          fillOpacity: 100,
          stacking: { mode: StackingMode.Normal, group: 'volume' },
        },
      },
    })),
  }));
}
