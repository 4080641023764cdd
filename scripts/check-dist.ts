/**
 * Holds a built plugin folder against what Grafana's validator asks of one, and against our own rules. Facts: grafana/plugin-validator,
 * pkg/analysis/passes. What needs the network (links that lead somewhere, the signature) or a Go backend is left to the validator itself.
 *
 *     node scripts/check-dist.ts [dist]
 */
import { join } from 'node:path';
import { readDist } from './check-dist/dist.ts';
import { fileRules } from './check-dist/files.ts';
import { frontendRules } from './check-dist/frontend.ts';
import { metadataRules } from './check-dist/metadata.ts';

const root = join(import.meta.dirname, '..');

/** One sentence for each thing that is wrong. */
export function checkDist(folder: string, projectRoot = root): string[] {
  const dist = readDist(folder, projectRoot);
  return [...metadataRules, ...fileRules, ...frontendRules].flatMap((rule) => rule(dist));
}

if (import.meta.main) {
  const problems = checkDist(process.argv[2] ?? join(root, 'dist'));
  for (const problem of problems) {
    console.error(problem);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
}
