import { useEffect, useMemo, useRef, useState } from 'react';
import { createAssistant } from './query/assistant.ts';
import { createEcho } from './query/echo.ts';
import { SqlEditor } from './query/sql-editor.tsx';
import type { Resources } from './resources.ts';

interface Props {
  readonly value: string;
  /** For whom the field is not seen. */
  readonly label: string;
  readonly resources: Resources;
  /** Called when somebody leaves the field or presses Ctrl+Enter, with another text than before. */
  readonly onSave: (value: string) => void;
}

/** SQL in a form where each change runs a query: it is saved when it is whole, not at each key. */
export function SqlField({ value, label, resources, onSave }: Props) {
  const [text, setText] = useState(value);
  // What was saved may come back when somebody has typed on.
  const echo = useRef(createEcho(value));
  useEffect(() => {
    if (!echo.current.isEcho(value)) {
      setText(value);
    }
  }, [value]);
  const assistant = useMemo(() => createAssistant(resources), [resources]);
  const save = (sql: string) => {
    if (echo.current.isNews(sql)) {
      onSave(sql);
    }
  };
  return (
    <SqlEditor
      value={text}
      label={label}
      height={160}
      assistant={assistant}
      problem={undefined}
      onChange={setText}
      onRun={() => save(text)}
      onLeave={save}
    />
  );
}
