import { getBackendSrv } from '@grafana/runtime';
import type { EmbeddedScene } from '@grafana/scenes';
import { useEffect, useState } from 'react';
import type { DashboardJson } from '../dashboard/dashboard-json.ts';
import { sceneFromDashboard } from '../dashboard/scene-from-dashboard.ts';
import { showVariablesOf } from '../runtime/template-srv.ts';

export interface LoadedScene {
  readonly scene?: EmbeddedScene;
  readonly error?: Error;
}

/**
 * A dashboard as a scene: neither while it is loaded, an error where it cannot be. As long as who asks is shown, queries and editors see its
 * variables, which have the values that it was saved with until the scene is drawn.
 */
export function useDashboardScene(uid: string | undefined): LoadedScene {
  const [loaded, setLoaded] = useState<LoadedScene>({});
  useEffect(() => {
    let isGone = false;
    let forget = () => {};
    const show = ({ dashboard }: { readonly dashboard: DashboardJson }) => {
      if (!isGone) {
        const scene = sceneFromDashboard(dashboard);
        forget = showVariablesOf(scene);
        setLoaded({ scene });
      }
    };
    if (uid !== undefined) {
      getBackendSrv()
        .get(`/api/dashboards/uid/${encodeURIComponent(uid)}`)
        .then(show)
        .catch((error: Error) => isGone || setLoaded({ error }));
    }
    return () => {
      isGone = true;
      forget();
    };
  }, [uid]);
  return loaded;
}
