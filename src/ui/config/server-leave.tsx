import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** What only the owner of the server can open, and how. */
export function ServerLeave() {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.text}>
      <p>
        Files can be read only in the directories that the owner of the server has named in grafana.ini, none by
        default:
      </p>
      <pre>{'[plugin.quiver-sql-datasource]\nallowed_directories = /srv/data'}</pre>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({ maxWidth: theme.spacing(80) }),
});
