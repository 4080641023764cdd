import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, TextLink, useStyles2 } from '@grafana/ui';
import { colorsOf } from '../theme-colors.ts';
import type { RunInfo } from './run-info.ts';

/** What the last run has told, in lines below the editor. */
export function RunSummary({ info: { figures, notices, error } }: { readonly info: RunInfo }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.lines}>
      {error && (
        <div role="alert" className={styles.error}>
          <Icon name="exclamation-circle" size="sm" /> {error.message}
        </div>
      )}
      {figures.length > 0 && <div>{figures.join(' · ')}</div>}
      {notices.map(({ severity, text, link }) => (
        <div key={text} className={styles[severity]}>
          <Icon name={severity === 'info' ? 'info-circle' : 'exclamation-triangle'} size="sm" /> {text}{' '}
          {link && (
            <TextLink href={link} external inline>
              More
            </TextLink>
          )}
        </div>
      ))}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const colors = colorsOf(theme);
  return {
    lines: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
      color: colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
    }),
    info: css({}),
    warning: css({ color: colors.warning.text }),
    error: css({ color: colors.error.text }),
  };
}
