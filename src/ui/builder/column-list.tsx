import { Combobox, Input } from '@grafana/ui';
import type { BuilderColumn } from '../../model/builder.ts';
import { aggregateOptions, type ColumnChoices } from './column-choices.ts';
import { ItemList } from './item-list.tsx';

interface Props {
  readonly columns: readonly BuilderColumn[];
  readonly choices: ColumnChoices;
  readonly onChange: (columns: readonly BuilderColumn[]) => void;
}

const allRows = { value: '*', label: '*', description: 'Rows, to be counted' };

/** What the SELECT shows: columns, or aggregates of them. */
export function ColumnList({ columns, choices, onChange }: Props) {
  return (
    <ItemList
      noun="column"
      items={columns}
      onChange={onChange}
      create={() => nextColumn(columns, choices)}
      controls={(column, label, change) => [
        <Combobox
          key="name"
          aria-label={capital(label)}
          width={24}
          createCustomValue={choices.options.length === 0}
          options={[...choices.options, allRows]}
          value={column.name}
          onChange={({ value }) => change(withName(column, value, choices))}
        />,
        <Combobox
          key="aggregate"
          aria-label={`Aggregate of ${label}`}
          width={20}
          options={aggregateOptions(choices.aggregatesOf(column.name))}
          value={column.aggregate ?? ''}
          onChange={({ value }) => {
            const { aggregate: _, ...rest } = column;
            change(value === '' ? rest : { ...rest, aggregate: value });
          }}
        />,
        <Input
          key="alias"
          aria-label={`Alias of ${label}`}
          placeholder="Alias"
          width={16}
          value={column.alias ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const { alias: _, ...rest } = column;
            change(value === '' ? rest : { ...rest, alias: value });
          }}
        />,
      ]}
    />
  );
}

function capital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** A column that is not there yet. */
function nextColumn(columns: readonly BuilderColumn[], { names }: ColumnChoices): BuilderColumn {
  const name = names.find((candidate) => columns.every((column) => column.name !== candidate)) ?? names[0];
  return name === undefined ? { name: '*', aggregate: 'count' } : { name };
}

/** An aggregate stays where it fits the other column. */
function withName({ aggregate, ...column }: BuilderColumn, name: string, choices: ColumnChoices): BuilderColumn {
  const fitting = choices.aggregatesOf(name);
  const kept = aggregate !== undefined && fitting.includes(aggregate) ? aggregate : undefined;
  const chosen = name === '*' ? 'count' : kept;
  return { ...column, name, ...(chosen && { aggregate: chosen }) };
}
