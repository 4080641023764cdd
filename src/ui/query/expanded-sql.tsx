import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, ClipboardButton, LoadingPlaceholder, Modal, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { ValidatePayload } from '../../model/resources.ts';
import { ResourceProblem } from '../resource-problem.tsx';
import { useLoaded } from '../use-loaded.ts';

interface Props {
  /** Asks the backend what the engine would get. */
  expand(signal: AbortSignal): Promise<ValidatePayload>;
  onClose(): void;
}

/** The SQL as the engine would get it: variables and macros replaced. */
export function ExpandedSql({ expand, onClose }: Props) {
  const styles = useStyles2(getStyles);
  // What was asked when it was opened; the page may render often.
  const [ask] = useState(() => expand);
  const loaded = useLoaded(ask);
  const answer = loaded.state === 'ready' ? loaded.value : undefined;
  const sql = answer?.sql;
  return (
    <Modal title="Expanded SQL" isOpen onDismiss={onClose}>
      {loaded.state === 'loading' && <LoadingPlaceholder text="Asking the backend" />}
      {loaded.state === 'failed' && <ResourceProblem error={loaded.error} onRetry={loaded.retry} />}
      {answer?.valid === false && (
        <Alert severity="warning" title={answer.error.message}>
          {answer.error.hint}
        </Alert>
      )}
      {sql !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <pre className={styles.sql} tabIndex={0}>
          {sql}
        </pre>
      )}
      {sql !== undefined && (
        <Modal.ButtonRow>
          <ClipboardButton variant="secondary" icon="copy" getText={() => sql}>
            Copy
          </ClipboardButton>
        </Modal.ButtonRow>
      )}
    </Modal>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    sql: css({
      maxHeight: '60vh',
      overflow: 'auto',
      whiteSpace: 'pre-wrap',
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
