import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ColumnPayload, Page, SchemaPayload, TablePayload } from '../../model/resources.ts';
import { type PageRequest, ResourceError, type Resources } from '../resources.ts';
import type { QuiverQuery } from '../types.ts';
import QueryBuilder from './query-builder.tsx';

const columns: readonly ColumnPayload[] = [
  { name: 'ts', sql: 'ts', type: 'TIMESTAMP', kind: 'time' },
  { name: 'host', sql: 'host', type: 'VARCHAR', kind: 'text' },
  { name: 'usage', sql: 'usage', type: 'DOUBLE', kind: 'number' },
  { name: 'up', sql: 'up', type: 'BOOLEAN', kind: 'boolean' },
];

function tableOf(name: string): TablePayload {
  return { schema: 'main', name, kind: 'table', sql: name };
}

/** A catalogue of these tables, all with the same columns; pages are cut as the backend cuts them. */
function catalogOf(names: readonly string[], more: Partial<Resources> = {}): Partial<Resources> {
  return {
    schemas: async () => ({ items: [{ name: 'main' }] }),
    tables: async (_schema: string, { signal: _, ...page }: PageRequest = {}) => {
      const { search = '', limit = 1000 } = page;
      pages.push(page);
      const found = names.filter((name) => name.includes(search));
      const items = found.slice(0, limit).map(tableOf);
      return { items, ...(found.length > limit && { next: items.at(-1)?.name ?? '' }) };
    },
    columns: async () => ({ items: columns }),
    ...more,
  };
}

const onChange = vi.fn<(query: QuiverQuery) => void>();
const onRunQuery = vi.fn<() => void>();
let resources: Partial<Resources>;
/** The pages of tables that were asked. */
let pages: Omit<PageRequest, 'signal'>[];

beforeEach(() => {
  vi.clearAllMocks();
  pages = [];
  resources = catalogOf(['cpu', 'disk']);
});

/** The builder in an editor that keeps what it says. */
function Editor({ saved }: { readonly saved: QuiverQuery }) {
  const [query, setQuery] = useState(saved);
  const keep = (changed: QuiverQuery) => {
    onChange(changed);
    setQuery(changed);
  };
  return (
    <QueryBuilder
      datasource={{ resources: resources as Resources }}
      query={query}
      onChange={keep}
      onRunQuery={onRunQuery}
    />
  );
}

function open(query: Partial<QuiverQuery> = {}) {
  render(<Editor saved={{ refId: 'A', ...query }} />);
}

function enabled(label: string) {
  return waitFor(() => {
    const field = screen.getByRole('combobox', { name: label });
    expect(field).toHaveProperty('disabled', false);
    return field;
  });
}

