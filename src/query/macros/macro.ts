import type { Field } from '../../frame/column.ts';
import type { AdHocFilter, Fill } from '../../model/query.ts';
import type { Step } from '../interval.ts';

/** What macros know of a query. */
export interface MacroContext {
  /** The panel's range, both ends inclusive, in whole milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Milliseconds between points that the panel has room for. */
  readonly intervalMs: number;
  readonly maxDataPoints: number;
  /** The engine's session zone for this query, as an IANA name. Default UTC. */
  readonly timezone?: string;
  /** The dashboard's filters, and the columns of each table that `$__adHocFilters` names, by its name. Default: no filters. */
  readonly adHoc?: {
    readonly filters: readonly AdHocFilter[];
    readonly columns: ReadonlyMap<string, readonly Field[]>;
    /** Whether the result becomes log lines. */
    readonly isLogs: boolean;
  };
}

export interface FilteredTable {
  readonly table: string;
  /** What the statement calls it, quoted. Default: columns stand without a name before them. */
  readonly alias?: string;
}

export interface MacroArgument {
  readonly name: string;
  readonly optional?: true;
}

/** One use of a macro in someone's SQL. */
export interface MacroCall {
  /** As many as the macro takes, trimmed, their own macros expanded, none empty. */
  readonly arguments: readonly string[];
  readonly context: MacroContext;
  /** Gives up with `macro_arguments`: `reason` follows "Cannot expand $__name: ". */
  refuse(reason: string): never;
}

/** SQL in the macro's place, and what it asks of the result's shape. */
export interface Expansion {
  readonly sql: string;
  readonly step?: Step;
  readonly fill?: Fill;
  /** The table whose columns filters are on. */
  readonly adHocTable?: FilteredTable;
}

/** A word that stands for a number or a duration, wherever it stands: in code, strings and names; with braces too. */
export interface ScalarMacro {
  readonly kind: 'scalar';
  /** With its `$__`. */
  readonly name: string;
  /** One sentence for completion and the editor's help. */
  readonly help: string;
  expand(context: MacroContext): string;
}

/** `$__name(arguments)`, in code only. */
export interface FunctionMacro {
  readonly kind: 'function';
  readonly name: string;
  readonly arguments: readonly MacroArgument[];
  readonly help: string;
  /** Whether `$__name` without parentheses is a call too. */
  readonly bare?: true;
  expand(call: MacroCall): Expansion;
}

export type Macro = ScalarMacro | FunctionMacro;

/** How a person writes it: `$__timeGroup(column, interval[, fill])`. */
export function signatureOf(macro: Macro): string {
  if (macro.kind === 'scalar') {
    return macro.name;
  }
  const parameters = macro.arguments.map(({ name, optional }, index) => {
    const separator = index === 0 ? '' : ', ';
    return optional ? `[${separator}${name}]` : `${separator}${name}`;
  });
  return `${macro.name}(${parameters.join('')})`;
}
