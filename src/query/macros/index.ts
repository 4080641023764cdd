import { nearest } from '../../sql/nearest.ts';
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
  return byName.get(nearest(name, byName.keys())) as Macro;
}

/** What the frontend replaces before a query comes here, and how it is written. */
export const frontendMacros: ReadonlyMap<string, string> = new Map([
  ['$__conditionalAll', '$__conditionalAll(condition, $variable)'],
]);

const byName: ReadonlyMap<string, Macro> = new Map(macros.map((macro) => [macro.name, macro]));
