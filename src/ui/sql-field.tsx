import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextArea, useStyles2 } from '@grafana/ui';
import { type KeyboardEvent, useEffect, useState } from 'react';

interface Props {
  readonly id: string;
  readonly value: string;
  /** Called when somebody leaves the field or presses Ctrl+Enter, with another text than before. */
  readonly onSave: (value: string) => void;
  readonly placeholder?: string;
}

/** SQL in a form where each change runs a query: it is saved when it is whole, not at each key. */
export function SqlField({ id, value, onSave, placeholder }: Props) {
  const styles = useStyles2(stylesOf);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const save = () => {
    if (text !== value) {
      onSave(text);
    }
  };
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  return (
    <TextArea
      id={id}
      className={styles.sql}
      value={text}
      rows={Math.min(Math.max(text.split('\n').length + 1, 5), 25)}
      spellCheck={false}
      placeholder={placeholder}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={saveByKey}
    />
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  sql: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
});
