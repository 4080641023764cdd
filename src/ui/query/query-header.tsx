import type { CoreApp } from '@grafana/data';
import { EditorHeader, FlexItem } from '@grafana/plugin-ui';
import { Button, RadioButtonGroup } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { QuiverQuery } from '../types.ts';
import { type FormatChoice, formatChoiceOf, formatChoices } from './format-choice.ts';
import { isAlert } from './query-options.tsx';
import { withKey } from './with-key.ts';

interface Props {
  readonly query: QuiverQuery;
  readonly app: CoreApp | undefined;
  readonly isRunning: boolean;
  /** What else belongs to the query as a whole. */
  readonly children?: ReactNode;
  onChange(query: QuiverQuery): void;
  onRun(): void;
  /** Missing where nothing can be stopped. */
  readonly onCancel: (() => void) | undefined;
}

/** Logs and traces have no numbers that a rule could calculate with. */
const alertFormats = ['time_series', 'table'];

export function QueryHeader({ query, app, isRunning, children, onChange, onRun, onCancel }: Props) {
  const choices = formatChoices.filter(({ value }) => !isAlert(app) || alertFormats.includes(value));
  return (
    <EditorHeader>
      <RadioButtonGroup<FormatChoice | undefined>
        aria-label="Format"
        size="sm"
        options={[...choices]}
        value={formatChoiceOf(query)}
        onChange={(format) => onChange(withKey(query, 'format', format))}
      />
      <FlexItem grow={1} />
      {isRunning && onCancel ? (
        <Button variant="destructive" fill="outline" size="sm" icon="times" onClick={onCancel}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="primary"
          size="sm"
          icon={isRunning ? 'spinner' : 'play'}
          disabled={isRunning || !query.rawSql?.trim()}
          tooltip="Run the query (Ctrl+Enter or Cmd+Enter)"
          onClick={onRun}
        >
          Run query
        </Button>
      )}
      {children}
    </EditorHeader>
  );
}
