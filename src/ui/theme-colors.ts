import type { GrafanaTheme2 } from '@grafana/data';

type Colors = GrafanaTheme2['colors'];

/**
 * A theme's colours. Their types are made from a schema whose keys are optional, and with `exactOptionalPropertyTypes` they stay so; in a
 * theme all are there.
 */
export function colorsOf({ colors }: GrafanaTheme2): { readonly [Key in keyof Colors]: NonNullable<Colors[Key]> } {
  return colors as { readonly [Key in keyof Colors]: NonNullable<Colors[Key]> };
}
