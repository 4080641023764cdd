export interface HostWatch {
  /** The parent when the plugin was started. */
  readonly hostId: number;
  readonly parentId: () => number;
  /** Whether a process of that id exists. */
  readonly exists: (processId: number) => boolean;
  readonly platform: NodeJS.Platform;
  readonly intervalMs: number;
}

/**
 * Calls back once when the host is gone. Where the system gives orphans a new parent, that is the sign; on Windows a
 * process keeps the id of its dead parent, so it is asked whether that one exists. No sign are an end of stdin, which
 * is the host's own, and lost connections, since a host may connect again.
 * A host with process id 1 (in a container) takes everything with it when it ends, so nothing is to be watched there.
 */
export function watchHost(watch: HostWatch, onGone: () => void): { stop(): void } {
  if (watch.hostId === 1) {
    return { stop: () => undefined };
  }
  const timer = setInterval(() => {
    if (isGone(watch)) {
      clearInterval(timer);
      onGone();
    }
  }, watch.intervalMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function isGone({ platform, hostId, parentId, exists }: HostWatch): boolean {
  return platform === 'win32' ? !exists(hostId) : parentId() !== hostId;
}
