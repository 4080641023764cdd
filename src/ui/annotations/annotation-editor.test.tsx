import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { QuiverQuery } from '../types.ts';
import AnnotationEditor, { annotationTemplate } from './annotation-editor.tsx';
import { annotationColumns } from './annotation-events.ts';

// Monaco does not run in jsdom.
vi.mock('@grafana/ui', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  CodeEditor: ({ value, monacoOptions, onChange, onBlur }: MonacoProps) => (
    <textarea
      aria-label={monacoOptions.ariaLabel}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => onBlur(event.target.value)}
    />
  ),
}));

interface MonacoProps {
  readonly value: string;
  readonly monacoOptions: { readonly ariaLabel: string };
  onChange(value: string): void;
  onBlur(value: string): void;
}

function open(target: QuiverQuery) {
  const onAnnotationChange = vi.fn();
  const annotation = { name: 'a', enable: true, iconColor: 'red', target };
  const props = { datasource: { resources: {} } as never, query: target, onChange: vi.fn(), onRunQuery: vi.fn() };
  render(<AnnotationEditor {...props} annotation={annotation} onAnnotationChange={onAnnotationChange} />);
  return { annotation, onAnnotationChange };
}

test('an empty annotation offers an example that has every column', async () => {
  const { annotation, onAnnotationChange } = open({ refId: 'Anno' });
  await userEvent.click(screen.getByRole('button', { name: 'Start with an example' }));
  const changed = { ...annotation, target: { refId: 'Anno', rawSql: annotationTemplate } };
  expect(onAnnotationChange.mock.calls).toEqual([[changed]]);
  for (const name of ['time', 'timeEnd', 'title', 'text', 'tags']) {
    expect(annotationTemplate).toMatch(new RegExp(` AS ${name}\\b`));
  }
});

test('the SQL is saved into the annotation, and the example is offered no more', async () => {
  const { annotation, onAnnotationChange } = open({ refId: 'Anno', rawSql: 'SELECT 1', ...{ future: 1 } });
  expect(screen.queryByRole('button')).toBeNull();
  await userEvent.type(
    screen.getByRole('textbox', { name: 'SQL of the annotation. Ctrl+M lets Tab leave the editor' }),
    '2',
  );
  await userEvent.tab();
  const target = { refId: 'Anno', rawSql: 'SELECT 12', future: 1 };
  expect(onAnnotationChange.mock.calls).toEqual([[{ ...annotation, target }]]);
});

test('each column of an annotation is explained', () => {
  open({ refId: 'Anno', rawSql: 'SELECT 1' });
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(
    annotationColumns.map(({ key }) => key),
  );
});
