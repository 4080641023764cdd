import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { EditorRow } from '@grafana/plugin-ui';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** A row of the builder whose controls belong together under one name. */
export function Section({ label, children }: Props) {
  const styles = useStyles2(stylesOf);
  return (
    <EditorRow>
      <fieldset className={styles.section}>
        <legend className={styles.label}>{label}</legend>
        <div className={styles.controls}>{children}</div>
      </fieldset>
    </EditorRow>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  section: css({ border: 0, margin: 0, padding: 0, minWidth: 0 }),
  label: css({
    border: 0,
    margin: theme.spacing(0, 0, 0.5),
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    lineHeight: theme.typography.bodySmall.lineHeight,
    color: theme.colors.text?.primary,
  }),
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'flex-start' }),
});
