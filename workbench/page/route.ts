import { useSyncExternalStore } from 'react';

/** Which view is shown: the address's hash, `#/explore/<data source>` and the like. */
export interface PageRoute {
  readonly view: string;
  /** What the view is about; empty for the first of its kind. */
  readonly uid: string;
}

export function parseRoute(hash: string): PageRoute {
  const [, view = '', uid = ''] = hash.replace(/^#/, '').replace(/\?.*$/, '').split('/').map(decodeURIComponent);
  return { view: view === '' ? 'explore' : view, uid };
}

export function formatRoute({ view, uid }: PageRoute): string {
  return `#/${encodeURIComponent(view)}${uid === '' ? '' : `/${encodeURIComponent(uid)}`}`;
}

export function useRoute(): PageRoute {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
