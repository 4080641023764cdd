import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { formatRoute } from '../route.ts';
import { useDashboardScene } from './use-dashboard-scene.ts';

interface Found {
  readonly uid: string;
  readonly title: string;
}

/** A dashboard of the plugin, or of the workbench. @param uid empty for the first */
export function Dashboard({ uid }: { readonly uid: string }) {
  const styles = useStyles2(dashboardStyles);
  const [found, setFound] = useState<readonly Found[]>([]);
  const [searchError, setSearchError] = useState<Error>();
  const shown = uid || found[0]?.uid;
  const { scene, error = searchError } = useDashboardScene(shown);
  useEffect(() => {
    getBackendSrv().get<Found[]>('/api/search').then(setFound, setSearchError);
  }, []);
  if (error) {
    return <Alert title="Cannot load the dashboard">{error.message}</Alert>;
  }
  return (
    <div className={styles.view}>
      <nav aria-label="Dashboards" className={styles.list}>
        {found.map((one) => (
          <a
            key={one.uid}
            href={formatRoute({ view: 'dashboard', uid: one.uid })}
            aria-current={one.uid === shown ? 'true' : undefined}
          >
            {one.title}
          </a>
        ))}
      </nav>
      {scene ? <scene.Component model={scene} /> : <LoadingPlaceholder text="Loading the dashboard" />}
    </div>
  );
}

function dashboardStyles(theme: GrafanaTheme2) {
  return {
    view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minHeight: '80vh' }),
    list: css({ display: 'flex', gap: theme.spacing(2), 'a[aria-current]': { color: theme.colors.text.link } }),
  };
}
