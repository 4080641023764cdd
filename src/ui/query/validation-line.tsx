import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { sentence } from '../failure.ts';
import { colorsOf } from '../theme-colors.ts';
import type { Validation } from './use-validation.ts';

interface Props {
  readonly validation: Validation;
  /** Why the SQL has kept its layout when somebody asked for a new one. */
  readonly layoutProblem: string | undefined;
}

/** What the backend says of the SQL as it stands. */
export function ValidationLine({ validation, layoutProblem }: Props) {
  const styles = useStyles2(getStyles);
  // The element is there from the beginning, so that what comes into it is read aloud.
  return (
    <div aria-live="polite" className={styles.line}>
      {validation.state === 'valid' && (
        <span className={styles.valid}>
          <Icon name="check" size="sm" /> Valid
        </span>
      )}
      {validation.state === 'invalid' && (
        <span className={styles.invalid}>
          <Icon name="exclamation-circle" size="sm" /> {sentence(validation.error)}
        </span>
      )}
      {validation.state === 'unchecked' && (
        <span>
          <Icon name="info-circle" size="sm" /> Cannot check the SQL: {validation.reason}
        </span>
      )}
      {layoutProblem !== undefined && <div>The SQL stays as it is: {layoutProblem}</div>}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const colors = colorsOf(theme);
  return {
    line: css({
      flex: '1 1 0',
      minWidth: 200,
      color: colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
    }),
    valid: css({ color: colors.success.text }),
    invalid: css({ color: colors.error.text }),
  };
}
