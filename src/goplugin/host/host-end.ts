/** What must be done before this process is gone; synchronous, since nothing else runs any more then. */
const actions = new Set<() => void>();

// What ends a process without its event 'exit', unless somebody listens. SIGKILL cannot be listened to.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Keeps an action for the end of this process: at its exit, be it by an exception, and at a signal that nobody else
 * listens to, which then ends the process as it would have without this. A listener of somebody else's decides for
 * itself; where it comes to `process.exit()`, the actions are done. The latest action is done first. Returns what
 * forgets the action. However many there are, the process gets one listener for each event.
 */
export function atHostEnd(action: () => void): () => void {
  if (actions.size === 0) {
    process.on('exit', doAll);
    for (const signal of signals) {
      // First of all listeners: one that listens once would not be counted any more.
      process.prependListener(signal, endBy);
    }
  }
  // The same function may be kept twice.
  const own = () => action();
  actions.add(own);
  return () => {
    if (actions.delete(own) && actions.size === 0) {
      stopListening();
    }
  };
}

function stopListening(): void {
  process.off('exit', doAll);
  for (const signal of signals) {
    process.off(signal, endBy);
  }
}

function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1 + deferringListeners()) {
    return;
  }
  doAll();
  // Nobody listens any more, so this ends the process, with the status that the first one would have left.
  process.kill(process.pid, signal);
}

/**
 * The listeners of signal-exit, which many packages use, defer to others as this one does: each would wait for the other. Its copies tell
 * each other how many there are, since its version 3 under the name, since 4 under the symbol.
 */
function deferringListeners(): number {
  return [Reflect.get(process, '__signal_exit_emitter__'), Reflect.get(globalThis, Symbol.for('signal-exit emitter'))]
    .map((emitter) => Number((emitter as { count?: unknown } | undefined)?.count ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

function doAll(): void {
  stopListening();
  const latestFirst = [...actions].reverse();
  actions.clear();
  for (const action of latestFirst) {
    try {
      action();
    } catch {
      // The others have to be done all the same, and there is nobody left to be told.
    }
  }
}
