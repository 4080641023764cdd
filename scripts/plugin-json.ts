/**
 * Fills the two blanks of plugin.json that change with each release.
 *
 * @param template plugin.json with `%VERSION%` and `%TODAY%`, as Grafana's own tools write them
 * @throws Error where a blank is missing
 */
export function fillPluginJson(template: string, version: string, updated: Date): string {
  const blanks = { '%VERSION%': version, '%TODAY%': updated.toISOString().slice(0, 10) };
  let filled = template;
  for (const [blank, value] of Object.entries(blanks)) {
    if (!filled.includes(blank)) {
      throw new Error(`Cannot fill plugin.json: it has no ${blank}`);
    }
    filled = filled.replaceAll(blank, value);
  }
  return filled;
}
