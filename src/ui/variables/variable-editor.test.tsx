import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import VariableEditor from './variable-editor.tsx';
import type { VariableQuery } from './variable-query.ts';

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

function open(query: unknown) {
  const onChange = vi.fn<(query: VariableQuery) => void>();
  render(
    <VariableEditor
      datasource={{ resources: {} } as never}
      query={query as VariableQuery}
      onChange={onChange}
      onRunQuery={vi.fn()}
    />,
  );
  return {
    onChange,
    field: screen.getByRole('textbox', { name: 'SQL of the variable. Ctrl+M lets Tab leave the editor' }),
  };
}

test('the SQL is saved when somebody leaves the field, with the keys that it came with', async () => {
  const { onChange, field } = open({ refId: 'v', rawSql: 'SELECT 1', future: 1 });
  await userEvent.type(field, '2');
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.tab();
  expect(onChange.mock.calls).toEqual([[{ refId: 'v', rawSql: 'SELECT 12', query: 'SELECT 12', future: 1 }]]);
});

test('a text that another data source has saved is SQL', () => {
  const { field } = open('SELECT a');
  expect(field).toHaveProperty('value', 'SELECT a');
});

test('leaving the field without a change saves nothing', () => {
  const { onChange, field } = open({ refId: 'v', rawSql: 'SELECT 1' });
  fireEvent.blur(field);
  expect(onChange).not.toHaveBeenCalled();
});

test('what is typed while a save is under way outlives it', async () => {
  let finish = () => {};
  function Page() {
    const [query, setQuery] = useState<VariableQuery>({ refId: 'v', rawSql: 'SELECT 1' });
    const save = (saved: VariableQuery) => {
      finish = () => setQuery(saved);
    };
    const datasource = { resources: {} } as never;
    return <VariableEditor datasource={datasource} query={query} onChange={save} onRunQuery={vi.fn()} />;
  }
  render(<Page />);
  const field = screen.getByRole('textbox');
  await userEvent.type(field, '2');
  await userEvent.tab();
  await userEvent.type(field, '3');
  act(() => finish());
  expect(field).toHaveProperty('value', 'SELECT 123');
});
