import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, ClipboardButton, LoadingPlaceholder, Modal, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { ValidatePayload } from '../../model/resources.ts';

interface Props {
  /** Asks the backend what the engine would get. */
  expand(signal: AbortSignal): Promise<ValidatePayload>;
  onClose(): void;
}

/** The SQL as the engine would get it: variables and macros replaced. */
export function ExpandedSql({ expand, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const [answer, setAnswer] = useState<Answer>();
  // What was asked when it was opened; the page may render often.
  const [ask] = useState(() => expand);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    ask(signal).then(
      (payload) => !signal.aborted && setAnswer(answerFrom(payload)),
      (error: Error) => !signal.aborted && setAnswer({ problem: error.message }),
    );
    return () => controller.abort();
  }, [ask]);
  const sql = answer?.sql;
  return (
    <Modal title="Expanded SQL" isOpen onDismiss={onClose}>
      {!answer && <LoadingPlaceholder text="Asking the backend" />}
      {answer?.problem && (
        <Alert severity="warning" title={answer.problem}>
          {answer.hint}
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

interface Answer {
  readonly sql?: string;
  readonly problem?: string;
  readonly hint?: string | undefined;
}

function answerFrom(payload: ValidatePayload): Answer {
  if (payload.valid) {
    return { sql: payload.sql };
  }
  const { sql, error } = payload;
  return { problem: error.message, hint: error.hint, ...(sql !== undefined && { sql }) };
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