async function choose(label: string, option: string | RegExp) {
  await userEvent.click(await enabled(label));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

/** Until the catalogue has answered. */
async function loaded() {
  await waitFor(() => expect(screen.queryByText('Loading columns')).toBeNull());
}

function writtenSql() {
  return onChange.mock.lastCall?.[0].rawSql;
}

const all = 'SELECT *\nFROM cpu';

test('a chosen table becomes a time series of its first number, and nothing runs', async () => {
  open();
  await choose('Table', /^cpu/);
  await waitFor(() =>
    expect(writtenSql()).toBe(`SELECT $__timeGroup(ts, '$__interval') AS time, avg(usage)
FROM cpu
WHERE $__timeFilter(ts)
GROUP BY 1
ORDER BY time`),
  );
  expect(screen.getByRole('figure', { name: 'SQL' }).textContent).toBe(writtenSql());
  expect(onRunQuery).not.toHaveBeenCalled();
});

test('keys that the builder does not know survive', async () => {
  open({ rawSql: all, future: { a: 1 } } as Partial<QuiverQuery>);
  await userEvent.type(await screen.findByLabelText('Limit'), '7');
  expect(onChange.mock.lastCall?.[0]).toEqual({
    refId: 'A',
    future: { a: 1 },
    rawSql: `${all}\nLIMIT 7`,
    builder: { table: { name: 'cpu' }, columns: [], filters: [], groupBy: [], orderBy: [], limit: 7 },
  });
});

test('a column has an aggregate and an alias', async () => {
  open({ rawSql: all });
  await loaded();
  await userEvent.click(screen.getByRole('button', { name: 'Add column' }));
  await choose('Column 1', /^usage/);
  await choose('Aggregate of column 1', '95th percentile');
  await userEvent.type(screen.getByLabelText('Alias of column 1'), 'p 95');
  expect(writtenSql()).toBe('SELECT quantile_cont(usage, 0.95) AS "p 95"\nFROM cpu');
  await userEvent.click(screen.getByRole('button', { name: 'Remove column 1' }));
  expect(writtenSql()).toBe(all);
});

test('a column has the aggregates that fit its kind', async () => {
  open({ rawSql: 'SELECT host\nFROM cpu' });
  await screen.findByLabelText('Column 1');
  await loaded();
  await userEvent.click(screen.getByRole('combobox', { name: 'Aggregate of column 1' }));
  const options = await screen.findAllByRole('option');
  expect(options.map(({ textContent }) => textContent)).toEqual([
    'As it is',
    'Count',
    'Count distinct',
    'Minimum',
    'Maximum',
  ]);
});

test('a filter begins with what its column is usually asked, and takes numbers without quotes', async () => {
  open({ rawSql: all });
  await loaded();
  await userEvent.click(screen.getByRole('button', { name: 'Add filter' }));
  expect(writtenSql()).toBe(`${all}\nWHERE $__timeFilter(ts)`);
  await choose('Column of filter 1', /^usage/);
  expect(writtenSql()).toBe(all);
  await choose('Operator of filter 1', '>');
  await userEvent.type(screen.getByLabelText('Value of filter 1'), '0.5');
  expect(writtenSql()).toBe(`${all}\nWHERE usage > 0.5`);
});

test('a filter takes several values by the keyboard alone', async () => {
  open({ rawSql: `${all}\nWHERE host = 'a'` });
  await loaded();
  screen.getByRole('combobox', { name: 'Operator of filter 1' }).focus();
  await userEvent.keyboard('in{Enter}');
  screen.getByRole('combobox', { name: 'Value of filter 1' }).focus();
  await userEvent.keyboard("it's{ArrowDown}{Enter}");
  await waitFor(() => expect(writtenSql()).toBe(`${all}\nWHERE host IN ('a', 'it''s')`));
});

test('groups by time have an interval, and take their order with them when they go', async () => {
  open({ rawSql: 'SELECT host, count(*)\nFROM cpu\nGROUP BY 1' });
  await loaded();
  await choose('Group by time', /^ts/);
  const interval = screen.getByLabelText('Interval');
  await userEvent.clear(interval);
  await userEvent.type(interval, '5m');
  await userEvent.click(screen.getByRole('button', { name: 'Add order' }));
  expect(writtenSql()).toBe(
    "SELECT $__timeGroup(ts, '5m') AS time, host, count(*)\nFROM cpu\nGROUP BY 1, 2\nORDER BY time",
  );
  await choose('Group by time', 'No time');
  expect(writtenSql()).toBe('SELECT host, count(*)\nFROM cpu\nGROUP BY 1');
});

test('an order goes by an aggregate without an alias, too', async () => {
  open({ rawSql: 'SELECT host, avg(usage)\nFROM cpu\nGROUP BY 1\nORDER BY host' });
  await screen.findByLabelText('Column of order 1');
  await choose('Column of order 1', 'Average of usage');
  await choose('Direction of order 1', 'Descending');
  expect(writtenSql()).toBe('SELECT host, avg(usage)\nFROM cpu\nGROUP BY 1\nORDER BY avg(usage) DESC');
});

test('Ctrl+Enter runs the query', async () => {
  open({ rawSql: all });
  await userEvent.type(await screen.findByLabelText('Limit'), '{Control>}{Enter}{/Control}');
  expect(onRunQuery).toHaveBeenCalledOnce();
});

test('of 5,000 tables a page is asked, and what somebody types is looked for in all', async () => {
  resources = catalogOf(Array.from({ length: 5000 }, (_, index) => `table_${index}`));
  open();
  await userEvent.type(await enabled('Table'), '_4999');
  await userEvent.click(await screen.findByRole('option', { name: 'table_4999' }));
  await waitFor(() => expect(writtenSql()).toContain('FROM table_4999\n'));
  expect(pages).toContainEqual({ limit: 100, search: '_4999' });
  expect(Math.max(...pages.map(({ limit = 1000 }) => limit))).toBe(100);
});

test('where there are several schemas one is chosen, and the SQL names it where it must', async () => {
  resources = catalogOf([], {
    schemas: vi.fn(async () => ({ items: [{ name: 'main' }, { name: 'shop' }] })),
    tables: vi.fn(async (schema: string) => ({
      items: [{ schema, name: 'orders', kind: 'view' as const, sql: `${schema}.orders` }],
    })),
  });
  open({ format: 'table' });
  await screen.findByRole('combobox', { name: 'Schema' });
  await choose('Schema', 'shop');
  await choose('Table', /^orders/);
  await waitFor(() => expect(writtenSql()).toBe('SELECT *\nFROM shop.orders\nWHERE $__timeFilter(ts)\nLIMIT 100'));
});

const refusal = new ResourceError(
  { code: 'database_missing', message: 'Cannot open the database', hint: 'See the settings' },
  400,
);

test('a table of another attached file is named as the catalogue writes it', async () => {
  const schema = 'archive.the old';
  const sql = 'archive."the old".orders';
  resources = catalogOf([], {
    schemas: async () => ({ items: [{ name: schema }] }),
    tables: async () => ({ items: [{ schema, name: 'orders', kind: 'table', sql }] }),
  });
  open();
  await choose('Table', /^orders/);
  await waitFor(() => expect(writtenSql()).toContain(`\nFROM ${sql}\nWHERE`));
  expect(onChange.mock.lastCall?.[0].builder?.table).toEqual({ schema, name: 'orders', sql });
  expect(await screen.findByDisplayValue('orders')).toBeDefined();
});

test('choosing the table that is there already changes nothing', async () => {
  open({ rawSql: 'SELECT host\nFROM cpu\nLIMIT 5' });
  await choose('Table', /^cpu/);
  await loaded();
  expect(onChange).not.toHaveBeenCalled();
});

test('the list of tables keeps the focus when somebody chooses before the schemas are known', async () => {
  let answer: (schemas: Page<SchemaPayload>) => void = () => {};
  const schemas = new Promise<Page<SchemaPayload>>((resolve) => {
    answer = resolve;
  });
  resources = catalogOf(['cpu', 'disk'], { schemas: () => schemas });
  open({ rawSql: 'SELECT *\nFROM main.cpu' });
  await choose('Table', /^disk/);
  await waitFor(() => expect(writtenSql()).toContain('\nFROM disk\nWHERE'));
  const field = screen.getByRole('combobox', { name: 'Table' });
  expect(field).toBe(document.activeElement);
  answer({ items: [{ name: 'main' }, { name: 'shop' }] });
  expect(await screen.findByRole('combobox', { name: 'Schema' })).toHaveProperty('value', 'main');
  expect(field).toBe(document.activeElement);
});

test('a schema that somebody has looked into gives way to the table of another query', async () => {
  resources = catalogOf([], {
    schemas: async () => ({ items: [{ name: 'main' }, { name: 'shop' }] }),
    tables: async (schema) => ({ items: [{ schema, name: 'orders', kind: 'table', sql: `${schema}.orders` }] }),
  });
  const page = (rawSql: string) => (
    <QueryBuilder
      datasource={{ resources: resources as Resources }}
      query={{ refId: 'A', rawSql }}
      onChange={onChange}
      onRunQuery={onRunQuery}
    />
  );
  const { rerender } = render(page('SELECT * FROM cpu'));
  await choose('Schema', 'shop');
  expect(screen.getByRole('combobox', { name: 'Schema' })).toHaveProperty('value', 'shop');
  rerender(page('SELECT * FROM disk'));
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Schema' })).toHaveProperty('value', 'main'));
});

test('a search for tables ends the one before', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  resources = catalogOf([], {
    tables: (_schema, page = {}) => {
      signals.push(page.search === undefined ? undefined : page.signal);
      return page.search === 'di' ? Promise.resolve({ items: [tableOf('disk')] }) : new Promise(() => {});
    },
  });
  open({ rawSql: all });
  await userEvent.type(await enabled('Table'), 'd');
  await waitFor(() => expect(signals.at(-1)?.aborted).toBe(false));
  await userEvent.keyboard('i');
  expect(await screen.findByRole('option', { name: /^disk/ })).toBeDefined();
  expect(signals.flatMap((signal) => signal?.aborted ?? [])).toEqual([true, false]);
  cleanup();
  expect(signals.at(-1)?.aborted).toBe(true);
});

