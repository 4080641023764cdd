/**
 * Every cycle that a depth-first walk over a graph closes, each as a path whose last node is its first. Where there is any cycle, at
 * least one is found; a tangle of many may be reported by some of them.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const path: string[] = [];
  const done = new Set<string>();
  const visit = (node: string): void => {
    const start = path.indexOf(node);
    if (start >= 0) {
      cycles.push([...path.slice(start), node]);
      return;
    }
    if (done.has(node)) {
      return;
    }
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      visit(next);
    }
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) {
    visit(node);
  }
  return cycles;
}
