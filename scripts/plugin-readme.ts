/**
 * The README of the plugin's folder, which Grafana shows on the plugin's page: the project's without its pictures, and with the words of
 * links into the project alone. There, such a link leads nowhere.
 */
export function pluginReadme(readme: string): string {
  return readme
    .replace(/^!\[[^\]]*\]\((?!https?:)[^)]*\)\n+/gm, '')
    .replace(/(?<!!)\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, '$1');
}
