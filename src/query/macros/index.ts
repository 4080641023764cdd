import { functionMacros } from './functions.ts';
import { type Macro, signatureOf } from './macro.ts';
import { scalarMacros } from './scalars.ts';

/** Every macro, in the order in which help lists them. */
export const macros: readonly (Macro & { readonly signature: string })[] = [...functionMacros, ...scalarMacros].map(
  (macro) => ({ ...macro, signature: signatureOf(macro) }),
);

/** The macro of this name, `$__` included. */
export function findMacro(name: string): Macro | undefined {
  return byName.get(name);
}

/** The macro whose name takes the fewest changes to reach from `name`, letter case aside. */
export function nearestMacro(name: string): Macro {
  const distances = macros.map((macro) => editDistance(name.toLowerCase(), macro.name.toLowerCase()));
  return macros[distances.indexOf(Math.min(...distances))] as Macro;
}

const byName: ReadonlyMap<string, Macro> = new Map(macros.map((macro) => [macro.name, macro]));

/** Levenshtein's: letters put in, taken out or replaced. Only the first 64 letters count. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from.slice(0, 64)].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
