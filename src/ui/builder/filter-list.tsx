import { Combobox } from '@grafana/ui';
import type { ReactElement } from 'react';
import type { BuilderFilter, BuilderOperator } from '../../model/builder.ts';
import { isBareKind } from './choices.ts';
import type { ColumnChoices } from './column-choices.ts';
import { FilterValue } from './filter-value.tsx';
import { ItemList } from './item-list.tsx';
import { valuesOf } from './operators.ts';

interface Props {
  readonly filters: readonly BuilderFilter[];
  readonly choices: ColumnChoices;
  readonly onChange: (filters: readonly BuilderFilter[]) => void;
}

/** What rows must be like. */
export function FilterList({ filters, choices, onChange }: Props) {
  return (
    <ItemList
      noun="filter"
      items={filters}
      onChange={onChange}
      create={() => nextFilter(filters, choices)}
      controls={(filter, label, change) => [
        <Combobox
          key="column"
          aria-label={`Column of ${label}`}
          width={24}
          createCustomValue={choices.options.length === 0}
          options={choices.options}
          value={filter.column}
          onChange={({ value }) => change(withColumn(filter, value, choices))}
        />,
        <Combobox
          key="operator"
          aria-label={`Operator of ${label}`}
          width={18}
          options={choices.operatorsOf(filter.column).map((value) => ({ value, label: value }))}
          value={filter.operator}
          onChange={({ value }) => change(withOperator(filter, value))}
        />,
        ...valueControls(filter, label, choices, change),
      ]}
    />
  );
}

function valueControls(
  filter: BuilderFilter,
  label: string,
  choices: ColumnChoices,
  change: (filter: BuilderFilter) => void,
): readonly ReactElement[] {
  return valuesOf(filter.operator) === 'none'
    ? []
    : [
        <FilterValue
          key="value"
          label={`Value of ${label}`}
          filter={filter}
          kind={choices.kindOf(filter.column)}
          onChange={(values) => change({ ...filter, values })}
        />,
      ];
}

/** Of a column that has none yet, with what such a column is usually asked. */
function nextFilter(filters: readonly BuilderFilter[], choices: ColumnChoices): BuilderFilter {
  const { names } = choices;
  const column = names.find((name) => filters.every((filter) => filter.column !== name)) ?? names[0] ?? '';
  const [operator = '='] = choices.operatorsOf(column);
  return withColumn({ column: '', operator, values: [] }, column, choices);
}

/** Operator and values stay where they fit the other column. */
function withColumn(filter: BuilderFilter, column: string, choices: ColumnChoices): BuilderFilter {
  const { bare: _, ...rest } = filter;
  const kind = choices.kindOf(column);
  const operators = choices.operatorsOf(column);
  const operator = operators.includes(filter.operator) ? filter.operator : (operators[0] ?? filter.operator);
  const isSameKind = kind !== undefined && kind === choices.kindOf(filter.column);
  const values = isSameKind ? filter.values : [];
  return withOperator({ ...rest, column, values, ...(kind && isBareKind(kind) && { bare: true }) }, operator);
}

function withOperator(filter: BuilderFilter, operator: BuilderOperator): BuilderFilter {
  const most = { none: 0, one: 1, list: filter.values.length }[valuesOf(operator)];
  return { ...filter, operator, values: filter.values.slice(0, most) };
}
