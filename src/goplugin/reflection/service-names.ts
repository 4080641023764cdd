import type { PluginService } from '../service.ts';

/** The full names under which services are called, sorted: the first part of their methods' paths. One without methods has none. */
export function serviceNames(services: readonly PluginService[]): readonly string[] {
  const methods = services.flatMap(({ definition }) => Object.values(definition));
  return [...new Set(methods.map(({ path }) => path.split('/')[1] ?? ''))].sort();
}
