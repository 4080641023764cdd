import type { Admission } from '../gate/gate.ts';
import type { Node } from '../gate/tree.ts';
import type { KnownNames } from './known-names.ts';
import { type Reuse, ReuseFindings } from './reuse.ts';

/** What is known of a statement by its text alone. */
export interface Verdict {
  readonly admission: Admission;
  readonly reuse: Reuse;
}

/** Dashboards repeat their statements: `select 1` costs a third less. */
const maxCount = 256;
/** Of all texts together, in UTF-16 units; a verdict holds its text. */
const maxLength = 1024 * 1024;

/**
 * The gate's verdicts on statements that it let through, those used last. They hold for one native database, whose macros and tables do not
 * change; whether a file may be read, and is there, each query still asks.
 */
export class Verdicts {
  /** The one used last is the last. */
  readonly #verdicts = new Map<string, Verdict>();
  #length = 0;

  /** A verdict from before, if there is one. */
  recall(sql: string): Verdict | undefined {
    const verdict = this.#verdicts.get(sql);
    if (verdict !== undefined) {
      this.#verdicts.delete(sql);
      this.#verdicts.set(sql, verdict);
    }
    return verdict;
  }

  /**
   * @param admit the gate, which shows the visitor every node of the statement
   * @throws EngineError what the gate says of a statement that it does not let through
   */
  judge(sql: string, known: KnownNames, admit: (visitor: (node: Node) => void) => Admission): Verdict {
    const findings = new ReuseFindings(known);
    const admission = admit((node) => findings.visit(node));
    const verdict = { admission, reuse: findings.reuse };
    this.#remember(sql, verdict);
    return verdict;
  }

  #remember(sql: string, verdict: Verdict): void {
    if (sql.length > maxLength || this.#verdicts.has(sql)) {
      return;
    }
    this.#verdicts.set(sql, verdict);
    this.#length += sql.length;
    for (const oldest of this.#verdicts.keys()) {
      if (this.#verdicts.size <= maxCount && this.#length <= maxLength) {
        return;
      }
      this.#verdicts.delete(oldest);
      this.#length -= oldest.length;
    }
  }
}
