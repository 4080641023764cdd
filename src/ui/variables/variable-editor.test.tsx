import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import VariableEditor from './variable-editor.tsx';
import type { VariableQuery } from './variable-query.ts';

function open(query: unknown) {
  const onChange = vi.fn<(query: VariableQuery) => void>();
  render(
    <VariableEditor datasource={{} as never} query={query as VariableQuery} onChange={onChange} onRunQuery={vi.fn()} />,
  );
  return { onChange, field: screen.getByLabelText(/^SQL/) };
}

test('the SQL is saved when somebody leaves the field, with the keys that it came with', async () => {
  const { onChange, field } = open({ refId: 'v', rawSql: 'SELECT 1', future: 1 });
  await userEvent.type(field, '2');
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.tab();
  expect(onChange.mock.calls).toEqual([[{ refId: 'v', rawSql: 'SELECT 12', query: 'SELECT 12', future: 1 }]]);
});

test('Ctrl+Enter saves it, too', async () => {
  const { onChange, field } = open('SELECT a');
  expect(field).toHaveProperty('value', 'SELECT a');
  await userEvent.type(field, 'b{Control>}{Enter}{/Control}');
  expect(onChange.mock.calls).toEqual([[{ refId: 'variable', rawSql: 'SELECT ab', query: 'SELECT ab' }]]);
});

test('leaving the field without a change saves nothing', () => {
  const { onChange, field } = open({ refId: 'v', rawSql: 'SELECT 1' });
  fireEvent.blur(field);
  expect(onChange).not.toHaveBeenCalled();
});
