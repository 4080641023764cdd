import { CodeEditor, type Monaco, type MonacoEditor } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import { leaveHint } from '../leave-hint.ts';
import { createEcho } from './echo.ts';
import { errorRange } from './error-range.ts';
import { assist, registerSqlLanguage, type SqlAssistant, sqlLanguageId } from './sql-language.ts';

interface Props {
  readonly value: string;
  /** For whom the editor is not seen. */
  readonly label: string;
  readonly height: number;
  readonly assistant: SqlAssistant;
  readonly problem: SqlProblem | undefined;
  onChange(sql: string): void;
  onRun(): void;
  /** Somebody goes to another place of the page. */
  onLeave?(sql: string): void;
}

/** What is underlined. */
export interface SqlProblem {
  readonly message: string;
  /** 0-based, in UTF-16 units of the text. */
  readonly offset: number;
}

const markerOwner = 'quiver';

/**
 * Monaco for SQL. Not plugin-ui's SQLEditor, which gives nobody the editor that markers need, and whose Ctrl+Enter goes to the query that was
 * opened last, wherever it is pressed.
 */
export function SqlEditor({ value, label, height, assistant, problem, onChange, onRun, onLeave }: Props) {
  const [text, setText] = useState(value);
  const [mounted, setMounted] = useState<{ readonly editor: MonacoEditor; readonly monaco: Monaco }>();
  const echo = useRef(createEcho(value));
  // Monaco keeps what it was given when it began.
  const latest = useRef({ onChange, onRun });
  useEffect(() => {
    latest.current = { onChange, onRun };
  });

  useEffect(() => {
    if (!echo.current.isEcho(value)) {
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    const model = mounted?.editor.getModel();
    if (model) {
      assist(model, assistant);
    }
  }, [mounted, assistant]);

  useEffect(() => {
    const model = mounted?.editor.getModel();
    if (model) {
      mounted?.monaco.editor.setModelMarkers(
        model,
        markerOwner,
        problem ? [markerOf(mounted.monaco, model, problem)] : [],
      );
    }
  }, [mounted, problem]);

  const mount = (editor: MonacoEditor, monaco: Monaco) => {
    const model = editor.getModel();
    editor.onDidDispose(() => model?.dispose());
    editor.addAction({
      id: 'quiver-run-query',
      label: 'Run query',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      run: () => latest.current.onRun(),
    });
    setMounted({ editor, monaco });
  };

  const change = (sql: string) => {
    setText(sql);
    if (echo.current.isNews(sql)) {
      latest.current.onChange(sql);
    }
  };

  return (
    <CodeEditor
      language={sqlLanguageId}
      value={text}
      height={height}
      showLineNumbers
      showMiniMap={false}
      monacoOptions={{
        ariaLabel: `${label}. ${leaveHint}`,
        fontSize: 13,
        scrollBeyondLastLine: false,
        quickSuggestions: { other: true, comments: false, strings: false },
        suggest: { showWords: false },
      }}
      onBeforeEditorMount={registerSqlLanguage}
      onEditorDidMount={mount}
      onChange={change}
      {...(onLeave && { onBlur: onLeave })}
    />
  );
}

function markerOf(monaco: Monaco, model: NonNullable<ReturnType<MonacoEditor['getModel']>>, problem: SqlProblem) {
  const { start, end } = errorRange(model.getValue(), problem.offset);
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return {
    severity: monaco.MarkerSeverity.Error,
    message: problem.message,
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
