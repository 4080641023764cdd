import type { PanelQuery } from '../../scripts/grafana-host.ts';

/** What became of one attempt. */
export interface Fault {
  readonly number: number;
  readonly outcome: string;
  /** What is wrong, where something is. */
  readonly fault?: string;
  readonly query?: PanelQuery;
}

/** Counts outcomes, and keeps what is wrong. */
export class Report {
  readonly #onFault: (fault: Fault) => void;
  readonly faults: Fault[] = [];
  readonly #outcomes = new Map<string, number>();
  total = 0;

  constructor(onFault: (fault: Fault) => void = () => {}) {
    this.#onFault = onFault;
  }

  add(result: Fault): void {
    this.total++;
    this.#outcomes.set(result.outcome, (this.#outcomes.get(result.outcome) ?? 0) + 1);
    if (result.fault !== undefined) {
      this.faults.push(result);
      this.#onFault(result);
    }
  }

  hasCrash(number: number): boolean {
    return this.faults.some((fault) => fault.number === number && fault.outcome === 'crash');
  }

  count(outcome: string): number {
    return this.#outcomes.get(outcome) ?? 0;
  }

  /** `12 ok, 3 sql_invalid`, the most frequent first. */
  summary(): string {
    const sorted = [...this.#outcomes].sort(([, a], [, b]) => b - a);
    return sorted.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  }
}