test("an error of the catalogue is shown in the backend's words, and can be tried again", async () => {
  const schemas = vi
    .fn()
    .mockRejectedValueOnce(refusal)
    .mockResolvedValue({ items: [{ name: 'main' }] });
  resources = catalogOf(['cpu'], { schemas });
  open();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Cannot open the database');
  expect(alert.textContent).toContain('See the settings');
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(screen.getByRole('combobox', { name: 'Table' })).toHaveProperty('disabled', false);
});

test('a table whose columns cannot be read still makes SQL with a limit', async () => {
  resources = catalogOf(['cpu'], { columns: vi.fn().mockRejectedValue(refusal) });
  open();
  await choose('Table', 'cpu');
  expect((await screen.findByRole('alert')).textContent).toContain('Cannot open the database');
  expect(writtenSql()).toBe(`${all}\nLIMIT 100`);
});

test('an empty catalogue is said to be empty', async () => {
  resources = catalogOf([]);
  open();
  expect((await screen.findByRole('status')).textContent).toMatch(/^There are no tables yet/);
});

test('SQL that the builder cannot show stays until somebody chooses, and that is said', async () => {
  open({ rawSql: 'SELECT 1 + 1' });
  expect((await screen.findByRole('alert')).textContent).toContain('The builder cannot show this SQL');
  expect(onChange).not.toHaveBeenCalled();
  await choose('Table', /^cpu/);
  await waitFor(() => expect(writtenSql()).toContain('FROM cpu'));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('values that look like HTML are text', async () => {
  const value = '<img src=x onerror=alert(1)>';
  open({ rawSql: `${all}\nWHERE host = '${value}'` });
  expect((await screen.findByRole('figure', { name: 'SQL' })).textContent).toContain(value);
  expect(document.querySelector('img')).toBeNull();
});

test('every control has a name', async () => {
  open({
    rawSql: `SELECT $__timeGroup(ts, '5m') AS time, host, avg(usage) AS u
FROM cpu
WHERE host IN ('a')
GROUP BY 1, 2
ORDER BY time`,
  });
  await loaded();
  const roles = ['combobox', 'textbox', 'spinbutton', 'button'];
  const controls = (name?: RegExp) => roles.flatMap((role) => screen.getAllByRole(role, name && { name }));
  expect(controls().length).toBeGreaterThan(20);
  expect(controls(/\w/)).toEqual(controls());
});
