const heading = 'Write a plugin in TypeScript';

/** The package's own README: what the project's says to authors of plugins, without links into the project. */
export function packageReadme(readme: string, name: string): string {
  const section = readme
    .split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`))
    ?.slice(heading.length);
  if (section === undefined) {
    throw new Error(`Cannot write the package's README: the project's has no section "${heading}"`);
  }
  return `# ${name}

${section
  .trim()
  .replace(/^###/gm, '##')
  .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')}

## Licence

Apache-2.0, in the file LICENSE. The stubs in \`generated/\` are made from contracts that others own: go-plugin's (MPL-2.0), gRPC's health
and reflection services and Google's \`rpc.Status\` (Apache-2.0), and Grafana's \`pluginv2\` (Apache-2.0).
`;
}
