import type { Workbench } from '../../workbench/server/start-workbench.ts';

/** What the plugin says of itself, as Prometheus would read it; NaN where there is no such metric. @param name with its labels, if any */
export async function pluginMetric({ host }: Workbench, name: string): Promise<number> {
  const lines = (await host.collectMetrics()).split('\n');
  const line = lines.find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}
