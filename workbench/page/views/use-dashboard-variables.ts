import { getBackendSrv } from '@grafana/runtime';
import { useEffect } from 'react';
import type { DashboardJson } from '../dashboard/dashboard-json.ts';
import { sceneFromDashboard } from '../dashboard/scene-from-dashboard.ts';
import { showVariablesOf } from '../runtime/template-srv.ts';

/** Gives editors the variables of a dashboard, with the values that it was saved with: as the editor of one of its panels knows them. */
export function useDashboardVariables(uid: string | undefined): void {
  useEffect(() => {
    if (uid === undefined) {
      return;
    }
    let forget: (() => void) | undefined = () => {};
    getBackendSrv()
      .get<{ dashboard: DashboardJson }>(`/api/dashboards/uid/${encodeURIComponent(uid)}`)
      .then(({ dashboard }) => {
        forget = forget && showVariablesOf(sceneFromDashboard(dashboard));
      });
    return () => {
      forget?.();
      forget = undefined;
    };
  }, [uid]);
}
